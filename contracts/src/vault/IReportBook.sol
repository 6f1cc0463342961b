// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ISignerSet} from "../control/ISignerSet.sol";

/// @title Servicer reports from submission to settlement
/// @notice none → submitted → (disputed → dismissed) → settled, or → withdrawn, after which another report of the next
///         revision may follow. One report is pending at a time, for the period that is next.
///         A report is settled when the dispute delay is over and no dispute stands. Every signer can dispute it within
///         the delay; it is disputed once at most, so that no one can hold it up by disputing for ever. Trustee and
///         calculation agent together dismiss a dispute; a signer of servicer or trustee withdraws the report.
interface IReportBook {
    /// @notice What the servicer reports for a collection period, signed as EIP-712 typed data; the domain commits to
    ///         chain and vault
    /// @param programHash program that the period is paid by
    /// @param period the next period
    /// @param revision how many reports of this period were withdrawn before
    /// @param previousStateHash state that the report was made on
    /// @param tapeRoot root of the sum tree over the pool's loans
    /// @param inputs every figure, rate and flag that the program asks for
    struct ServicerReport {
        bytes32 programHash;
        uint32 period;
        uint32 revision;
        bytes32 previousStateHash;
        bytes32 tapeRoot;
        uint256[] inputs;
    }

    /// @notice Trustee's and calculation agent's agreement to settle a report on the cash held, in cents
    struct JointSettlement {
        bytes32 reportDigest;
        uint256 cashHeld;
    }

    /// @notice Trustee's and calculation agent's finding that a dispute of a report is unfounded
    struct DisputeDismissal {
        bytes32 reportDigest;
        bytes32 reasonHash;
    }

    /// @notice Where a report stands
    enum Dispute {
        None,
        Standing,
        Dismissed
    }

    /// @notice The pending report
    /// @param digest zero when none is pending
    /// @param settleAfter instant from which it can be settled, and up to which it can be disputed
    /// @param revision that the pending report has, or the next one must have
    /// @param dispute whether it was disputed
    struct PendingReport {
        bytes32 digest;
        uint40 settleAfter;
        uint32 revision;
        Dispute dispute;
    }

    /// @notice A quorum's report of the next period came
    event ReportSubmitted(uint32 indexed period, bytes32 indexed digest, uint32 revision, uint256 settleAfter);
    /// @notice A signer disputed the report
    event ReportDisputed(bytes32 indexed digest, address indexed by, bytes32 reasonHash);
    /// @notice Trustee and calculation agent dismissed the dispute
    event DisputeDismissed(bytes32 indexed digest, bytes32 reasonHash);
    /// @notice The report will never be settled
    event ReportWithdrawn(bytes32 indexed digest, address indexed by);

    /// @notice Another report of the period is pending: have it withdrawn first
    error ReportPending(bytes32 digest);
    /// @notice This report is not the pending one: it was never submitted, or was withdrawn or settled
    error ReportNotPending(bytes32 digest);
    /// @notice Reports are numbered by the withdrawals before them, so that signatures over a withdrawn one are void
    error WrongRevision(uint32 expected, uint32 given);
    /// @notice The report was made for another program
    error WrongProgram(bytes32 expected, bytes32 given);
    /// @notice The dispute delay is not over
    error DisputeDelayRuns(bytes32 digest, uint256 settleAfter);
    /// @notice The dispute delay is over: ask servicer or trustee to withdraw the report
    error DisputeTooLate(bytes32 digest, uint256 settleAfter);
    /// @notice The report was disputed before: a dispute is raised once, and dismissed once
    error DisputedBefore(bytes32 digest);
    /// @notice A dispute stands: have it dismissed, or the report withdrawn
    error DisputeStands(bytes32 digest);
    /// @notice The report is not disputed, or the dispute was dismissed
    error NotDisputed(bytes32 digest);

    /// @notice Brings the report of the next period with a quorum's signatures; anybody may bring it
    function submitReport(ServicerReport calldata report, ISignerSet.Signature[] calldata signatures) external;

    /// @notice Disputes the pending report within its delay. Any signer.
    /// @param reasonHash hash of the reason, which is published elsewhere
    function dispute(bytes32 digest, bytes32 reasonHash) external;

    /// @notice Dismisses a standing dispute; trustee and calculation agent sign
    function dismissDispute(DisputeDismissal calldata dismissal, ISignerSet.Signature[] calldata signatures) external;

    /// @notice Withdraws the pending report, disputed or not, for good. A signer of servicer or trustee.
    function withdrawReport(bytes32 digest) external;

    /// @notice The pending report
    function pendingReport() external view returns (PendingReport memory);

    /// @notice Seconds between submission and settlement
    function disputeDelay() external view returns (uint256);

    /// @notice EIP-712 digest of a report for this vault
    function reportDigest(ServicerReport calldata report) external view returns (bytes32);

    /// @notice EIP-712 digest of a joint settlement for this vault
    function jointDigest(JointSettlement calldata joint) external view returns (bytes32);

    /// @notice EIP-712 digest of a dismissal for this vault
    function dismissalDigest(DisputeDismissal calldata dismissal) external view returns (bytes32);
}
