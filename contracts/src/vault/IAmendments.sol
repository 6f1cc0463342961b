// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Amendments: a new program from a stated period on, with a proven mapping of the state
/// @notice A mapping program (docs/waterfall-program.md, Amendments) names both programs and the period among its constants. It is run once,
///         when that period is next, on the words that the old program left; its accounts and state are the new program's
///         opening words. What was settled stays: programs of past periods remain readable, dates of past periods and
///         the classes' original sizes do not change.
interface IAmendments {
    /// @param to address that the money is sent to
    /// @param mustBeRegistered whether it must be admitted in the registry to be paid (a residual holder)
    struct Payee {
        address to;
        bool mustBeRegistered;
    }

    /// @param fromPeriod first period that the new program pays
    /// @param programHash keccak256 of the new program, stored
    /// @param documentHash keccak256 of the new deal document
    /// @param mappingHash keccak256 of the mapping program, stored
    /// @param payees the new program's sinks after the tranches'; whoever is still owed keeps its place
    /// @param paymentDates instants of all the new program's periods; those before `fromPeriod` as they were, and every one
    ///        not before its record date
    struct Amendment {
        uint32 fromPeriod;
        bytes32 programHash;
        bytes32 documentHash;
        bytes32 mappingHash;
        Payee[] payees;
        uint40[] paymentDates;
    }

    /// @notice The next period is paid by another program; the words are those it opens with
    event Amended(
        uint32 indexed fromPeriod,
        bytes32 indexed programHash,
        bytes32 documentHash,
        bytes32 mappingHash,
        bytes32 stateHash,
        uint256[] state
    );

    /// @notice An amendment is applied exactly when its first period is next
    error AmendmentNotNext(uint32 next, uint32 fromPeriod);
    /// @notice The new accounts would hold more or less than the old ones
    error CashChanged(uint256 before, uint256 afterwards);

    /// @notice Puts a new program in force. Only the control, which has held the amendment against the vault and has run its
    ///         mapping (`IDealControl.applyAmendment`). A pending report, made for the old program, falls.
    /// @param words the new program's account words and then its state words, in cents
    function putInForce(Amendment calldata amendment, uint256[] calldata words) external;
}
