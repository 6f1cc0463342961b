// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Pro-rata allotment of a tranche over its subscriptions, one after the other, in lots
/// @notice Each subscription gets floor(lots left × its lots ÷ lots still subscribed), a running remainder: never a whole lot
///         less than its exact share, more than it by less than one lot for each subscription before it, and never more than
///         was subscribed; together just the tranche. What rounding down leaves goes to those that come later.
/// @dev With S lots subscribed, T ≤ S left and u ≤ S of this subscription, a = floor(T·u ÷ S) ≤ u, and T - a < T·(S-u)/S + 1
///      ≤ (S - u) + 1, so that T - a ≤ S - u again: the last one, u = S, gets all that is left. With T > S each gets all that it
///      subscribed. What becomes of an allotment changes none after it: it depends on what was subscribed alone.
///      Let e be what T exceeds the exact share of S by, 0 at first, and a = T·u/S - f with 0 ≤ f < 1. Then a is u's exact
///      share + e·u/S - f, and the next e is e·(S-u)/S + f: not negative, and less than the number of subscriptions allotted.
library Allotments {
    /// @param left lots that are not allotted yet
    /// @param subscribed lots of the subscriptions that are not allotted yet
    struct Allotment {
        uint128 left;
        uint128 subscribed;
    }

    /// @notice Allots to the next subscription and returns its lots
    function next(Allotment storage allotment, uint256 lots) internal returns (uint256 allotted) {
        uint256 left = allotment.left;
        uint256 all = allotment.subscribed;
        allotted = all > left ? Math.mulDiv(left, lots, all) : lots;
        // Neither passes what it is taken from: see above.
        allotment.left = uint128(left - allotted);
        allotment.subscribed = uint128(all - lots);
    }
}
