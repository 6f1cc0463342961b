// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {DistributionFixture} from "../support/DistributionFixture.sol";
import {Events} from "../support/Events.sol";

/// @notice Holders at the record date are paid exactly once, in any order and at any later time
contract DistributorClaimTest is DistributionFixture {
    /// @dev Alice has 6,000 and Bob 2,000 of the senior class at all record dates, Carol the junior class.
    function setUp() public override {
        super.setUp();
        for (uint256 period = 1; period <= 4; ++period) {
            senior.set(alice, period, 6_000e6);
            senior.set(bob, period, 2_000e6);
            junior.set(carol, period, 2_000e6);
        }
    }

    function test_holdersArePaidByShare() public {
        book(1, 8_000, 99_900, 2_000);
        // Alice has 3/4: of 80.00 interest 60.00, of 999.00 principal 749.25.
        Events.expect(address(distributor));
        emit IDistributor.Claimed(0, 1, alice, 60e6, 749_250_000, 0);
        vm.prank(alice);
        equal(distributor.claim(0, 1), 809_250_000, "60.00 and 749.25");
        equal(cash.balanceOf(alice), 809_250_000, "cash");
        isTrue(distributor.claimed(alice, 0, 1) && !distributor.claimed(bob, 0, 1), "alice is marked, bob is not");
        // Anybody may push a claim; it pays the holder.
        vm.prank(carol);
        distributor.claimFor(bob, 0, 1);
        equal(cash.balanceOf(bob), 269_750_000, "20.00 and 249.75");
        distributor.claimFor(carol, 1, 1);
        equal(cash.balanceOf(carol), 20e6, "junior interest");
        equal(distributor.liabilities(), 0, "nothing left");
        refuse(alice, 0, 1, Reasons.NOTHING_TO_CLAIM);
        refuse(alice, 1, 1, Reasons.NOTHING_TO_CLAIM);
        refuse(alice, 0, 2, Reasons.NOTHING_TO_CLAIM);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NoSuchTranche.selector, 2));
        distributor.claimFor(alice, 2, 1);
        covered();
    }

    function test_distributionShowsWhatBecameOfIt() public {
        book(1, 8_000, 99_900, 0);
        withhold(alice, 3_000);
        distributor.claimFor(alice, 0, 1);
        IDistributor.Distribution memory it = distributor.distribution(0, 1);
        equal(it.interest, 80e6, "interest");
        equal(it.principal, 999e6, "principal");
        equal(it.interestPaid, 60e6, "interest paid, tax included");
        equal(it.principalPaid, 749_250_000, "principal paid");
        equal(it.taxHeld, 18e6, "30 % of 60.00");
        equal(it.claimedBalance, 6_000e6, "claimed");
        equal(it.supply, 8_000e6, "supply");
        equal(it.bookedDay, 20_000, "day");
        isTrue(!it.moved, "not moved");
        equal(distributor.distribution(1, 1).bookedDay, 0, "the junior class was paid nothing");
        (uint256 toHolders, uint256 tax) = distributor.outstanding(0, 1);
        equal(toHolders, 269_750_000, "bob's waits");
        equal(tax, 18e6, "and the tax");
        (toHolders, tax) = distributor.outstanding(1, 1);
        equal(toHolders + tax, 0, "nothing of the junior class");
        covered();
    }

    function test_claimableSaysWhatAClaimPays() public {
        book(1, 8_000, 99_900, 0);
        payouts.set(alice, Reasons.OK, carol, 1_500);
        (uint8 code, IDistributor.Share memory share) = distributor.claimable(alice, 0, 1);
        equal(code, Reasons.OK, "admitted");
        isTrue(share.to == carol, "payout address");
        // 15 % of 60.00 are 9.00.
        isTrue(share.interest == 60e6 && share.principal == 749_250_000 && share.tax == 9e6, "share");
        equal(distributor.claimFor(alice, 0, 1), 800_250_000, "the claim pays what claimable said");
        (code, share) = distributor.claimable(alice, 0, 1);
        equal(code, Reasons.NOTHING_TO_CLAIM, "once");
        (code, ) = distributor.claimable(carol, 0, 1);
        equal(code, Reasons.NOTHING_TO_CLAIM, "carol holds no senior");
        (code, ) = distributor.claimable(alice, 1, 1);
        equal(code, Reasons.NOTHING_TO_CLAIM, "the junior class was paid nothing");
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NoSuchTranche.selector, 2));
        distributor.claimable(alice, 2, 1);
    }

    function test_moneyWaitsForALapsedHolder() public {
        book(1, 8_000, 99_900, 0);
        payouts.set(bob, Reasons.KYC_EXPIRED, bob, 0);
        refuse(bob, 0, 1, Reasons.KYC_EXPIRED);
        (uint8 code, IDistributor.Share memory share) = distributor.claimable(bob, 0, 1);
        equal(code, Reasons.KYC_EXPIRED, "the code says why");
        equal(share.interest + share.principal, 269_750_000, "and what waits");
        uint32[] memory periods = new uint32[](1);
        periods[0] = 1;
        vm.expectRevert(abi.encodeWithSelector(IDistributor.ClaimRefused.selector, bob, Reasons.KYC_EXPIRED));
        distributor.claimMany(bob, 0, periods);
        book(2, 8_000, 0, 0);
        distributor.claimFor(alice, 0, 2);
        payouts.set(bob, Reasons.OK, bob, 0);
        distributor.claimFor(bob, 0, 1);
        equal(cash.balanceOf(bob), 269_750_000, "paid after renewal");
        payouts.set(bob, Reasons.FROZEN, bob, 0);
        refuse(bob, 0, 2, Reasons.FROZEN);
        payouts.set(carol, Reasons.RECEIVER_NOT_REGISTERED, carol, 0);
        refuse(carol, 0, 1, Reasons.NOTHING_TO_CLAIM);
        covered();
    }

    /// @dev Three unpaid periods, of which one is claimed out of order and two together.
    function test_severalPeriodsOutstanding() public {
        book(1, 8_000, 0, 0);
        book(2, 7_000, 0, 0);
        book(3, 6_000, 100, 0);
        distributor.claimFor(alice, 0, 2);
        uint32[] memory periods = new uint32[](4);
        (periods[0], periods[1], periods[2], periods[3]) = (1, 2, 3, 3);
        // 3/4 of 80.00, of 60.00 and of 1.00; 2 was claimed, and no period counts twice.
        equal(distributor.claimMany(alice, 0, periods), 105_750_000, "1 and 3");
        equal(cash.balanceOf(alice), 52_500_000 + 105_750_000, "two transfers");
        vm.expectRevert(abi.encodeWithSelector(IDistributor.ClaimRefused.selector, alice, Reasons.NOTHING_TO_CLAIM));
        distributor.claimMany(alice, 0, periods);
        distributor.claimFor(bob, 0, 3);
        distributor.claimFor(bob, 0, 1);
        covered();
    }

    function test_payoutAddressGetsTheCash() public {
        book(1, 8_000, 0, 0);
        address custodian = address(0xC0DE);
        payouts.set(alice, Reasons.OK, custodian, 0);
        Events.expect(address(distributor));
        emit IDistributor.Claimed(0, 1, alice, 60e6, 0, 0);
        Events.expect(address(distributor));
        emit IDistributor.Forwarded(alice, custodian, 60e6);
        distributor.claimFor(alice, 0, 1);
        equal(cash.balanceOf(custodian), 60e6, "forwarded");
        equal(cash.balanceOf(alice), 0, "not to the holder");
        refuse(alice, 0, 1, Reasons.NOTHING_TO_CLAIM);
    }

    /// @dev A share of nothing is a claim all the same: without it the period would never be whole.
    function test_tinyBalances() public {
        senior.set(carol, 1, 1);
        book(1, 1, 0, 0);
        // One cent is 10,000 grains; a millionth of 8,000.000001 dollars is due 0.0000125 of them.
        equal(distributor.claimFor(carol, 0, 1), 0, "less than a grain");
        refuse(carol, 0, 1, Reasons.NOTHING_TO_CLAIM);
        distributor.claimFor(alice, 0, 1);
        distributor.claimFor(bob, 0, 1);
        // floor(10,000 x 6,000,000,000 / 8,000,000,001) = 7,499 and floor(... 2,000,000,000 ...) = 2,499.
        equal(cash.balanceOf(alice), 7_499, "alice");
        equal(cash.balanceOf(bob), 2_499, "bob");
        (uint256 dust, ) = distributor.carriedDust(0);
        equal(dust, 2, "10,000 - 7,499 - 2,499 - 0");
        covered();
    }

    /// @dev Less than a cent of dust stays; when a cent is full, the next distribution takes it up.
    function test_dustGoesIntoTheNextDistribution() public {
        distributor = newDistributorOf(2);
        // 100 cents among three equal holders: 33 each, and a cent of dust, which is a grain of this coin.
        for (uint256 period = 1; period <= 3; ++period) {
            senior.set(alice, period, 1e6);
            senior.set(bob, period, 1e6);
            senior.set(carol, period, 1e6);
        }
        book(1, 100, 50, 0);
        distributor.push(0, 1, list(alice, bob, carol));
        (uint256 interest, uint256 principal) = distributor.carriedDust(0);
        equal(interest, 1, "100 - 3 x 33");
        equal(principal, 2, "50 - 3 x 16");
        // A period that pays the class nothing carries nothing.
        book(2, 0, 0, 7);
        (interest, principal) = distributor.carriedDust(0);
        equal(interest + principal, 3, "waits for a distribution");
        cash.mint(address(distributor), 98);
        Events.expect(address(distributor));
        uint256[] memory carried = new uint256[](1);
        // Of the first class a cent of interest, and above its 32 bits two of principal.
        carried[0] = 1 | (2 << 32);
        emit IDistributor.DustCarried(3, carried);
        distributor.book(3, amountsOf(98, 0, 0, 0));
        IDistributor.Distribution memory third = distributor.distribution(0, 3);
        equal(third.interest, 99, "98 + 1");
        equal(third.principal, 2, "0 + 2");
        (interest, principal) = distributor.carriedDust(0);
        equal(interest + principal, 0, "taken up");
        book(4, 10, 0, 0);
        equal(distributor.distribution(0, 4).interest, 10, "once");
        covered();
    }

    function test_grainsBelowACentStay() public {
        senior.set(carol, 1, 1e6);
        senior.set(carol, 2, 1e6);
        book(1, 1, 0, 0);
        distributor.push(0, 1, list(alice, bob, carol));
        (uint256 dust, ) = distributor.carriedDust(0);
        isTrue(dust != 0 && dust < CENT, "some grains");
        book(2, 1, 0, 0);
        equal(distributor.distribution(0, 2).interest, CENT, "no cent of dust yet");
        (uint256 still, ) = distributor.carriedDust(0);
        equal(still, dust, "kept");
        covered();
    }

    function test_recordDatesOfDifferentPeriods() public {
        // Alice sold all to Bob between the record dates of 1 and 2.
        senior.set(alice, 2, 0);
        senior.set(bob, 2, 8_000e6);
        book(1, 8_000, 0, 0);
        book(2, 8_000, 0, 0);
        refuse(alice, 0, 2, Reasons.NOTHING_TO_CLAIM);
        distributor.claimFor(alice, 0, 1);
        equal(cash.balanceOf(alice), 60e6, "she held at the first");
        distributor.claimFor(bob, 0, 2);
        distributor.claimFor(bob, 0, 1);
        equal(cash.balanceOf(bob), 100e6, "20.00 and 80.00");
    }

    /// @dev Marks of 256 periods lie in one word: neighbours and those a word apart are not taken for one another.
    function test_marksOfManyPeriods() public {
        uint32[5] memory periods = [uint32(1), 255, 256, 257, 513];
        for (uint256 i; i < 5; ++i) {
            senior.set(alice, periods[i], 1e6);
            book(periods[i], 100, 0, 0);
        }
        distributor.claimFor(alice, 0, 257);
        for (uint256 i; i < 5; ++i) {
            isTrue(distributor.claimed(alice, 0, periods[i]) == (periods[i] == 257), "only 257");
        }
        distributor.claimFor(alice, 0, 256);
        distributor.claimFor(alice, 0, 1);
        refuse(alice, 0, 257, Reasons.NOTHING_TO_CLAIM);
        isTrue(!distributor.claimed(alice, 0, 513) && !distributor.claimed(alice, 1, 1), "others stay open");
    }
}
