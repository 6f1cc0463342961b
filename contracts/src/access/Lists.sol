// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Reads lists of a batch at a place that the caller knows to be within, without the compiler's checks of each read
library Lists {
    /// @notice The account at a place; bits above its 160 are left out
    function accountAt(address[] calldata accounts, uint256 place) internal pure returns (address account) {
        assembly ("memory-safe") {
            account := and(
                calldataload(add(accounts.offset, shl(5, place))),
                0xffffffffffffffffffffffffffffffffffffffff
            )
        }
    }

    /// @notice The amount at a place
    function amountAt(uint256[] calldata amounts, uint256 place) internal pure returns (uint256 amount) {
        assembly ("memory-safe") {
            amount := calldataload(add(amounts.offset, shl(5, place)))
        }
    }

    /// @notice The word at a place
    function wordAt(uint256[] memory list, uint256 place) internal pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(list, 32), shl(5, place)))
        }
    }
}
