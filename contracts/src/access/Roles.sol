// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

// Imported so that it is compiled with the project: a deployment puts OpenZeppelin's manager on chain as it is.
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Role numbers for the AccessManager
/// @notice A deployment assigns the restricted functions of each contract to these roles (see contracts/README.md).
///         ADMIN (0) is OpenZeppelin's own; numbers from 2^63 on are single deals' (DealRoles).
library Roles {
    /// @dev Keeps the investor registry; may remove a subscriber whose admission lapsed before closing.
    uint64 internal constant COMPLIANCE = 1;
    /// @dev Opens, closes and cancels a subscription. Where several deals share one AccessManager, a deployment gives
    ///      each deal a number of its own instead, so that one deal's issuer has no say in another's offering.
    uint64 internal constant ISSUER = 2;
    /// @dev Puts new deals up: gives their roles (DealRoles), admits their vaults to the registry of pledges. Stops the
    ///      transfers of a tranche, links documents, takes an agent's powers.
    uint64 internal constant OPERATOR = 3;
    /// @dev Changes the parameters of a tranche's token: rules, caps, registry, compliance contract, agents, names. Its
    ///      holders have an execution delay, the timelock; GUARDIAN cancels what they announced.
    uint64 internal constant PARAMETERS = 4;
    /// @dev Stops a vault, and gives up a change that was proposed: can refuse, and do nothing.
    uint64 internal constant GUARDIAN = 10;
    /// @dev Resumes a stopped vault.
    uint64 internal constant RESUMER = 11;
    /// @dev Proposes new signers and amendments.
    uint64 internal constant CHANGE_PROPOSER = 12;
    /// @dev Approves them; never the same account that proposed.
    uint64 internal constant CHANGE_APPROVER = 13;
}
