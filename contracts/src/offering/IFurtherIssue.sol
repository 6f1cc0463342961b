// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAmendments} from "../vault/IAmendments.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {ISubscription} from "./ISubscription.sol";

/// @title Offers more notes of one class of a deal that has closed: all of them are issued, in one transaction, or everybody is refunded
/// @notice Open → Completed, or → Failed. One contract is one further issue with an escrow of its own. Sizes are lots, of so
///         many cents of original face; cash is base units of the stablecoin unless cents are named. A lot costs its price
///         and the interest that accrued on it from the last payment date to the issue date, which the buyer gets back with
///         the whole coupon of the period. Stray transfers to this contract are not counted.
///         The deal's control agrees to an issue as to an amendment (`IFurtherIssues.proposeIssue`): before that nobody can
///         subscribe, and without it nothing is issued.
interface IFurtherIssue {
    enum Phase {
        Open,
        Issuing,
        Completed,
        Failed
    }

    /// @param vault the deal, which is open
    /// @param issuer who completes or cancels the issue
    /// @param seller who receives the proceeds, for the loans that it brought
    /// @param tranche class, in the vault's order
    /// @param fromPeriod first period that the new notes share in
    /// @param issueDate first instant (seconds) at which the issue completes, not before the last payment date
    /// @param deadline last instant at which it completes, before the record date of `fromPeriod`
    /// @param lot cents of original face in a lot, which the token's minimum holding and denomination allow
    /// @param lots lots that are issued
    /// @param maximum lots up to where subscriptions are taken, at least `lots`
    /// @param perInvestor lots that one investor may subscribe; zero for no limit
    /// @param price cents that a lot costs, without accrued interest
    /// @param accrued cents of interest on a lot from the last payment date to the issue date; zero where they are the same
    struct IssueTerms {
        IDealVault vault;
        address issuer;
        address seller;
        uint16 tranche;
        uint32 fromPeriod;
        uint40 issueDate;
        uint40 deadline;
        uint64 lot;
        uint64 lots;
        uint64 maximum;
        uint64 perInvestor;
        uint64 price;
        uint64 accrued;
    }

    /// @notice An admitted account subscribed to so many lots more
    event Subscribed(address indexed account, uint256 lots, uint256 amount);
    /// @notice A subscription was taken back, by its owner or, where the token refuses the owner, by the issuer; the cash waits
    ///         for `refund`
    event SubscriptionWithdrawn(address indexed account, uint256 lots, uint256 amount);
    /// @notice A subscriber got notes; `refunded` waits for `refund`
    event Allotted(address indexed account, uint256 lots, uint256 refunded);
    /// @notice All notes are issued and the seller is paid
    event IssueCompleted(uint256 face, uint256 proceeds);
    /// @notice The issue failed; every subscriber can refund
    event IssueFailed();
    /// @notice A subscriber's cash went back, to itself or to the payout address that the registry names for it
    event Refunded(address indexed account, address indexed to, uint256 amount);

    /// @notice The terms contradict themselves or the deal; `what` names the one that does
    error TermsInvalid(string what);
    /// @notice The call does not fit the issue's phase
    error WrongPhase(Phase phase);
    /// @notice The deal's control has not agreed to this issue, or does no longer: see `IFurtherIssues`
    error NotAgreed();
    /// @notice Nobody but the issuer ends an issue before its deadline, unless the control took back its agreement (`proposal` is
    ///         zero) and somebody's cash is here
    error StillAgreed(bytes32 proposal);
    /// @notice Only the issuer, or the control while it issues, does this
    error CallerRefused(address caller);
    /// @notice The issue date has not come
    error BeforeIssueDate(uint256 issueDate);
    /// @notice The deadline is over
    error DeadlinePassed(uint256 deadline);
    /// @notice A subscription is of one lot or more
    error NoLots();
    /// @notice Not that many lots are taken any more
    error Oversubscribed(uint256 left);
    /// @notice One investor, with all its wallets, may subscribe no more than so many lots
    error InvestorLimit(uint256 left);
    /// @notice There are as many subscribers as one transaction can give notes to
    error TooManySubscribers(uint256 most);
    /// @notice The account is not admitted now, for a numbered reason (see Reasons)
    error SubscriberRefused(address account, uint8 code);
    /// @notice Fewer lots are subscribed than are to be issued
    error BelowSize(uint256 missing);
    /// @notice Nothing is to be refunded to the account
    error NothingToRefund(address account);
    /// @notice Another amount arrived than was sent: the stablecoin takes a fee, which is not supported
    error CashNotReceived(uint256 expected, uint256 received);

    /// @notice Subscribes to lots; their cash is taken from the caller, who must be admitted
    function subscribe(uint256 lots) external;

    /// @notice Subscribes with a permit instead of an earlier approval. A permit that somebody else brought before does no
    ///         harm: what counts is the allowance.
    function subscribeWithPermit(uint256 lots, ISubscription.Permit calldata permit) external;

    /// @notice Takes back the caller's whole subscription; `refund` pays it out
    function withdraw() external;

    /// @notice Takes back the subscription of an account; `refund` pays it out. Only the issuer, which may refuse any
    ///         subscription in whole until it completes: whoever the token refuses, or a holder cap has no place for, stops the
    ///         issue, and so would one who subscribes in order to withdraw.
    function removeSubscriber(address account) external;

    /// @notice Issues all notes, pro rata where more is subscribed, and pays the seller; or nothing happens. Only the issuer.
    /// @param amendment what the control agreed to with this issue
    function complete(IAmendments.Amendment calldata amendment) external;

    /// @notice Mints the notes. Only the control, while this contract completes.
    function mintNotes() external;

    /// @notice Declares the issue failed: the issuer at any time; anybody after the deadline, or once the control no longer
    ///         agrees to what it agreed to
    function fail() external;

    /// @notice Pays an account what it took back, was removed with, was not allotted, or had subscribed when the issue failed
    function refund(address account) external returns (uint256 amount);

    /// @notice What `refund` would pay an account now
    function refundable(address account) external view returns (uint256);

    /// @notice Lots that an account subscribed and were not allotted or taken back
    function subscribed(address account) external view returns (uint256);

    /// @notice Positions from an index on, at most `most` of them; amounts are lots
    function positions(uint256 from, uint256 most) external view returns (ISubscription.Position[] memory);

    /// @notice Lots that are subscribed
    function raised() external view returns (uint256);

    /// @notice Base units of cash that a lot costs, accrued interest included
    function lotCost() external view returns (uint256);

    /// @notice Where the issue stands
    function phase() external view returns (Phase);

    /// @notice The terms
    function terms() external view returns (IssueTerms memory);

    /// @notice What is issued of which deal and from when on, as the control asks: cents of original face
    function issued() external view returns (IDealVault vault, uint256 tranche, uint32 fromPeriod, uint256 face);

    /// @notice The settlement stablecoin
    function cash() external view returns (IERC20);
}
