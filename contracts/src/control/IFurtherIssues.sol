// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IFurtherIssue} from "../offering/IFurtherIssue.sol";
import {IAmendments} from "../vault/IAmendments.sol";
import {IDealVault} from "../vault/IDealVault.sol";

/// @title Further issues: more notes of a class of a deal that has closed
/// @notice A further issue is an amendment whose program reckons with the larger class, agreed in the same way and applied by the
///         issue's own contract alone, in the transaction that mints the notes. It is issued between two record dates, with
///         everything before settled and nothing reported, so that old and new notes share in all the same periods; and the
///         class's balance grows in proportion to its face, so that the factor, and what every old note is owed, stays.
interface IFurtherIssues {
    /// @notice A further issue was proposed: `face` cents more of a class
    event IssueProposed(
        bytes32 indexed proposal,
        address indexed vault,
        address indexed issue,
        uint256 tranche,
        uint256 face,
        IAmendments.Amendment amendment
    );
    /// @notice Notes were issued; `faceAfter` is the class's face then, in cents
    event FurtherIssued(
        address indexed vault,
        uint256 indexed tranche,
        address indexed issue,
        uint256 face,
        uint256 faceAfter
    );

    /// @notice The deal's terms let the class grow to `most` cents of face, 0 for never
    error IssueNotPermitted(uint256 tranche, uint256 most, uint256 faceAfter);
    /// @notice No issue of this contract is agreed
    error IssueUnknown(address issue);
    /// @notice This issue was proposed before. Who subscribed to it subscribed to that amendment: propose a new issue
    error IssueProposedBefore(bytes32 proposal);
    /// @notice The deal was amended after the issue was proposed, from this period on: propose a new issue
    error AmendedSince(uint32 fromPeriod);
    /// @notice The amendment is for another period than the issue
    error IssuePeriodDiffers(uint32 issue, uint32 amendment);
    /// @notice The period has a new program already: issue from the next one
    error PeriodAmended(uint32 period);
    /// @notice A report waits to be settled: issue after that
    error ReportPending(bytes32 digest);
    /// @notice The record date of the period is over: the new notes would have no part in it
    error RecordDatePassed(uint32 period);
    /// @notice The class's balance is no whole number of cents for this face: `permitted` is the nearest face for which it
    ///         is, 0 for a class that is paid off
    error FaceNotWhole(uint256 face, uint256 permitted);
    /// @notice The mapping makes another balance of this class than the issue does
    error BalanceDiffers(uint256 tranche, uint256 expected, uint256 given);

    /// @notice Proposes an issue of a contract together with the amendment that reckons with it. Restricted to
    ///         CHANGE_PROPOSER; approved and cancelled as every change.
    function proposeIssue(
        IFurtherIssue issue,
        IAmendments.Amendment calldata amendment
    ) external returns (bytes32 proposal);

    /// @notice Puts the amendment in force and has the notes minted. Only the issue's contract, once the delay is over.
    function applyIssue(IAmendments.Amendment calldata amendment) external;

    /// @notice The open proposal of an issue's contract (zero when there is none) and from when on it can be applied (zero before
    ///         its approval)
    function issueOf(address issue) external view returns (bytes32 proposal, uint256 readyAt);

    /// @notice The contract that issues notes of a vault at this moment, zero outside of `applyIssue`
    function issuing(address vault) external view returns (address);

    /// @notice A class's face in cents: what it had at closing and what was issued later
    function faceOf(IDealVault vault, uint256 tranche) external view returns (uint256);

    /// @notice Up to which face, in cents, further issues may bring a class, 0 for none
    function mostFaceOf(uint256 tranche) external view returns (uint256);
}
