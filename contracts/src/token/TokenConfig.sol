// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title A token's rules that may change, in one word
/// @notice From the lowest bit: flags 8 · categories 16, a receiver needs one of them, none for any · holders 24 · cap 24 of
///         holders, 0 for none · first timed rule 72 · six countries of 10 bits.
///         A timed rule, from its lowest bit: until 40 · categories of the sender 16 · of the receiver 16. Before `until`,
///         nobody in the former sells to anybody in the latter: holding periods (Rule 144), distribution compliance periods
///         and flow-back (Regulation S) are such rules.
library TokenConfig {
    uint256 internal constant PAUSED = 1 << 0;
    /// @dev The deal's state does not allow transfers.
    uint256 internal constant STOPPED = 1 << 1;
    /// @dev There is a list of countries.
    uint256 internal constant COUNTRIES = 1 << 2;
    /// @dev The list names the countries that are allowed, not those that are refused.
    uint256 internal constant ALLOW_LIST = 1 << 3;
    /// @dev The list is longer than six: it lies in a bitmap, one more slot to read.
    uint256 internal constant LONG_LIST = 1 << 4;
    /// @dev There are more timed rules, in one more slot.
    uint256 internal constant MORE_RULES = 1 << 5;
    /// @dev A compliance contract is asked as well.
    uint256 internal constant COMPLIANCE = 1 << 6;
    /// @dev The registry of the terms was replaced by another, in one more slot.
    uint256 internal constant MOVED = 1 << 7;

    uint256 internal constant HOLDER = 1 << 24;
    uint256 internal constant RULE = (1 << 72) - 1;
    uint256 internal constant SHORT_LIST = 6;

    uint256 private constant COUNTS = uint256(type(uint24).max) << 24;
    uint256 private constant STATE = PAUSED | STOPPED | COMPLIANCE | MOVED;
    /// @dev One in each of the six fields of ten bits, and the highest bit of each.
    uint256 private constant ONES = 0x4010040100401;
    uint256 private constant HIGHS = ONES << 9;

    function accepted(uint256 config) internal pure returns (uint256) {
        return uint16(config >> 8);
    }

    function holders(uint256 config) internal pure returns (uint256) {
        return uint24(config >> 24);
    }

    function cap(uint256 config) internal pure returns (uint256) {
        return uint24(config >> 48);
    }

    function rule(uint256 config) internal pure returns (uint256) {
        return (config >> 72) & RULE;
    }

    /// @notice Whether a country is in the list of up to six
    function lists(uint256 config, uint256 country) internal pure returns (bool) {
        if (country >= 1024) return false;
        unchecked {
            // Fields that equal the country become zero; a zero field is one that borrows when one is subtracted.
            uint256 differs = ((config >> 144) & ((1 << 60) - 1)) ^ (country * ONES);
            return (differs - ONES) & ~differs & HIGHS != 0;
        }
    }

    /// @notice The word with other rules; state and number of holders stay
    /// @param rules the word's parts but state and holders
    function withRules(uint256 config, uint256 rules) internal pure returns (uint256) {
        return (config & (STATE | COUNTS)) | rules;
    }
}
