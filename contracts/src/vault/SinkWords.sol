// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDistributor} from "../distribution/IDistributor.sol";
import {IDealVault} from "./IDealVault.sol";

/// @title Hands on what a run paid, straight from the words of its sinks
/// @notice The compiler's copying into a list, and word by word from there, would be a fiftieth of a further class's settlement.
library SinkWords {
    /// @notice Emits `Settled`
    /// @param data its data with an empty list of outputs, which comes last; nothing was put into memory after it
    /// @param sinks address of the first word
    function emitSettled(bytes memory data, uint256 sinks, uint256 count, uint256 period) internal {
        bytes32 topic = IDealVault.Settled.selector;
        assembly ("memory-safe") {
            let start := add(data, 32)
            let size := shl(5, count)
            let end := add(start, mload(data))
            mstore(sub(end, 32), count)
            mcopy(end, sinks, size)
            log2(start, add(sub(end, start), size), topic, period)
        }
    }

    /// @notice Has the Distributor book the classes' words; a failure is passed on as it is
    function book(IDistributor distributor, uint256 period, uint256 sinks, uint256 count) internal {
        bytes32 selector = IDistributor.book.selector;
        assembly ("memory-safe") {
            let free := mload(0x40)
            let size := shl(5, count)
            mstore(free, selector)
            mstore(add(free, 4), period)
            // The list begins after these two words, with its length.
            mstore(add(free, 36), 64)
            mstore(add(free, 68), count)
            mcopy(add(free, 100), sinks, size)
            if iszero(call(gas(), distributor, 0, free, add(100, size), 0, 0)) {
                returndatacopy(free, 0, returndatasize())
                revert(free, returndatasize())
            }
        }
    }
}
