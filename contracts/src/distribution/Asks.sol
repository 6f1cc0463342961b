// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";

/// @title The two questions of every claim, asked without the compiler's copying of arguments and answers
/// @notice That copying would be a twentieth of a holder's cost in a batch. A failure is passed on as it is.
library Asks {
    /// @notice Balance of an account and the supply, both at the record date of a period
    function recordAt(
        address token,
        address account,
        uint256 period
    ) internal view returns (uint256 held, uint256 supply) {
        bytes32 selector = ITrancheToken.recordAt.selector;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, selector)
            mstore(add(free, 4), account)
            mstore(add(free, 36), period)
            let ok := staticcall(gas(), token, free, 68, 0, 64)
            if iszero(and(ok, gt(returndatasize(), 63))) {
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
            held := mload(0)
            supply := mload(32)
        }
    }

    /// @notice Where cash for the account goes now, or why it must wait, and the tax on its interest in basis points
    function payoutOf(
        address registry,
        address account
    ) internal view returns (uint8 code, address to, uint256 withholding) {
        bytes32 selector = IInvestorRegistry.payoutOf.selector;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, selector)
            mstore(add(free, 4), account)
            let ok := staticcall(gas(), registry, free, 36, free, 96)
            if iszero(and(ok, gt(returndatasize(), 95))) {
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
            code := and(mload(free), 0xff)
            to := and(mload(add(free, 32)), 0xffffffffffffffffffffffffffffffffffffffff)
            withholding := mload(add(free, 64))
        }
    }
}
