// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What collateral contracts ask of a deal's vault
interface IPledgedDeal {
    /// @notice Whether the deal has closed
    function isOpen() external view returns (bool);

    /// @notice Parties that an account signs for, as a bit set: 1 servicer, 2 trustee, 4 calculation agent, 8 another
    function partiesOf(address account) external view returns (uint8);

    /// @notice The last settled period, zero before the first, and the tape root of its report
    function settledTape() external view returns (uint32 period, bytes32 root);
}
