// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ISubscription} from "./ISubscription.sol";

/// @title A list of positions that can be found by account and tranche
library PositionBook {
    /// @param places 1-based place in the list by tranche and account, zero when there is no position
    struct Book {
        ISubscription.Position[] list;
        mapping(uint256 tranche => mapping(address account => uint256)) places;
    }

    /// @notice Adds to an account's position, making one if there is none
    /// @param position what to add; its investor counts only for a position that is new
    /// @return investor the position's investor
    function add(Book storage book, ISubscription.Position memory position) internal returns (uint64 investor) {
        uint256 place = book.places[position.tranche][position.account];
        if (place != 0) {
            book.list[place - 1].amount += position.amount;
            return book.list[place - 1].investor;
        }
        book.list.push(position);
        book.places[position.tranche][position.account] = book.list.length;
        return position.investor;
    }

    /// @notice Removes an account's position and returns it
    function remove(
        Book storage book,
        address account,
        uint256 tranche
    ) internal returns (ISubscription.Position memory position) {
        uint256 place = book.places[tranche][account];
        require(place != 0, ISubscription.NoSubscription(account, tranche));
        position = book.list[place - 1];
        ISubscription.Position memory last = book.list[book.list.length - 1];
        book.list[place - 1] = last;
        book.places[last.tranche][last.account] = place;
        book.list.pop();
        delete book.places[tranche][account];
    }

    /// @notice Reduces the position at an index to an amount below its own
    function reduceTo(Book storage book, uint256 index, uint256 amount) internal {
        // Less than what the field held.
        book.list[index].amount = uint128(amount);
    }

    /// @notice Amount of an account's position
    function amountOf(Book storage book, address account, uint256 tranche) internal view returns (uint256) {
        uint256 place = book.places[tranche][account];
        return place == 0 ? 0 : book.list[place - 1].amount;
    }

    /// @notice Positions from an index on, at most `most` of them
    function page(
        Book storage book,
        uint256 from,
        uint256 most
    ) internal view returns (ISubscription.Position[] memory part) {
        uint256 all = book.list.length;
        if (from > all) from = all;
        uint256 count = all - from < most ? all - from : most;
        part = new ISubscription.Position[](count);
        for (uint256 i; i < count; ++i) part[i] = book.list[from + i];
    }
}
