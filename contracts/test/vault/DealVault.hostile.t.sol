// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {DealFixture} from "../support/DealFixture.sol";
import {FeeCash, HookedCash} from "../support/HostileCash.sol";

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

/// @notice A stablecoin whose issuer turns a fee on when the deal has long closed
contract LaterFeeCash is TestStablecoin {
    bool public taking;

    function take() external {
        taking = true;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (!taking || from == address(0)) return super._update(from, to, amount);
        super._update(from, address(0xFEEFEE), amount / 100);
        super._update(from, to, amount - amount / 100);
    }
}

/// @notice What classes are paid must arrive whole at the Distributor, or the period is not settled
contract DealVaultLaterFeeCashTest is DealFixture {
    function newCash() internal override returns (TestStablecoin) {
        return new LaterFeeCash();
    }

    function test_aFeeTurnedOnLaterStopsTheSettlement() public {
        closeDeal();
        vm.warp(vault.paymentDate(1) - DISPUTE_DELAY);
        deposit(110_000);
        IReportBook.ServicerReport memory report = reportOf(1, 110_000);
        submit(report);
        vm.warp(vault.paymentDate(1));
        bytes32 expected = expectedHash(110_000, 110_000);
        LaterFeeCash(address(cash)).take();
        // 8,000 + 99,900 + 2,000 cents go to the classes; a hundredth of it would be missing.
        bytes4 refusal = IDealVault.CashNotReceived.selector;
        vm.expectRevert(abi.encodeWithSelector(refusal, 109_900 * CENT, 108_801 * CENT));
        vault.settle(report, expected);
        equal(vault.period(), 0, "nothing happened");
        equal(distributor.lastPeriod(), 0, "nor here");
    }
}
