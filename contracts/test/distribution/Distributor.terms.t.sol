// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {Bookings} from "../../src/distribution/Booking.sol";
import {Distributor} from "../../src/distribution/Distributor.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {CoinOf, DistributionFixture, TestRecords} from "../support/DistributionFixture.sol";

/// @notice What a Distributor is made with, and what only its vault may do
contract DistributorTermsTest is DistributionFixture {
    function test_termsAreKept() public view {
        isTrue(distributor.vault() == address(this), "its maker is the vault");
        isTrue(address(distributor.cash()) == address(cash), "cash");
        isTrue(address(distributor.registry()) == address(payouts), "registry");
        isTrue(distributor.taxAccount() == taxOffice, "tax account");
        ITrancheToken[] memory tokens = distributor.tokens();
        isTrue(tokens.length == 2 && address(tokens[1]) == address(junior), "tokens");
        IDistributor.UnclaimedRule memory rule = distributor.unclaimedRule();
        isTrue(rule.to == keeper && rule.afterDays == AFTER_DAYS && rule.delayDays == DELAY_DAYS, "rule");
        equal(distributor.lastPeriod(), 0, "nothing booked");
        equal(distributor.liabilities(), 0, "nothing owed");
    }

    function test_unitsOfTheCoin() public {
        uint8[4] memory decimals = [2, 6, 8, 18];
        uint256[4] memory units = [uint256(1), 10_000, 1_000_000, 10 ** 16];
        uint256[4] memory grains = [uint256(1), 1, 100, 10 ** 12];
        for (uint256 i; i < 4; ++i) {
            Distributor one = newDistributorOf(decimals[i]);
            equal(one.unit(), units[i], "base units of a cent");
            equal(one.grain(), grains[i], "base units of a millionth, or of the coin's least");
        }
        IDistributor.DistributionTerms memory odd = terms();
        uint8[2] memory refused = [1, 25];
        for (uint256 i; i < 2; ++i) {
            odd.cash = TestStablecoin(address(new CoinOf(refused[i])));
            vm.expectRevert(abi.encodeWithSelector(IDistributor.CashDecimals.selector, refused[i]));
            new Distributor(address(this), odd);
        }
    }

    function test_incompleteTermsAreRefused() public {
        bytes memory refusal = abi.encodeWithSelector(IDistributor.TermsIncomplete.selector);
        IDistributor.DistributionTerms memory odd = terms();
        odd.registry = IInvestorRegistry(address(0));
        vm.expectRevert(refusal);
        new Distributor(address(this), odd);
        odd = terms();
        odd.taxAccount = address(0);
        vm.expectRevert(refusal);
        new Distributor(address(this), odd);
        odd = terms();
        odd.unclaimed.to = address(0);
        vm.expectRevert(refusal);
        new Distributor(address(this), odd);
        odd = terms();
        odd.tokens[1] = ITrancheToken(address(0));
        vm.expectRevert(refusal);
        new Distributor(address(this), odd);
        odd = terms();
        odd.tokens = new ITrancheToken[](0);
        vm.expectRevert(refusal);
        new Distributor(address(this), odd);
    }

    /// @dev Tokens of the first classes lie in the code, others in storage: each class finds its own.
    function test_manyClasses() public {
        IDistributor.DistributionTerms memory many = terms();
        many.tokens = new ITrancheToken[](9);
        uint256[] memory amounts = new uint256[](18);
        for (uint256 i; i < 9; ++i) {
            TestRecords records = new TestRecords();
            records.set(alice, 1, 1e6);
            records.set(bob, 1, (i + 1) * 1e6);
            many.tokens[i] = ITrancheToken(address(records));
            amounts[2 * i] = 100;
        }
        distributor = new Distributor(address(this), many);
        cash.mint(address(distributor), 900 * CENT);
        distributor.book(1, amounts);
        for (uint256 i; i < 9; ++i) {
            equal(distributor.claimFor(alice, i, 1), (100 * CENT) / (i + 2), "1 of i + 2");
        }
        covered();
    }

    function test_onlyTheVaultBooks() public {
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NotVault.selector, alice));
        distributor.book(1, amountsOf(1, 0, 0, 0));
    }

    function test_periodsAreBookedOnceAndInOrder() public {
        senior.set(alice, 3, 1);
        book(3, 100, 0, 0);
        equal(distributor.lastPeriod(), 3, "last");
        uint32[3] memory refused = [uint32(3), 2, 0];
        for (uint256 i; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IDistributor.PeriodNotLater.selector, 3, refused[i]));
            distributor.book(refused[i], amountsOf(1, 0, 0, 0));
        }
        book(4, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.PeriodNotLater.selector, 4, 4));
        distributor.book(4, amountsOf(1, 0, 0, 0));
        covered();
    }

    function test_amountsOfAllClassesAreExpected() public {
        vm.expectRevert(abi.encodeWithSelector(IDistributor.AmountsMismatch.selector, 4, 3));
        distributor.book(1, new uint256[](3));
        vm.expectRevert(abi.encodeWithSelector(IDistributor.AmountsMismatch.selector, 4, 6));
        distributor.book(1, new uint256[](6));
    }

    /// @dev Nothing is cut off silently where an amount is packed.
    function test_amountsThatDoNotFitAreRefused() public {
        bytes4 refusal = Bookings.AmountTooLarge.selector;
        vm.expectRevert(abi.encodeWithSelector(refusal, 2 ** 46, 0));
        distributor.book(1, amountsOf(2 ** 46, 0, 0, 0));
        vm.expectRevert(abi.encodeWithSelector(refusal, 5, 2 ** 48));
        distributor.book(1, amountsOf(1, 0, 5, 2 ** 48));
        vm.expectRevert(abi.encodeWithSelector(refusal, type(uint256).max, 0));
        distributor.book(1, amountsOf(type(uint256).max, 0, 0, 0));
        senior.set(alice, 1, 1e6);
        cash.mint(address(distributor), (2 ** 46 - 1 + 2 ** 48 - 1) * CENT);
        distributor.book(1, amountsOf(2 ** 46 - 1, 2 ** 48 - 1, 0, 0));
        withhold(alice, 10_000);
        (, IDistributor.Share memory share) = distributor.claimable(alice, 0, 1);
        equal(share.interest, (2 ** 46 - 1) * CENT, "the greatest interest");
        equal(share.tax, (2 ** 46 - 1) * CENT, "and tax");
        equal(distributor.claimFor(alice, 0, 1), (2 ** 48 - 1) * CENT, "the greatest principal");
        covered();
    }

    /// @dev A token whose balances exceed its supply cannot take from other periods and classes.
    function test_aTokenThatMiscountsIsStopped() public {
        senior.set(alice, 1, 6e6);
        senior.set(bob, 1, 6e6);
        senior.setSupply(1, 10e6);
        book(1, 1_000, 0, 1_000);
        distributor.claimFor(alice, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(Bookings.RecordDateMismatch.selector, 6e6, 6e6, 10e6));
        distributor.claimFor(bob, 0, 1);
        covered();
    }

    /// @dev Nor can a registry that asks for more than the interest.
    function test_aRateAboveTheWholeIsRefused() public {
        senior.set(alice, 1, 6e6);
        book(1, 1_000, 1_000, 0);
        withhold(alice, 10_001);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.RateTooHigh.selector, 10_001));
        distributor.claimFor(alice, 0, 1);
    }

    function test_aDayFarInTheFuture() public {
        senior.set(alice, 1, 1);
        vm.warp(70_000 days);
        book(1, 100, 0, 0);
        equal(distributor.distribution(0, 1).bookedDay, 65_534, "the last that fits, which never means moved");
        (uint8 code, ) = distributor.claimable(alice, 0, 1);
        equal(code, Reasons.OK, "claimable");
    }
}
