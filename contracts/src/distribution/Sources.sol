// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a Distributor asks of a tranche token
interface IRecordSource {
    /// @notice Balance of an account and the supply, both at the record date of a period
    function recordAt(address account, uint256 period) external view returns (uint256 balance, uint256 supply);
}

/// @notice What a Distributor asks of the investor registry
interface IPayoutSource {
    /// @notice Where cash for the account goes now, or why it must wait, and the tax on its interest in basis points
    function payoutOf(address account) external view returns (uint8 code, address to, uint256 withholding);
}
