// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPledgeRegistry} from "../collateral/IPledgeRegistry.sol";
import {IDealVault} from "../vault/IDealVault.sol";

/// @title The invariants of a deal, by letter, asked of its contracts
/// @notice A  The vault's cash covers its accounts, the pending deposit and what payees are owed.
///         B  The Distributor's cash covers what holders and the tax account are owed, carried dust included.
///         C  No more is paid than came in: of a class and period, at most what was booked; tax is held only out of
///            interest that was paid. (That the deal as a whole pays no more than was deposited, its events tell.)
///         D  Supply × factor is the program's balance of the class: the supply is the original balance, exactly, and the
///            factor is 10^18 × balance ÷ original balance, rounded down.
///         E  No path gives tokens to an account that was never admitted: the balances of all that were are the supply.
///         F  A claim pays exactly once: the record-date balances of those marked as paid are what the booking counts.
///         G  Balances at a record date add up to the supply at it.
///         H  The offering's cash covers its positions and what is to be refunded.
///         I  A loan that is pledged to a deal is pledged to it alone.
///         J  Nothing is booked that was not settled: the Distributor's last period is not after the vault's.
///         The contract has no state and no powers; one serves all deals. The same letters stand over forge's invariant
///         tests and over the alarms of the services.
interface IDealHealth {
    /// @notice Whether an invariant holds. `Unanswered` is no less alarming than `Broken`: a contract of the deal, or its
    ///         stablecoin, failed when it was asked, which sound ones never do.
    enum Verdict {
        Holds,
        Broken,
        Unanswered
    }

    /// @param vault the deal's vault, which names the others
    /// @param accounts every account that was ever admitted, each once: E to H need to know whom to ask about
    /// @param fromPeriod first period to look at for C, F and G; zero for none
    /// @param toPeriod last of them; periods that have not come hold
    struct Question {
        IDealVault vault;
        address[] accounts;
        uint32 fromPeriod;
        uint32 toPeriod;
    }

    /// @notice One invariant at one place
    /// @param letter which one
    /// @param verdict whether it holds
    /// @param tranche class it is about, from 0; zero too where the invariant is of no class
    /// @param period period it is about, zero where it is of none
    /// @param actual what there is: A, B, H cash, at least `expected`; C what was paid, J the period booked, at most
    ///        `expected`; D to G and I equal to `expected`
    /// @param expected what it is held against
    struct Finding {
        bytes1 letter;
        Verdict verdict;
        uint16 tranche;
        uint32 period;
        uint256 actual;
        uint256 expected;
    }

    /// @notice The call has too little gas for the question: ask about fewer accounts or periods
    error NotEnoughGas();

    /// @notice All invariants but I, in this order: A, B, H, J; D and E of each class; C, F and G of each period of each
    ///         class. Answers whatever state the deal is in; reverts only for want of gas. A vault that does not name its
    ///         tokens has the first four alone, the first of them unanswered.
    function findings(Question calldata question) external view returns (Finding[] memory list);

    /// @notice I: of these loans, which the deal's events say it has, those that are pledged to it
    function pledged(
        IPledgeRegistry registry,
        IDealVault vault,
        bytes32[] calldata keys
    ) external view returns (Finding memory);

    // The figures of one invariant each. These revert when a contract that they ask fails.

    /// @notice Classes of the deal
    function trancheCount(IDealVault vault) external view returns (uint256);

    /// @notice A, in base units of cash; nothing is owed before the deal opens
    function vaultCash(IDealVault vault) external view returns (uint256 actual, uint256 expected);

    /// @notice B, in base units of cash
    function distributorCash(IDealVault vault) external view returns (uint256 actual, uint256 expected);

    /// @notice C, in base units of cash: the pair that breaks it if one does, else interest and principal together
    function paidOf(
        IDealVault vault,
        uint256 tranche,
        uint32 period
    ) external view returns (uint256 actual, uint256 expected);

    /// @notice D: supply and original face when they differ, else the factor; from opening on
    function faceOf(IDealVault vault, uint256 tranche) external view returns (uint256 actual, uint256 expected);

    /// @notice E, in base units of the token
    function heldBy(
        IDealVault vault,
        uint256 tranche,
        address[] calldata accounts
    ) external view returns (uint256 actual, uint256 expected);

    /// @notice F, in base units of the token
    function claimedBy(
        IDealVault vault,
        uint256 tranche,
        uint32 period,
        address[] calldata accounts
    ) external view returns (uint256 actual, uint256 expected);

    /// @notice G, in base units of the token; nothing before the record date is over
    function recordedBy(
        IDealVault vault,
        uint256 tranche,
        uint32 period,
        address[] calldata accounts
    ) external view returns (uint256 actual, uint256 expected);

    /// @notice H, in base units of cash
    function escrow(
        IDealVault vault,
        address[] calldata accounts
    ) external view returns (uint256 actual, uint256 expected);

    /// @notice I: loans of the list that are pledged to the vault, and the length of the list
    function pledgesOf(
        IPledgeRegistry registry,
        IDealVault vault,
        bytes32[] calldata keys
    ) external view returns (uint256 actual, uint256 expected);

    /// @notice J
    function lastPeriods(IDealVault vault) external view returns (uint256 actual, uint256 expected);
}
