// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What a token asks and tells an ERC-3643 compliance contract, where one is bound
interface ICompliance {
    /// @notice Whether the rules of the contract allow the movement; `from` zero is minting
    function canTransfer(address from, address to, uint256 amount) external view returns (bool);

    /// @notice A transfer happened
    function transferred(address from, address to, uint256 amount) external;

    /// @notice Tokens were minted
    function created(address to, uint256 amount) external;

    /// @notice Tokens were burned
    function destroyed(address from, uint256 amount) external;

    /// @notice The token calls from now on
    function bindToken(address token) external;

    /// @notice The token does not call any more
    function unbindToken(address token) external;
}
