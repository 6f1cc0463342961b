// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPledgedDeal} from "./IPledgedDeal.sol";
import {SumProofs} from "./SumProofs.sol";

/// @title Which loans are pledged to which deal, and what became of them
/// @notice One registry serves all deals of a deployment, so that no loan is pledged to two of them. A loan is known by its
///         pledge key, keccak256(pledge salt ‖ loan key): the same for every deal, and telling nobody which loan it is until
///         the salt is shown. Loan keys are an originator's own numbers, so that the salt must be made of both: the same for
///         one originator's loan everywhere, and another for a loan of the same number of somebody else.
///         The root of a period is the tape root of the report that the vault settled.
interface IPledgeRegistry {
    /// @notice What shows one loan in a settled period's tape
    /// @param loanKey the loan's key in the servicer's tape
    /// @param leafSalt the salt of its row in this deal
    /// @param leaf the row: salted id and money columns
    /// @param proof path to the root
    struct LoanRow {
        string loanKey;
        bytes32 leafSalt;
        SumProofs.Leaf leaf;
        SumProofs.Proof proof;
    }

    /// @notice Loans may be pledged to this vault from now on
    event VaultAdmitted(address indexed vault);
    /// @notice The vault never opened; its loans are free
    event VaultAbandoned(address indexed vault);
    /// @notice Loans were pledged
    event Pledged(address indexed vault, bytes32[] keys);
    /// @notice The tape root of a settled period is on record
    event RootRecorded(address indexed vault, uint32 indexed period, bytes32 root);
    /// @notice A loan was paid off, charged off or repurchased in this period and is free
    event Released(address indexed vault, bytes32 indexed key, uint32 period);

    /// @notice The vault was not admitted, or was abandoned
    error VaultUnknown(address vault);
    /// @notice The vault is admitted already, or was abandoned
    error VaultKnown(address vault);
    /// @notice The deal has closed: its loans are released one by one, as they end
    error VaultOpen(address vault);
    /// @notice Loans are pledged before the deal closes
    error PledgeTooLate(address vault);
    /// @notice Only the vault's servicer pledges loans to it
    error NotServicer(address caller);
    /// @notice The loan is pledged to a deal already
    error PledgedTo(bytes32 key, address vault);
    /// @notice The loan is not pledged to this vault
    error NotPledged(bytes32 key, address vault);
    /// @notice The vault has settled no period yet
    error NothingSettled(address vault);
    /// @notice No root is on record for the period: `recordRoot` keeps that of the period settled last
    error RootUnknown(address vault, uint32 period);
    /// @notice The row is not under the period's root, or its id is not that of the loan
    error RowNotProven(bytes32 root, bytes32 reached);
    /// @notice The loan still has a balance (cents) at the end of the period
    error BalanceLeft(uint256 closing);

    /// @notice Lets loans be pledged to a vault. Restricted to OPERATOR.
    function admit(IPledgedDeal vault) external;

    /// @notice Frees the loans of a vault that never opened. Restricted to OPERATOR.
    function abandon(IPledgedDeal vault) external;

    /// @notice Pledges loans to a vault that has not opened yet. Only its servicer; refuses a loan that is pledged anywhere.
    function pledge(IPledgedDeal vault, bytes32[] calldata keys) external;

    /// @notice Keeps the tape root of the period that the vault settled last. Anybody, before the next is settled.
    function recordRoot(IPledgedDeal vault) external returns (uint32 period, bytes32 root);

    /// @notice Frees a loan that closed a settled period without a balance. Anybody who can show its row and salts.
    function release(IPledgedDeal vault, uint32 period, LoanRow calldata row, bytes32 pledgeSalt) external;

    /// @notice Reverts unless the row is the loan's under the period's root; returns the loan's closing balance in cents
    function proveLoan(IPledgedDeal vault, uint32 period, LoanRow calldata row) external view returns (uint256 closing);

    /// @notice The vault that a loan is pledged to, zero when it is free
    function pledgedTo(bytes32 key) external view returns (address vault);

    /// @notice Whether loans can be pledged to the vault
    function isAdmitted(address vault) external view returns (bool);

    /// @notice Number of loans pledged to a vault and not released
    function pledgedCount(address vault) external view returns (uint256);

    /// @notice The tape root of a settled period, zero when it is not on record
    function rootOf(address vault, uint32 period) external view returns (bytes32);
}
