// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDistributor} from "./IDistributor.sol";

/// @title The payments of a batch, written down once as the data of the event `Pushed`
/// @notice Its data is that of one argument `uint256[]`: an offset, a length, and two words a payment.
library PushLog {
    /// @notice Room for a number of payments
    /// @return end where the next payment goes
    function open(uint256 capacity) internal pure returns (uint256 end) {
        bytes memory room = new bytes(64 + 64 * capacity);
        assembly ("memory-safe") {
            end := add(room, 96)
        }
    }

    /// @notice Writes a payment at the end; there must be room
    /// @param interest grains, below 2^128, as the principal
    /// @param tax cents, below 2^96
    function add(
        uint256 end,
        address account,
        uint256 interest,
        uint256 principal,
        uint256 tax
    ) internal pure returns (uint256 next) {
        assembly ("memory-safe") {
            mstore(end, or(account, shl(160, tax)))
            mstore(add(end, 32), or(interest, shl(128, principal)))
            next := add(end, 64)
        }
    }

    /// @notice Emits `Pushed` of so many payments, of which the last was written before the end
    function emitAll(uint256 end, uint256 count, uint256 tranche, uint256 period) internal {
        bytes32 topic = IDistributor.Pushed.selector;
        assembly ("memory-safe") {
            let start := sub(end, add(64, shl(6, count)))
            mstore(start, 32)
            mstore(add(start, 32), shl(1, count))
            log3(start, add(64, shl(6, count)), topic, tranche, period)
        }
    }
}
