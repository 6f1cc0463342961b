// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {DistributionFixture} from "../support/DistributionFixture.sol";
import {Events} from "../support/Events.sol";

/// @notice Tax on the interest part, in whole cents, into the tax account
contract DistributorTaxTest is DistributionFixture {
    function setUp() public override {
        super.setUp();
        for (uint256 period = 1; period <= 2; ++period) {
            senior.set(alice, period, 6_000e6);
            senior.set(bob, period, 2_000e6);
        }
    }

    function test_taxIsWithheldFromInterestOnly() public {
        book(1, 8_000, 99_900, 0);
        withhold(alice, 3_000);
        Events.expect(address(distributor));
        emit IDistributor.Claimed(0, 1, alice, 60e6, 749_250_000, 18e6);
        distributor.claimFor(alice, 0, 1);
        equal(cash.balanceOf(alice), 42e6 + 749_250_000, "the rest and all principal");
        Events.expect(address(distributor));
        emit IDistributor.TaxRemitted(0, 1, 18e6);
        vm.prank(bob);
        equal(distributor.remitTax(0, 1), 18e6, "remitted by anybody");
        equal(cash.balanceOf(taxOffice), 18e6, "to the tax account");
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NoTaxHeld.selector, 0, 1));
        distributor.remitTax(0, 1);
        withhold(bob, 500);
        distributor.claimFor(bob, 0, 1);
        distributor.remitTax(0, 1);
        equal(cash.balanceOf(taxOffice), 19e6, "and 5 % of 20.00 later");
        equal(distributor.liabilities(), 0, "nothing left");
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NoSuchTranche.selector, 2));
        distributor.remitTax(2, 1);
    }

    /// @dev 0.10 of interest, three quarters of it alice's: 7.5 cents. 30 % are 2.25 cents, 2 are withheld.
    function test_taxIsRoundedDownToACent() public {
        book(1, 10, 0, 0);
        withhold(alice, 3_000);
        Events.expect(address(distributor));
        emit IDistributor.Claimed(0, 1, alice, 75_000, 0, 20_000);
        distributor.claimFor(alice, 0, 1);
        equal(cash.balanceOf(alice), 55_000, "5.5 cents");
        covered();
    }

    function test_allOfTheInterestCanBeWithheld() public {
        book(1, 8_000, 0, 0);
        withhold(alice, 10_000);
        equal(distributor.claimFor(alice, 0, 1), 0, "nothing to send");
        equal(distributor.distribution(0, 1).taxHeld, 60e6, "all");
        distributor.remitTax(0, 1);
        equal(cash.balanceOf(taxOffice), 60e6, "it is the tax office's");
        covered();
    }

    /// @dev The rate is the one in the registry when the holder is paid.
    function test_theRateOfTheDayOfPaymentHolds() public {
        book(1, 8_000, 0, 0);
        book(2, 8_000, 0, 0);
        withhold(alice, 3_000);
        distributor.claimFor(alice, 0, 2);
        withhold(alice, 1_500);
        distributor.claimFor(alice, 0, 1);
        equal(distributor.distribution(0, 2).taxHeld, 18e6, "30 %");
        equal(distributor.distribution(0, 1).taxHeld, 9e6, "15 %");
        uint32[] memory periods = new uint32[](2);
        (periods[0], periods[1]) = (1, 2);
        withhold(bob, 1_000);
        equal(distributor.claimMany(bob, 0, periods), 36e6, "twice 20.00 less 10 %");
        covered();
    }
}
