// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Account and state words in storage, three fields of 85 bits to a storage word
library PackedState {
    uint256 private constant BITS = 85;
    uint256 private constant MASK = 0x1fffffffffffffffffffff;

    /// @notice Packs words from memory; every one must be below 2^85, which the caller has checked
    /// @dev Writing a storage word that does not change costs next to nothing, as it was read in the same transaction.
    function save(uint256[] storage packed, uint256 from, uint256 count) internal {
        uint256 slot = _start(packed);
        assembly ("memory-safe") {
            for {
                let end := add(from, shl(5, count))
            } lt(from, end) {
                from := add(from, 96)
            } {
                let word := mload(from)
                if lt(add(from, 32), end) {
                    word := or(word, shl(85, mload(add(from, 32))))
                }
                if lt(add(from, 64), end) {
                    word := or(word, shl(170, mload(add(from, 64))))
                }
                sstore(slot, word)
                slot := add(slot, 1)
            }
        }
    }

    /// @notice Unpacks words into memory that the caller owns
    function load(uint256[] storage packed, uint256 to, uint256 count) internal view {
        uint256 slot = _start(packed);
        assembly ("memory-safe") {
            for {
                let end := add(to, shl(5, count))
            } lt(to, end) {
                to := add(to, 96)
            } {
                let word := sload(slot)
                mstore(to, and(word, MASK))
                if lt(add(to, 32), end) {
                    mstore(add(to, 32), and(shr(BITS, word), MASK))
                }
                if lt(add(to, 64), end) {
                    mstore(add(to, 64), and(shr(170, word), MASK))
                }
                slot := add(slot, 1)
            }
        }
    }

    /// @dev First storage slot of the array's elements. The array's length is not used: the program fixes the count.
    function _start(uint256[] storage packed) private pure returns (uint256 start) {
        assembly ("memory-safe") {
            mstore(0, packed.slot)
            start := keccak256(0, 32)
        }
    }
}
