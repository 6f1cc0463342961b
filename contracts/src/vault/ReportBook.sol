// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ISignerSet} from "../control/ISignerSet.sol";
import {Parties} from "../control/Parties.sol";
import {IReportBook} from "./IReportBook.sol";
import {ReportDomain} from "./ReportDomain.sol";
import {ReportHashes} from "./ReportHashes.sol";
import {VaultState} from "./VaultState.sol";

/// @title The pending report: brought by a quorum, disputed, dismissed, withdrawn
/// @dev A report is pending while its period is next: settling the period is what ends it, without a write here.
abstract contract ReportBook is VaultState, ReportDomain {
    /// @dev One storage word beside the digest.
    /// @param period whose report it is
    /// @param settleAfter zero when the report was withdrawn
    /// @param revision of the report, or of the next one after a withdrawal
    struct Standing {
        uint32 period;
        uint32 revision;
        uint40 settleAfter;
        Dispute dispute;
    }

    uint40 private immutable DISPUTE_DELAY;

    bytes32 private _digest;
    Standing private _standing;

    constructor(uint40 delay) {
        DISPUTE_DELAY = delay;
    }

    /// @inheritdoc IReportBook
    function submitReport(
        ServicerReport calldata report,
        ISignerSet.Signature[] calldata signatures
    ) external nonReentrant {
        _requireRunning();
        uint32 next = _nextPeriod();
        require(report.period == next, NotNextPeriod(next, report.period));
        // Reverts after the last period.
        paymentDate(next);
        Standing memory standing = _standingOf(next);
        require(standing.settleAfter == 0, ReportPending(_digest));
        require(report.revision == standing.revision, WrongRevision(standing.revision, report.revision));
        bytes32 hash = programHash();
        require(report.programHash == hash, WrongProgram(hash, report.programHash));
        control.requireNoAmendment(address(this), next);
        bytes32 digest = reportDigest(report);
        control.requireQuorum(digest, signatures);
        uint40 settleAfter = uint40(block.timestamp) + DISPUTE_DELAY;
        _digest = digest;
        _standing = Standing(next, report.revision, settleAfter, Dispute.None);
        emit ReportSubmitted(next, digest, report.revision, settleAfter);
    }

    /// @inheritdoc IReportBook
    function dispute(bytes32 digest, bytes32 reasonHash) external {
        control.requireParty(msg.sender, Parties.ANY);
        Standing memory standing = _pending(digest);
        require(block.timestamp < standing.settleAfter, DisputeTooLate(digest, standing.settleAfter));
        require(standing.dispute == Dispute.None, DisputedBefore(digest));
        _standing.dispute = Dispute.Standing;
        emit ReportDisputed(digest, msg.sender, reasonHash);
    }

    /// @inheritdoc IReportBook
    function dismissDispute(DisputeDismissal calldata dismissal, ISignerSet.Signature[] calldata signatures) external {
        bytes32 digest = dismissal.reportDigest;
        require(_pending(digest).dispute == Dispute.Standing, NotDisputed(digest));
        _requireJoint(dismissalDigest(dismissal), signatures);
        _standing.dispute = Dispute.Dismissed;
        emit DisputeDismissed(digest, dismissal.reasonHash);
    }

    /// @inheritdoc IReportBook
    function withdrawReport(bytes32 digest) external {
        control.requireParty(msg.sender, Parties.SERVICER | Parties.TRUSTEE);
        _withdraw(digest, _pending(digest));
    }

    /// @inheritdoc IReportBook
    function pendingReport() external view returns (PendingReport memory) {
        Standing memory standing = _standingOf(_nextPeriod());
        bytes32 digest = standing.settleAfter == 0 ? bytes32(0) : _digest;
        return PendingReport(digest, standing.settleAfter, standing.revision, standing.dispute);
    }

    /// @inheritdoc IReportBook
    function disputeDelay() external view returns (uint256) {
        return DISPUTE_DELAY;
    }

    /// @inheritdoc IReportBook
    function reportDigest(ServicerReport calldata report) public view returns (bytes32) {
        return _digestOf(ReportHashes.hash(report));
    }

    /// @inheritdoc IReportBook
    function jointDigest(JointSettlement calldata joint) public view returns (bytes32) {
        return _digestOf(ReportHashes.hash(joint));
    }

    /// @inheritdoc IReportBook
    function dismissalDigest(DisputeDismissal calldata dismissal) public view returns (bytes32) {
        return _digestOf(ReportHashes.hash(dismissal));
    }

    /// @dev The report is the pending one, and nothing holds it up. What was checked when it was submitted (period, program,
    ///      signatures) is in its digest.
    function _requireSettleable(bytes32 digest) internal view {
        Standing memory standing = _pending(digest);
        require(block.timestamp >= standing.settleAfter, DisputeDelayRuns(digest, standing.settleAfter));
        require(standing.dispute != Dispute.Standing, DisputeStands(digest));
    }

    /// @dev A report that was made for another program than the one that comes into force will never be settled.
    function _dropPending() internal {
        Standing memory standing = _standingOf(_nextPeriod());
        if (standing.settleAfter != 0) _withdraw(_digest, standing);
    }

    function _requireJoint(bytes32 agreement, ISignerSet.Signature[] calldata signatures) internal view {
        control.requireSigned(agreement, signatures, Parties.TRUSTEE | Parties.CALCULATION_AGENT);
    }

    function _requireRunning() internal view {
        uint16 flags = _status.flags;
        require(flags & OPEN != 0, NotOpen());
        require(flags & STOPPED == 0, Stopped());
    }

    function _withdraw(bytes32 digest, Standing memory standing) private {
        _standing = Standing(standing.period, standing.revision + 1, 0, Dispute.None);
        emit ReportWithdrawn(digest, msg.sender);
    }

    function _pending(bytes32 digest) private view returns (Standing memory standing) {
        standing = _standingOf(_nextPeriod());
        require(standing.settleAfter != 0 && digest == _digest, ReportNotPending(digest));
    }

    /// @dev What stands of another period is over.
    function _standingOf(uint32 next) private view returns (Standing memory standing) {
        standing = _standing;
        if (standing.period != next) standing = Standing(next, 0, 0, Dispute.None);
    }
}
