// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {DealFixture} from "../support/DealFixture.sol";
import {FeeCash, HookedCash} from "../support/HostileCash.sol";

/// @notice A holder that claims again while it is being paid
contract GreedyHolder {
    DealVault public vault;
    bool public tried;

    function aim(DealVault vault_) external {
        vault = vault_;
    }

    function cashReceived() external {
        tried = true;
        // Another period, so that only the guard can refuse it.
        vault.claimFor(address(this), 0, 2);
    }
}

/// @notice A subscriber that asks for its refund again while it is being paid
contract GreedySubscriber {
    ISubscription private _offering;

    function subscribe(TestStablecoin cash, ISubscription offering, uint256 amount) external {
        _offering = offering;
        cash.approve(address(offering), amount);
        offering.subscribe(0, amount);
    }

    function cashReceived() external {
        if (address(_offering) != address(0)) _offering.refund(address(this));
    }
}

/// @notice Reentrancy through a stablecoin with hooks
contract DealVaultHookedCashTest is DealFixture {
    function newCash() internal override returns (TestStablecoin) {
        return new HookedCash();
    }

    function test_aHookCannotClaimAgain() public {
        GreedyHolder greedy = new GreedyHolder();
        admit(address(greedy));
        closeDeal();
        vm.prank(alice);
        senior.transfer(address(greedy), 1_000e6);
        settle(1, 110_000);
        settle(2, 110_000);
        greedy.aim(vault);
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
        vault.claimFor(address(greedy), 0, 1);
        equal(cash.balanceOf(address(greedy)), 0, "nothing was paid");
        isTrue(!greedy.tried(), "and the attempt is undone");
    }

    function test_aHookCannotRefundTwice() public {
        GreedySubscriber greedy = new GreedySubscriber();
        admit(address(greedy));
        offering.open(vault);
        subscribe(alice, 0, 500 * CENT);
        cash.mint(address(greedy), 100 * CENT);
        greedy.subscribe(cash, offering, 100 * CENT);
        offering.cancel();
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
        offering.refund(address(greedy));
        equal(cash.balanceOf(address(offering)), 600 * CENT, "nothing left");
        // One that cannot be paid holds up nobody else.
        offering.refund(alice);
        equal(cash.balanceOf(alice), 500 * CENT, "alice has hers");
    }
}

/// @notice A stablecoin that takes a fee on transfer is refused, not absorbed
contract DealVaultFeeCashTest is DealFixture {
    function newCash() internal override returns (TestStablecoin) {
        return new FeeCash();
    }

    function test_feeOnTransferIsRefused() public {
        offering.open(vault);
        fund(alice, address(offering), 100 * CENT);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.CashNotReceived.selector, 100 * CENT, 99 * CENT));
        offering.subscribe(0, 100 * CENT);
    }
}
