// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ISubscription} from "./ISubscription.sol";

/// @title A bounded list of positions that can be found by account and tranche
library PositionBook {
    /// @param places 1-based place in the list by tranche and account, zero when there is no position
    struct Book {
        ISubscription.Position[] list;
        mapping(uint256 tranche => mapping(address account => uint256)) places;
    }

    /// @dev Closing mints to every position in one transaction, which must fit into a block.
    uint256 internal constant MAXIMUM = 128;

    /// @notice Adds to an account's position, making one if there is none
    function add(Book storage book, address account, uint256 tranche, uint256 amount) internal {
        uint256 place = book.places[tranche][account];
        if (place != 0) {
            book.list[place - 1].amount += amount;
            return;
        }
        require(book.list.length < MAXIMUM, ISubscription.TooManySubscribers(MAXIMUM));
        // The caller has checked the tranche against a list.
        book.list.push(ISubscription.Position(account, uint96(tranche), amount));
        book.places[tranche][account] = book.list.length;
    }

    /// @notice Removes an account's position and returns its amount
    function remove(Book storage book, address account, uint256 tranche) internal returns (uint256 amount) {
        uint256 place = book.places[tranche][account];
        require(place != 0, ISubscription.NoSubscription(account, tranche));
        amount = book.list[place - 1].amount;
        ISubscription.Position memory last = book.list[book.list.length - 1];
        book.list[place - 1] = last;
        book.places[last.tranche][last.account] = place;
        book.list.pop();
        delete book.places[tranche][account];
    }

    /// @notice Amount of an account's position
    function amountOf(Book storage book, address account, uint256 tranche) internal view returns (uint256) {
        uint256 place = book.places[tranche][account];
        return place == 0 ? 0 : book.list[place - 1].amount;
    }
}
