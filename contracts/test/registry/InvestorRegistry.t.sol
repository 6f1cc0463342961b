// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Entries, reason codes at their edges in time, and who may change them
contract InvestorRegistryTest is DealFixture {
    function test_reasonsForAnAccount() public {
        equal(registry.canReceive(stranger), Reasons.RECEIVER_NOT_REGISTERED, "unknown receiver");
        equal(registry.canSend(stranger), Reasons.SENDER_NOT_REGISTERED, "unknown sender");
        registry.register(stranger, IInvestorRegistry.Entry(START + 100, START + 50, 840, 3));
        equal(registry.canReceive(stranger), Reasons.OK, "admitted");
        equal(registry.canSend(stranger), Reasons.LOCKED_UP, "locked up");
        vm.warp(START + 50);
        equal(registry.canSend(stranger), Reasons.OK, "free at the instant itself");
        vm.warp(START + 99);
        equal(registry.canReceive(stranger), Reasons.OK, "last valid second");
        vm.warp(START + 100);
        equal(registry.canReceive(stranger), Reasons.KYC_EXPIRED, "expired");
        equal(registry.canSend(stranger), Reasons.OK, "an expired holder may still send");
        equal(registry.transferCode(stranger, alice), Reasons.OK, "to somebody admitted");
        equal(registry.transferCode(alice, stranger), Reasons.KYC_EXPIRED, "but not receive");
    }

    function test_freezeStaysThroughARenewal() public {
        registry.setFrozen(alice, true);
        equal(registry.canReceive(alice), Reasons.FROZEN, "receives nothing");
        equal(registry.canSend(alice), Reasons.FROZEN, "sends nothing");
        admit(alice);
        equal(registry.canSend(alice), Reasons.FROZEN, "a renewed entry does not lift a freeze");
        registry.setFrozen(alice, false);
        equal(registry.canSend(alice), Reasons.OK, "released");
    }

    function test_entryIsReadBackAndRemoved() public {
        registry.register(alice, IInvestorRegistry.Entry(1, 2, 3, 4));
        (IInvestorRegistry.Entry memory entry, bool registered, bool frozen) = registry.entryOf(alice);
        equal(entry.kycExpiry, 1, "kycExpiry");
        equal(entry.lockedUntil, 2, "lockedUntil");
        equal(entry.country, 3, "country");
        equal(entry.categories, 4, "categories");
        isTrue(registered && !frozen, "flags");
        registry.remove(alice);
        (, registered, ) = registry.entryOf(alice);
        isTrue(!registered, "removed");
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.NotRegistered.selector, alice));
        registry.remove(alice);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.NotRegistered.selector, alice));
        registry.setFrozen(alice, true);
    }

    function test_aFreezeOutlivesRemoval() public {
        admit(alice);
        registry.setFrozen(alice, true);
        registry.remove(alice);
        admit(alice);
        equal(registry.canSend(alice), Reasons.FROZEN, "still frozen");
        registry.setFrozen(alice, false);
        equal(registry.canSend(alice), Reasons.OK, "released");
    }

    function test_registersMany() public {
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (stranger, feeTaker);
        IInvestorRegistry.Entry[] memory entries = new IInvestorRegistry.Entry[](2);
        (entries[0].kycExpiry, entries[1].kycExpiry) = (FOREVER, FOREVER);
        registry.registerMany(accounts, entries);
        equal(registry.transferCode(stranger, feeTaker), Reasons.OK, "both are in");
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.LengthMismatch.selector, 2, 1));
        registry.registerMany(accounts, new IInvestorRegistry.Entry[](1));
    }

    function test_refusesTheZeroAccountAndStrangers() public {
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.ZeroAccount.selector));
        registry.register(address(0), IInvestorRegistry.Entry(FOREVER, 0, 0, 0));
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        registry.register(stranger, IInvestorRegistry.Entry(FOREVER, 0, 0, 0));
        vm.expectRevert(refusal);
        registry.registerMany(new address[](0), new IInvestorRegistry.Entry[](0));
        vm.expectRevert(refusal);
        registry.setFrozen(alice, true);
        vm.expectRevert(refusal);
        registry.remove(alice);
        vm.stopPrank();
    }
}
