// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IDealControl} from "../control/IDealControl.sol";
import {ISignerSet} from "../control/ISignerSet.sol";
import {IDistributor} from "../distribution/IDistributor.sol";
import {IDistributorFactory} from "../distribution/IDistributorFactory.sol";
import {IProgramStore} from "../program/IProgramStore.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IAmendments} from "./IAmendments.sol";
import {IReportBook} from "./IReportBook.sol";
import {IStoppable} from "./IStoppable.sol";

/// @title Holds a deal's cash and moves it only as the deal's program says
/// @notice Amounts of cash in this contract's ledger are in base units of the settlement stablecoin; the program counts
///         in cents, and `unit` is the number of base units in a cent. A transfer that did not come through `deposit`
///         or the opening changes nothing.
///         The vault has no owner: nobody can move cash past the program, and the program changes only by an amendment
///         that the vault's control agreed to. While the control has stopped the vault, deposits, reports, settlements
///         and amendments are refused; withdrawals by payees, disputes and withdrawals of reports go on, as do the claims of
///         holders, whose money lies in the deal's Distributor.
interface IDealVault is IReportBook, IAmendments, IStoppable {
    /// @param factory makes the deal's Distributor
    /// @param authority AccessManager of the Distributor
    /// @param taxAccount where tax withheld from holders is remitted to
    /// @param unclaimed the rule for money that no holder claims
    struct DistributionSetup {
        IDistributorFactory factory;
        address authority;
        address taxAccount;
        IDistributor.UnclaimedRule unclaimed;
    }

    /// @param cash settlement stablecoin, at least two decimals
    /// @param registry admission of payees and of holders who claim
    /// @param programs where the program is stored
    /// @param programHash keccak256 of the program
    /// @param documentHash keccak256 of the deal document
    /// @param offering the deal's Subscription, which opens the vault
    /// @param control whose signatures count, which amendments were agreed, and who stops the vault
    /// @param disputeDelay seconds between a report's submission and its settlement
    /// @param tokens one per tranche, in order of seniority
    /// @param payees the program's sinks after the tranches'
    /// @param paymentDates instants (seconds) before which a period is not settled, strictly increasing
    /// @param initialState account words and then state words at closing, in cents
    /// @param distribution how classes are paid
    struct DealTerms {
        IERC20 cash;
        IInvestorRegistry registry;
        IProgramStore programs;
        bytes32 programHash;
        bytes32 documentHash;
        address offering;
        IDealControl control;
        uint40 disputeDelay;
        ITrancheToken[] tokens;
        Payee[] payees;
        uint40[] paymentDates;
        uint256[] initialState;
        DistributionSetup distribution;
    }

    /// @notice The deal closed: accounts are funded and the notes issued
    event Opened(bytes32 stateHash, uint256[] initialState);
    /// @notice Collections arrived (base units)
    event Deposited(address indexed by, uint256 amount, uint256 pendingAfter);
    /// @notice A period was settled; deposit and outputs are in cents
    event Settled(
        uint32 indexed period,
        bytes32 reportDigest,
        bytes32 resultHash,
        bytes32 stateHash,
        bytes32 tapeRoot,
        bool joint,
        uint256 deposit,
        uint256[] inputs,
        uint256[] outputs
    );
    /// @notice The vault was stopped or resumed
    event StoppedSet(bool stopped);
    /// @notice A payee was paid (base units)
    event Withdrawn(uint256 indexed payee, address indexed to, uint256 amount);

    /// @notice A word of the initial state is 2^85 or more
    error InitialStateTooWide(uint256 index);
    /// @notice The initial state has another number of words than the program
    error InitialStateMismatch(uint256 expected, uint256 given);
    /// @notice A required address is zero
    error ZeroAddress();
    /// @notice The stablecoin must have at least two decimals
    error CashDecimals(uint8 decimals);
    /// @notice Only the deal's Subscription opens the vault, once
    error OpeningRefused(address caller);
    /// @notice A tranche's supply is not the balance that the program starts from
    error SupplyMismatch(uint256 tranche, uint256 expected, uint256 supply);
    /// @notice Another amount arrived than was sent: the stablecoin takes a fee, which is not supported
    error CashNotReceived(uint256 expected, uint256 received);
    /// @notice The control has stopped the vault; whoever has the role RESUMER can resume it
    error Stopped();
    /// @notice The vault is stopped, or not, already
    error StoppedAlready(bool stopped);
    /// @notice Only the vault's control stops it
    error NotControl(address caller);
    /// @notice The deal has not closed yet
    error NotOpen();
    /// @notice A deposit is a positive whole number of cents
    error DepositNotWholeCents(uint256 amount, uint256 unit);
    /// @notice Periods are reported and settled once each and in order
    error NotNextPeriod(uint32 next, uint32 given);
    /// @notice The payment date has not come
    error BeforePaymentDate(uint32 period, uint256 paymentDate);
    /// @notice The report was made on another state
    error WrongState(bytes32 expected, bytes32 given);
    /// @notice The cash held is not what the report makes due, in cents: deposit the rest or settle jointly
    error DepositDiffers(uint256 remittance, uint256 held);
    /// @notice The agreement names another report or another amount of cash than is held
    error JointSettlementDiffers(bytes32 reportDigest, uint256 held);
    /// @notice The run gave another result than the one expected
    error ResultDiffers(bytes32 expected, bytes32 actual);
    /// @notice The stablecoin says the vault holds less than it owes
    error Insolvent(uint256 held, uint256 owed);
    /// @notice There is no such tranche
    error NoSuchTranche(uint256 tranche);
    /// @notice There is no such payee
    error NoSuchPayee(uint256 payee);
    /// @notice The payee is not admitted now; what is owed stays owed
    error PayeeRefused(address payee, uint8 code);
    /// @notice Nothing is owed to the payee
    error NothingOwed(uint256 payee);

    /// @notice Takes the initial funding from the Subscription and opens the deal
    function open() external;

    /// @notice Deposits collections, in base units, from the servicer or the trustee, while a period is left to settle
    function deposit(uint256 amount) external;

    /// @notice Settles the next period on its pending report, when the payment date has come, the dispute delay is over, no
    ///         dispute stands, and the deposit is what the report makes due; anybody may call
    /// @param expectedResultHash hash of all slots and transfers, computed off chain
    function settle(ServicerReport calldata report, bytes32 expectedResultHash) external;

    /// @notice Settles the next period on the cash held, which trustee and calculation agent signed
    function settleJointly(
        ServicerReport calldata report,
        JointSettlement calldata joint,
        ISignerSet.Signature[] calldata signatures,
        bytes32 expectedResultHash
    ) external;

    /// @notice What the next period would give, on the same code as `settle`, whatever deposit and date
    /// @param depositCents deposit to assume
    function simulate(
        uint256[] calldata inputs,
        uint256 depositCents
    )
        external
        view
        returns (uint256[] memory slots, uint256[] memory transfers, bytes32 resultHash, bytes32 newStateHash);

    /// @notice Pays a payee what it is owed; anybody may call
    function withdraw(uint256 payee) external returns (uint256 amount);

    /// @notice Everything the vault owes to payees or keeps for the deal, in base units: never more than the cash it holds.
    ///         What classes were paid left it at settlement, for the Distributor.
    function liabilities() external view returns (uint256);

    /// @notice Account words and then state words, in cents
    function state() external view returns (uint256[] memory);

    /// @notice keccak256 of the account and state words
    function stateHash() external view returns (bytes32);

    /// @notice The last settled period, zero before the first
    function period() external view returns (uint32);

    /// @notice The last settled period, zero before the first, and the tape root of its report
    function settledTape() external view returns (uint32 period, bytes32 root);

    /// @notice Whether the deal has closed
    function isOpen() external view returns (bool);

    /// @notice Deposits not yet settled, in base units
    function pendingDeposit() external view returns (uint256);

    /// @notice What a payee is owed, in base units
    function owed(uint256 payee) external view returns (uint256);

    /// @notice The initial funding, in base units, that the Subscription sends at closing
    function initialFunding() external view returns (uint256);

    /// @notice A tranche's balance at closing, in cents
    function originalBalance(uint256 tranche) external view returns (uint256);

    /// @notice The tranches' tokens in order of seniority
    function tokens() external view returns (ITrancheToken[] memory);

    /// @notice The payees in the order of the program's sinks
    function payees() external view returns (Payee[] memory);

    /// @notice The instant before which a period (1-based) is not settled
    function paymentDate(uint256 period_) external view returns (uint256);

    /// @notice The settlement stablecoin
    function cash() external view returns (IERC20);

    /// @notice Base units of cash in a cent
    function unit() external view returns (uint256);

    /// @notice The deal's Subscription
    function offering() external view returns (address);

    /// @notice The registry that admits holders
    function registry() external view returns (IInvestorRegistry);

    /// @notice Who decides on signers, changes and the emergency stop
    function control() external view returns (IDealControl);

    /// @notice Parties that an account signs for, as a bit set of `Parties`; zero when it is no signer
    function partiesOf(address account) external view returns (uint8);

    /// @notice Whether the vault is stopped
    function stopped() external view returns (bool);

    /// @notice Where programs and mappings are stored
    function programs() external view returns (IProgramStore);

    /// @notice Address of the stored program that pays the next period
    function program() external view returns (address);

    /// @notice keccak256 of the program that pays the next period
    function programHash() external view returns (bytes32);

    /// @notice keccak256 of the deal document of that program
    function documentHash() external view returns (bytes32);

    /// @notice Holds what the classes were paid until their holders claim it
    function distributor() external view returns (IDistributor);
}
