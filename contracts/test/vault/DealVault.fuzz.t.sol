// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ISignerSet} from "../../src/control/ISignerSet.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {DealFixture} from "../support/DealFixture.sol";
import {Strangers} from "../support/Strangers.sol";

/// @notice Each function of a vault, with any arguments, any caller, and at any time
contract DealVaultFuzzTest is DealFixture, Strangers {
    function setUp() public override {
        super.setUp();
        closeDeal();
    }

    function testFuzz_open(uint256 by, bool again) public {
        IDealVault made = new DealVault(dealTerms());
        if (again) made = vault;
        // The offering opens its own vault once; all notes exist here, of which the new vault knows nothing.
        address caller = by % 4 == 0 ? address(offering) : someone(by);
        bool may = caller == address(offering) && !again;
        vm.prank(caller);
        if (!may) vm.expectRevert(abi.encodeWithSelector(IDealVault.OpeningRefused.selector, caller));
        else vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        made.open();
        isTrue(made.isOpen() == again, "nothing changed");
    }

    function testFuzz_deposit(uint256 who, uint256 amount, uint256 more) public {
        address by = [servicer, trustee, agent, stranger][who % 4];
        amount = amount % 2 == 0 ? bound(amount, 0, 1e6) * CENT : bound(amount, 0, 1e12);
        bool taken = who % 4 < 2 && amount != 0 && amount % CENT == 0;
        fund(by, address(vault), amount);
        vm.prank(by);
        try vault.deposit(amount) {
            isTrue(taken, "taken though it should not be");
        } catch {
            isTrue(!taken, "refused though it should be taken");
        }
        equal(vault.pendingDeposit(), taken ? amount : 0, "counted");
        // Stray cash is not.
        cash.mint(address(vault), bound(more, 0, 1e12));
        equal(vault.pendingDeposit(), taken ? amount : 0, "nothing else");
    }

    /// @dev What is reported and expected, deposited and waited for: a period is settled when all fit, and else nothing is.
    function testFuzz_settle(uint256 collected, int8 missing, uint256 time, bool otherHash) public {
        collected = bound(collected, 20_000, 500_000);
        uint256 held = missing % 2 == 0 ? collected : uint256(int256(collected) + missing);
        vm.warp(vault.paymentDate(1) - DISPUTE_DELAY);
        deposit(held);
        IReportBook.ServicerReport memory report = reportOf(1, collected);
        submit(report);
        bytes32 expected = expectedHash(collected, held);
        if (otherHash) expected = keccak256(abi.encode(expected));
        vm.warp(block.timestamp + bound(time, 0, 2 * DISPUTE_DELAY));
        bool fits = held == collected && !otherHash && block.timestamp >= vault.paymentDate(1);
        try vault.settle(report, expected) {
            isTrue(fits, "settled though it does not fit");
        } catch {
            isTrue(!fits, "refused though it fits");
        }
        equal(vault.period(), fits ? 1 : 0, "period");
        equal(vault.pendingDeposit(), fits ? 0 : held * CENT, "deposit");
        isTrue(cash.balanceOf(address(vault)) >= vault.liabilities(), "covered");
        equal(cash.balanceOf(address(distributor)), distributor.liabilities(), "covered");
    }

    /// @dev Trustee and calculation agent must sign exactly the report that is pending and the cash that is held.
    function testFuzz_settleJointly(uint256 held, uint8 how, uint256 agreed) public {
        held = bound(held, 20_000, 500_000);
        agreed = how % 4 == 1 ? bound(agreed, 20_000, 500_000) : held;
        vm.warp(vault.paymentDate(1) - DISPUTE_DELAY);
        deposit(held);
        IReportBook.ServicerReport memory report = reportOf(1, 110_000);
        bytes32 digest = submit(report);
        vm.warp(vault.paymentDate(1));
        IReportBook.JointSettlement memory joint = IReportBook.JointSettlement(digest, agreed);
        ISignerSet.Signature[] memory signatures = signedBy(
            how % 4 == 2 ? SERVICER_KEY : TRUSTEE_KEY,
            AGENT_KEY,
            how % 4 == 3 ? digest : vault.jointDigest(joint)
        );
        bytes32 expected = expectedHash(110_000, held);
        bool fits = how % 4 < 2 && agreed == held;
        try vault.settleJointly(report, joint, signatures, expected) {
            isTrue(fits, "settled though it does not fit");
        } catch {
            isTrue(!fits, "refused though it fits");
        }
        equal(vault.period(), fits ? 1 : 0, "period");
        isTrue(cash.balanceOf(address(vault)) >= vault.liabilities(), "covered");
        equal(cash.balanceOf(address(distributor)), distributor.liabilities(), "covered");
        if (!fits) return;
        // The same again settles nothing: no report is pending any more.
        vm.expectRevert(abi.encodeWithSelector(IReportBook.ReportNotPending.selector, digest));
        vault.settleJointly(report, joint, signatures, expected);
    }

    /// @dev Only trustee and calculation agent together, only about the pending report, only while a dispute stands, once.
    function testFuzz_dismissDispute(uint8 how, bytes32 other, bytes32 reason, bool disputed) public {
        bytes32 digest = submit(reportOf(1, 110_000));
        vm.prank(agent);
        if (disputed) vault.dispute(digest, reason);
        else vault.reportDigest(reportOf(1, 110_000));
        IReportBook.DisputeDismissal memory dismissal = IReportBook.DisputeDismissal(digest, reason);
        if (how % 5 == 1) dismissal.reportDigest = other;
        bytes32 signed = vault.dismissalDigest(dismissal);
        if (how % 5 == 2) signed = other;
        ISignerSet.Signature[] memory signatures = signedBy(
            how % 5 == 3 ? SERVICER_KEY : TRUSTEE_KEY,
            how % 5 == 4 ? SERVICER_KEY + 7 : AGENT_KEY,
            signed
        );
        bool fits = how % 5 == 0 && disputed;
        try vault.dismissDispute(dismissal, signatures) {
            isTrue(fits, "dismissed though it does not fit");
        } catch {
            isTrue(!fits, "refused though it fits");
        }
        IReportBook.Dispute stands = disputed ? IReportBook.Dispute.Standing : IReportBook.Dispute.None;
        isTrue(vault.pendingReport().dispute == (fits ? IReportBook.Dispute.Dismissed : stands), "as it stands");
        if (!fits) return;
        vm.expectRevert(abi.encodeWithSelector(IReportBook.NotDisputed.selector, digest));
        vault.dismissDispute(dismissal, signatures);
        vm.prank(servicer);
        vm.expectRevert(abi.encodeWithSelector(IReportBook.DisputedBefore.selector, digest));
        vault.dispute(digest, reason);
    }

    function testFuzz_withdraw(uint256 by, uint256 payee, uint256 collected, bool refused) public {
        collected = bound(collected, 20_000, 2_000_000);
        settle(1, collected);
        payee %= 4;
        if (refused) registry.setFrozen(sponsor, true);
        (uint256 fee, uint256 residual) = (vault.owed(0), vault.owed(1));
        uint256 due =
            payee == 0
                ? fee
                : payee == 1 && !refused
                    ? residual
                    : 0;
        vm.prank(someone(by));
        try vault.withdraw(payee) returns (uint256 amount) {
            isTrue(amount == due && due != 0, "what is owed");
        } catch {
            equal(due, 0, "refused though it is owed");
        }
        equal(vault.owed(0), payee == 0 ? 0 : fee, "the fee");
        equal(vault.owed(1), payee == 1 ? residual - due : residual, "the residual");
        isTrue(cash.balanceOf(address(vault)) >= vault.liabilities(), "covered");
    }

    function testFuzz_setStopped(uint256 by, bool[4] calldata turns) public {
        bytes memory failure = abi.encodeWithSelector(IDealVault.NotControl.selector, someone(by));
        refusedTo(someone(by), address(vault), abi.encodeCall(vault.setStopped, (turns[0])), failure);
        bool stopped;
        for (uint256 i; i < 4; ++i) {
            vm.prank(address(control));
            if (turns[i] == stopped)
                vm.expectRevert(abi.encodeWithSelector(IDealVault.StoppedAlready.selector, stopped));
            vault.setStopped(turns[i]);
            stopped = turns[i];
            isTrue(vault.stopped() == stopped, "as said");
        }
    }

    /// @dev Even by its control: only words that hold as much cash.
    function testFuzz_putInForce(uint256 by, uint256 place, uint64 more) public {
        IAmendments.Amendment memory amendment;
        amendment.fromPeriod = 1;
        amendment.programHash = vault.programHash();
        amendment.documentHash = keccak256("amended.yaml");
        amendment.payees = vault.payees();
        amendment.paymentDates = dates(3 days);
        uint256[] memory words = vault.state();
        bytes memory failure = abi.encodeWithSelector(IDealVault.NotControl.selector, someone(by));
        refusedTo(someone(by), address(vault), abi.encodeCall(vault.putInForce, (amendment, words)), failure);
        // The two accounts come first.
        place %= 2;
        words[place] += more;
        vm.prank(address(control));
        if (more != 0) vm.expectPartialRevert(IAmendments.CashChanged.selector);
        vault.putInForce(amendment, words);
        equal(vault.liabilities(), 50_000 * CENT, "the reserve, whatever comes");
    }
}
