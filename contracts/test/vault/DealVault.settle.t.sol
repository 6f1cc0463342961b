// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ISignerSet} from "../../src/control/ISignerSet.sol";
import {Parties} from "../../src/control/Parties.sol";
import {Frames} from "../../src/program/Frame.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {SampleProgram} from "../support/SampleProgram.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Settlement of a period: what it writes, and everything that refuses it and then changes nothing
contract DealVaultSettleTest is DealFixture {
    // Of 110,000 cents: fee 100, interest 8,000 and 2,000 (1 %), principal 99,900, residual 0.
    uint256 private constant COLLECTED = 110_000;

    function setUp() public override {
        super.setUp();
        closeDeal();
    }

    function _snapshot() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    vault.state(),
                    vault.stateHash(),
                    vault.period(),
                    vault.pendingDeposit(),
                    distributor.liabilities(),
                    vault.owed(0),
                    vault.owed(1),
                    cash.balanceOf(address(vault))
                )
            );
    }

    /// @dev Expects the failure, and that nothing changed.
    function _refuse(IReportBook.ServicerReport memory report, bytes32 expected, bytes memory failure) private {
        bytes32 before = _snapshot();
        vm.expectRevert(failure);
        vault.settle(report, expected);
        isTrue(before == _snapshot(), "a refused settlement changes nothing");
    }

    /// @dev Everything is there for the first period to be settled on the cash given.
    function _ready(
        uint256 held
    ) private returns (IReportBook.ServicerReport memory report, bytes32 digest, bytes32 expected) {
        vm.warp(vault.paymentDate(1) - DISPUTE_DELAY);
        deposit(held);
        report = reportOf(1, COLLECTED);
        digest = submit(report);
        vm.warp(vault.paymentDate(1));
        expected = expectedHash(COLLECTED, held);
    }

    function test_settleWritesTheResult() public {
        (IReportBook.ServicerReport memory report, , bytes32 expected) = _ready(COLLECTED);
        vault.settle(report, expected);
        vm.snapshotGasLastCall("DealVault", "settle: first period, two tranches");
        uint256[] memory words = vault.state();
        equal(words[0], 0, "collection account is empty");
        equal(words[1], 50_000, "reserve");
        equal(words[2], 700_100, "senior balance");
        equal(words[3], 200_000, "junior balance");
        equal(words[4], COLLECTED, "remittance");
        isTrue(vault.stateHash() == keccak256(abi.encodePacked(words)), "state hash is that of the words");
        equal(vault.period(), 1, "period");
        (uint32 settledPeriod, bytes32 root) = vault.settledTape();
        isTrue(settledPeriod == 1 && root == report.tapeRoot, "tape root");
        equal(vault.pendingDeposit(), 0, "deposit used");
        equal(distributor.distribution(0, 1).interest, 8_000 * CENT, "senior interest");
        equal(distributor.distribution(0, 1).principal, 99_900 * CENT, "senior principal");
        equal(distributor.distribution(1, 1).interest, 2_000 * CENT, "junior interest");
        equal(distributor.distribution(1, 1).principal, 0, "junior principal");
        equal(vault.owed(0), 100 * CENT, "fee");
        equal(vault.owed(1), 0, "residual");
        equal(
            vault.liabilities() + distributor.liabilities(),
            (50_000 + COLLECTED) * CENT,
            "all cash is accounted for"
        );
        equal(cash.balanceOf(address(distributor)), distributor.liabilities(), "and held for the classes");
        equal(cash.balanceOf(address(vault)), vault.liabilities(), "and held");
    }

    function test_anotherRunGivesTheSimulatedSlots() public view {
        uint256[] memory inputs = new uint256[](1);
        inputs[0] = COLLECTED;
        (uint256[] memory slots, uint256[] memory transfers, , ) = vault.simulate(inputs, COLLECTED);
        equal(slots.length, 18, "every slot");
        equal(transfers.length, 7, "every payment");
        equal(slots[SampleProgram.SENIOR_PRINCIPAL], 99_900, "senior principal");
        equal(slots[SampleProgram.RATE], 100, "the period's row");
    }

    function test_refusesASecondSettlementOfAPeriod() public {
        (IReportBook.ServicerReport memory report, bytes32 digest, bytes32 expected) = _ready(COLLECTED);
        vault.settle(report, expected);
        deposit(COLLECTED);
        _refuse(report, expected, abi.encodeWithSelector(IReportBook.ReportNotPending.selector, digest));
    }

    function test_refusesAnotherReportThanThePendingOne() public {
        (IReportBook.ServicerReport memory report, , bytes32 expected) = _ready(COLLECTED);
        report.tapeRoot = keccak256("another tape");
        bytes32 other = vault.reportDigest(report);
        _refuse(report, expected, abi.encodeWithSelector(IReportBook.ReportNotPending.selector, other));
    }

    /// @dev The exact executor refuses the same (`checkBooked`).
    function test_booksDepositsBelow2Pow64Cents() public {
        uint256 most = type(uint64).max;
        deposit(most);
        equal(vault.pendingDeposit(), most * CENT, "the most is booked");
        fund(servicer, address(vault), CENT);
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 64, most + 1));
        vm.prank(servicer);
        vault.deposit(CENT);
    }

    /// @dev What payees have not withdrawn counts; anybody can have it paid out to them.
    function test_booksPayeesBelow2Pow64CentsUntilTheyWithdraw() public {
        uint256 most = type(uint64).max;
        settle(1, most);
        uint256 left = vault.owed(1) / CENT;
        isTrue(left > most / 2, "nearly all is the residual");
        deposit(most);
        IReportBook.ServicerReport memory report = reportOf(2, most);
        bytes32 expected = expectedHash(most, most);
        submit(report);
        vm.warp(vault.paymentDate(2));
        vm.expectPartialRevert(SafeCast.SafeCastOverflowedUintDowncast.selector);
        vault.settle(report, expected);
        vault.withdraw(0);
        vault.withdraw(1);
        vault.settle(report, expected);
        equal(vault.period(), 2, "settled");
    }

    function test_refusesBeforeThePaymentDate() public {
        (IReportBook.ServicerReport memory report, , bytes32 expected) = _ready(COLLECTED);
        uint256 date = vault.paymentDate(1);
        vm.warp(date - 1);
        _refuse(
            report,
            expected,
            abi.encodeWithSelector(IReportBook.DisputeDelayRuns.selector, vault.reportDigest(report), date)
        );
    }

    function test_refusesBeforeThePaymentDateOnceTheDelayIsOver() public {
        deposit(COLLECTED);
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        submit(report);
        uint256 date = vault.paymentDate(1);
        vm.warp(date - 1);
        bytes memory failure = abi.encodeWithSelector(IDealVault.BeforePaymentDate.selector, 1, date);
        _refuse(report, expectedHash(COLLECTED, COLLECTED), failure);
    }

    function test_refusesAnotherResult() public {
        (IReportBook.ServicerReport memory report, , bytes32 expected) = _ready(COLLECTED);
        bytes32 wrong = keccak256("wrong");
        _refuse(report, wrong, abi.encodeWithSelector(IDealVault.ResultDiffers.selector, wrong, expected));
    }

    function test_refusesAReportOnAnotherState() public {
        vm.warp(vault.paymentDate(1) - DISPUTE_DELAY);
        deposit(COLLECTED);
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        report.previousStateHash = keccak256("other");
        submit(report);
        vm.warp(vault.paymentDate(1));
        bytes4 wrong = IDealVault.WrongState.selector;
        _refuse(report, 0, abi.encodeWithSelector(wrong, vault.stateHash(), report.previousStateHash));
    }

    function test_refusesAnotherNumberOfInputs() public {
        vm.warp(vault.paymentDate(1));
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        report.inputs = new uint256[](2);
        bytes32 digest = submit(report);
        vm.warp(block.timestamp + DISPUTE_DELAY);
        _refuse(report, 0, abi.encodeWithSelector(Frames.InputCount.selector, 1, 2));
        vm.prank(servicer);
        vault.withdrawReport(digest);
        report = reportOf(1, 2 ** 128);
        submit(report);
        vm.warp(block.timestamp + DISPUTE_DELAY);
        _refuse(report, 0, abi.encodeWithSelector(Frames.InputTooWide.selector, 2 ** 128));
    }

    function test_refusesADepositThatDiffers() public {
        (IReportBook.ServicerReport memory report, , bytes32 expected) = _ready(COLLECTED - 1);
        bytes4 differs = IDealVault.DepositDiffers.selector;
        bytes memory failure = abi.encodeWithSelector(differs, COLLECTED, COLLECTED - 1);
        _refuse(report, expected, failure);
        // A stray transfer of the missing cent does not help.
        cash.mint(address(vault), CENT);
        _refuse(report, expected, failure);
        deposit(2);
        expected = expectedHash(COLLECTED, COLLECTED + 1);
        _refuse(report, expected, abi.encodeWithSelector(differs, COLLECTED, COLLECTED + 1));
    }

    function _settleJointly(
        IReportBook.ServicerReport memory report,
        IReportBook.JointSettlement memory joint,
        uint256 oneKey,
        uint256 otherKey,
        bytes memory failure
    ) private {
        ISignerSet.Signature[] memory signatures = signedBy(oneKey, otherKey, vault.jointDigest(joint));
        bytes32 expected = expectedHash(COLLECTED, 100_000);
        if (failure.length != 0) vm.expectRevert(failure);
        vault.settleJointly(report, joint, signatures, expected);
    }

    function test_settlesJointlyOnTheCashHeld() public {
        (IReportBook.ServicerReport memory report, bytes32 digest, ) = _ready(100_000);
        IReportBook.JointSettlement memory joint = IReportBook.JointSettlement(digest, 100_000);
        uint8 needed = Parties.TRUSTEE | Parties.CALCULATION_AGENT;
        bytes4 missing = ISignerSet.QuorumMissing.selector;
        uint8 signed = Parties.SERVICER | Parties.CALCULATION_AGENT;
        _settleJointly(report, joint, SERVICER_KEY, AGENT_KEY, abi.encodeWithSelector(missing, 2, 0, signed, needed));
        signed = Parties.SERVICER | Parties.TRUSTEE;
        _settleJointly(report, joint, TRUSTEE_KEY, SERVICER_KEY, abi.encodeWithSelector(missing, 2, 0, signed, needed));
        bytes memory differs = abi.encodeWithSelector(IDealVault.JointSettlementDiffers.selector, digest, 100_000);
        joint.cashHeld = 100_001;
        _settleJointly(report, joint, TRUSTEE_KEY, AGENT_KEY, differs);
        joint = IReportBook.JointSettlement(keccak256("other report"), 100_000);
        _settleJointly(report, joint, TRUSTEE_KEY, AGENT_KEY, differs);
        equal(vault.period(), 0, "nothing settled so far");
        joint = IReportBook.JointSettlement(digest, 100_000);
        _settleJointly(report, joint, TRUSTEE_KEY, AGENT_KEY, "");
        equal(vault.period(), 1, "settled");
        // 100,000 - 100 - 8,000 - 2,000.
        equal(distributor.distribution(0, 1).principal, 89_900 * CENT, "the senior coupon is paid, principal is less");
        equal(distributor.distribution(0, 1).interest, 8_000 * CENT, "senior interest");
    }

    function test_depositRules() public {
        cash.mint(stranger, CENT);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ISignerSet.NotSigner.selector, stranger));
        vault.deposit(CENT);
        uint8 depositors = Parties.SERVICER | Parties.TRUSTEE;
        vm.prank(agent);
        vm.expectRevert(abi.encodeWithSelector(ISignerSet.NotParty.selector, agent, depositors));
        vault.deposit(CENT);
        bytes4 whole = IDealVault.DepositNotWholeCents.selector;
        vm.startPrank(servicer);
        vm.expectRevert(abi.encodeWithSelector(whole, CENT + 1, CENT));
        vault.deposit(CENT + 1);
        vm.expectRevert(abi.encodeWithSelector(whole, 0, CENT));
        vault.deposit(0);
        vm.stopPrank();
        fund(trustee, address(vault), CENT);
        vm.prank(trustee);
        vault.deposit(CENT);
        equal(vault.pendingDeposit(), CENT, "the trustee may deposit");
        cash.mint(address(vault), 5);
        equal(vault.pendingDeposit(), CENT, "a stray transfer is not a deposit");
    }

    /// @dev Cash that came after the last settlement would stay in the vault for ever.
    function test_takesNoDepositAfterTheLastPeriod() public {
        for (uint32 period = 1; period <= 3; ++period) settle(period, COLLECTED);
        fund(servicer, address(vault), CENT);
        vm.prank(servicer);
        vm.expectRevert(abi.encodeWithSelector(Frames.NoSuchPeriod.selector, 4, 3));
        vault.deposit(CENT);
        equal(vault.pendingDeposit(), 0, "nothing was taken");
    }

    function test_openIsForTheOfferingOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OpeningRefused.selector, address(this)));
        vault.open();
        vm.prank(address(offering));
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OpeningRefused.selector, address(offering)));
        vault.open();
    }

    /// @dev Any collections, three periods: what comes in goes to accounts, classes and payees, to the unit.
    function testFuzz_conservation(uint256[3] calldata amounts) public {
        uint256 deposited = 50_000;
        for (uint32 i; i < 3; ++i) {
            uint256 collected = bound(amounts[i], 1, 2_000_000);
            deposited += collected;
            settle(i + 1, collected);
            equal(
                vault.liabilities() + distributor.liabilities(),
                deposited * CENT,
                "liabilities are all that came in"
            );
            equal(
                cash.balanceOf(address(vault)) + cash.balanceOf(address(distributor)),
                deposited * CENT,
                "and the cash is there"
            );
        }
        uint256[] memory words = vault.state();
        uint256 principal;
        for (uint32 i = 1; i <= 3; ++i) principal += distributor.distribution(0, i).principal / CENT;
        equal(words[2] + principal, 800_000, "senior balance and principal paid");
    }
}
