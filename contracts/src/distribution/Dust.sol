// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What claims of fully claimed periods rounded off, of four classes in one storage word: from the lowest bit 32 of
///         interest and 32 of principal for each class, in grains.
/// @dev A field grows by less than 2^15 grains a period, and a deal has at most 65,535 periods: it stays below 2^31,
///      and nothing here overflows.
type Dust is uint256;

using Dusts for Dust global;

/// @title Arithmetic of the dust of four classes
library Dusts {
    /// @notice Classes in a word
    uint256 internal constant CLASSES = 4;

    uint256 private constant BITS = 64;
    uint256 private constant PRINCIPAL = 32;
    uint256 private constant MASK = 2 ** 32 - 1;

    /// @notice What a word holds of one of its classes
    /// @param place of the class in the word, 0 to 3
    function ofClass(Dust self, uint256 place) internal pure returns (uint256 interest, uint256 principal) {
        unchecked {
            uint256 fields = Dust.unwrap(self) >> (BITS * place);
            return (fields & MASK, (fields >> PRINCIPAL) & MASK);
        }
    }

    /// @notice A word of one class only
    /// @param interest below 2^32, as the principal
    function only(uint256 place, uint256 interest, uint256 principal) internal pure returns (Dust) {
        unchecked {
            return Dust.wrap((interest | (principal << PRINCIPAL)) << (BITS * place));
        }
    }

    /// @notice The sum of two words, field by field
    function plus(Dust self, Dust more) internal pure returns (Dust) {
        unchecked {
            return Dust.wrap(Dust.unwrap(self) + Dust.unwrap(more));
        }
    }

    /// @notice What is left of grains when whole cents were taken, which no field may have fewer of
    function less(Dust self, Dust cents, uint256 grainsPerCent) internal pure returns (Dust) {
        unchecked {
            return Dust.wrap(Dust.unwrap(self) - Dust.unwrap(cents) * grainsPerCent);
        }
    }
}
