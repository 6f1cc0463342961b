// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {Roles} from "../../src/access/Roles.sol";
import {PlatformFixture} from "../support/PlatformFixture.sol";

/// @notice Parameters and the admin's powers move after the delay and not before; the guardian cancels
contract TimelockTest is PlatformFixture {
    function test_noParameterChangesBeforeTheDelay() public {
        bytes[] memory changes = _changes();
        for (uint256 i; i < changes.length; ++i) _waits(operator, address(token), changes[i]);
        isTrue(token.isAgent(bob), "what was announced is done");
        (, uint256 cap) = token.groupHolders(276);
        equal(cap, 5, "cap");
    }

    function test_noPowerOfTheAdminIsUsedBeforeTheDelay() public {
        bytes4[] memory selectors = _one(token.setStopped.selector);
        bytes[5] memory powers = [
            abi.encodeCall(IAccessManager.grantRole, (Roles.COMPLIANCE, stranger, 0)),
            abi.encodeCall(IAccessManager.revokeRole, (Roles.OPERATOR, operator)),
            abi.encodeCall(IAccessManager.setTargetFunctionRole, (address(token), selectors, Roles.GUARDIAN)),
            abi.encodeCall(IAccessManager.setRoleGuardian, (Roles.PARAMETERS, 0)),
            abi.encodeCall(IAccessManager.updateAuthority, (address(token), address(this)))
        ];
        for (uint256 i; i < powers.length; ++i) _waits(safe, address(manager), powers[i]);
        equal(uint160(token.authority()), uint160(address(this)), "the last of them");
    }

    /// @dev A shorter delay for itself waits for the delay that it has, and then for the difference.
    function test_theAdminDoesNotShortenItsOwnDelay() public {
        bytes memory shorter = abi.encodeCall(IAccessManager.grantRole, (0, safe, 0));
        vm.prank(safe);
        manager.schedule(address(manager), shorter, 0);
        vm.warp(START + TIMELOCK);
        vm.prank(safe);
        manager.execute(address(manager), shorter);
        (, uint32 delay) = manager.hasRole(0, safe);
        equal(delay, TIMELOCK, "still the old one");
        vm.warp(START + 2 * TIMELOCK - 1);
        (, delay) = manager.hasRole(0, safe);
        equal(delay, TIMELOCK, "until the difference is over");
        vm.warp(START + 2 * TIMELOCK);
        (, delay) = manager.hasRole(0, safe);
        equal(delay, 0, "then it holds");
    }

    function test_theGuardianCancels() public {
        bytes memory change = abi.encodeCall(token.addAgent, (bob));
        vm.prank(operator);
        (bytes32 id, ) = manager.schedule(address(token), change, 0);
        vm.prank(guardian);
        manager.cancel(operator, address(token), change);
        vm.warp(START + TIMELOCK);
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, id));
        manager.execute(address(token), change);
        isTrue(!token.isAgent(bob), "nothing changed");
    }

    function test_nobodyElseCancelsAndTheGuardianChangesNothing() public {
        bytes memory change = abi.encodeCall(token.addAgent, (bob));
        vm.prank(operator);
        manager.schedule(address(token), change, 0);
        vm.prank(stranger);
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedCancel.selector);
        manager.cancel(operator, address(token), change);
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        token.addAgent(bob);
    }

    /// @dev What takes powers away, or can be undone at once, does not wait.
    function test_transfersStopAtOnce() public {
        vm.prank(operator);
        token.setStopped(true);
        equal(token.transferCode(alice, bob, 0), Reasons.DEAL_STATE, "stopped");
    }

    function test_theDeployingKeyHasNothingLeft() public {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerUnauthorizedAccount.selector, address(this), uint64(0))
        );
        manager.grantRole(Roles.OPERATOR, address(this), 0);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        token.addAgent(bob);
    }

    function _changes() private view returns (bytes[] memory list) {
        list = new bytes[](9);
        list[0] = abi.encodeCall(token.setName, ("Class B"));
        list[1] = abi.encodeCall(token.setSymbol, ("B"));
        list[2] = abi.encodeCall(token.setOnchainID, (bob));
        list[3] = abi.encodeCall(token.setIdentityRegistry, (address(registry)));
        list[4] = abi.encodeCall(token.setCompliance, (address(0)));
        list[5] = abi.encodeCall(token.addAgent, (bob));
        list[6] = abi.encodeCall(token.setRules, (noRules()));
        list[7] = abi.encodeCall(token.setCountryCap, (276, 5));
        list[8] = abi.encodeCall(token.setCategoryCap, (1, 5));
    }

    /// @dev Refused unannounced; refused when announced for sooner; refused a second before its time; then done.
    function _waits(address from, address target, bytes memory change) private {
        uint256 announced = block.timestamp;
        bytes32 id = manager.hashOperation(from, target, change);
        vm.prank(from);
        (bool done, bytes memory answer) = target.call(change);
        isTrue(!done, "unannounced");
        isTrue(
            keccak256(answer) ==
                keccak256(abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, id)),
            "because it is not announced"
        );
        vm.prank(from);
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedCall.selector);
        manager.schedule(target, change, uint48(announced + TIMELOCK - 1));
        vm.prank(from);
        manager.schedule(target, change, 0);
        vm.warp(announced + TIMELOCK - 1);
        vm.prank(from);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotReady.selector, id));
        manager.execute(target, change);
        vm.warp(announced + TIMELOCK);
        vm.prank(from);
        manager.execute(target, change);
    }
}
