// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Words below 2^85 in storage, three to a storage word
/// @notice The highest bit of every storage word is set and means nothing: a word that never becomes zero costs the
///         same in the month in which its fields first leave zero as in any other.
library PackedWords {
    uint256 private constant BITS = 85;
    uint256 private constant MASK = 0x1fffffffffffffffffffff;
    uint256 private constant MARK = 1 << 255;

    /// @notice Packs words from memory; every one must be below 2^85, which the caller has checked
    /// @dev Writing a storage word that does not change costs next to nothing, as it was read in the same transaction.
    function save(uint256[] storage packed, uint256 from, uint256 count) internal {
        uint256 slot = _start(packed);
        assembly ("memory-safe") {
            let end := add(from, shl(5, count))
            for {} lt(add(from, 64), end) {
                from := add(from, 96)
            } {
                let low := or(mload(from), shl(BITS, mload(add(from, 32))))
                sstore(slot, or(MARK, or(low, shl(170, mload(add(from, 64))))))
                slot := add(slot, 1)
            }
            if lt(from, end) {
                let word := or(MARK, mload(from))
                if lt(add(from, 32), end) {
                    word := or(word, shl(BITS, mload(add(from, 32))))
                }
                sstore(slot, word)
            }
        }
    }

    /// @notice Unpacks words into memory that the caller owns
    function load(uint256[] storage packed, uint256 to, uint256 count) internal view {
        uint256 slot = _start(packed);
        assembly ("memory-safe") {
            let end := add(to, shl(5, count))
            for {} lt(add(to, 64), end) {
                to := add(to, 96)
            } {
                let word := sload(slot)
                mstore(to, and(word, MASK))
                mstore(add(to, 32), and(shr(BITS, word), MASK))
                mstore(add(to, 64), and(shr(170, word), MASK))
                slot := add(slot, 1)
            }
            if lt(to, end) {
                let word := sload(slot)
                mstore(to, and(word, MASK))
                if lt(add(to, 32), end) {
                    mstore(add(to, 32), and(shr(BITS, word), MASK))
                }
            }
        }
    }

    /// @notice One word
    function get(uint256[] storage packed, uint256 index) internal view returns (uint256 value) {
        uint256 slot = _start(packed) + index / 3;
        uint256 shift = BITS * (index % 3);
        assembly ("memory-safe") {
            value := and(shr(shift, sload(slot)), MASK)
        }
    }

    /// @notice Sets one word, which must be below 2^85
    function set(uint256[] storage packed, uint256 index, uint256 value) internal {
        uint256 slot = _start(packed) + index / 3;
        uint256 shift = BITS * (index % 3);
        assembly ("memory-safe") {
            let others := and(sload(slot), not(shl(shift, MASK)))
            sstore(slot, or(others, shl(shift, value)))
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
