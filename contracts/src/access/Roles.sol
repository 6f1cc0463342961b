// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

// Imported so that it is compiled with the project: a deployment puts OpenZeppelin's manager on chain as it is.
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Role numbers for the AccessManager
/// @notice A deployment assigns the restricted functions of each contract to these roles (see contracts/README.md).
library Roles {
    /// @dev Keeps the investor registry; may remove a subscriber whose admission lapsed before closing.
    uint64 internal constant COMPLIANCE = 1;
    /// @dev Opens, closes and cancels a subscription. Where several deals share one AccessManager, a deployment gives
    ///      each deal a number of its own instead, so that one deal's issuer has no say in another's offering.
    uint64 internal constant ISSUER = 2;
    /// @dev Pauses and resumes the transfers of a tranche.
    uint64 internal constant OPERATOR = 3;
    /// @dev Stops a vault, and gives up a change that was proposed: can refuse, and do nothing.
    uint64 internal constant GUARDIAN = 10;
    /// @dev Resumes a stopped vault.
    uint64 internal constant RESUMER = 11;
    /// @dev Proposes new signers and amendments.
    uint64 internal constant CHANGE_PROPOSER = 12;
    /// @dev Approves them; never the same account that proposed.
    uint64 internal constant CHANGE_APPROVER = 13;
}
