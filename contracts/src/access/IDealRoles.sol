// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Gives the roles over a new deal's contracts, once
/// @notice Where many deals share one AccessManager, only its admin can say who may call what in a new deal's contracts. The
///         admin waits for the timelock, and a new deal cannot; so this contract is an admin too, and does one thing with
///         it: for contracts and for role numbers that it never saw, and never again. Whatever was given before changes
///         by the admin alone, after the timelock.
interface IDealRoles {
    /// @notice Functions of a contract that a role may call
    struct Restriction {
        uint64 role;
        bytes4[] selectors;
    }

    /// @notice A contract of the deal and who may call what there; functions that are not named stay the admin's
    struct Target {
        address target;
        Restriction[] restrictions;
    }

    /// @notice A role of the deal and its holders, who act at once
    struct Holders {
        uint64 role;
        address[] accounts;
    }

    /// @notice The roles over these contracts stand
    event RolesGiven(address[] targets, uint64[] roles);

    /// @notice The contract's roles were given before, here or by the admin, or are the platform's: ask the admin
    error TargetTaken(address target);
    /// @notice Another deal, or an earlier call, has the number: take one that is new
    error RoleTaken(uint64 role);
    /// @notice Numbers below 2^63, and the manager's two own, are not a deal's
    error NotDealRole(uint64 role);

    /// @notice Gives the roles over contracts of one deal. A contract, and a role number, is taken once.
    /// @param targets the contracts
    /// @param holders who holds the deal's own roles; other numbers are refused here
    function give(Target[] calldata targets, Holders[] calldata holders) external;

    /// @notice Whether the roles over a contract were given here, or are the platform's
    function isTaken(address target) external view returns (bool);
}
