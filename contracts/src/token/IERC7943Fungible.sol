// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title The fungible interface of ERC-7943
/// @notice Its errors are not used: a refusal carries a reason code, which says more (ITrancheToken.TransferRefused).
interface IERC7943Fungible is IERC165 {
    /// @notice Tokens were taken from an account and given to another
    event ForcedTransfer(address indexed from, address indexed to, uint256 amount);
    /// @notice So much of the account's balance is frozen from now on, in all
    event Frozen(address indexed account, uint256 amount);

    /// @notice Moves tokens without the holder, frozen ones too, to an account that may receive. Agents only.
    function forcedTransfer(address from, address to, uint256 amount) external returns (bool);

    /// @notice Freezes so much in all, which may be more than the balance. Agents only.
    function setFrozenTokens(address account, uint256 amount) external returns (bool);

    /// @notice Whether the account may send at all
    function canSend(address account) external view returns (bool);

    /// @notice Whether the account may receive at all
    function canReceive(address account) external view returns (bool);

    /// @notice How much is frozen, which may be more than the balance
    function getFrozenTokens(address account) external view returns (uint256);

    /// @notice Whether this transfer would go through now
    function canTransfer(address from, address to, uint256 amount) external view returns (bool);
}
