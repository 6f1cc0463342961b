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
}
