// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IDealRoles} from "../../src/access/IDealRoles.sol";
import {Roles} from "../../src/access/Roles.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {PlatformFixture} from "../support/PlatformFixture.sol";
import {Strangers} from "../support/Strangers.sol";

/// @notice New deals get their roles at once; what has some is the admin's affair
contract DealRolesTest is PlatformFixture, Strangers {
    IDealRoles.Holders[] private _nobody;
    IDealRoles.Target[] private _nothing;

    function test_givesFunctionsAndHoldersAtOnce() public {
        TrancheToken other = newToken(terms());
        IDealRoles.Holders[] memory two = new IDealRoles.Holders[](2);
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (bob, carol);
        two[0] = IDealRoles.Holders(DEAL_ROLE + 1, accounts);
        two[1] = IDealRoles.Holders(type(uint64).max - 1, one(bob));
        isTrue(!dealRoles.isTaken(address(other)), "new");
        vm.prank(operator);
        dealRoles.give(targets(address(other)), two);
        isTrue(dealRoles.isTaken(address(other)), "taken");
        equal(manager.getTargetFunctionRole(address(other), other.setStopped.selector), Roles.OPERATOR, "stops");
        equal(manager.getTargetFunctionRole(address(other), other.addAgent.selector), Roles.PARAMETERS, "agents");
        equal(manager.getTargetFunctionRole(address(other), other.removeAgent.selector), 0, "not named: the admin's");
        for (uint256 i; i < 2; ++i) {
            (bool has, uint32 delay) = manager.hasRole(DEAL_ROLE + 1, accounts[i]);
            isTrue(has && delay == 0, "holds it, without a delay");
        }
        (bool last, ) = manager.hasRole(type(uint64).max - 1, bob);
        isTrue(last, "the highest number");
    }

    function test_aContractIsTakenOnce() public {
        _refuses(targets(address(token)), _nobody, abi.encodeWithSelector(IDealRoles.TargetTaken.selector, token));
    }

    /// @dev Else the operator could take the compliance officer's functions, or its own restriction, to a role of its own.
    function test_platformContractsAreTaken() public {
        address[3] memory platform = [address(registry), address(manager), address(dealRoles)];
        for (uint256 i; i < 3; ++i) {
            bytes memory reason = abi.encodeWithSelector(IDealRoles.TargetTaken.selector, platform[i]);
            _refuses(targets(platform[i]), _nobody, reason);
        }
    }

    /// @dev Such as a second registry, which the admin made ready before the tokens are to ask it.
    function test_whatTheAdminAssignedIsTaken() public {
        TrancheToken other = newToken(terms());
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = other.addAgent.selector;
        vm.prank(address(dealRoles));
        manager.setTargetFunctionRole(address(other), selectors, Roles.COMPLIANCE);
        _refuses(targets(address(other)), _nobody, abi.encodeWithSelector(IDealRoles.TargetTaken.selector, other));
        equal(manager.getTargetFunctionRole(address(other), other.addAgent.selector), Roles.COMPLIANCE, "as it was");
        equal(manager.getTargetFunctionRole(address(other), other.setStopped.selector), 0, "nothing half done");
    }

    function test_aRoleIsTakenOnce() public {
        bytes memory reason = abi.encodeWithSelector(IDealRoles.RoleTaken.selector, DEAL_ROLE);
        _refuses(_nothing, holders(DEAL_ROLE, operator), reason);
    }

    function testFuzz_give_noPlatformRoles(uint64 role) public {
        role %= DEAL_ROLE;
        bytes memory reason = abi.encodeWithSelector(IDealRoles.NotDealRole.selector, role);
        _refuses(_nothing, holders(role, operator), reason);
    }

    function testFuzz_setAuthority(uint256 by) public {
        authorityStays(by, address(dealRoles));
    }

    function test_everybodysRoleIsNotGiven() public {
        bytes memory reason = abi.encodeWithSelector(IDealRoles.NotDealRole.selector, type(uint64).max);
        _refuses(_nothing, holders(type(uint64).max, operator), reason);
    }

    function test_onlyTheOperatorGives() public {
        address[3] memory others = [stranger, safe, guardian];
        for (uint256 i; i < 3; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]));
            dealRoles.give(_nothing, _nobody);
        }
    }

    function _refuses(IDealRoles.Target[] memory list, IDealRoles.Holders[] memory roles, bytes memory why) private {
        vm.prank(operator);
        vm.expectRevert(why);
        dealRoles.give(list, roles);
    }
}
