// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {IDealHealth} from "../../src/health/IDealHealth.sol";
import {HealthFixture} from "./HealthFixture.sol";

/// @notice A deal that is well from its offering to its end, at every step of which all letters hold
contract DealHealthLifeTest is HealthFixture {
    function testADraftIsHealthy() public view {
        ails("", "drafted");
        equal(health.findings(question()).length, 4 + 2 * (2 + 3 * 3), "A B H J, and D E C F G of two classes");
    }

    function testAnOfferIsHealthyUntilItCloses() public {
        offering.open(vault);
        ails("", "open");
        subscribe(alice, 0, 700_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        // 7,000.00 and 2,000.00.
        equalTo(found("H", 0, 0), 900_000 * CENT, 900_000 * CENT);
        vm.prank(alice);
        offering.withdraw(0);
        // What was taken back waits for its owner.
        equalTo(found("H", 0, 0), 900_000 * CENT, 900_000 * CENT);
        offering.refund(alice);
        equalTo(found("H", 0, 0), 200_000 * CENT, 200_000 * CENT);
        subscribe(alice, 0, 600_000 * CENT);
        subscribe(bob, 0, 200_000 * CENT);
        registry.setFrozen(bob, true);
        // Carol's 2,000.00 are allotted; 8,000.00 wait for their notes.
        offering.close(1);
        equalTo(found("H", 0, 0), 1_000_000 * CENT, 1_000_000 * CENT);
        ails("", "closing");
        // Bob's cash is his again, and the sponsor keeps the notes.
        offering.allot(9);
        equalTo(found("H", 0, 0), 200_000 * CENT, 200_000 * CENT);
        ails("", "closed");
    }

    function testAFailedOfferIsHealthyUntilAllAreRefunded() public {
        offering.open(vault);
        subscribe(alice, 0, 600_000 * CENT);
        subscribe(bob, 0, 200_000 * CENT);
        vm.prank(bob);
        offering.withdraw(0);
        offering.cancel();
        // Alice's position stands, Bob's was taken back: each is owed what it paid.
        equalTo(found("H", 0, 0), 800_000 * CENT, 800_000 * CENT);
        offering.refund(alice);
        equalTo(found("H", 0, 0), 200_000 * CENT, 200_000 * CENT);
        offering.refund(bob);
        equalTo(found("H", 0, 0), 0, 0);
        ails("", "failed");
    }

    function testAnOfferThatNeverOpenedIsHealthy() public {
        offering.cancel();
        ails("", "failed from draft");
    }

    function testAClosedDealIsHealthyToItsEnd() public {
        closeDeal();
        ails("", "closed");
        // The reserve of 500.00; supply 8,000.000000 against 800,000 cents of 10,000.
        equalTo(found("A", 0, 0), 50_000 * CENT, 50_000 * CENT);
        equalTo(found("E", 0, 0), 8e9, 8e9);
        deposit(400_000);
        ails("", "deposited");
        equalTo(found("A", 0, 0), 450_000 * CENT, 450_000 * CENT);
        settleFirst();
        ails("", "settled");
        equalTo(found("J", 0, 0), 1, 1);
        // Fee 1.00, interest 80.00 and 20.00, the rest of 4,000.00 is senior principal: 3,899.00.
        equalTo(found("C", 0, 1), 0, (8_000 + 389_900) * CENT);
        // 8,000.00 - 3,899.00 = 4,101.00 of 8,000.00.
        equalTo(found("D", 0, 0), 0.512625e18, 0.512625e18);
        distributor.claimFor(alice, 0, 1);
        // Alice has three quarters: 60.00 and 2,924.25.
        equalTo(found("C", 0, 1), (6_000 + 292_425) * CENT, (8_000 + 389_900) * CENT);
        equalTo(found("F", 0, 1), 6e9, 6e9);
        equalTo(found("G", 0, 1), 8e9, 8e9);
        ails("", "claimed");
        vm.prank(bob);
        senior.transfer(carol, 1e9);
        control.stop(vault);
        distributor.claimFor(bob, 0, 1);
        distributor.claimFor(carol, 1, 1);
        vault.withdraw(0);
        ails("", "stopped, claimed, withdrawn");
        control.resume(vault);
        settle(2, 500_000);
        settle(3, 200_000);
        ails("", "ended");
    }

    function testWithheldTaxIsHealthy() public {
        // 30 % of Alice's interest.
        registry.register(alice, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 3_000, 0));
        closeDeal();
        deposit(400_000);
        settleFirst();
        distributor.claimFor(alice, 0, 1);
        ails("", "tax held");
        distributor.remitTax(0, 1);
        ails("", "tax remitted");
    }

    function testNoPeriodIsAskedAboutWithoutABeginning() public view {
        uint256 withoutPeriods = 4 + 2 * 2;
        equal(health.findings(_over(0, 3)).length, withoutPeriods, "from zero");
        equal(health.findings(_over(3, 2)).length, withoutPeriods, "none");
        equal(health.findings(_over(2, 2)).length, withoutPeriods + 2 * 3, "one");
    }

    function testStrayCashIsNoAilment() public {
        closeDeal();
        cash.mint(address(vault), 7);
        cash.mint(address(distributor), 8);
        cash.mint(address(offering), 9);
        ails("", "more than is owed");
        equalTo(found("B", 0, 0), 8, 0);
    }

    function settleFirst() private {
        vm.warp(vault.paymentDate(1) - DISPUTE_DELAY);
        settleNow(reportOf(1, 400_000), expectedHash(400_000, 400_000));
    }

    function _over(uint32 from, uint32 to) private view returns (IDealHealth.Question memory asked) {
        asked = question();
        (asked.fromPeriod, asked.toPeriod) = (from, to);
    }
}
