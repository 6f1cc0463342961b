// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Holding} from "./Holding.sol";

/// @title Balances at record dates, written only when a holding is touched after one
/// @notice A balance that stays the same over several record dates is one record. The latest lies in the holding itself;
///         older ones lie in the history, three to a word, each with the last record date that it holds for: a checkpoint
///         holds from the one before it up to its own date.
library RecordBalances {
    using Holding for uint256;

    /// @dev A checkpoint is 85 bits: 69 of balance below 16 of the record date.
    uint256 private constant WIDTH = 85;
    uint256 private constant MASK = (1 << WIDTH) - 1;
    uint256 private constant DATE = 69;

    /// @notice Closes the record dates that passed since the last touch; must come before the balance changes
    /// @param over number of record dates that are over now
    /// @param next instant of the one after them
    /// @return the holding with its records up to now, for the caller to store
    function touch(
        mapping(uint256 word => uint256) storage history,
        uint256 holding,
        uint256 over,
        uint256 next
    ) internal returns (uint256) {
        uint256 touched = holding.touched();
        uint256 balance = holding.balance();
        if (touched == over) return holding.withRecords(holding.record(), over, next, holding.count());
        uint256 record = holding.record();
        uint256 count = holding.count();
        // Before the first touch after a record date there is no record; one that is the same again only lasts longer.
        if (touched != 0 && record != balance) {
            _push(history, count, (touched << DATE) | record);
            ++count;
        }
        return holding.withRecords(balance, over, next, count);
    }

    /// @notice The balance at a record date that is over
    function valueAt(
        mapping(uint256 word => uint256) storage history,
        uint256 holding,
        uint256 date
    ) internal view returns (uint256) {
        if (date > holding.touched()) return holding.balance();
        // The first checkpoint that holds for this date or a later one; behind them all stands the holding's record.
        uint256 low;
        uint256 high = holding.count();
        uint256 found = holding.record();
        while (low < high) {
            uint256 middle = (low + high) / 2;
            uint256 checkpoint = (history[middle / 3] >> (WIDTH * (middle % 3))) & MASK;
            if (checkpoint >> DATE < date) {
                low = middle + 1;
            } else {
                high = middle;
                found = checkpoint & (Holding.LIMIT - 1);
            }
        }
        return found;
    }

    function _push(mapping(uint256 word => uint256) storage history, uint256 count, uint256 checkpoint) private {
        uint256 place = count % 3;
        uint256 word = count / 3;
        // The first of a word needs no look at what is there: nothing is.
        history[word] = place == 0 ? checkpoint : history[word] | (checkpoint << (WIDTH * place));
    }
}
