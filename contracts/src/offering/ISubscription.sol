// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IReserveAttestor} from "../collateral/IReserveAttestor.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {IDealVault} from "../vault/IDealVault.sol";

/// @title Offers one deal's tranches for the settlement stablecoin: the deal closes, or everybody is refunded
/// @notice Drafted (no vault yet) → Open → Closing → Closed, or → Failed from each of the first three. Amounts are base units
///         of the stablecoin unless cents are named; a cent of cash buys a cent of original face. Stray transfers to this
///         contract are not counted.
///         Closing may take several transactions, within seven days and before the first record date. Nobody moves a note
///         before the last of them, so that none changes what others get. If closing does not end in time anybody declares
///         the offer failed: all cash goes back, and the notes minted so far are notes of a deal that never opens, which
///         nobody can transfer and which are paid nothing.
///         A tranche that is subscribed beyond its size is allotted pro rata, in lots; one that is subscribed below its
///         size, but not below its minimum, is made up by notes that the seller keeps instead of cash. Whose notes the token
///         refuses gets its cash back; the seller keeps those too, and nobody else's allotment changes.
interface ISubscription {
    enum Phase {
        Drafted,
        Open,
        Closing,
        Closed,
        Failed
    }

    /// @notice How one tranche is offered, in cents
    /// @param minimum what must be subscribed for the deal to close, at most the tranche's size
    /// @param maximum up to where subscriptions are taken, at least the tranche's size
    /// @param perInvestor what one investor may subscribe; zero for no limit
    /// @param lot subscriptions and allotments are whole lots, and so is the tranche's size
    struct TrancheOffer {
        uint128 minimum;
        uint128 maximum;
        uint128 perInvestor;
        uint128 lot;
    }

    /// @param cash settlement stablecoin
    /// @param registry admission of subscribers
    /// @param authority AccessManager
    /// @param seller who receives the proceeds beyond the vault's initial funding, and the notes that are not sold
    /// @param deadline last instant (seconds) at which closing can begin
    /// @param attestor whose valid attestation must cover the notes' face; zero where the deal asks for none
    /// @param tranches how each tranche is offered, in the vault's order
    struct OfferTerms {
        IERC20 cash;
        IInvestorRegistry registry;
        address authority;
        address seller;
        uint40 deadline;
        IReserveAttestor attestor;
        TrancheOffer[] tranches;
    }

    /// @notice A subscriber's amount in one tranche
    /// @param investor number that the account's investor had in the registry when it subscribed, zero for one of its own
    struct Position {
        address account;
        uint96 tranche;
        uint128 amount;
        uint64 investor;
    }

    /// @notice An ERC-2612 permit over the amount subscribed
    struct Permit {
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice Subscription is open for the tranches of a vault
    event OfferOpened(address indexed vault, uint256[] targets);
    /// @notice An admitted account subscribed
    event Subscribed(address indexed account, uint256 indexed tranche, uint256 amount);
    /// @notice A subscription was taken back before closing, by its owner or by compliance; the cash waits for `refund`
    event SubscriptionWithdrawn(address indexed account, uint256 indexed tranche, uint256 amount);
    /// @notice No subscription changes any more: notes are being allotted, until `closingDeadline` at the latest
    event ClosingBegun(address indexed vault, uint40 closingDeadline);
    /// @notice A subscriber got notes for `amount`; `refunded` waits for `refund`. Nothing is allotted to an account that the
    ///         token would refuse (`code`): one no longer admitted, frozen by an agent, or kept out by a rule of the token.
    event Allotted(address indexed account, uint256 indexed tranche, uint256 amount, uint256 refunded, uint8 code);
    /// @notice The seller keeps what nobody else took
    event Retained(address indexed seller, uint256 indexed tranche, uint256 amount);
    /// @notice All notes are minted, the vault is funded, the seller is paid
    event OfferClosed(address indexed vault, uint256 funding, uint256 proceeds);
    /// @notice The offer failed; every subscriber can refund
    event OfferFailed();
    /// @notice A subscriber's cash went back, to itself or to the payout address that the registry names for it
    event Refunded(address indexed account, address indexed to, uint256 amount);

    /// @notice The call does not fit the offer's phase
    error WrongPhase(Phase phase);
    /// @notice The vault was made for another offering, stablecoin or registry, or its tokens have another minter
    error VaultMismatch(address vault);
    /// @notice A record date would be over before the offer can close: nobody would hold what is paid for it
    error RecordDateBeforeClosing(uint256 tranche, uint256 recordDate, uint256 deadline);
    /// @notice The proceeds would not cover the vault's initial funding. At the end of closing the seller, who keeps the notes
    ///         that did not raise it, can approve what is missing to this contract; then allot again.
    error FundingExceedsProceeds(uint256 funding, uint256 proceeds);
    /// @notice A required address is zero
    error ZeroAddress();
    /// @notice There must be terms for each of the vault's tranches
    error TrancheCount(uint256 expected, uint256 given);
    /// @notice A tranche's minimum must not pass its size, its maximum must reach it, and its size must be whole lots of at
    ///         least a cent (all in cents), each of which the token's minimum holding and denomination allow
    error TrancheTermsInvalid(uint256 tranche, uint256 size);
    /// @notice The deadline of closing's beginning, or of its end, is over
    error DeadlinePassed(uint256 deadline);
    /// @notice The deadline is not over; until closing begins the issuer may cancel
    error DeadlineNotPassed(uint256 deadline);
    /// @notice There is no such tranche
    error NoSuchTranche(uint256 tranche);
    /// @notice A subscription is a positive whole number of lots
    error AmountNotWholeLots(uint256 amount, uint256 lot);
    /// @notice Not that much is taken of the tranche any more
    error Oversubscribed(uint256 tranche, uint256 left);
    /// @notice One investor, with all its wallets, may subscribe no more than that of the tranche
    error InvestorLimit(uint256 tranche, uint256 left);
    /// @notice The account is not admitted now, for a numbered reason (see Reasons). Renew its KYC or remove it.
    error SubscriberRefused(address account, uint8 code);
    /// @notice The account is admitted, so that compliance may not remove its subscription
    error SubscriberAdmitted(address account);
    /// @notice A tranche is subscribed below its minimum
    error BelowMinimum(uint256 tranche, uint256 missing);
    /// @notice The seller would keep notes and the token refuses it now, for a numbered reason (see Reasons)
    error SellerRefused(address seller, uint8 code);
    /// @notice The account has no subscription in the tranche
    error NoSubscription(address account, uint256 tranche);
    /// @notice Nothing is to be refunded to the account
    error NothingToRefund(address account);
    /// @notice Another amount arrived than was sent: the stablecoin takes a fee, which is not supported
    error CashNotReceived(uint256 expected, uint256 received);

    /// @notice Binds the vault and opens subscription, when every record date lies after the deadline. Restricted to
    ///         ISSUER.
    function open(IDealVault vault) external;

    /// @notice Subscribes to a tranche; cash is taken from the caller, who must be admitted
    function subscribe(uint256 tranche, uint256 amount) external;

    /// @notice Subscribes with a permit instead of an earlier approval. A permit that somebody else brought before does no
    ///         harm: what counts is the allowance.
    function subscribeWithPermit(uint256 tranche, uint256 amount, Permit calldata permit) external;

    /// @notice Takes back the caller's whole subscription of a tranche before closing; `refund` pays it out
    function withdraw(uint256 tranche) external;

    /// @notice Removes the subscription of an account that is no longer admitted; `refund` pays it out.
    ///         Restricted to COMPLIANCE.
    function removeSubscriber(address account, uint256 tranche) external;

    /// @notice Begins closing and allots the first `most` positions; the last of all positions funds and opens the vault
    ///         and pays the seller. Restricted to ISSUER.
    function close(uint256 most) external;

    /// @notice Allots the next `most` positions of an offer that is closing, until `closingDeadline`. Anybody.
    function allot(uint256 most) external;

    /// @notice Anybody declares the offer failed after its deadline, or after that of its closing once that has begun
    function fail() external;

    /// @notice The issuer cancels the offer before closing begins. Restricted to ISSUER.
    function cancel() external;

    /// @notice Pays an account what it took back, was removed with, was not allotted, or had subscribed when the offer failed
    function refund(address account) external returns (uint256 amount);

    /// @notice What `refund` would pay an account now
    function refundable(address account) external view returns (uint256);

    /// @notice An account's subscription of a tranche; once it is allotted, what the account paid for notes
    function subscribed(address account, uint256 tranche) external view returns (uint256);

    /// @notice Positions from an index on, at most `most` of them
    function positions(uint256 from, uint256 most) external view returns (Position[] memory);

    /// @notice How many positions there are, and how many of them are allotted
    function progress() external view returns (uint256 all, uint256 allotted);

    /// @notice What a tranche must raise
    function target(uint256 tranche) external view returns (uint256);

    /// @notice What is subscribed of a tranche: the sum of the positions
    function raised(uint256 tranche) external view returns (uint256);

    /// @notice How a tranche is offered
    function trancheOffer(uint256 tranche) external view returns (TrancheOffer memory);

    /// @notice Where the offer stands
    function phase() external view returns (Phase);

    /// @notice The vault of the deal, zero before opening
    function vault() external view returns (IDealVault);

    /// @notice The settlement stablecoin
    function cash() external view returns (IERC20);

    /// @notice The registry that admits subscribers
    function registry() external view returns (IInvestorRegistry);

    /// @notice Whose attestation must cover the notes, zero for none
    function attestor() external view returns (IReserveAttestor);

    /// @notice Who receives the proceeds
    function seller() external view returns (address);

    /// @notice Last instant at which closing can begin
    function deadline() external view returns (uint40);

    /// @notice Last instant at which notes can be allotted: before the first record date and, once closing has begun, no later
    ///         than seven days after that. Zero before opening.
    function closingDeadline() external view returns (uint40);
}
