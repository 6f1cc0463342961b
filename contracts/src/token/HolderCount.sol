// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Holding} from "./Holding.sol";

/// @title How many investors hold a token: in all, by country and by category
/// @notice An investor with several wallets counts once. A holder is counted as the registry knew it when its balance
///         began, and leaves the same counts when the balance ends, whatever the registry says by then.
library HolderCount {
    using Holding for uint256;

    /// @param investors wallets 32 · country 16 · categories 16, by the number of an investor with several wallets
    /// @param investorOf the investor that a wallet was counted for, if it has several
    /// @param groups holders 32 · cap 32 (0 for none), by country number, or by 2^16 + the bit of a category
    struct Book {
        mapping(uint256 investor => uint256) investors;
        mapping(address account => uint256) investorOf;
        mapping(uint256 group => uint256) groups;
    }

    /// @param goes a balance ends: its account, holding and whether the investor leaves with it
    /// @param comes a balance begins: its account, the investor's number (0 for the account itself) and kind
    struct Change {
        address from;
        bool ends;
        bool leaves;
        uint256 fromInvestor;
        uint256 fromKind;
        address to;
        bool begins;
        bool joins;
        uint256 toInvestor;
        uint256 toKind;
    }

    uint256 internal constant CATEGORY = 1 << 16;
    /// @dev The bit, among those of the categories, that stands for the country.
    uint256 internal constant COUNTRY = 1 << 16;
    uint256 private constant WALLETS = type(uint32).max;

    /// @notice What ending balances and beginning ones do to the number of investors
    /// @param from the account whose balance ends, zero when none does, with its holding
    /// @param to the account whose balance begins, zero when none does, with its status in the registry
    function change(
        Book storage book,
        address from,
        uint256 holding,
        address to,
        uint256 status
    ) internal view returns (Change memory result) {
        if (to != address(0)) {
            (result.to, result.begins, result.joins) = (to, true, true);
            (result.toInvestor, result.toKind) = (uint64(status >> 128), uint32(status >> 80));
            if (result.toInvestor != 0) result.joins = book.investors[result.toInvestor] & WALLETS == 0;
        }
        if (from != address(0)) {
            (result.from, result.ends, result.leaves) = (from, true, true);
            result.fromKind = holding.kind();
            if (holding & Holding.SHARED == 0) return result;
            result.fromInvestor = book.investorOf[from];
            uint256 investor = book.investors[result.fromInvestor];
            bool stays = result.begins && result.toInvestor == result.fromInvestor;
            (result.leaves, result.fromKind) = (investor & WALLETS == 1 && !stays, investor >> 32);
        }
    }

    /// @notice Whether an investor who joins finds its country or one of its categories full
    /// @param counted the groups that are counted: a bit for each category and COUNTRY for the countries
    function isFull(Book storage book, Change memory step, uint256 counted) internal view returns (bool) {
        (uint256 left, uint256 joined) = (_bits(step.fromKind, counted), _bits(step.toKind, counted));
        for (uint256 bit; joined >> bit != 0; ++bit) {
            if ((joined >> bit) & 1 == 0) continue;
            uint256 group = _group(step.toKind, bit);
            (uint256 holders, uint256 cap) = groupOf(book, group);
            bool replaces = step.leaves && (left >> bit) & 1 == 1 && group == _group(step.fromKind, bit);
            if (cap != 0 && holders >= (replaces ? cap + 1 : cap)) return true;
        }
        return false;
    }

    /// @notice Counts the change; the caller keeps the total and stores the kind of a new holder in its holding
    function store(Book storage book, Change memory step, uint256 counted) internal {
        if (step.begins && step.toInvestor != 0) {
            uint256 investor = step.joins ? step.toKind << 32 : book.investors[step.toInvestor];
            book.investors[step.toInvestor] = investor + 1;
            book.investorOf[step.to] = step.toInvestor;
        }
        if (step.ends && step.fromInvestor != 0) book.investors[step.fromInvestor] -= 1;
        uint256 left = step.leaves ? _bits(step.fromKind, counted) : 0;
        uint256 joined = step.joins ? _bits(step.toKind, counted) : 0;
        for (uint256 bit; (left | joined) >> bit != 0; ++bit) {
            if ((left >> bit) & 1 == 1) book.groups[_group(step.fromKind, bit)] -= 1;
            if ((joined >> bit) & 1 == 1) book.groups[_group(step.toKind, bit)] += 1;
        }
    }

    /// @notice Sets the cap of a country or category, 0 for none
    function setCap(Book storage book, uint256 group, uint32 cap) internal {
        book.groups[group] = uint32(book.groups[group]) | (uint256(cap) << 32);
    }

    /// @notice Investors of a group and their cap
    function groupOf(Book storage book, uint256 group) internal view returns (uint256 holders, uint256 cap) {
        uint256 word = book.groups[group];
        return (uint32(word), word >> 32);
    }

    /// @dev The groups of a kind as bits: its categories and, as COUNTRY, its country.
    function _bits(uint256 kind, uint256 counted) private pure returns (uint256) {
        return counted & (uint16(kind >> 16) | COUNTRY);
    }

    function _group(uint256 kind, uint256 bit) private pure returns (uint256) {
        return bit == 16 ? uint16(kind) : CATEGORY | bit;
    }
}
