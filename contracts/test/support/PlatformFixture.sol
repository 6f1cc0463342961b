// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {DealRoles} from "../../src/access/DealRoles.sol";
import {IDealRoles} from "../../src/access/IDealRoles.sol";
import {Roles} from "../../src/access/Roles.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {IERC3643} from "../../src/token/IERC3643.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TokenFixture} from "./TokenFixture.sol";

/// @notice Roles as a deployment leaves them, and a token that was given to them as a new deal's
abstract contract PlatformFixture is TokenFixture {
    uint32 internal constant TIMELOCK = 2 days;
    uint64 internal constant DEAL_ROLE = 1 << 63;

    address internal safe = address(0x5AFE);
    address internal operator = address(0x09E7);
    address internal guardian = address(0x64A4);
    DealRoles internal dealRoles;

    function setUp() public virtual override {
        super.setUp();
        dealRoles = new DealRoles(address(manager), one(address(registry)));
        manager.grantRole(Roles.OPERATOR, operator, 0);
        manager.grantRole(Roles.PARAMETERS, operator, TIMELOCK);
        manager.grantRole(Roles.GUARDIAN, guardian, 0);
        manager.setRoleGuardian(Roles.PARAMETERS, Roles.GUARDIAN);
        manager.setTargetFunctionRole(address(dealRoles), _one(IDealRoles.give.selector), Roles.OPERATOR);
        manager.grantRole(0, address(dealRoles), 0);
        manager.grantRole(0, safe, TIMELOCK);
        manager.renounceRole(0, address(this));
        vm.prank(operator);
        dealRoles.give(targets(address(token)), holders(DEAL_ROLE, alice));
    }

    /// @dev Holders are counted by country and category, so that there are caps to change.
    function terms() internal view override returns (ITrancheToken.TrancheTerms memory given) {
        given = super.terms();
        given.countsCountries = true;
        given.countsCategories = true;
    }

    /// @dev A token's functions as bindings assign them.
    function targets(address target) internal pure returns (IDealRoles.Target[] memory list) {
        IDealRoles.Restriction[] memory given = new IDealRoles.Restriction[](2);
        given[0] = IDealRoles.Restriction(Roles.OPERATOR, _one(ITokenTerms.setStopped.selector));
        bytes4[] memory parameters = new bytes4[](9);
        parameters[0] = IERC3643.setName.selector;
        parameters[1] = IERC3643.setSymbol.selector;
        parameters[2] = IERC3643.setOnchainID.selector;
        parameters[3] = IERC3643.setIdentityRegistry.selector;
        parameters[4] = IERC3643.setCompliance.selector;
        parameters[5] = IERC3643.addAgent.selector;
        parameters[6] = ITokenTerms.setRules.selector;
        parameters[7] = ITokenTerms.setCountryCap.selector;
        parameters[8] = ITokenTerms.setCategoryCap.selector;
        given[1] = IDealRoles.Restriction(Roles.PARAMETERS, parameters);
        list = new IDealRoles.Target[](1);
        list[0] = IDealRoles.Target(target, given);
    }

    function holders(uint64 role, address account) internal pure returns (IDealRoles.Holders[] memory list) {
        list = new IDealRoles.Holders[](1);
        list[0] = IDealRoles.Holders(role, one(account));
    }

    function _one(bytes4 selector) internal pure returns (bytes4[] memory list) {
        list = new bytes4[](1);
        list[0] = selector;
    }
}
