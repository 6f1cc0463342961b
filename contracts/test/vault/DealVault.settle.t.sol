// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Frames} from "../../src/program/Frame.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
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
                    vault.unclaimed(),
                    vault.owed(0),
                    vault.owed(1),
                    cash.balanceOf(address(vault))
                )
            );
    }

    /// @dev Signs with the given keys, expects the failure, and that nothing changed.
    function _refuse(
        IDealVault.ServicerReport memory report,
        uint256 servicerKey,
        uint256 trusteeKey,
        bytes32 expected,
        bytes memory failure
    ) private {
        bytes32 before = _snapshot();
        bytes32 digest = vault.reportDigest(report);
        bytes memory servicerSignature = sign(servicerKey, digest);
        bytes memory trusteeSignature = sign(trusteeKey, digest);
        vm.expectRevert(failure);
        vault.settle(report, servicerSignature, trusteeSignature, expected);
        isTrue(before == _snapshot(), "a refused settlement changes nothing");
    }

    function _ready() private returns (IDealVault.ServicerReport memory report, bytes32 expected) {
        vm.warp(vault.paymentDate(1));
        deposit(COLLECTED);
        return (reportOf(1, COLLECTED), expectedHash(COLLECTED, COLLECTED));
    }

    function test_settleWritesTheResult() public {
        (IDealVault.ServicerReport memory report, bytes32 expected) = _ready();
        bytes32 digest = vault.reportDigest(report);
        bytes memory servicerSignature = sign(SERVICER_KEY, digest);
        bytes memory trusteeSignature = sign(TRUSTEE_KEY, digest);
        vault.settle(report, servicerSignature, trusteeSignature, expected);
        vm.snapshotGasLastCall("DealVault", "settle: first period, two tranches");
        uint256[] memory words = vault.state();
        equal(words[0], 0, "collection account is empty");
        equal(words[1], 50_000, "reserve");
        equal(words[2], 700_100, "senior balance");
        equal(words[3], 200_000, "junior balance");
        equal(words[4], COLLECTED, "remittance");
        isTrue(vault.stateHash() == keccak256(abi.encodePacked(words)), "state hash is that of the words");
        equal(vault.period(), 1, "period");
        equal(vault.pendingDeposit(), 0, "deposit used");
        equal(vault.distribution(0, 1).interest, 8_000 * CENT, "senior interest");
        equal(vault.distribution(0, 1).principal, 99_900 * CENT, "senior principal");
        equal(vault.distribution(1, 1).interest, 2_000 * CENT, "junior interest");
        equal(vault.distribution(1, 1).principal, 0, "junior principal");
        equal(vault.owed(0), 100 * CENT, "fee");
        equal(vault.owed(1), 0, "residual");
        equal(vault.liabilities(), (50_000 + COLLECTED) * CENT, "all cash is accounted for");
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

    function test_refusesTheWrongSigner() public {
        (IDealVault.ServicerReport memory report, bytes32 expected) = _ready();
        bytes32 digest = vault.reportDigest(report);
        bytes4 bad = IDealVault.BadSignature.selector;
        _refuse(report, AGENT_KEY, TRUSTEE_KEY, expected, abi.encodeWithSelector(bad, servicer, digest));
        _refuse(report, SERVICER_KEY, AGENT_KEY, expected, abi.encodeWithSelector(bad, trustee, digest));
        _refuse(report, TRUSTEE_KEY, SERVICER_KEY, expected, abi.encodeWithSelector(bad, servicer, digest));
    }

    function test_refusesASignatureOverAnotherReport() public {
        (IDealVault.ServicerReport memory report, bytes32 expected) = _ready();
        bytes32 digest = vault.reportDigest(report);
        bytes memory servicerSignature = sign(SERVICER_KEY, digest);
        bytes memory trusteeSignature = sign(TRUSTEE_KEY, digest);
        report.tapeRoot = keccak256("another tape");
        bytes32 other = vault.reportDigest(report);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.BadSignature.selector, servicer, other));
        vault.settle(report, servicerSignature, trusteeSignature, expected);
    }

    /// @dev The same parties, program, state and period: only the address or the chain is another.
    function test_refusesSignaturesOfAnotherVaultOrChain() public {
        (IDealVault.ServicerReport memory report, bytes32 expected) = _ready();
        bytes32 elsewhere = new DealVault(dealTerms()).reportDigest(report);
        bytes32 digest = vault.reportDigest(report);
        bytes memory servicerSignature = sign(SERVICER_KEY, elsewhere);
        bytes memory trusteeSignature = sign(TRUSTEE_KEY, elsewhere);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.BadSignature.selector, servicer, digest));
        vault.settle(report, servicerSignature, trusteeSignature, expected);
        servicerSignature = sign(SERVICER_KEY, digest);
        trusteeSignature = sign(TRUSTEE_KEY, digest);
        uint256 chain = block.chainid;
        vm.chainId(chain + 1);
        bytes32 forked = vault.reportDigest(report);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.BadSignature.selector, servicer, forked));
        vault.settle(report, servicerSignature, trusteeSignature, expected);
        vm.chainId(chain);
        vault.settle(report, servicerSignature, trusteeSignature, expected);
    }

    /// @dev n − s signs the same digest on the curve; only the low of the two is taken.
    function test_refusesAMalleatedSignature() public {
        (IDealVault.ServicerReport memory report, bytes32 expected) = _ready();
        bytes32 digest = vault.reportDigest(report);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SERVICER_KEY, digest);
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        bytes memory other = abi.encodePacked(r, order - uint256(s), v == 27 ? uint8(28) : uint8(27));
        bytes memory trusteeSignature = sign(TRUSTEE_KEY, digest);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.BadSignature.selector, servicer, digest));
        vault.settle(report, other, trusteeSignature, expected);
    }

    function test_refusesASecondSettlementOfAPeriod() public {
        settle(1, COLLECTED);
        deposit(COLLECTED);
        IDealVault.ServicerReport memory again = reportOf(1, COLLECTED);
        bytes memory failure = abi.encodeWithSelector(IDealVault.NotNextPeriod.selector, 2, 1);
        _refuse(again, SERVICER_KEY, TRUSTEE_KEY, expectedHash(COLLECTED, COLLECTED), failure);
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
        vm.warp(vault.paymentDate(2));
        uint256 left = vault.owed(1) / CENT;
        isTrue(left > most / 2, "nearly all is the residual");
        deposit(most);
        IDealVault.ServicerReport memory report = reportOf(2, most);
        bytes32 expected = expectedHash(most, most);
        bytes32 digest = vault.reportDigest(report);
        bytes memory servicerSignature = sign(SERVICER_KEY, digest);
        bytes memory trusteeSignature = sign(TRUSTEE_KEY, digest);
        vm.expectPartialRevert(SafeCast.SafeCastOverflowedUintDowncast.selector);
        vault.settle(report, servicerSignature, trusteeSignature, expected);
        vault.withdraw(0);
        vault.withdraw(1);
        vault.settle(report, servicerSignature, trusteeSignature, expected);
        equal(vault.period(), 2, "settled");
    }

    function test_refusesASkippedPeriodAndOneTooMany() public {
        IDealVault.ServicerReport memory skipped = reportOf(2, 0);
        _refuse(skipped, SERVICER_KEY, TRUSTEE_KEY, 0, abi.encodeWithSelector(IDealVault.NotNextPeriod.selector, 1, 2));
        for (uint32 period = 1; period <= 3; ++period) settle(period, COLLECTED);
        IDealVault.ServicerReport memory beyond = reportOf(4, 0);
        _refuse(beyond, SERVICER_KEY, TRUSTEE_KEY, 0, abi.encodeWithSelector(Frames.NoSuchPeriod.selector, 4, 3));
    }

    function test_refusesBeforeThePaymentDate() public {
        uint256 date = vault.paymentDate(1);
        vm.warp(date - 1);
        deposit(COLLECTED);
        bytes memory failure = abi.encodeWithSelector(IDealVault.BeforePaymentDate.selector, 1, date);
        bytes32 expected = expectedHash(COLLECTED, COLLECTED);
        _refuse(reportOf(1, COLLECTED), SERVICER_KEY, TRUSTEE_KEY, expected, failure);
    }

    function test_refusesAnotherResult() public {
        (IDealVault.ServicerReport memory report, bytes32 expected) = _ready();
        bytes32 wrong = keccak256("wrong");
        bytes memory failure = abi.encodeWithSelector(IDealVault.ResultDiffers.selector, wrong, expected);
        _refuse(report, SERVICER_KEY, TRUSTEE_KEY, wrong, failure);
    }

    function test_refusesAnotherProgramOrState() public {
        (IDealVault.ServicerReport memory report, bytes32 expected) = _ready();
        bytes32 rightHash = report.programHash;
        report.programHash = keccak256("other");
        bytes memory failure = abi.encodeWithSelector(IDealVault.WrongProgram.selector, rightHash, report.programHash);
        _refuse(report, SERVICER_KEY, TRUSTEE_KEY, expected, failure);
        report.programHash = rightHash;
        report.previousStateHash = keccak256("other");
        failure = abi.encodeWithSelector(IDealVault.WrongState.selector, vault.stateHash(), report.previousStateHash);
        _refuse(report, SERVICER_KEY, TRUSTEE_KEY, expected, failure);
    }

    function test_refusesAnotherNumberOfInputs() public {
        (IDealVault.ServicerReport memory report, bytes32 expected) = _ready();
        report.inputs = new uint256[](2);
        bytes memory failure = abi.encodeWithSelector(Frames.InputCount.selector, 1, 2);
        _refuse(report, SERVICER_KEY, TRUSTEE_KEY, expected, failure);
        report.inputs = new uint256[](1);
        report.inputs[0] = 2 ** 128;
        failure = abi.encodeWithSelector(Frames.InputTooWide.selector, 2 ** 128);
        _refuse(report, SERVICER_KEY, TRUSTEE_KEY, expected, failure);
    }

    function test_refusesADepositThatDiffers() public {
        vm.warp(vault.paymentDate(1));
        deposit(COLLECTED - 1);
        bytes32 expected = expectedHash(COLLECTED, COLLECTED - 1);
        bytes4 differs = IDealVault.DepositDiffers.selector;
        bytes memory failure = abi.encodeWithSelector(differs, COLLECTED, COLLECTED - 1);
        _refuse(reportOf(1, COLLECTED), SERVICER_KEY, TRUSTEE_KEY, expected, failure);
        // A stray transfer of the missing cent does not help.
        cash.mint(address(vault), CENT);
        _refuse(reportOf(1, COLLECTED), SERVICER_KEY, TRUSTEE_KEY, expected, failure);
        deposit(2);
        expected = expectedHash(COLLECTED, COLLECTED + 1);
        failure = abi.encodeWithSelector(differs, COLLECTED, COLLECTED + 1);
        _refuse(reportOf(1, COLLECTED), SERVICER_KEY, TRUSTEE_KEY, expected, failure);
    }

    function _settleJointly(
        IDealVault.JointSettlement memory joint,
        uint256 trusteeKey,
        uint256 agentKey,
        bytes memory failure
    ) private {
        IDealVault.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = vault.reportDigest(report);
        bytes32 agreed = vault.jointDigest(joint);
        bytes32 expected = expectedHash(COLLECTED, 100_000);
        IDealVault.ReportSignatures memory reportSignatures = IDealVault.ReportSignatures(
            sign(SERVICER_KEY, digest),
            sign(TRUSTEE_KEY, digest)
        );
        IDealVault.JointSignatures memory jointSignatures = IDealVault.JointSignatures(
            sign(trusteeKey, agreed),
            sign(agentKey, agreed)
        );
        if (failure.length != 0) vm.expectRevert(failure);
        vault.settleJointly(report, reportSignatures, joint, jointSignatures, expected);
    }

    function test_settlesJointlyOnTheCashHeld() public {
        vm.warp(vault.paymentDate(1));
        deposit(100_000);
        bytes32 digest = vault.reportDigest(reportOf(1, COLLECTED));
        IDealVault.JointSettlement memory joint = IDealVault.JointSettlement(digest, 100_000);
        bytes32 agreed = vault.jointDigest(joint);
        bytes4 bad = IDealVault.BadSignature.selector;
        _settleJointly(joint, AGENT_KEY, AGENT_KEY, abi.encodeWithSelector(bad, trustee, agreed));
        _settleJointly(joint, TRUSTEE_KEY, SERVICER_KEY, abi.encodeWithSelector(bad, agent, agreed));
        bytes memory differs = abi.encodeWithSelector(IDealVault.JointSettlementDiffers.selector, digest, 100_000);
        joint.cashHeld = 100_001;
        _settleJointly(joint, TRUSTEE_KEY, AGENT_KEY, differs);
        joint = IDealVault.JointSettlement(keccak256("other report"), 100_000);
        _settleJointly(joint, TRUSTEE_KEY, AGENT_KEY, differs);
        equal(vault.period(), 0, "nothing settled so far");
        joint = IDealVault.JointSettlement(digest, 100_000);
        _settleJointly(joint, TRUSTEE_KEY, AGENT_KEY, "");
        equal(vault.period(), 1, "settled");
        // 100,000 - 100 - 8,000 - 2,000.
        equal(vault.distribution(0, 1).principal, 89_900 * CENT, "the senior coupon is paid, principal is less");
        equal(vault.distribution(0, 1).interest, 8_000 * CENT, "senior interest");
    }

    function test_depositRules() public {
        cash.mint(stranger, CENT);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotDepositor.selector, stranger));
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
            equal(vault.liabilities(), deposited * CENT, "liabilities are all that came in");
            equal(cash.balanceOf(address(vault)), deposited * CENT, "and the cash is there");
        }
        uint256[] memory words = vault.state();
        uint256 principal;
        for (uint32 i = 1; i <= 3; ++i) principal += vault.distribution(0, i).principal / CENT;
        equal(words[2] + principal, 800_000, "senior balance and principal paid");
    }
}
