// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Subscription} from "../../src/offering/Subscription.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {OfferFixture} from "../support/OfferFixture.sol";
import {Strangers} from "../support/Strangers.sol";

/// @notice Each function of an offering, with any arguments, any caller, and at any time
contract SubscriptionFuzzTest is OfferFixture, Strangers {
    uint256 private constant LOT = 100 * CENT;

    function setUp() public override {
        super.setUp();
        _terms.tranches[0] = ISubscription.TrancheOffer(400_000, 1_200_000, 600_000, 100);
        _terms.tranches[1] = ISubscription.TrancheOffer(0, 200_000, 0, 100);
        _offer();
    }

    function _wrongPhase() private view returns (bytes memory) {
        return abi.encodeWithSelector(ISubscription.WrongPhase.selector, offering.phase());
    }

    /// @dev Drafted offers open for the vault that was made for them, and no other.
    function testFuzz_open(uint256 by, bool mine) public {
        IDealVault first = vault;
        _offer();
        vm.expectRevert(_wrongPhase());
        offering.open(vault);
        offering = _drafted();
        unauthorised(by, address(offering), abi.encodeCall(offering.open, (vault)));
        if (!mine) vm.expectRevert(abi.encodeWithSelector(ISubscription.VaultMismatch.selector, first));
        offering.open(mine ? vault : first);
        isTrue(offering.phase() == (mine ? ISubscription.Phase.Open : ISubscription.Phase.Drafted), "phase");
        equal(senior.transferCode(alice, bob, 0), mine ? Reasons.DEAL_STATE : Reasons.OK, "notes are stopped");
    }

    function testFuzz_subscribe(uint256 amount, uint256 tranche, uint256 time, bool admitted) public {
        address by = admitted ? alice : stranger;
        (amount, tranche) = (amount % 4 == 0 ? amount : bound(amount, 0, 15_000) * LOT, tranche % 3);
        // The coin mints less than 2^255 in all.
        fund(by, address(offering), amount >> 1 > type(uint256).max >> 2 ? 0 : amount);
        vm.warp(START + bound(time, 0, 2 days));
        uint256 most = tranche == 0 ? 600_000 * CENT : 200_000 * CENT;
        bool taken = admitted && tranche < 2 && block.timestamp <= START + 1 days;
        taken = taken && amount != 0 && amount % LOT == 0 && amount <= most;
        vm.prank(by);
        try offering.subscribe(tranche, amount) {
            isTrue(taken, "taken though it does not fit");
        } catch {
            isTrue(!taken, "refused though it fits");
        }
        equal(offering.subscribed(by, tranche), taken ? amount : 0, "subscribed");
        equal(cash.balanceOf(address(offering)), taken ? amount : 0, "paid");
    }

    /// @dev With a permit that is the subscriber's, one that is not, and one that somebody brought before.
    function testFuzz_subscribeWithPermit(uint256 lots, uint8 how, bytes32 garbage) public {
        address by = vm.addr(0xA11);
        admit(by);
        uint256 amount = bound(lots, 1, 6_000) * LOT;
        cash.mint(by, amount);
        ISubscription.Permit memory permit = _permit(by, amount);
        bool good = how % 3 != 0;
        if (!good) permit.s = garbage;
        if (how % 3 == 2) cash.permit(by, address(offering), amount, FOREVER, permit.v, permit.r, permit.s);
        vm.prank(by);
        try offering.subscribeWithPermit(0, amount, permit) {
            isTrue(good, "taken without an allowance");
        } catch {
            isTrue(!good, "a permit brought by somebody else does no harm");
        }
        equal(offering.subscribed(by, 0), good ? amount : 0, "subscribed");
        equal(cash.allowance(by, address(offering)), 0, "nothing is left allowed");
    }

    function _permit(address by, uint256 amount) private returns (ISubscription.Permit memory permit) {
        bytes32 kind = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = keccak256(abi.encode(kind, by, address(offering), amount, cash.nonces(by), FOREVER));
        (permit.v, permit.r, permit.s) = vm.sign(
            0xA11,
            keccak256(abi.encodePacked(hex"1901", cash.DOMAIN_SEPARATOR(), hash))
        );
        permit.deadline = FOREVER;
    }

    function testFuzz_withdraw(uint256 lots, uint256 tranche, uint8 phase_) public {
        _subscribe(lots);
        tranche %= 3;
        if (phase_ % 3 == 1) offering.cancel();
        if (phase_ % 3 == 2) offering.close(0);
        uint256 amount = offering.subscribed(alice, 0);
        bytes4 none = ISubscription.NoSubscription.selector;
        vm.prank(alice);
        if (phase_ % 3 != 0) vm.expectRevert(_wrongPhase());
        else if (tranche != 0) vm.expectRevert(abi.encodeWithSelector(none, alice, tranche));
        offering.withdraw(tranche);
        bool back = phase_ % 3 == 0 && tranche == 0;
        equal(offering.subscribed(alice, 0), back ? 0 : amount, "subscribed");
        equal(offering.refundable(alice), back || phase_ % 3 == 1 ? amount : 0, "to be refunded");
    }

    function testFuzz_removeSubscriber(uint256 by, uint256 lots, uint8 how) public {
        _subscribe(lots);
        unauthorised(by, address(offering), abi.encodeCall(offering.removeSubscriber, (alice, 0)));
        bool admitted = how % 3 == 0;
        if (how % 3 == 1) registry.setFrozen(alice, true);
        if (how % 3 == 2) registry.remove(alice);
        uint256 amount = offering.subscribed(alice, 0);
        if (admitted) vm.expectRevert(abi.encodeWithSelector(ISubscription.SubscriberAdmitted.selector, alice));
        offering.removeSubscriber(alice, 0);
        equal(offering.refundable(alice), admitted ? 0 : amount, "to be refunded");
        if (!admitted) equal(offering.refund(alice), amount, "a lapsed admission keeps nobody's cash");
    }

    function testFuzz_close(uint256 by, uint256 lots, uint256 time, uint256 most) public {
        uint256 amount = bound(lots, 1, 6_000) * LOT;
        subscribe(alice, 0, amount);
        unauthorised(by, address(offering), abi.encodeCall(offering.close, (most)));
        vm.warp(START + bound(time, 0, 2 days));
        bool inTime = block.timestamp <= START + 1 days;
        bool enough = amount >= 400_000 * CENT;
        if (!inTime) vm.expectPartialRevert(ISubscription.DeadlinePassed.selector);
        else if (!enough) vm.expectPartialRevert(ISubscription.BelowMinimum.selector);
        offering.close(most);
        isTrue(vault.isOpen() == (inTime && enough && most != 0), "closed with the only position");
        if (vault.isOpen()) equal(senior.totalSupply(), 8_000e6, "all notes exist");
    }

    /// @dev In whatever pieces, by anybody: the same as in one.
    function testFuzz_allot(uint256 by, uint256[6] calldata pieces, uint256 time) public {
        subscribe(alice, 0, 600_000 * CENT);
        subscribe(bob, 0, 600_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        vm.expectRevert(_wrongPhase());
        offering.allot(1);
        offering.close(0);
        vm.warp(START + bound(time, 0, 14 days));
        bool inTime = block.timestamp <= START + 7 days;
        uint256 done;
        for (uint256 i; i < 6 && done < 3; ++i) {
            done += pieces[i] % 3;
            vm.prank(someone(by));
            if (!inTime) vm.expectPartialRevert(ISubscription.DeadlinePassed.selector);
            offering.allot(pieces[i] % 3);
        }
        bool closed = inTime && done >= 3;
        isTrue(vault.isOpen() == closed, "closed with the last one");
        if (!closed) return;
        equal(senior.balanceOf(alice), 4_000e6, "half of the tranche");
        equal(senior.balanceOf(bob), 4_000e6, "and half of it");
        equal(junior.balanceOf(carol), 2_000e6, "all of the other");
    }

    function testFuzz_fail(uint256 by, uint256 time, bool closing) public {
        subscribe(alice, 0, 600_000 * CENT);
        if (closing) offering.close(0);
        vm.warp(START + bound(time, 0, 14 days));
        uint256 last = closing ? START + 7 days : START + 1 days;
        bool over = block.timestamp > last;
        vm.prank(someone(by));
        if (!over) vm.expectRevert(abi.encodeWithSelector(ISubscription.DeadlineNotPassed.selector, last));
        offering.fail();
        equal(offering.refundable(alice), over ? 600_000 * CENT : 0, "all comes back");
        if (over) vm.expectRevert(_wrongPhase());
        if (over) offering.fail();
    }

    function testFuzz_cancel(uint256 by, uint8 phase_) public {
        if (phase_ % 4 == 0) offering = _drafted();
        else subscribe(alice, 0, 600_000 * CENT);
        if (phase_ % 4 == 2) offering.close(0);
        if (phase_ % 4 == 3) offering.close(1);
        unauthorised(by, address(offering), abi.encodeCall(offering.cancel, ()));
        bool may = phase_ % 4 < 2;
        if (!may) vm.expectRevert(_wrongPhase());
        offering.cancel();
        isTrue((offering.phase() == ISubscription.Phase.Failed) == may, "before closing only");
    }

    /// @dev By anybody, to whom it is due: once, and to the cent.
    function testFuzz_refund(uint256 by, uint256 lots, uint256 times, bool elsewhere) public {
        _subscribe(lots);
        address to = elsewhere ? address(0xE15E) : alice;
        if (elsewhere) registry.setPayout(alice, to);
        uint256 amount = offering.subscribed(alice, 0);
        offering.cancel();
        for (uint256 i; i <= times % 3; ++i) {
            vm.prank(someone(by));
            if (i != 0) vm.expectRevert(abi.encodeWithSelector(ISubscription.NothingToRefund.selector, alice));
            offering.refund(alice);
        }
        equal(cash.balanceOf(to), amount, "once");
        equal(cash.balanceOf(someone(by)), 0, "and the caller has nothing");
    }

    function testFuzz_setAuthority(uint256 by) public {
        authorityStays(by, address(offering));
    }

    function _subscribe(uint256 lots) private {
        subscribe(alice, 0, bound(lots, 4_000, 6_000) * LOT);
    }

    /// @dev Another one on the terms, with a deal of its own, not opened.
    function _drafted() private returns (Subscription made) {
        made = new Subscription(_terms);
        offering = made;
        _deployNotes();
    }
}
