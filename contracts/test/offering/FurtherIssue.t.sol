// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IFurtherIssues} from "../../src/control/IFurtherIssues.sol";
import {DealHealth} from "../../src/health/DealHealth.sol";
import {FurtherIssue} from "../../src/offering/FurtherIssue.sol";
import {IFurtherIssue} from "../../src/offering/IFurtherIssue.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {Events} from "../support/Events.sol";
import {IssueFixture} from "../support/IssueFixture.sol";
import {SampleProgram} from "../support/SampleProgram.sol";

/// @notice More notes of the senior class after the first payment date: escrow, allotment, the deal afterwards, refunds
contract FurtherIssueTest is IssueFixture {
    function setUp() public override {
        super.setUp();
        issue = new FurtherIssue(issueTerms());
        agree(raising(0, RAISE));
    }

    function _complete() private {
        vm.warp(ISSUE_DATE);
        issue.complete(raising(0, RAISE));
    }

    /// @dev Alice 120 lots and Bob 80 of 160: Alice gets floor(160 × 120 ÷ 200) = 96, and Bob the 64 that are left.
    function _completeOversubscribed() private {
        take(alice, 120);
        take(bob, 80);
        _complete();
    }

    function _factor() private view returns (uint256) {
        return ITokenTerms(address(senior)).factor();
    }

    function test_allotsProRataAndPaysTheSeller() public {
        uint256 before = cash.balanceOf(sponsor);
        _completeOversubscribed();
        isTrue(issue.phase() == IFurtherIssue.Phase.Completed, "completed");
        equal(senior.balanceOf(alice), (600_000 + 96_000) * CENT, "Alice");
        equal(senior.balanceOf(bob), (200_000 + 64_000) * CENT, "Bob");
        equal(senior.totalSupply(), 960_000 * CENT, "8,000.00 and 1,600.00");
        // 160 lots at 9.05.
        equal(cash.balanceOf(sponsor) - before, 144_800 * CENT, "proceeds");
        equal(issue.refundable(alice), 24 * LOT_COST, "24 lots of Alice");
        equal(issue.refundable(bob), 16 * LOT_COST, "16 lots of Bob");
        equal(issue.refund(alice) + issue.refund(bob), 40 * LOT_COST, "both");
        equal(cash.balanceOf(address(issue)), 0, "nothing stays");
        equal(issue.subscribed(alice), 0, "no position is open");
    }

    /// @dev 63, 82 and 53 of 198: floor(160 × 63 ÷ 198) = 50, floor(110 × 82 ÷ 135) = 66, and the 44 that are left, where the
    ///      exact share is 42.8.
    function test_whatRoundingLeavesGoesToTheLast() public {
        take(bob, 63);
        take(carol, 82);
        take(alice, 53);
        _complete();
        equal(senior.balanceOf(bob), (200_000 + 50_000) * CENT, "Bob");
        equal(senior.balanceOf(carol), 66_000 * CENT, "Carol");
        equal(senior.balanceOf(alice), (600_000 + 44_000) * CENT, "Alice");
    }

    function test_theFactorStaysAndTheBalanceGrows() public {
        equal(_factor(), 0.875e18, "7,000.00 of 8,000.00");
        bytes32 others = keccak256(abi.encode(vault.state()[0], vault.state()[1], vault.state()[3]));
        _completeOversubscribed();
        equal(vault.state()[2], 840_000, "7,000.00 and 1,400.00");
        equal(_factor(), 0.875e18, "8,400.00 of 9,600.00");
        equal(control.faceOf(vault, 0), 960_000, "face of the class");
        equal(vault.originalBalance(0), 800_000, "what it had at closing stays");
        bytes32 now_ = keccak256(abi.encode(vault.state()[0], vault.state()[1], vault.state()[3]));
        isTrue(others == now_, "accounts and the junior class are as they were");
        isTrue(vault.programHash() == keccak256(SampleProgram.blobWithFee(200)), "the new program is in force");
        equal(ITokenTerms(address(senior)).currentBalanceOf(alice), 609_000 * CENT, "7/8 of 6,960.00");
        (uint256 actual, uint256 expected) = new DealHealth().faceOf(vault, 0);
        equal(actual, expected, "invariant D");
    }

    /// @dev 1,106.00 less the fee of 2.00: 1 % of 8,400.00 and of 2,000.00, and 1,000.00 of principal.
    function test_newAndOldNotesShareInTheNextPeriodAlike() public {
        _completeOversubscribed();
        vm.warp(vault.paymentDate(2));
        deposit(110_600);
        IReportBook.ServicerReport memory report = reportOf(2, 110_600);
        report.programHash = vault.programHash();
        settleNow(report, expectedHash(110_600, 110_600));
        equal(vault.state()[2], 740_000, "8,400.00 less 1,000.00");
        // Alice has 6,960.00 of 9,600.00: 60.90 of 84.00 and 725.00 of 1,000.00.
        equal(distributor.claimFor(alice, 0, 2), (6_090 + 72_500) * CENT, "Alice");
        equal(distributor.claimFor(bob, 0, 2), (2_310 + 27_500) * CENT, "Bob");
    }

    /// @dev Period 1 was recorded before: 80.00 and 1,000.00 by 6,000.00 of 8,000.00.
    function test_nothingOfThePeriodBeforeGoesToNewNotes() public {
        take(carol, 160);
        _complete();
        equal(distributor.claimFor(alice, 0, 1), (6_000 + 75_000) * CENT, "Alice");
        equal(distributor.claimFor(bob, 0, 1), (2_000 + 25_000) * CENT, "Bob");
        equal(senior.balanceAt(carol, 1), 0, "Carol had none");
        equal(senior.supplyAt(1), 800_000 * CENT, "the supply then");
    }

    function test_saysWhatWasIssued() public {
        take(carol, 160);
        vm.warp(ISSUE_DATE);
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        Events.expect(address(issue));
        emit IFurtherIssue.Allotted(carol, 160, 0);
        Events.expect(address(control));
        emit IFurtherIssues.FurtherIssued(address(vault), 0, address(issue), FACE, 960_000);
        Events.expect(address(issue));
        emit IFurtherIssue.IssueCompleted(FACE, 144_800 * CENT);
        issue.complete(agreed);
        (bytes32 proposal, uint256 readyAt) = control.issueOf(address(issue));
        isTrue(proposal == 0 && readyAt == 0, "it is done");
    }

    function test_aSubscriberTakesItsCashBack() public {
        take(alice, 3);
        vm.prank(alice);
        issue.withdraw();
        equal(issue.raised(), 0, "raised");
        equal(issue.refund(alice), 3 * LOT_COST, "all of it");
        equal(cash.balanceOf(alice), 3 * LOT_COST, "it has it");
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssue.NothingToRefund.selector, alice));
        issue.refund(alice);
    }

    function test_aLapsedIssueRefundsEverybody() public {
        take(alice, 100);
        take(bob, 59);
        vm.warp(DEADLINE + 1);
        vm.prank(stranger);
        issue.fail();
        equal(issue.refundable(alice), 100 * LOT_COST, "Alice");
        equal(issue.refund(alice) + issue.refund(bob), 159 * LOT_COST, "both");
        equal(cash.balanceOf(address(issue)), 0, "nothing stays");
        equal(senior.totalSupply(), 800_000 * CENT, "nothing was issued");
    }

    /// @dev What the guardian cancels is not issued, and nobody's cash waits for the deadline.
    function test_aCancelledIssueRefundsEverybody() public {
        take(alice, 100);
        (bytes32 proposal, ) = control.issueOf(address(issue));
        control.cancelChange(proposal);
        vm.prank(stranger);
        issue.fail();
        equal(issue.refund(alice), 100 * LOT_COST, "Alice");
    }

    function test_theIssuerGivesUpAtAnyTime() public {
        take(alice, 1);
        issue.fail();
        equal(issue.refund(alice), LOT_COST, "Alice");
    }

    /// @dev The registry's payout address is where a lost wallet's cash goes.
    function test_refundsGoWhereTheRegistrySays() public {
        take(alice, 1);
        issue.fail();
        registry.setPayout(alice, carol);
        Events.expect(address(issue));
        emit IFurtherIssue.Refunded(alice, carol, LOT_COST);
        issue.refund(alice);
    }

    function test_subscribesWithAPermit() public {
        uint256 key = 0xA11;
        address owner = vm.addr(key);
        admit(owner);
        cash.mint(owner, 2 * LOT_COST);
        bytes32 permitType = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 data = keccak256(abi.encode(permitType, owner, address(issue), 2 * LOT_COST, 0, DEADLINE));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(
            key,
            keccak256(abi.encodePacked("\x19\x01", cash.DOMAIN_SEPARATOR(), data))
        );
        vm.prank(owner);
        issue.subscribeWithPermit(2, ISubscription.Permit(DEADLINE, v, r, s));
        equal(issue.subscribed(owner), 2, "lots");
        equal(cash.balanceOf(address(issue)), 2 * LOT_COST, "escrow");
    }

    function test_positionsAreLotsByAccount() public {
        take(alice, 2);
        take(bob, 1);
        take(alice, 1);
        ISubscription.Position[] memory list = issue.positions(0, 9);
        equal(list.length, 2, "two accounts");
        isTrue(list[0].account == alice && list[0].amount == 3, "Alice");
        equal(issue.positions(1, 9).length, 1, "from the second");
        (, , uint32 from, uint256 face) = issue.issued();
        isTrue(from == 2 && face == FACE && issue.terms().price == 900, "terms");
        isTrue(control.mostFaceOf(0) == 1_200_000 && control.mostFaceOf(1) == 0, "what the deal's terms allow");
    }
}
