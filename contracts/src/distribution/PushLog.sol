// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDistributor} from "./IDistributor.sol";

/// @title The payments of a batch, written down once as the data of the event `Pushed`
/// @notice Its data is that of one argument `uint256[]`: an offset, a length, and two words a payment.
library PushLog {
    /// @param start of the data in memory
    /// @param count of payments
    struct Log {
        uint256 start;
        uint256 count;
    }

    /// @notice Room for a number of payments
    function open(uint256 capacity) internal pure returns (Log memory log) {
        bytes memory room = new bytes(64 + 64 * capacity);
        assembly ("memory-safe") {
            mstore(log, add(room, 32))
        }
    }

    /// @notice Adds a payment; there must be room
    /// @param interest grains, below 2^128, as the principal
    /// @param tax cents, below 2^96
    function add(Log memory log, address account, uint256 interest, uint256 principal, uint256 tax) internal pure {
        assembly ("memory-safe") {
            let count := mload(add(log, 32))
            let place := add(add(mload(log), 64), shl(6, count))
            mstore(place, or(account, shl(160, tax)))
            mstore(add(place, 32), or(interest, shl(128, principal)))
            mstore(add(log, 32), add(count, 1))
        }
    }

    /// @notice Emits `Pushed` of all payments
    function emitAll(Log memory log, uint256 tranche, uint256 period) internal {
        bytes32 topic = IDistributor.Pushed.selector;
        assembly ("memory-safe") {
            let start := mload(log)
            let count := mload(add(log, 32))
            mstore(start, 32)
            mstore(add(start, 32), mul(2, count))
            log3(start, add(64, shl(6, count)), topic, tranche, period)
        }
    }
}
