// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";

/// @title The questions of claims and batches, asked without the compiler's copying of arguments and answers
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

    /// @notice The supply, and the balance of each account, at the record date of a period
    function recordsAt(
        address token,
        uint256 period,
        address[] calldata accounts
    ) internal view returns (uint256 supply, uint256[] memory balances) {
        bytes32 selector = ITrancheToken.recordsAt.selector;
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
            mstore(free, selector)
            mstore(add(free, 4), period)
        }
        balances = _askMany(token, free, 36, accounts);
        assembly ("memory-safe") {
            supply := mload(sub(balances, 64))
        }
    }

    /// @notice Of each account what `payoutOf` says, in one word as the registry packs it
    function payoutsOf(address registry, address[] calldata accounts) internal view returns (uint256[] memory payouts) {
        bytes32 selector = IInvestorRegistry.payoutsOf.selector;
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
            mstore(free, selector)
        }
        return _askMany(registry, free, 4, accounts);
    }

    /// @dev Asks with the accounts as the last argument; the answer is a list of as many words, which comes last too.
    /// @param free address of the call's data, which has so many bytes before what tells of the accounts
    function _askMany(
        address target,
        uint256 free,
        uint256 head,
        address[] calldata accounts
    ) private view returns (uint256[] memory list) {
        assembly ("memory-safe") {
            let length := accounts.length
            let size := shl(5, length)
            let at := add(free, head)
            // Where the list begins, behind its own place and the arguments; its length; the accounts.
            mstore(at, add(sub(head, 4), 32))
            mstore(add(at, 32), length)
            calldatacopy(add(at, 64), accounts.offset, size)
            let ok := staticcall(gas(), target, free, add(add(head, 64), size), 0, 0)
            let answered := returndatasize()
            returndatacopy(free, 0, answered)
            if iszero(ok) {
                revert(free, answered)
            }
            list := sub(add(free, answered), add(size, 32))
            // What is no list of as many words, which no token or registry of this project answers.
            if or(lt(answered, add(size, 64)), iszero(eq(mload(list), length))) {
                revert(0, 0)
            }
            mstore(0x40, add(free, answered))
        }
    }
}
