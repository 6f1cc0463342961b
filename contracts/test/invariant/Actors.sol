// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DealFixture} from "../support/DealFixture.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";

/// @notice All actors of a closed deal, doing anything they can at any time; every call that reverts is a named refusal
/// @dev It is the deal's deployer as well, so that it can freeze and renew.
contract Actors is DealFixture {
    uint256 public deposited;
    uint256 public paid;
    uint256 public settlements;
    address[] public holders;

    constructor() {
        setUp();
        closeDeal();
        deposited = 50_000 * CENT;
        holders = [alice, bob, carol, sponsor];
    }

    function transfer(uint256 from, uint256 to, uint256 tranche, uint256 amount) external {
        ITrancheToken token = tranche % 2 == 0 ? senior : junior;
        address sender = holders[from % 4];
        // One in five goes to a stranger, which must fail.
        address receiver = to % 5 == 4 ? stranger : holders[to % 5];
        uint256 value = bound(amount, 0, token.balanceOf(sender));
        vm.prank(sender);
        try token.transfer(receiver, value) {} catch {}
    }

    function setFrozen(uint256 who, bool frozen) external {
        registry.setFrozen(holders[who % 4], frozen);
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 20 days));
    }

    function depositCash(uint256 cents) external {
        if (vault.period() == 3) return;
        uint256 amount = bound(cents, 1, 400_000);
        deposit(amount);
        deposited += amount * CENT;
    }

    function strayCash(uint256 amount) external {
        cash.mint(address(vault), bound(amount, 0, 1e9));
    }

    function settleNext() external {
        uint32 next = vault.period() + 1;
        if (next > 3 || block.timestamp < vault.paymentDate(next)) return;
        uint256 pending = vault.pendingDeposit() / CENT;
        settleNow(reportOf(next, pending), expectedHash(pending, pending));
        ++settlements;
    }

    function claim(uint256 who, uint256 tranche, uint256 number) external {
        address account = who % 5 == 4 ? stranger : holders[who % 5];
        try distributor.claimFor(account, tranche % 2, uint32(bound(number, 0, 4))) returns (uint256 amount) {
            paid += amount;
        } catch {}
    }

    function withdraw(uint256 payee) external {
        try vault.withdraw(payee % 3) returns (uint256 amount) {
            paid += amount;
        } catch {}
    }

    // What the invariants look at.

    function held() external view returns (uint256) {
        return cash.balanceOf(address(vault)) + cash.balanceOf(address(distributor));
    }

    function liabilities() external view returns (uint256) {
        return vault.liabilities() + distributor.liabilities();
    }

    function strangerHolds() external view returns (uint256) {
        return senior.balanceOf(stranger) + junior.balanceOf(stranger) + cash.balanceOf(stranger);
    }

    function period() external view returns (uint32) {
        return vault.period();
    }

    function recordDateGap(uint256 tranche, uint256 recordDate) external view returns (uint256) {
        ITrancheToken token = tranche == 0 ? senior : junior;
        uint256 sum;
        for (uint256 i; i < 4; ++i) sum += token.balanceAt(holders[i], recordDate);
        return token.supplyAt(recordDate) - sum;
    }

    function recordDatesPassed() external view returns (uint256) {
        return senior.recordDatesPassed();
    }
}
