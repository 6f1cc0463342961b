// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IDealRoles} from "./IDealRoles.sol";

/// @title DealRoles
contract DealRoles is IDealRoles, AccessManaged {
    /// @dev Lower numbers are the platform's, so that no account gets a role of it here.
    uint64 private constant FIRST_ROLE = 1 << 63;
    /// @dev The manager's PUBLIC_ROLE, which everybody has.
    uint64 private constant PUBLIC_ROLE = type(uint64).max;

    mapping(address target => bool) private _targets;
    mapping(uint64 role => bool) private _roles;

    /// @param authority the AccessManager, in which this contract is to be made an admin without a delay
    /// @param platform contracts of the platform that the manager guards
    constructor(address authority, address[] memory platform) AccessManaged(authority) {
        _targets[authority] = true;
        _targets[address(this)] = true;
        for (uint256 i; i < platform.length; ++i) _targets[platform[i]] = true;
    }

    /// @inheritdoc IDealRoles
    function give(Target[] calldata targets, Holders[] calldata holders) external restricted {
        address[] memory taken = new address[](targets.length);
        for (uint256 i; i < targets.length; ++i) taken[i] = _restrict(targets[i]);
        uint64[] memory roles = new uint64[](holders.length);
        for (uint256 i; i < holders.length; ++i) roles[i] = _grant(holders[i]);
        emit RolesGiven(taken, roles);
    }

    /// @inheritdoc IDealRoles
    function isTaken(address target) external view returns (bool) {
        return _targets[target];
    }

    function _restrict(Target calldata given) private returns (address target) {
        target = given.target;
        require(!_targets[target], TargetTaken(target));
        _targets[target] = true;
        for (uint256 i; i < given.restrictions.length; ++i) {
            Restriction calldata restriction = given.restrictions[i];
            _requireUnassigned(target, restriction.selectors);
            IAccessManager(authority()).setTargetFunctionRole(target, restriction.selectors, restriction.role);
        }
    }

    /// @dev What the admin assigned, here unseen, is not for the operator to move. The admin's own number is every function's
    ///      that nobody assigned.
    function _requireUnassigned(address target, bytes4[] calldata selectors) private view {
        for (uint256 i; i < selectors.length; ++i) {
            uint64 role = IAccessManager(authority()).getTargetFunctionRole(target, selectors[i]);
            require(role == 0, TargetTaken(target));
        }
    }

    function _grant(Holders calldata given) private returns (uint64 role) {
        role = given.role;
        require(role >= FIRST_ROLE && role != PUBLIC_ROLE, NotDealRole(role));
        require(!_roles[role], RoleTaken(role));
        _roles[role] = true;
        for (uint256 i; i < given.accounts.length; ++i) {
            IAccessManager(authority()).grantRole(role, given.accounts[i], 0);
        }
    }
}
