// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IChanges} from "../../src/control/IChanges.sol";
import {IDealControl} from "../../src/control/IDealControl.sol";
import {ISignerSet} from "../../src/control/ISignerSet.sol";
import {Mappings} from "../../src/program/Mappings.sol";
import {AmendmentRules} from "../../src/vault/AmendmentRules.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {DealFixture} from "../support/DealFixture.sol";
import {SampleMapping} from "../support/SampleMapping.sol";
import {SampleProgram} from "../support/SampleProgram.sol";

/// @notice A vault whose program changes in mid-life, and everything that refuses it
contract AmendmentsTest is DealFixture {
    uint256 private constant COLLECTED = 110_000;
    bytes32 private oldHash;
    bytes32 private newHash;

    function setUp() public override {
        super.setUp();
        oldHash = keccak256(SampleProgram.blob());
        newHash = keccak256(SampleProgram.blobWithFee(200));
        programs.register(SampleProgram.blobWithFee(200));
        closeDeal();
        settle(1, COLLECTED);
    }

    /// @dev A fee of 200 cents from the second period on; nothing else changes.
    function _amendment() private returns (IAmendments.Amendment memory amendment) {
        amendment.fromPeriod = 2;
        amendment.programHash = newHash;
        amendment.documentHash = keccak256("amended.yaml");
        amendment.mappingHash = _store(SampleMapping.blob(oldHash, newHash, 2));
        amendment.payees = vault.payees();
        amendment.paymentDates = dates(3 days);
    }

    function _store(bytes memory mapping_) private returns (bytes32) {
        programs.register(mapping_);
        return keccak256(mapping_);
    }

    function _agree(IAmendments.Amendment memory amendment) private returns (bytes32 proposal) {
        proposal = control.proposeAmendment(address(vault), amendment);
        vm.prank(approver);
        control.approveChange(proposal);
        vm.warp(block.timestamp + CHANGE_DELAY);
    }

    function _refuse(IAmendments.Amendment memory amendment, bytes memory failure) private {
        bytes32 before = keccak256(abi.encode(vault.programHash(), vault.state(), vault.payees()));
        _agree(amendment);
        vm.expectRevert(failure);
        control.applyAmendment(vault, amendment);
        bytes32 afterwards = keccak256(abi.encode(vault.programHash(), vault.state(), vault.payees()));
        isTrue(before == afterwards, "a refused amendment changes nothing");
    }

    function _reportUnder(bytes32 hash) private view returns (IReportBook.ServicerReport memory report) {
        report = reportOf(2, COLLECTED);
        report.programHash = hash;
    }

    function test_amendsInMidLife() public {
        IAmendments.Amendment memory amendment = _amendment();
        bytes32 words = vault.stateHash();
        _agree(amendment);
        vm.prank(stranger);
        control.applyAmendment(vault, amendment);
        isTrue(vault.programHash() == newHash && vault.documentHash() == keccak256("amended.yaml"), "in force");
        isTrue(vault.stateHash() == words, "the mapping keeps every word");
        equal(vault.liabilities(), cash.balanceOf(address(vault)), "all cash is where it was");
        // 110,000 less 200, 1 % of 700,100 and of 200,000: 100,799 of principal.
        vm.warp(vault.paymentDate(2));
        deposit(COLLECTED);
        settleNow(_reportUnder(newHash), expectedHash(COLLECTED, COLLECTED));
        equal(vault.owed(0), 300 * CENT, "100 by the old program and 200 by the new one");
        equal(vault.state()[2], 700_100 - 100_799, "senior balance");
    }

    function test_oldPeriodsProgramsStayReadable() public {
        IAmendments.Amendment memory amendment = _amendment();
        isTrue(control.programOf(vault, 3).programHash == oldHash, "one program for all periods");
        address first = vault.program();
        _agree(amendment);
        control.applyAmendment(vault, amendment);
        IDealControl.Era memory era = control.programOf(vault, 1);
        isTrue(era.programHash == oldHash && era.program == first && era.mappingHash == 0, "period 1");
        isTrue(era.documentHash == keccak256("deal.yaml"), "and its document");
        era = control.programOf(vault, 2);
        isTrue(era.programHash == newHash && era.program == vault.program(), "period 2");
        isTrue(era.mappingHash == amendment.mappingHash && era.fromPeriod == 2, "and how it came to be");
        isTrue(control.programOf(vault, 3).programHash == newHash, "period 3");
    }

    function test_anApprovedAmendmentHoldsTheOldProgramsReportsBack() public {
        IAmendments.Amendment memory amendment = _amendment();
        bytes32 pending = submit(reportOf(2, COLLECTED));
        bytes32 proposal = _agree(amendment);
        control.applyAmendment(vault, amendment);
        equal(vault.pendingReport().revision, 1, "the pending report fell");
        IReportBook.ServicerReport memory old = reportOf(2, COLLECTED);
        bytes4 wrong = IReportBook.WrongProgram.selector;
        vm.expectRevert(abi.encodeWithSelector(wrong, newHash, oldHash));
        vault.submitReport(old, new ISignerSet.Signature[](0));
        isTrue(proposal != pending, "two things");
    }

    function test_noReportByTheOldProgramOnceApproved() public {
        IAmendments.Amendment memory amendment = _amendment();
        bytes32 proposal = control.proposeAmendment(address(vault), amendment);
        vm.prank(approver);
        control.approveChange(proposal);
        IReportBook.ServicerReport memory report = reportOf(2, COLLECTED);
        vm.expectRevert(abi.encodeWithSelector(IDealControl.AmendmentDue.selector, proposal));
        vault.submitReport(report, new ISignerSet.Signature[](0));
        control.cancelChange(proposal);
        submit(report);
    }

    function test_oneAmendmentAtATime() public {
        IAmendments.Amendment memory amendment = _amendment();
        bytes32 proposal = control.proposeAmendment(address(vault), amendment);
        amendment.fromPeriod = 3;
        vm.expectRevert(abi.encodeWithSelector(IDealControl.AmendmentOpen.selector, proposal));
        control.proposeAmendment(address(vault), amendment);
        control.cancelChange(proposal);
        control.proposeAmendment(address(vault), amendment);
    }

    function test_onlyWhenItsPeriodIsNext() public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.fromPeriod = 3;
        amendment.mappingHash = _store(SampleMapping.blob(oldHash, newHash, 3));
        _refuse(amendment, abi.encodeWithSelector(IAmendments.AmendmentNotNext.selector, 2, 3));
        settle(2, COLLECTED);
        control.applyAmendment(vault, amendment);
        isTrue(vault.programHash() == newHash, "once period 2 was settled");
    }

    function test_tooLate() public {
        IAmendments.Amendment memory amendment = _amendment();
        bytes32 proposal = control.proposeAmendment(address(vault), amendment);
        // Not approved: the period goes by under the old program.
        settle(2, COLLECTED);
        vm.prank(approver);
        control.approveChange(proposal);
        vm.warp(block.timestamp + CHANGE_DELAY);
        vm.expectRevert(abi.encodeWithSelector(IAmendments.AmendmentNotNext.selector, 3, 2));
        control.applyAmendment(vault, amendment);
    }

    function test_neitherBeforeTheDelayNorAnotherOne() public {
        IAmendments.Amendment memory amendment = _amendment();
        bytes32 proposal = control.proposeAmendment(address(vault), amendment);
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeNotReady.selector, proposal, 0));
        control.applyAmendment(vault, amendment);
        vm.prank(approver);
        control.approveChange(proposal);
        uint256 readyAt = block.timestamp + CHANGE_DELAY;
        vm.expectRevert(abi.encodeWithSelector(IChanges.ChangeNotReady.selector, proposal, readyAt));
        control.applyAmendment(vault, amendment);
        vm.warp(readyAt);
        amendment.documentHash = keccak256("other.yaml");
        vm.expectPartialRevert(IChanges.ChangeUnknown.selector);
        control.applyAmendment(vault, amendment);
    }

    function test_theMappingMustBeOfThisStep() public {
        IAmendments.Amendment memory amendment = _amendment();
        bytes4 another = Mappings.MappingOfAnother.selector;
        amendment.mappingHash = _store(SampleMapping.blob(oldHash, newHash, 3));
        _refuse(amendment, abi.encodeWithSelector(another, oldHash, newHash, 3));
    }

    /// @dev The two hashes are alike in type: swapped, they are another step.
    function test_swappedProgramsOfAMapping() public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.mappingHash = _store(SampleMapping.blob(newHash, oldHash, 2));
        bytes4 another = Mappings.MappingOfAnother.selector;
        _refuse(amendment, abi.encodeWithSelector(another, newHash, oldHash, 2));
    }

    function test_aProgramIsNoMapping() public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.mappingHash = newHash;
        _refuse(amendment, abi.encodeWithSelector(Mappings.MappingMismatch.selector, "inputs", 3, 1));
    }

    function test_cashIsNotLeftBehind() public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.mappingHash = _store(SampleMapping.forgetting(oldHash, newHash, 2));
        _refuse(amendment, abi.encodeWithSelector(Mappings.CashLeftBehind.selector, 1, 50_000));
    }

    function test_pastDatesStay() public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.paymentDates[0] -= 1;
        _refuse(amendment, abi.encodeWithSelector(IDealControl.PastDateChanged.selector, 1));
    }

    function test_laterDatesMayChange() public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.paymentDates[2] += 1 days;
        _agree(amendment);
        control.applyAmendment(vault, amendment);
        equal(vault.paymentDate(3), dates(4 days)[2], "a day later");
    }

    function test_datesAreHeldAgainstRecordDates() public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.paymentDates[2] = dates(0)[2] - 1;
        _refuse(amendment, abi.encodeWithSelector(AmendmentRules.PaymentDateInvalid.selector, 2));
    }

    function test_whoIsOwedKeepsItsPlace() public {
        IAmendments.Amendment memory amendment = _amendment();
        (amendment.payees[0], amendment.payees[1]) = (amendment.payees[1], amendment.payees[0]);
        // The fee of period 1 waits for its payee.
        _refuse(amendment, abi.encodeWithSelector(IDealControl.PayeeStillOwed.selector, 0));
        vault.withdraw(0);
        control.applyAmendment(vault, amendment);
        isTrue(vault.payees()[0].to == sponsor, "once paid, another may have the place");
    }

    function test_payeesFitTheProgram() public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.payees = new IAmendments.Payee[](1);
        _refuse(amendment, abi.encodeWithSelector(AmendmentRules.TermsMismatch.selector, "payees", 6, 5));
    }

    function test_onlyTheControlPutsAProgramInForce() public {
        IAmendments.Amendment memory amendment = _amendment();
        uint256[] memory words = vault.state();
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotControl.selector, address(this)));
        vault.putInForce(amendment, words);
    }

    /// @dev The vault itself holds the sum of the accounts, whatever its control says.
    function test_cashIsConservedWhateverTheControlSays() public {
        IAmendments.Amendment memory amendment = _amendment();
        uint256[] memory words = vault.state();
        words[1] += 1;
        vm.prank(address(control));
        vm.expectRevert(abi.encodeWithSelector(IAmendments.CashChanged.selector, 50_000, 50_001));
        vault.putInForce(amendment, words);
    }

    function test_notWhileStopped() public {
        control.stop(vault);
        _refuse(_amendment(), abi.encodeWithSelector(IDealVault.Stopped.selector));
    }

    /// @dev Whatever is agreed as period and hash, the program changes only when all of it fits.
    function testFuzz_applyAmendment(uint32 from, uint256 time, bool otherMapping) public {
        IAmendments.Amendment memory amendment = _amendment();
        amendment.fromPeriod = uint32(bound(from, 0, 4));
        if (otherMapping) amendment.mappingHash = _store(SampleMapping.blob(oldHash, newHash, 3));
        bytes32 proposal = control.proposeAmendment(address(vault), amendment);
        vm.prank(approver);
        control.approveChange(proposal);
        uint256 passed = bound(time, 0, 2 * CHANGE_DELAY);
        vm.warp(block.timestamp + passed);
        bool fits = amendment.fromPeriod == 2 && !otherMapping && passed >= CHANGE_DELAY;
        try control.applyAmendment(vault, amendment) {
            isTrue(fits, "applied though it does not fit");
        } catch {
            isTrue(!fits, "refused though it fits");
        }
        isTrue(vault.programHash() == (fits ? newHash : oldHash), "program");
    }
}
