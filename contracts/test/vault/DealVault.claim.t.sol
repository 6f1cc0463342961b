// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Holders at the record date are paid exactly once, in any order and at any later time
contract DealVaultClaimTest is DealFixture {
    function setUp() public override {
        super.setUp();
        closeDeal();
    }

    function _refuse(address account, uint256 tranche, uint32 period, uint8 code) private {
        vm.expectRevert(abi.encodeWithSelector(IDistributor.ClaimRefused.selector, account, code));
        distributor.claimFor(account, tranche, period);
    }

    function test_holdersArePaidByShare() public {
        settle(1, 110_000);
        // Alice has 3/4 of the senior tranche: of 80.00 interest 60.00, of 999.00 principal 749.25.
        vm.prank(alice);
        equal(distributor.claim(0, 1), 809_250_000, "interest and principal");
        equal(cash.balanceOf(alice), 809_250_000, "cash");
        // Anybody may push a claim; it pays the holder.
        vm.prank(stranger);
        distributor.claimFor(bob, 0, 1);
        equal(cash.balanceOf(bob), 269_750_000, "20.00 and 249.75");
        distributor.claimFor(carol, 1, 1);
        equal(cash.balanceOf(carol), 20e6, "junior interest");
        equal(distributor.liabilities(), 0, "nothing left");
        _refuse(alice, 0, 1, Reasons.NOTHING_TO_CLAIM);
        _refuse(carol, 0, 1, Reasons.NOTHING_TO_CLAIM);
        _refuse(alice, 0, 2, Reasons.NOTHING_TO_CLAIM);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NoSuchTranche.selector, 2));
        distributor.claimFor(alice, 2, 1);
    }

    function test_recordDateDecidesNotThePaymentDate() public {
        vm.warp(dates(0)[0]);
        vm.prank(alice);
        senior.transfer(bob, 6_000e6);
        settle(1, 110_000);
        distributor.claimFor(alice, 0, 1);
        equal(cash.balanceOf(alice), 809_250_000, "alice held at the record date");
        settle(2, 110_000);
        _refuse(alice, 0, 2, Reasons.NOTHING_TO_CLAIM);
        distributor.claimFor(bob, 0, 2);
        distributor.claimFor(bob, 0, 1);
        IDistributor.Distribution memory second = distributor.distribution(0, 2);
        equal(cash.balanceOf(bob), 269_750_000 + second.interest + second.principal, "bob has both, in any order");
    }

    function test_moneyWaitsForALapsedHolder() public {
        settle(1, 110_000);
        registry.register(bob, IInvestorRegistry.Entry(START, 0, 276, 1, 0, 0));
        _refuse(bob, 0, 1, Reasons.KYC_EXPIRED);
        (uint8 code, IDistributor.Share memory share) = distributor.claimable(bob, 0, 1);
        equal(code, Reasons.KYC_EXPIRED, "the code says why");
        equal(share.interest + share.principal, 269_750_000, "and what waits");
        settle(2, 110_000);
        equal(distributor.distribution(0, 1).interestPaid, 0, "still waiting");
        admit(bob);
        distributor.claimFor(bob, 0, 1);
        equal(cash.balanceOf(bob), 269_750_000, "paid after renewal");
        registry.setFrozen(bob, true);
        _refuse(bob, 0, 2, Reasons.FROZEN);
        registry.remove(bob);
        _refuse(bob, 0, 2, Reasons.RECEIVER_NOT_REGISTERED);
    }

    function test_dustGoesToTheNextDistribution() public {
        vm.startPrank(alice);
        // 1, 2 and 7,999,999,997 millionths of a dollar: shares that do not divide.
        senior.transfer(carol, 1);
        senior.transfer(sponsor, 2);
        senior.transfer(bob, 3_000e6);
        vm.stopPrank();
        settle(1, 110_000);
        address[4] memory holders = [alice, bob, carol, sponsor];
        uint256 paid;
        for (uint256 i; i < 4; ++i) {
            paid += distributor.claimFor(holders[i], 0, 1);
        }
        (uint256 dustInterest, uint256 dustPrincipal) = distributor.carriedDust(0);
        equal(paid + dustInterest + dustPrincipal, 107_900 * CENT, "8,000 + 99,900 cents: paid and dust");
        // Floors of 80,000,000 × {1, 2, 5e9, 2,999,999,997} ÷ 8e9 leave 0.01 + 0.02 + 0.97 = 1.
        equal(dustInterest, 1, "interest dust");
        settle(2, 110_000);
        // 1 % of 700,100 cents is 7,001 cents; less than a cent of dust waits until it is one.
        equal(distributor.distribution(0, 2).interest, 7_001 * CENT, "whole cents");
        (uint256 still, ) = distributor.carriedDust(0);
        equal(still, 1, "kept");
    }

    function test_payeesWithdraw() public {
        settle(1, 1_110_200);
        // Fee 100; 10,000 of interest; 1,000,000 of principal; residual 100,100.
        vault.withdraw(0);
        equal(cash.balanceOf(feeTaker), 100 * CENT, "fee");
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NothingOwed.selector, 0));
        vault.withdraw(0);
        registry.remove(sponsor);
        vm.expectRevert(
            abi.encodeWithSelector(IDealVault.PayeeRefused.selector, sponsor, Reasons.RECEIVER_NOT_REGISTERED)
        );
        vault.withdraw(1);
        admit(sponsor);
        uint256 before = cash.balanceOf(sponsor);
        vault.withdraw(1);
        equal(cash.balanceOf(sponsor) - before, 100_100 * CENT, "residual");
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NoSuchPayee.selector, 2));
        vault.withdraw(2);
    }

    /// @dev Any split and any amount: claims never exceed the distribution, and dust is less than the number of holders.
    function testFuzz_claimsNeverExceedTheDistribution(uint256 first, uint256 second, uint256 collected) public {
        vm.startPrank(alice);
        senior.transfer(carol, bound(first, 0, 3_000e6));
        senior.transfer(sponsor, bound(second, 0, 3_000e6));
        vm.stopPrank();
        settle(1, bound(collected, 1, 2_000_000));
        IDistributor.Distribution memory due = distributor.distribution(0, 1);
        address[4] memory holders = [alice, bob, carol, sponsor];
        uint256 paid;
        for (uint256 i; i < 4; ++i) {
            (uint8 code, ) = distributor.claimable(holders[i], 0, 1);
            if (code != Reasons.OK) continue;
            paid += distributor.claimFor(holders[i], 0, 1);
        }
        (uint256 dustInterest, uint256 dustPrincipal) = distributor.carriedDust(0);
        isTrue(dustInterest < 4 && dustPrincipal < 4, "dust is below the number of holders");
        equal(paid + dustInterest + dustPrincipal, uint256(due.interest) + due.principal, "nothing is lost");
        equal(cash.balanceOf(address(distributor)), distributor.liabilities(), "cash covers the rest exactly");
        equal(cash.balanceOf(address(vault)), vault.liabilities(), "in the vault too");
    }
}
