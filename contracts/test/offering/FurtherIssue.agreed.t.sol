// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDealControl} from "../../src/control/IDealControl.sol";
import {IFurtherIssues} from "../../src/control/IFurtherIssues.sol";
import {FurtherIssue} from "../../src/offering/FurtherIssue.sol";
import {IFurtherIssue} from "../../src/offering/IFurtherIssue.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IssueFixture} from "../support/IssueFixture.sol";
import {SampleMapping} from "../support/SampleMapping.sol";

/// @dev What was agreed and subscribed to is what is issued, whatever happens to the deal in between.
contract FurtherIssueAgreedTest is IssueFixture {
    function setUp() public override {
        super.setUp();
        issue = new FurtherIssue(issueTerms());
    }

    /// @dev The fee taker's account is replaced by an amendment of period 2, after the issue of period 3 was agreed to.
    function test_anAmendmentInBetweenEndsAnIssue() public {
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        (terms.fromPeriod, terms.issueDate, terms.deadline) = (3, START + 64 * DAY, START + 80 * DAY);
        issue = new FurtherIssue(terms);
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        agreed.fromPeriod = 3;
        agreed.mappingHash = stored(SampleMapping.raising(vault.programHash(), agreed.programHash, 3, 0, RAISE));
        agree(agreed);
        take(carol, 160);
        vault.withdraw(0);
        address fresh = address(0xFEE2);
        bytes32 hash = vault.programHash();
        IAmendments.Amendment memory change;
        (change.fromPeriod, change.programHash) = (2, hash);
        change.documentHash = keccak256("new account.yaml");
        change.mappingHash = stored(SampleMapping.blob(hash, hash, 2));
        change.payees = vault.payees();
        change.payees[0].to = fresh;
        change.paymentDates = dates(3 days);
        _approved(change);
        vm.warp(block.timestamp + CHANGE_DELAY);
        control.applyAmendment(vault, change);
        settle(2, 9_100);
        for (uint256 i; i < 2; ++i) if (vault.owed(i) != 0) vault.withdraw(i);
        if (block.timestamp < terms.issueDate) vm.warp(terms.issueDate);
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssues.AmendedSince.selector, 2));
        issue.complete(agreed);
        isTrue(vault.payees()[0].to == fresh, "the new account is paid");
    }

    /// @dev It would be an amendment of a program that is gone, and every report of its period would wait for it.
    function test_anOpenAmendmentComesFirst() public {
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        agree(agreed);
        take(carol, 160);
        bytes32 proposal = _approved(raising(0, 0));
        vm.warp(ISSUE_DATE);
        vm.expectRevert(abi.encodeWithSelector(IDealControl.AmendmentOpen.selector, proposal));
        issue.complete(agreed);
        control.cancelChange(proposal);
        issue.complete(agreed);
        equal(senior.totalSupply(), 960_000 * CENT, "issued");
    }

    /// @dev Carol subscribed to the first amendment: a second one needs another issue, and hers is failed by anybody.
    function test_aCancelledIssueIsNotProposedAgain() public {
        bytes32 proposal = agree(raising(0, RAISE));
        take(carol, 160);
        control.cancelChange(proposal);
        IAmendments.Amendment memory other = raising(0, RAISE);
        other.documentHash = keccak256("another document.yaml");
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssues.IssueProposedBefore.selector, proposal));
        control.proposeIssue(issue, other);
        vm.prank(stranger);
        issue.fail();
        equal(issue.refund(carol), 160 * LOT_COST, "Carol has her cash");
    }

    /// @dev One place is left under the cap, and two new investors subscribe: the token would take either of them.
    function test_aHolderCapThatTwoShareLocksNothing() public {
        bytes4[] memory one = new bytes4[](1);
        one[0] = ITokenTerms.setRules.selector;
        manager.setTargetFunctionRole(address(senior), one, 0);
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        agree(agreed);
        address dave = address(0xDA7E);
        admit(dave);
        take(carol, 160);
        take(dave, 1);
        ITokenTerms.Rules memory rules;
        // Alice and Bob hold the class.
        rules.holderCap = 3;
        ITokenTerms(address(senior)).setRules(rules);
        vm.warp(ISSUE_DATE);
        issue.removeSubscriber(dave);
        issue.complete(agreed);
        equal(senior.totalSupply(), 960_000 * CENT, "issued");
        equal(issue.refund(dave), LOT_COST, "Dave has his cash");
    }

    function _approved(IAmendments.Amendment memory amendment) private returns (bytes32 proposal) {
        proposal = control.proposeAmendment(address(vault), amendment);
        vm.prank(approver);
        control.approveChange(proposal);
    }
}
