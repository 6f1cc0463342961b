// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Subscription} from "../../src/offering/Subscription.sol";
import {DealFixture} from "./DealFixture.sol";

/// @notice Deals whose offer's terms a test changes before it opens
abstract contract OfferFixture is DealFixture {
    ISubscription.OfferTerms internal _terms;

    function setUp() public virtual override {
        super.setUp();
        ISubscription.OfferTerms memory terms = offerTerms(START + 1 days);
        (_terms.cash, _terms.registry, _terms.authority) = (terms.cash, terms.registry, terms.authority);
        (_terms.seller, _terms.deadline, _terms.attestor) = (terms.seller, terms.deadline, terms.attestor);
        for (uint256 i; i < 2; ++i) _terms.tranches.push(terms.tranches[i]);
    }

    /// @dev A new deal on the terms, opened.
    function _offer() internal {
        offering = new Subscription(_terms);
        _deployNotes();
        offering.open(vault);
    }
}
