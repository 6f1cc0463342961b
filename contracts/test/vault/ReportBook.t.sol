// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DealControl} from "../../src/control/DealControl.sol";
import {IDealControl} from "../../src/control/IDealControl.sol";
import {ISignerSet} from "../../src/control/ISignerSet.sol";
import {Parties} from "../../src/control/Parties.sol";
import {Frames} from "../../src/program/Frame.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice A signer that is a contract: it takes what one key signed
contract SigningContract {
    address private immutable KEY;

    constructor(address key) {
        KEY = key;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        (bytes32 r, bytes32 s, uint8 v) = abi.decode(signature, (bytes32, bytes32, uint8));
        return ecrecover(digest, v, r, s) == KEY ? this.isValidSignature.selector : bytes4(0);
    }
}

/// @notice Reports from submission to settlement, and everything that refuses them
contract ReportBookTest is DealFixture {
    uint256 private constant COLLECTED = 110_000;
    uint8 private constant NEEDED = Parties.SERVICER | Parties.TRUSTEE;

    function setUp() public override {
        super.setUp();
        closeDeal();
    }

    function _refuse(
        IReportBook.ServicerReport memory report,
        ISignerSet.Signature[] memory signatures,
        bytes memory failure
    ) private {
        bytes32 before = keccak256(abi.encode(vault.pendingReport()));
        vm.expectRevert(failure);
        vault.submitReport(report, signatures);
        isTrue(before == keccak256(abi.encode(vault.pendingReport())), "a refused report changes nothing");
    }

    function _dispute(address by, bytes32 digest, bytes memory failure) private {
        vm.prank(by);
        if (failure.length != 0) vm.expectRevert(failure);
        vault.dispute(digest, keccak256("the figures are last month's"));
    }

    function _withdraw(address by, bytes32 digest, bytes memory failure) private {
        vm.prank(by);
        if (failure.length != 0) vm.expectRevert(failure);
        vault.withdrawReport(digest);
    }

    function _dismiss(bytes32 digest, uint256 oneKey, uint256 otherKey, bytes memory failure) private {
        IReportBook.DisputeDismissal memory dismissal = IReportBook.DisputeDismissal(digest, keccak256("they are not"));
        ISignerSet.Signature[] memory signatures = signedBy(oneKey, otherKey, vault.dismissalDigest(dismissal));
        if (failure.length != 0) vm.expectRevert(failure);
        vault.dismissDispute(dismissal, signatures);
    }

    function test_aQuorumsReportIsPending() public {
        bytes32 digest = submit(reportOf(1, COLLECTED));
        IReportBook.PendingReport memory pending = vault.pendingReport();
        isTrue(pending.digest == digest, "digest");
        equal(pending.settleAfter, block.timestamp + DISPUTE_DELAY, "may be disputed for the delay");
        equal(pending.revision, 0, "first of its period");
        isTrue(pending.dispute == IReportBook.Dispute.None, "not disputed");
    }

    function test_settlingEndsIt() public {
        settle(1, COLLECTED);
        IReportBook.PendingReport memory pending = vault.pendingReport();
        isTrue(pending.digest == 0 && pending.settleAfter == 0, "nothing is pending");
        submit(reportOf(2, COLLECTED));
        isTrue(vault.pendingReport().digest != 0, "and the next period's may come");
    }

    function test_wrongSigner() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = vault.reportDigest(report);
        bytes4 missing = ISignerSet.QuorumMissing.selector;
        uint8 signed = Parties.TRUSTEE | Parties.CALCULATION_AGENT;
        bytes memory failure = abi.encodeWithSelector(missing, 2, 2, signed, NEEDED);
        _refuse(report, signedBy(AGENT_KEY, TRUSTEE_KEY, digest), failure);
        signed = Parties.SERVICER | Parties.CALCULATION_AGENT;
        failure = abi.encodeWithSelector(missing, 2, 2, signed, NEEDED);
        _refuse(report, signedBy(AGENT_KEY, SERVICER_KEY, digest), failure);
        address nobody = vm.addr(0xbad);
        failure = abi.encodeWithSelector(ISignerSet.NotSigner.selector, nobody);
        ISignerSet.Signature[] memory one = new ISignerSet.Signature[](1);
        one[0] = ISignerSet.Signature(nobody, sign(0xbad, digest));
        _refuse(report, one, failure);
        // Who signs for whom: the servicer's signature under the trustee's name.
        one[0] = ISignerSet.Signature(trustee, sign(SERVICER_KEY, digest));
        _refuse(report, one, abi.encodeWithSelector(ISignerSet.BadSignature.selector, trustee, digest));
    }

    function test_tooFewSigners() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes4 missing = ISignerSet.QuorumMissing.selector;
        _refuse(report, new ISignerSet.Signature[](0), abi.encodeWithSelector(missing, 0, 2, 0, NEEDED));
        ISignerSet.Signature[] memory one = new ISignerSet.Signature[](1);
        one[0] = ISignerSet.Signature(servicer, sign(SERVICER_KEY, vault.reportDigest(report)));
        _refuse(report, one, abi.encodeWithSelector(missing, 1, 2, Parties.SERVICER, NEEDED));
    }

    function test_duplicateSigner() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = vault.reportDigest(report);
        bytes memory failure = abi.encodeWithSelector(ISignerSet.SignersNotInOrder.selector, servicer);
        _refuse(report, signedBy(SERVICER_KEY, SERVICER_KEY, digest), failure);
    }

    function test_wrongOrderOfSigners() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        ISignerSet.Signature[] memory list = signedBy(SERVICER_KEY, TRUSTEE_KEY, vault.reportDigest(report));
        (list[0], list[1]) = (list[1], list[0]);
        _refuse(report, list, abi.encodeWithSelector(ISignerSet.SignersNotInOrder.selector, list[1].signer));
    }

    /// @dev n − s signs the same digest on the curve; only the low of the two is taken.
    function test_signatureMalleability() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = vault.reportDigest(report);
        ISignerSet.Signature[] memory list = signedBy(SERVICER_KEY, TRUSTEE_KEY, digest);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(list[0].signer == servicer ? SERVICER_KEY : TRUSTEE_KEY, digest);
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        list[0].signature = abi.encodePacked(r, order - uint256(s), v == 27 ? uint8(28) : uint8(27));
        _refuse(report, list, abi.encodeWithSelector(ISignerSet.BadSignature.selector, list[0].signer, digest));
    }

    /// @dev The same signers, program, state and period: only the address or the chain is another.
    function test_replayAcrossVaultsAndChains() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = vault.reportDigest(report);
        bytes32 elsewhere = new DealVault(dealTerms()).reportDigest(report);
        ISignerSet.Signature[] memory list = signedBy(SERVICER_KEY, TRUSTEE_KEY, elsewhere);
        _refuse(report, list, abi.encodeWithSelector(ISignerSet.BadSignature.selector, list[0].signer, digest));
        list = signedBy(SERVICER_KEY, TRUSTEE_KEY, digest);
        uint256 chain = block.chainid;
        vm.chainId(chain + 1);
        bytes32 forked = vault.reportDigest(report);
        _refuse(report, list, abi.encodeWithSelector(ISignerSet.BadSignature.selector, list[0].signer, forked));
        vm.chainId(chain);
        vault.submitReport(report, list);
    }

    function test_replayAcrossPeriods() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        ISignerSet.Signature[] memory list = signedBy(SERVICER_KEY, TRUSTEE_KEY, vault.reportDigest(report));
        settle(1, COLLECTED);
        _refuse(report, list, abi.encodeWithSelector(IDealVault.NotNextPeriod.selector, 2, 1));
        report.period = 2;
        bytes32 moved = vault.reportDigest(report);
        _refuse(report, list, abi.encodeWithSelector(ISignerSet.BadSignature.selector, list[0].signer, moved));
    }

    /// @dev Every field is in the digest, each in a place of its own.
    function test_swappedLikeTypedFields() public view {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = vault.reportDigest(report);
        (report.period, report.revision) = (report.revision, report.period);
        isTrue(vault.reportDigest(report) != digest, "period and revision");
        report = reportOf(1, COLLECTED);
        (report.tapeRoot, report.previousStateHash) = (report.previousStateHash, report.tapeRoot);
        isTrue(vault.reportDigest(report) != digest, "tape root and state hash");
        report = reportOf(1, COLLECTED);
        (report.programHash, report.tapeRoot) = (report.tapeRoot, report.programHash);
        isTrue(vault.reportDigest(report) != digest, "program and tape root");
        report = reportOf(1, COLLECTED + 1);
        isTrue(vault.reportDigest(report) != digest, "inputs");
        bytes32 joint = vault.jointDigest(IReportBook.JointSettlement(digest, uint256(keccak256("reason"))));
        bytes32 dismissal = vault.dismissalDigest(IReportBook.DisputeDismissal(digest, keccak256("reason")));
        isTrue(joint != dismissal, "an agreement is no dismissal");
    }

    function test_anotherProgramPeriodOrRevision() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        ISignerSet.Signature[] memory none = new ISignerSet.Signature[](0);
        bytes32 right = report.programHash;
        report.programHash = keccak256("other");
        _refuse(report, none, abi.encodeWithSelector(IReportBook.WrongProgram.selector, right, report.programHash));
        _refuse(reportOf(2, COLLECTED), none, abi.encodeWithSelector(IDealVault.NotNextPeriod.selector, 1, 2));
        report = reportOf(1, COLLECTED);
        report.revision = 1;
        _refuse(report, none, abi.encodeWithSelector(IReportBook.WrongRevision.selector, 0, 1));
    }

    function test_onePeriodTooMany() public {
        for (uint32 period = 1; period <= 3; ++period) settle(period, COLLECTED);
        bytes memory failure = abi.encodeWithSelector(Frames.NoSuchPeriod.selector, 4, 3);
        _refuse(reportOf(4, 0), new ISignerSet.Signature[](0), failure);
    }

    function test_oneReportAtATime() public {
        bytes32 digest = submit(reportOf(1, COLLECTED));
        bytes memory failure = abi.encodeWithSelector(IReportBook.ReportPending.selector, digest);
        _refuse(reportOf(1, COLLECTED), new ISignerSet.Signature[](0), failure);
        _refuse(reportOf(1, COLLECTED + 1), new ISignerSet.Signature[](0), failure);
    }

    function test_staleReportAfterWithdrawal() public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = submit(report);
        ISignerSet.Signature[] memory list = signedBy(SERVICER_KEY, TRUSTEE_KEY, digest);
        _withdraw(servicer, digest, "");
        equal(vault.pendingReport().revision, 1, "the next is the second");
        isTrue(vault.pendingReport().digest == 0, "none is pending");
        // The signatures are public; nobody brings the report back.
        _refuse(report, list, abi.encodeWithSelector(IReportBook.WrongRevision.selector, 1, 0));
        vm.warp(vault.paymentDate(1));
        deposit(COLLECTED);
        bytes32 expected = expectedHash(COLLECTED, COLLECTED);
        vm.expectRevert(abi.encodeWithSelector(IReportBook.ReportNotPending.selector, digest));
        vault.settle(report, expected);
        bytes memory gone = abi.encodeWithSelector(IReportBook.ReportNotPending.selector, digest);
        _withdraw(servicer, digest, gone);
        _dispute(agent, digest, gone);
        // The same figures, signed again, are another report.
        settleNow(reportOf(1, COLLECTED), expected);
        equal(vault.period(), 1, "settled");
    }

    function test_withdrawalOnlyBeforeSettlementAndByWhoSigned() public {
        bytes32 digest = submit(reportOf(1, COLLECTED));
        _withdraw(stranger, digest, abi.encodeWithSelector(ISignerSet.NotSigner.selector, stranger));
        _withdraw(agent, digest, abi.encodeWithSelector(ISignerSet.NotParty.selector, agent, NEEDED));
        _withdraw(trustee, digest, "");
        settle(1, COLLECTED);
        bytes32 settled = vault.reportDigest(reportOf(1, COLLECTED));
        _withdraw(servicer, settled, abi.encodeWithSelector(IReportBook.ReportNotPending.selector, settled));
    }

    function test_settleBeforeDelay() public {
        vm.warp(vault.paymentDate(1));
        deposit(COLLECTED);
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = submit(report);
        bytes32 expected = expectedHash(COLLECTED, COLLECTED);
        uint256 settleAfter = block.timestamp + DISPUTE_DELAY;
        vm.warp(settleAfter - 1);
        vm.expectRevert(abi.encodeWithSelector(IReportBook.DisputeDelayRuns.selector, digest, settleAfter));
        vault.settle(report, expected);
        vm.warp(settleAfter);
        vault.settle(report, expected);
    }

    function test_disputeAfterDelay() public {
        bytes32 digest = submit(reportOf(1, COLLECTED));
        uint256 settleAfter = block.timestamp + DISPUTE_DELAY;
        vm.warp(settleAfter);
        _dispute(agent, digest, abi.encodeWithSelector(IReportBook.DisputeTooLate.selector, digest, settleAfter));
        vm.warp(settleAfter - 1);
        _dispute(agent, digest, "");
    }

    function test_aDisputeHoldsSettlementUntilItIsDismissed() public {
        vm.warp(vault.paymentDate(1));
        deposit(COLLECTED);
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        bytes32 digest = submit(report);
        bytes32 expected = expectedHash(COLLECTED, COLLECTED);
        _dismiss(digest, TRUSTEE_KEY, AGENT_KEY, abi.encodeWithSelector(IReportBook.NotDisputed.selector, digest));
        _dispute(stranger, digest, abi.encodeWithSelector(ISignerSet.NotSigner.selector, stranger));
        _dispute(agent, digest, "");
        vm.warp(block.timestamp + DISPUTE_DELAY);
        vm.expectRevert(abi.encodeWithSelector(IReportBook.DisputeStands.selector, digest));
        vault.settle(report, expected);
        uint8 signed = Parties.SERVICER | Parties.TRUSTEE;
        uint8 needed = Parties.TRUSTEE | Parties.CALCULATION_AGENT;
        bytes4 missing = ISignerSet.QuorumMissing.selector;
        _dismiss(digest, SERVICER_KEY, TRUSTEE_KEY, abi.encodeWithSelector(missing, 2, 0, signed, needed));
        _dismiss(digest, TRUSTEE_KEY, AGENT_KEY, "");
        isTrue(vault.pendingReport().dispute == IReportBook.Dispute.Dismissed, "dismissed");
        _dismiss(digest, TRUSTEE_KEY, AGENT_KEY, abi.encodeWithSelector(IReportBook.NotDisputed.selector, digest));
        vault.settle(report, expected);
        equal(vault.period(), 1, "settled");
    }

    /// @dev Whoever disputes for ever would stop a deal: a report is disputed once, by whomever.
    function test_disputeSpam() public {
        bytes32 digest = submit(reportOf(1, COLLECTED));
        _dispute(agent, digest, "");
        bytes memory again = abi.encodeWithSelector(IReportBook.DisputedBefore.selector, digest);
        _dispute(agent, digest, again);
        _dispute(trustee, digest, again);
        _dismiss(digest, TRUSTEE_KEY, AGENT_KEY, "");
        _dispute(agent, digest, again);
        _dispute(servicer, digest, again);
    }

    function test_aDisputedReportCanBeWithdrawn() public {
        bytes32 digest = submit(reportOf(1, COLLECTED));
        _dispute(agent, digest, "");
        _withdraw(trustee, digest, "");
        bytes32 next = submit(reportOf(1, COLLECTED));
        isTrue(vault.pendingReport().dispute == IReportBook.Dispute.None, "the next is not disputed");
        // The dismissal of the last does not speak of it.
        _dismiss(digest, TRUSTEE_KEY, AGENT_KEY, abi.encodeWithSelector(IReportBook.ReportNotPending.selector, digest));
        isTrue(next != digest, "another digest");
    }

    function test_aContractSigns() public {
        SigningContract contractSigner = new SigningContract(vm.addr(0xc0de));
        ISignerSet.Quorum memory mixed = quorum();
        for (uint256 i; i < 3; ++i) {
            if (mixed.signers[i].account == servicer) mixed.signers[i].account = address(contractSigner);
        }
        mixed.signers = sorted(mixed.signers);
        IDealVault.DealTerms memory terms = dealTerms();
        DealControl its = new DealControl(address(manager), mixed, CHANGE_DELAY, new uint256[](0));
        terms.control = IDealControl(address(its));
        bytes32 digest = new DealVault(terms).reportDigest(reportOf(1, COLLECTED));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(0xc0de, digest);
        ISignerSet.Signature[] memory list = new ISignerSet.Signature[](2);
        list[0] = ISignerSet.Signature(address(contractSigner), abi.encode(r, s, v));
        list[1] = ISignerSet.Signature(trustee, sign(TRUSTEE_KEY, digest));
        if (list[1].signer < list[0].signer) (list[0], list[1]) = (list[1], list[0]);
        its.requireQuorum(digest, list);
        bytes32 other = keccak256("other");
        vm.expectPartialRevert(ISignerSet.BadSignature.selector);
        its.requireQuorum(other, list);
    }

    /// @dev Whatever the bytes, no signature but the parties' own brings a report.
    function testFuzz_submitReport(bytes calldata one, bytes calldata other) public {
        IReportBook.ServicerReport memory report = reportOf(1, COLLECTED);
        ISignerSet.Signature[] memory list = new ISignerSet.Signature[](2);
        list[0] = ISignerSet.Signature(servicer, one);
        list[1] = ISignerSet.Signature(trustee, other);
        if (list[1].signer < list[0].signer) (list[0], list[1]) = (list[1], list[0]);
        bytes32 digest = vault.reportDigest(report);
        _refuse(report, list, abi.encodeWithSelector(ISignerSet.BadSignature.selector, list[0].signer, digest));
    }

    /// @dev In time and out of time, by anybody, about any digest: only a signer in time about the pending one is heard.
    function testFuzz_dispute(uint256 who, uint256 time, bytes32 about, bytes32 reason) public {
        bytes32 digest = submit(reportOf(1, COLLECTED));
        address[4] memory all = [servicer, trustee, agent, stranger];
        address by = all[who % 4];
        uint256 after_ = bound(time, 0, 2 * DISPUTE_DELAY);
        bytes32 named = who % 8 < 4 ? digest : about;
        bool heard = by != stranger && named == digest && after_ < DISPUTE_DELAY;
        vm.warp(block.timestamp + after_);
        vm.prank(by);
        try vault.dispute(named, reason) {
            isTrue(heard, "heard though it should not be");
        } catch {
            isTrue(!heard, "refused though it should be heard");
        }
        isTrue((vault.pendingReport().dispute == IReportBook.Dispute.Standing) == heard, "and so it stands");
    }

    function testFuzz_withdrawReport(uint256 who, bytes32 about) public {
        bytes32 digest = submit(reportOf(1, COLLECTED));
        address[4] memory all = [servicer, trustee, agent, stranger];
        address by = all[who % 4];
        bytes32 named = who % 8 < 4 ? digest : about;
        bool heard = (by == servicer || by == trustee) && named == digest;
        vm.prank(by);
        try vault.withdrawReport(named) {
            isTrue(heard, "heard though it should not be");
        } catch {
            isTrue(!heard, "refused though it should be heard");
        }
        equal(vault.pendingReport().revision, heard ? 1 : 0, "counted");
    }
}
