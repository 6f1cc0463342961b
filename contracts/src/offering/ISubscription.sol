// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {IDealVault} from "../vault/IDealVault.sol";

/// @title Offers one deal's tranches for the settlement stablecoin: all are sold in full, or everybody is refunded
/// @notice Drafted (no vault yet) → Open → Closed, or → Failed. Amounts are base units of the stablecoin; a cent of
///         cash buys a cent of original face. Stray transfers to this contract are not counted.
interface ISubscription {
    enum Phase {
        Drafted,
        Open,
        Closed,
        Failed
    }

    /// @param cash settlement stablecoin
    /// @param registry admission of subscribers
    /// @param authority AccessManager
    /// @param seller who receives the proceeds beyond the vault's initial funding
    /// @param deadline last instant (seconds) at which the deal can close
    struct OfferTerms {
        IERC20 cash;
        IInvestorRegistry registry;
        address authority;
        address seller;
        uint40 deadline;
    }

    /// @notice A subscriber's amount in one tranche
    struct Position {
        address account;
        uint96 tranche;
        uint256 amount;
    }

    /// @notice Subscription is open for the tranches of a vault
    event OfferOpened(address indexed vault, uint256[] targets);
    /// @notice An admitted account subscribed
    event Subscribed(address indexed account, uint256 indexed tranche, uint256 amount);
    /// @notice A subscription was taken back before closing, by its owner or by compliance; the cash waits for `refund`
    event SubscriptionWithdrawn(address indexed account, uint256 indexed tranche, uint256 amount);
    /// @notice All tranches were sold: notes are minted, the vault is funded, the seller is paid
    event OfferClosed(address indexed vault, uint256 funding, uint256 proceeds);
    /// @notice The offer failed; every subscriber can refund
    event OfferFailed();
    /// @notice A subscriber got cash back
    event Refunded(address indexed account, uint256 amount);

    /// @notice The call does not fit the offer's phase
    error WrongPhase(Phase phase);
    /// @notice The vault was made for another offering, stablecoin or registry, or its tokens have another minter
    error VaultMismatch(address vault);
    /// @notice A record date would be over before the offer can close: nobody would hold what is paid for it
    error RecordDateBeforeClosing(uint256 tranche, uint256 recordDate, uint256 deadline);
    /// @notice The proceeds would not cover the vault's initial funding
    error FundingExceedsProceeds(uint256 funding, uint256 proceeds);
    /// @notice A required address is zero
    error ZeroAddress();
    /// @notice The deadline is over
    error DeadlinePassed(uint256 deadline);
    /// @notice The deadline is not over; until then only the issuer may cancel
    error DeadlineNotPassed(uint256 deadline);
    /// @notice There is no such tranche
    error NoSuchTranche(uint256 tranche);
    /// @notice A subscription is a positive whole number of cents
    error AmountNotWholeCents(uint256 amount, uint256 unit);
    /// @notice Not that much is left of the tranche
    error Oversubscribed(uint256 tranche, uint256 left);
    /// @notice The account is not admitted now, for a numbered reason (see Reasons). Renew its KYC or remove it.
    error SubscriberRefused(address account, uint8 code);
    /// @notice The account is admitted, so that compliance may not remove its subscription
    error SubscriberAdmitted(address account);
    /// @notice No further position fits: closing mints to all of them in one transaction
    error TooManySubscribers(uint256 maximum);
    /// @notice A tranche is not fully subscribed
    error NotFullySubscribed(uint256 tranche, uint256 missing);
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

    /// @notice Takes back the caller's whole subscription of a tranche before closing; `refund` pays it out
    function withdraw(uint256 tranche) external;

    /// @notice Removes the subscription of an account that is no longer admitted; `refund` pays it out.
    ///         Restricted to COMPLIANCE.
    function removeSubscriber(address account, uint256 tranche) external;

    /// @notice Closes the deal: mints the notes, funds and opens the vault, pays the seller. Restricted to ISSUER.
    function close() external;

    /// @notice Anybody declares the offer failed after its deadline
    function fail() external;

    /// @notice The issuer cancels the offer before it closes. Restricted to ISSUER.
    function cancel() external;

    /// @notice Pays an account what it took back, was removed with, or had subscribed when the offer failed
    function refund(address account) external returns (uint256 amount);

    /// @notice What `refund` would pay an account now
    function refundable(address account) external view returns (uint256);

    /// @notice An account's subscription of a tranche
    function subscribed(address account, uint256 tranche) external view returns (uint256);

    /// @notice All positions
    function positions() external view returns (Position[] memory);

    /// @notice What a tranche must raise
    function target(uint256 tranche) external view returns (uint256);

    /// @notice What a tranche has raised
    function raised(uint256 tranche) external view returns (uint256);

    /// @notice Where the offer stands
    function phase() external view returns (Phase);

    /// @notice The vault of the deal, zero before opening
    function vault() external view returns (IDealVault);

    /// @notice The settlement stablecoin
    function cash() external view returns (IERC20);

    /// @notice The registry that admits subscribers
    function registry() external view returns (IInvestorRegistry);

    /// @notice Who receives the proceeds
    function seller() external view returns (address);

    /// @notice Last instant at which the deal can close
    function deadline() external view returns (uint40);
}
