// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {OfferFixture} from "../support/OfferFixture.sol";

/// @notice While an offer closes, which may take days: nobody changes what others get, and nobody locks the money up
contract SubscriptionClosingTest is OfferFixture {
    TrancheToken private _note;

    /// @dev 8,000.00 of the senior in lots of 1,000.00, at least nothing and up to 12,000.00 of it subscribed; of the junior
    ///      nothing need be.
    function setUp() public override {
        super.setUp();
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 1_200_000, 0, 100_000);
        _terms.tranches[1] = ISubscription.TrancheOffer(0, 200_000, 0, 1);
        _offer();
        _note = TrancheToken(address(senior));
    }

    /// @dev Five, three and four lots, 12 in all. Alice: floor(8 × 5 ÷ 12) = 3 of 8; Bob: floor(5 × 3 ÷ 7) = 2; Carol: 3.
    function _subscribeAll() private {
        subscribe(alice, 0, 500_000 * CENT);
        subscribe(bob, 0, 300_000 * CENT);
        subscribe(carol, 0, 400_000 * CENT);
    }

    function _cap(uint24 holders) private {
        ITokenTerms.Rules memory rules;
        rules.holderCap = holders;
        ITokenTerms(address(senior)).setRules(rules);
    }

    function _refuse(address from, address to, uint256 amount) private {
        equal(senior.transferCode(from, to, amount), Reasons.DEAL_STATE, "pre-transfer check");
        vm.prank(from);
        vm.expectRevert(_dealState(from, to));
        senior.transfer(to, amount);
    }

    function _dealState(address from, address to) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITrancheToken.TransferRefused.selector, from, to, Reasons.DEAL_STATE);
    }

    // Attacks on others' allotments.

    /// @dev Room for three investors. Alice, allotted first, would take the third place for an account of hers with a cent.
    function test_dustDoesNotFillTheHolderCapWhileClosing() public {
        address hers = address(0xA11CE2);
        admit(hers);
        _cap(3);
        _subscribeAll();
        offering.close(1);
        _refuse(alice, hers, 1);
        _refuse(alice, hers, 3_000e6);
        vm.prank(alice);
        senior.approve(hers, 1);
        vm.prank(hers);
        vm.expectRevert(_dealState(alice, hers));
        senior.transferFrom(alice, hers, 1);
        address[] memory to = new address[](1);
        uint256[] memory amounts = new uint256[](1);
        (to[0], amounts[0]) = (hers, 1);
        vm.prank(alice);
        vm.expectRevert(_dealState(alice, hers));
        _note.batchTransfer(to, amounts);
        offering.allot(100);
        equal(senior.balanceOf(bob), 2_000e6, "bob");
        equal(senior.balanceOf(carol), 3_000e6, "carol");
        // Closed: the cap refuses a fourth, and nothing else does.
        equal(senior.transferCode(alice, hers, 1e6), Reasons.HOLDER_CAP, "the cap");
        vm.prank(alice);
        isTrue(senior.transfer(bob, 1e6), "notes move");
    }

    function test_agentsNeitherMoveMintNorBurnNotesWhileClosing() public {
        _subscribeAll();
        vm.expectRevert(_dealState(address(0), bob));
        _note.mint(bob, 1);
        offering.close(1);
        vm.expectRevert(_dealState(alice, bob));
        _note.forcedTransfer(alice, bob, 1);
        vm.expectRevert(_dealState(address(0), bob));
        _note.mint(bob, 1);
        vm.expectRevert(_dealState(alice, address(0)));
        _note.burn(alice, 1);
        address fresh = address(0xF4E5);
        registry.replaceWallet(alice, fresh);
        vm.expectRevert(_dealState(alice, fresh));
        _note.recoveryAddress(alice, fresh, address(0));
        offering.allot(100);
        isTrue(_note.recoveryAddress(alice, fresh, address(0)), "recovered when closed");
        equal(senior.balanceOf(fresh), 3_000e6, "all of them");
    }

    function test_theOperatorDoesNotLetNotesMoveWhileClosing() public {
        _subscribeAll();
        vm.expectRevert(_dealState(address(0), address(0)));
        _note.setStopped(false);
        offering.close(1);
        vm.expectRevert(_dealState(address(0), address(0)));
        _note.setStopped(false);
        _note.setStopped(true);
        offering.allot(100);
        vm.prank(alice);
        isTrue(senior.transfer(bob, 1e6), "closing lets them move");
        _note.setStopped(true);
        _refuse(alice, bob, 1e6);
        _note.setStopped(false);
        vm.prank(alice);
        isTrue(senior.transfer(bob, 1e6), "and then the operator does");
    }

    /// @dev Whoever is frozen between two allotments, before or after its own turn: the others get what they would have.
    function testFuzz_aFreezeShiftsNobodysAllotment(uint256 who, uint256 first, bool inRegistry) public {
        address[3] memory accounts = [alice, bob, carol];
        uint256[3] memory fair = [uint256(3_000e6), 2_000e6, 3_000e6];
        _subscribeAll();
        (who, first) = (who % 3, first % 3);
        offering.close(first);
        if (inRegistry) registry.setFrozen(accounts[who], true);
        else _note.setAddressFrozen(accounts[who], true);
        offering.allot(100);
        uint256 kept;
        for (uint256 i; i < 3; ++i) {
            bool refused = i == who && i >= first;
            equal(senior.balanceOf(accounts[i]), refused ? 0 : fair[i], "what the subscriptions say");
            if (refused) kept = fair[i];
        }
        equal(senior.balanceOf(sponsor), kept, "the seller has what was refused, and nothing else");
    }

    // What the seller keeps.

    /// @dev Two investors at most. Carol finds the cap reached, and so would the seller, who keeps her three lots: it is beyond
    ///      the cap, to which it never counted, and nobody else passes it then.
    function test_theHolderCapDoesNotKeepTheSellerFromWhatWasRefused() public {
        _cap(2);
        _subscribeAll();
        vm.expectEmit();
        emit ISubscription.Allotted(carol, 0, 0, 400_000 * CENT, Reasons.HOLDER_CAP);
        offering.close(100);
        isTrue(vault.isOpen(), "the deal closes");
        equal(senior.balanceOf(sponsor), 3_000e6, "the seller");
        equal(_note.holderCount(), 3, "one beyond the cap");
        equal(offering.refund(carol), 400_000 * CENT, "carol");
        equal(senior.transferCode(alice, carol, 1e6), Reasons.HOLDER_CAP, "no fourth");
        vm.prank(sponsor);
        isTrue(senior.transfer(bob, 3_000e6), "the seller may sell");
        equal(senior.transferCode(alice, carol, 1e6), Reasons.HOLDER_CAP, "two again");
    }

    /// @dev A cap is all that does not bind the seller.
    function test_theSellerKeepsTheOtherRules() public {
        _cap(2);
        _subscribeAll();
        registry.setFrozen(sponsor, true);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.SellerRefused.selector, sponsor, Reasons.FROZEN));
        offering.close(100);
    }

    // The way out.

    /// @dev Nobody admits the seller again: after seven days, and not a second earlier, anybody calls the offer off.
    function test_aSellerWhoIsRefusedDoesNotLockTheMoneyUp() public {
        _subscribeAll();
        offering.close(2);
        registry.setFrozen(sponsor, true);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.SellerRefused.selector, sponsor, Reasons.FROZEN));
        offering.allot(100);
        equal(offering.refund(alice), 200_000 * CENT, "what was not allotted comes back at once");
        _expire(START + 7 days);
        equal(offering.refund(alice), 300_000 * CENT, "what was paid for notes");
        equal(offering.refund(bob), 300_000 * CENT, "all of it, in one sum");
        equal(offering.refund(carol), 400_000 * CENT, "carol");
        equal(cash.balanceOf(address(offering)), 0, "nothing stays");
        equal(cash.balanceOf(sponsor), 0, "the seller has nothing");
        vm.expectRevert(abi.encodeWithSelector(ISubscription.NothingToRefund.selector, alice));
        offering.refund(alice);
    }

    /// @dev The reserve is 500.00; the one who was to pay for it is frozen, and the seller does not.
    function test_aSellerWhoDoesNotPayDoesNotLockTheMoneyUp() public {
        subscribe(alice, 0, 100_000 * CENT);
        subscribe(bob, 1, CENT);
        offering.close(0);
        registry.setFrozen(alice, true);
        bytes4 exceeds = ISubscription.FundingExceedsProceeds.selector;
        vm.expectRevert(abi.encodeWithSelector(exceeds, 50_000 * CENT, CENT));
        offering.allot(100);
        offering.allot(1);
        _expire(START + 7 days);
        equal(offering.refund(alice), 100_000 * CENT, "alice");
        equal(offering.refund(bob), CENT, "bob");
    }

    /// @dev Notes of an offer that failed while closing are nothing: nobody moves them, and the deal does not open.
    function test_nothingMintedRemainsEffective() public {
        _subscribeAll();
        offering.close(2);
        _expire(START + 7 days);
        equal(senior.balanceOf(alice), 3_000e6, "a record of what was");
        _refuse(alice, bob, 1e6);
        vm.expectRevert(_dealState(alice, bob));
        _note.forcedTransfer(alice, bob, 1e6);
        vm.expectRevert(_dealState(address(0), address(0)));
        _note.setStopped(false);
        bytes memory failed = abi.encodeWithSelector(ISubscription.WrongPhase.selector, ISubscription.Phase.Failed);
        vm.expectRevert(failed);
        offering.allot(100);
        vm.expectRevert(failed);
        offering.close(100);
        vm.expectRevert(failed);
        offering.open(vault);
        isTrue(!vault.isOpen(), "never");
    }

    /// @dev Period 1's money goes to who holds at its record date, 30 days on: all notes are allotted before.
    function test_closingEndsBeforeTheFirstRecordDate() public {
        _terms.deadline = START + 29 days;
        _offer();
        equal(offering.closingDeadline(), START + 30 days - 1, "before closing begins");
        subscribe(alice, 0, 800_000 * CENT);
        subscribe(bob, 1, 200_000 * CENT);
        vm.warp(START + 29 days);
        vm.expectEmit();
        emit ISubscription.ClosingBegun(address(vault), START + 30 days - 1);
        offering.close(1);
        _expire(START + 30 days - 1);
    }

    function test_closingEndsAtItsDeadline() public {
        _subscribeAll();
        offering.close(1);
        vm.warp(START + 7 days);
        offering.allot(100);
        isTrue(vault.isOpen(), "in the last second");
    }

    /// @dev Only the deadline ends a closing, not the issuer, and after it no note is allotted.
    function _expire(uint256 deadline) private {
        equal(offering.closingDeadline(), deadline, "deadline");
        vm.expectRevert(abi.encodeWithSelector(ISubscription.WrongPhase.selector, ISubscription.Phase.Closing));
        offering.cancel();
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.DeadlineNotPassed.selector, deadline));
        offering.fail();
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.DeadlinePassed.selector, deadline));
        offering.allot(100);
        vm.prank(stranger);
        offering.fail();
    }

    /// @dev Wherever closing stops, whoever is frozen by then, and whoever asked for its rest already: each has back all that
    ///      it brought, once.
    function testFuzz_anOfferThatFailsWhileClosingRefundsAll(uint256 seed, uint256 done, uint256 early) public {
        uint256[5] memory brought;
        for (uint160 i; i < 5; ++i) {
            admit(address(0x30000 + i));
            brought[i] = ((seed >> (8 * i)) % 3) * 100_000 * CENT;
            if (brought[i] != 0) subscribe(address(0x30000 + i), 0, brought[i]);
        }
        _note.setAddressFrozen(address(uint160(0x30000 + ((seed >> 40) % 6))), true);
        // Not all of them: the last, of the junior tranche, waits.
        subscribe(alice, 1, 200_000 * CENT);
        (uint256 all, ) = offering.progress();
        offering.close(done % all);
        for (uint160 i; i < 5; ++i) {
            address account = address(0x30000 + i);
            if ((early >> i) & 1 == 1 && offering.refundable(account) != 0) offering.refund(account);
        }
        vm.warp(START + 7 days + 1);
        offering.fail();
        equal(offering.refund(alice), 200_000 * CENT, "alice");
        for (uint160 i; i < 5; ++i) {
            address account = address(0x30000 + i);
            uint256 due = offering.refundable(account);
            if (due != 0) equal(offering.refund(account), due, "what it is told");
            equal(cash.balanceOf(account), brought[i], "all that it brought");
        }
        equal(cash.balanceOf(address(offering)), 0, "nothing stays");
        equal(offering.raised(0) + offering.raised(1), 0, "nothing is subscribed");
    }
}
