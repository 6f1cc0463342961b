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

    /// @notice Whether an investor who joins finds its country and its categories full
    function isFull(
        Book storage book,
        Change memory step,
        bool countries,
        bool categories
    ) internal view returns (bool) {
        if (countries && _isFull(book, step, uint16(step.toKind), uint16(step.fromKind) == uint16(step.toKind))) {
            return true;
        }
        if (!categories) return false;
        uint256 left = step.fromKind >> 16;
        for (uint256 bit; bit < 16; ++bit) {
            if (((step.toKind >> 16) >> bit) & 1 == 0) continue;
            if (_isFull(book, step, CATEGORY | bit, (left >> bit) & 1 == 1)) return true;
        }
        return false;
    }

    /// @notice Counts the change; the caller keeps the total and stores the returned kind in the new holder's holding
    function store(Book storage book, Change memory step, bool countries, bool categories) internal {
        if (step.begins && step.toInvestor != 0) {
            uint256 investor = book.investors[step.toInvestor];
            if (step.joins) investor = step.toKind << 32;
            book.investors[step.toInvestor] = investor + 1;
            book.investorOf[step.to] = step.toInvestor;
        }
        if (step.ends && step.fromInvestor != 0) book.investors[step.fromInvestor] -= 1;
        if (countries) {
            if (step.leaves) book.groups[uint16(step.fromKind)] -= 1;
            if (step.joins) book.groups[uint16(step.toKind)] += 1;
        }
        if (!categories) return;
        for (uint256 bit; bit < 16; ++bit) {
            if (step.leaves && ((step.fromKind >> 16) >> bit) & 1 == 1) book.groups[CATEGORY | bit] -= 1;
            if (step.joins && ((step.toKind >> 16) >> bit) & 1 == 1) book.groups[CATEGORY | bit] += 1;
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

    function _isFull(Book storage book, Change memory step, uint256 group, bool same) private view returns (bool) {
        uint256 word = book.groups[group];
        uint256 cap = word >> 32;
        if (cap == 0) return false;
        uint256 holders = uint32(word);
        if (step.leaves && same) --holders;
        return holders >= cap;
    }
}
