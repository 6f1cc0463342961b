// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {IChanges} from "../../src/control/IChanges.sol";
import {IFurtherIssues} from "../../src/control/IFurtherIssues.sol";
import {FurtherIssue} from "../../src/offering/FurtherIssue.sol";
import {IFurtherIssue} from "../../src/offering/IFurtherIssue.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IssueFixture} from "../support/IssueFixture.sol";
import {OtherIssue} from "../support/OtherIssue.sol";
import {Strangers} from "../support/Strangers.sol";

/// @notice Each function of a further issue, and of the control that agrees to it, with any arguments, any caller, and at any
///         time; what is refused changes nothing, and the escrow holds what it owes
contract FurtherIssueFuzzTest is IssueFixture, Strangers {
    uint256 private constant PERMIT_KEY = 0xA11;
    uint256 private constant PAID = START + 33 days;

    /// @dev Who tries to mint while the test contract stands in for the control.
    address private _minting;

    function setUp() public override {
        super.setUp();
        issue = new FurtherIssue(issueTerms());
        agree(raising(0, RAISE));
    }

    function _dealMark() private view returns (bytes32) {
        uint256[2] memory face = [senior.totalSupply(), control.faceOf(vault, 0)];
        return keccak256(abi.encode(vault.programHash(), vault.state(), face, cash.balanceOf(sponsor)));
    }

    function _mark() private view returns (bytes32) {
        bytes memory escrow = abi.encode(issue.phase(), issue.raised(), issue.positions(0, 9));
        return keccak256(abi.encode(_dealMark(), escrow, _owed(), cash.balanceOf(address(issue))));
    }

    /// @dev Cash of open positions, and what would be refunded.
    function _owed() private view returns (uint256 sum) {
        address[3] memory who = [alice, bob, carol];
        bool open = issue.phase() == IFurtherIssue.Phase.Open;
        for (uint256 i; i < 3; ++i) {
            sum += issue.refundable(who[i]);
            if (open) sum += issue.subscribed(who[i]) * LOT_COST;
        }
    }

    function _escrowHoldsWhatItOwes() private view {
        equal(cash.balanceOf(address(issue)), _owed(), "escrow");
    }

    /// @dev Refused for this reason, and everything is as it was.
    function _refused(address by, bytes memory data, bytes memory failure) private {
        bytes32 before = _mark();
        refusedTo(by, address(issue), data, failure);
        isTrue(_mark() == before, "nothing happened");
    }

    function _wrongPhase() private view returns (bytes memory) {
        return abi.encodeWithSelector(IFurtherIssue.WrongPhase.selector, issue.phase());
    }

    function _none(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISubscription.NoSubscription.selector, account, 0);
    }

    function _nothing(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IFurtherIssue.NothingToRefund.selector, account);
    }

    /// @dev The token's own refusal of cash that was not approved.
    function _unpaid(uint256 lots) private view returns (bytes memory) {
        return abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, issue, 0, lots * LOT_COST);
    }

    /// @dev 200 lots: Alice up to 120, Bob 80, Carol the rest. Open, failed, or completed with 160 lots.
    function _inPhase(uint256 seed, uint8 phase_) private returns (uint256 lots) {
        lots = bound(seed, 1, 120);
        take(alice, lots);
        take(bob, 80);
        if (lots < 120) take(carol, 120 - lots);
        if (phase_ % 3 == 1) issue.fail();
        if (phase_ % 3 != 2) return lots;
        vm.warp(ISSUE_DATE);
        issue.complete(raising(0, RAISE));
    }

    /// @dev Twice by one account: in an issue that nobody agreed to, by somebody who is not admitted, without cash, and in order.
    function testFuzz_subscribe(uint256[2] calldata amounts, uint256 time, uint8 how) public {
        if (how % 5 == 0) issue = new FurtherIssue(issueTerms());
        else take(bob, 50);
        vm.warp(PAID + bound(time, 0, 20 days));
        address by = how % 5 == 1 ? stranger : alice;
        uint256 taken;
        for (uint256 i; i < 2; ++i) {
            // Any number, any that might fit, and what is left and one more.
            uint256 lots = how < 64 ? amounts[i] : bound(amounts[i], 0, 170);
            if (how > 127) lots = bound(amounts[i], 150 - taken, 151 - taken);
            if (how % 5 != 2 && lots <= 200) fund(by, address(issue), lots * LOT_COST);
            bytes memory failure = _subscribeFailure(lots, 150 - taken, how % 5);
            if (failure.length != 0) {
                _refused(by, abi.encodeCall(issue.subscribe, (lots)), failure);
                continue;
            }
            vm.prank(by);
            issue.subscribe(lots);
            taken += lots;
        }
        equal(issue.subscribed(by), taken, "subscribed");
        equal(issue.raised(), how % 5 == 0 ? 0 : 50 + taken, "raised");
        _escrowHoldsWhatItOwes();
    }

    function _subscribeFailure(uint256 lots, uint256 left, uint8 how) private view returns (bytes memory) {
        if (block.timestamp > DEADLINE) return abi.encodeWithSelector(IFurtherIssue.DeadlinePassed.selector, DEADLINE);
        if (how == 0) return abi.encodeWithSelector(IFurtherIssue.NotAgreed.selector);
        if (lots == 0) return abi.encodeWithSelector(IFurtherIssue.NoLots.selector);
        bytes4 refused = IFurtherIssue.SubscriberRefused.selector;
        if (how == 1) return abi.encodeWithSelector(refused, stranger, Reasons.RECEIVER_NOT_REGISTERED);
        if (lots > left) return abi.encodeWithSelector(IFurtherIssue.Oversubscribed.selector, left);
        return how == 2 ? _unpaid(lots) : bytes("");
    }

    /// @dev With a permit that is the subscriber's, one that somebody brought before, one that is forged, and one of a cent less.
    function testFuzz_subscribeWithPermit(uint256 lots, uint8 how, bytes32 garbage) public {
        address by = vm.addr(PERMIT_KEY);
        admit(by);
        lots = bound(lots, 1, 200);
        cash.mint(by, lots * LOT_COST);
        ISubscription.Permit memory permit = _permit(by, lots * LOT_COST - (how % 4 == 3 ? CENT : 0));
        if (how % 4 == 1) cash.permit(by, address(issue), lots * LOT_COST, FOREVER, permit.v, permit.r, permit.s);
        if (how % 4 == 2) permit.s = garbage;
        if (how % 4 > 1) {
            _refused(by, abi.encodeCall(issue.subscribeWithPermit, (lots, permit)), _unpaid(lots));
            return;
        }
        vm.prank(by);
        issue.subscribeWithPermit(lots, permit);
        equal(issue.subscribed(by), lots, "subscribed");
        equal(cash.balanceOf(address(issue)), lots * LOT_COST, "escrow");
        equal(cash.balanceOf(by) + cash.allowance(by, address(issue)), 0, "nothing is left, and nothing allowed");
    }

    function _permit(address by, uint256 amount) private returns (ISubscription.Permit memory permit) {
        bytes32 kind = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = keccak256(abi.encode(kind, by, address(issue), amount, cash.nonces(by), FOREVER));
        (permit.v, permit.r, permit.s) = vm.sign(
            PERMIT_KEY,
            keccak256(abi.encodePacked(hex"1901", cash.DOMAIN_SEPARATOR(), hash))
        );
        permit.deadline = FOREVER;
    }

    /// @dev Only one's own, only while it is open, and once.
    function testFuzz_withdraw(uint256 by, uint256 seed, uint8 phase_) public {
        uint256 lots = _inPhase(seed, phase_);
        bytes memory data = abi.encodeCall(issue.withdraw, ());
        bool open = phase_ % 3 == 0;
        _refused(someone(by), data, open ? _none(someone(by)) : _wrongPhase());
        if (open) {
            vm.prank(alice);
            issue.withdraw();
            equal(issue.raised(), 200 - lots, "raised");
            equal(issue.subscribed(bob), 80, "Bob's stays");
            equal(issue.refundable(alice), lots * LOT_COST, "to be refunded");
        }
        _refused(alice, data, open ? _none(alice) : _wrongPhase());
        equal(issue.subscribed(alice), phase_ % 3 == 1 ? lots : 0, "subscribed");
        _escrowHoldsWhatItOwes();
    }

    /// @dev Only by the issuer, whomever it will.
    function testFuzz_removeSubscriber(uint256 by, uint256 seed, uint8 how, uint8 phase_) public {
        uint256 lots = _inPhase(seed, phase_);
        bytes memory data = abi.encodeCall(issue.removeSubscriber, (alice));
        if (how % 3 == 1) registry.setFrozen(alice, true);
        if (how % 3 == 2) registry.remove(alice);
        _refused(someone(by), data, abi.encodeWithSelector(IFurtherIssue.CallerRefused.selector, someone(by)));
        if (phase_ % 3 != 0) {
            _refused(address(this), data, _wrongPhase());
            return;
        }
        issue.removeSubscriber(alice);
        _refused(address(this), data, _none(alice));
        equal(issue.raised(), 200 - lots, "raised");
        _escrowHoldsWhatItOwes();
        equal(issue.refund(alice), lots * LOT_COST, "a lapsed admission keeps nobody's cash");
        equal(cash.balanceOf(alice), lots * LOT_COST, "it has it");
    }

    /// @dev Whole lots to each, less than one below its exact share and less than one above it for each subscriber before.
    function testFuzz_complete(uint256 by, uint256[3] calldata seeds, uint256 time) public {
        uint256[3] memory lots = [bound(seeds[0], 1, 120), 0, 0];
        lots[1] = bound(seeds[1], 0, 200 - lots[0]);
        lots[2] = bound(seeds[2], 0, 200 - lots[0] - lots[1]);
        uint256 all = _takeAll(lots);
        vm.warp(ISSUE_DATE - 2 days + bound(time, 0, 13 days));
        bytes memory data = abi.encodeCall(issue.complete, (raising(0, RAISE)));
        _refused(someone(by), data, abi.encodeWithSelector(IFurtherIssue.CallerRefused.selector, someone(by)));
        bytes memory failure = _completeFailure(all);
        if (failure.length == 0) {
            _completes(lots, all, data);
            failure = _wrongPhase();
        }
        _refused(address(this), data, failure);
        _escrowHoldsWhatItOwes();
    }

    function _takeAll(uint256[3] memory lots) private returns (uint256 all) {
        address[3] memory who = [alice, bob, carol];
        for (uint256 i; i < 3; ++i) {
            if (lots[i] != 0) take(who[i], lots[i]);
            all += lots[i];
        }
    }

    function _completeFailure(uint256 all) private view returns (bytes memory) {
        bytes4 before = IFurtherIssue.BeforeIssueDate.selector;
        if (block.timestamp < ISSUE_DATE) return abi.encodeWithSelector(before, ISSUE_DATE);
        if (block.timestamp > DEADLINE) return abi.encodeWithSelector(IFurtherIssue.DeadlinePassed.selector, DEADLINE);
        return all < 160 ? abi.encodeWithSelector(IFurtherIssue.BelowSize.selector, 160 - all) : bytes("");
    }

    function _completes(uint256[3] memory lots, uint256 all, bytes memory data) private {
        address[3] memory who = [alice, bob, carol];
        uint256[3] memory held = [senior.balanceOf(alice), senior.balanceOf(bob), senior.balanceOf(carol)];
        uint256 before = cash.balanceOf(sponsor);
        (bool done, ) = address(issue).call(data);
        isTrue(done, "completed");
        for (uint256 i; i < 3; ++i) {
            uint256 got = (senior.balanceOf(who[i]) - held[i]) / (1_000 * CENT);
            isTrue(got <= lots[i] && (got + 1) * all > 160 * lots[i], "not less than its share");
            isTrue(got * all <= 160 * lots[i] + i * all, "not more than its share");
            equal(issue.refundable(who[i]), (lots[i] - got) * LOT_COST, "the rest comes back");
        }
        equal(senior.totalSupply(), 960_000 * CENT, "all lots");
        equal(cash.balanceOf(sponsor) - before, 160 * LOT_COST, "proceeds");
        equal(cash.balanceOf(address(issue)), (all - 160) * LOT_COST, "escrow");
    }

    /// @dev By nobody outside of completion, and inside of it by the control alone.
    function testFuzz_mintNotes(uint256 by, uint256 seed, uint8 phase_) public {
        _inPhase(seed, phase_);
        bytes memory data = abi.encodeCall(issue.mintNotes, ());
        _refused(someone(by), data, _wrongPhase());
        _refused(address(this), data, _wrongPhase());
        _refused(address(control), data, _wrongPhase());
        if (phase_ % 3 == 2) return;
        vm.mockCall(address(vault), abi.encodeCall(vault.control, ()), abi.encode(this));
        issue = new FurtherIssue(issueTerms());
        vm.clearMockedCalls();
        take(carol, 160);
        vm.warp(ISSUE_DATE);
        _minting = someone(by);
        // The stand-in saw the refusal, and minted nothing.
        _refused(
            address(this),
            abi.encodeCall(issue.complete, (raising(0, RAISE))),
            abi.encodeWithSelector(IFurtherIssue.WrongPhase.selector, IFurtherIssue.Phase.Issuing)
        );
    }

    /// @dev As a control that agreed says it.
    function issueOf(address) external pure returns (bytes32, uint256) {
        return (bytes32(uint256(1)), 1);
    }

    /// @dev As a control that lets somebody else mint.
    function applyIssue(IAmendments.Amendment calldata) external {
        bytes memory failure = abi.encodeWithSelector(IFurtherIssue.CallerRefused.selector, _minting);
        refusedTo(_minting, msg.sender, abi.encodeCall(IFurtherIssue.mintNotes, ()), failure);
    }

    /// @dev The issuer at any time; anybody after the deadline, or where what was subscribed to is agreed no longer.
    function testFuzz_fail(uint256 by, uint256 time, bool issuer, bool cancelled, uint256 lots) public {
        lots = bound(lots, 0, 3);
        if (lots != 0) take(alice, lots);
        (bytes32 proposal, ) = control.issueOf(address(issue));
        if (cancelled) {
            control.cancelChange(proposal);
            proposal = 0;
        }
        vm.warp(PAID + bound(time, 0, 20 days));
        address caller = issuer ? address(this) : someone(by);
        bytes memory data = abi.encodeCall(issue.fail, ());
        if (!issuer && block.timestamp <= DEADLINE && (!cancelled || lots == 0)) {
            _refused(caller, data, abi.encodeWithSelector(IFurtherIssue.StillAgreed.selector, proposal));
            return;
        }
        vm.prank(caller);
        issue.fail();
        _refused(address(this), data, _wrongPhase());
        equal(issue.refundable(alice), lots * LOT_COST, "all comes back");
        _escrowHoldsWhatItOwes();
    }

    /// @dev By anybody, to whom it is due: once, and to the cent. Of 160 lots of 200 the first gets four fifths.
    function testFuzz_refund(uint256 by, uint256 seed, uint8 phase_, bool elsewhere, bool withdraws) public {
        uint256 lots = _inPhase(seed, phase_);
        if (phase_ % 3 == 2) lots -= (lots * 4) / 5;
        if (phase_ % 3 == 0 && !withdraws) lots = 0;
        if (phase_ % 3 == 0 && withdraws) {
            vm.prank(alice);
            issue.withdraw();
        }
        uint256 due = lots * LOT_COST;
        address to = elsewhere ? address(0xE15E) : alice;
        if (elsewhere) registry.setPayout(alice, to);
        equal(issue.refundable(alice), due, "refundable");
        uint256 others = cash.balanceOf(address(issue)) - due;
        if (due != 0) {
            vm.prank(someone(by));
            equal(issue.refund(alice), due, "what it says");
        }
        _refused(someone(by), abi.encodeCall(issue.refund, (alice)), _nothing(alice));
        _refused(someone(by), abi.encodeCall(issue.refund, (someone(by))), _nothing(someone(by)));
        equal(cash.balanceOf(to), due, "once");
        equal(cash.balanceOf(address(issue)), others, "the others' stays");
        _escrowHoldsWhatItOwes();
    }

    /// @dev Only of its own period and as far as the deal's terms let the class grow, by whoever may, and one at a time.
    function testFuzz_proposeIssue(uint256 by, uint64 lots, uint32 period, bytes32 program, bool cancelled) public {
        IFurtherIssue.IssueTerms memory terms = issueTerms();
        terms.lots = terms.maximum = uint64(bound(lots, 1, 800));
        issue = new FurtherIssue(terms);
        IAmendments.Amendment memory amendment;
        (amendment.fromPeriod, amendment.programHash) = (period % 4 == 0 ? period : 2, program);
        unauthorised(by, address(control), abi.encodeCall(control.proposeIssue, (issue, amendment)));
        uint256 faceAfter = 800_000 + uint256(terms.lots) * 1_000;
        bytes memory failure;
        if (amendment.fromPeriod != 2)
            failure = abi.encodeWithSelector(IFurtherIssues.IssuePeriodDiffers.selector, 2, amendment.fromPeriod);
        else if (faceAfter > 1_200_000)
            failure = abi.encodeWithSelector(IFurtherIssues.IssueNotPermitted.selector, 0, 1_200_000, faceAfter);
        if (failure.length != 0) vm.expectRevert(failure);
        bytes32 proposal = control.proposeIssue(issue, amendment);
        _openWaits(failure.length == 0 ? proposal : bytes32(0));
        if (failure.length != 0) return;
        if (cancelled) control.cancelChange(proposal);
        amendment.mappingHash = program;
        vm.expectRevert(abi.encodeWithSelector(IFurtherIssues.IssueProposedBefore.selector, proposal));
        control.proposeIssue(issue, amendment);
        _openWaits(cancelled ? bytes32(0) : proposal);
    }

    function _openWaits(bytes32 expected) private view {
        (bytes32 open, uint256 readyAt) = control.issueOf(address(issue));
        isTrue(open == expected && readyAt == 0, "what is open waits for approval");
    }

    /// @dev Only for the issue that was agreed to, in its time, and with just its notes.
    function testFuzz_applyIssue(uint256 by, uint256 time, uint8 how, uint256 minted) public {
        OtherIssue other = new OtherIssue(vault, 0, FACE);
        issue = FurtherIssue(address(other));
        IAmendments.Amendment memory agreed = raising(0, RAISE);
        bytes32 proposal = how % 4 == 0 ? propose(agreed) : agree(agreed);
        (, uint256 readyAt) = control.issueOf(address(issue));
        if (how % 4 == 1) control.cancelChange(proposal);
        minted = how < 128 ? FACE * CENT : bound(minted, 1, 2 * FACE) * CENT;
        other.mints(senior, minted);
        vm.warp(PAID + bound(time, 0, 29 days));
        bytes memory data = abi.encodeCall(control.applyIssue, (agreed));
        bytes memory unknown = abi.encodeWithSelector(IFurtherIssues.IssueUnknown.selector, someone(by));
        refusedTo(someone(by), address(control), data, unknown);
        bytes memory failure = _applyFailure(proposal, readyAt, how % 4 == 1, minted);
        bytes32 before = _dealMark();
        if (failure.length != 0) {
            refusedTo(address(issue), address(control), data, failure);
            isTrue(_dealMark() == before, "nothing happened");
            return;
        }
        other.apply_(agreed);
        equal(senior.totalSupply(), 960_000 * CENT, "supply");
        equal(control.faceOf(vault, 0), 960_000, "face");
        equal(vault.state()[2], 840_000, "balance");
        equal(ITokenTerms(address(senior)).factor(), 0.875e18, "the factor stays");
        bytes memory taken = abi.encodeWithSelector(IChanges.ChangeUnknown.selector, proposal);
        refusedTo(address(issue), address(control), data, taken);
    }

    function _applyFailure(
        bytes32 proposal,
        uint256 readyAt,
        bool cancelled,
        uint256 minted
    ) private view returns (bytes memory) {
        if (cancelled) return abi.encodeWithSelector(IChanges.ChangeUnknown.selector, proposal);
        bool ready = readyAt != 0 && block.timestamp >= readyAt;
        if (!ready) return abi.encodeWithSelector(IChanges.ChangeNotReady.selector, proposal, readyAt);
        // The record date of the second period.
        bool late = block.timestamp >= START + 60 days;
        if (late) return abi.encodeWithSelector(IFurtherIssues.RecordDatePassed.selector, 2);
        uint256 supply = 800_000 * CENT + minted;
        bytes4 mismatch = IDealVault.SupplyMismatch.selector;
        return minted == FACE * CENT ? bytes("") : abi.encodeWithSelector(mismatch, 0, 960_000 * CENT, supply);
    }
}
