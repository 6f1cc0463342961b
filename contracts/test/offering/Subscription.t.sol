// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Subscription} from "../../src/offering/Subscription.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Everything is sold and paid for exactly, or everybody is refunded
contract SubscriptionTest is DealFixture {
    function _refuseSubscribe(address account, uint256 tranche, uint256 amount, bytes memory failure) private {
        fund(account, address(offering), amount);
        vm.prank(account);
        vm.expectRevert(failure);
        offering.subscribe(tranche, amount);
    }

    function _fill() private {
        offering.open(vault);
        subscribe(alice, 0, 600_000 * CENT);
        subscribe(bob, 0, 200_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
    }

    function test_closeMintsFundsAndPaysTheSeller() public {
        _fill();
        offering.close(100);
        equal(senior.balanceOf(alice), 6_000e6, "alice's notes");
        equal(senior.balanceOf(bob), 2_000e6, "bob's notes");
        equal(junior.balanceOf(carol), 2_000e6, "carol's notes");
        equal(cash.balanceOf(address(vault)), 500e6, "reserve of 500.00 in the vault");
        equal(cash.balanceOf(sponsor), 9_500e6, "10,000.00 less the reserve to the seller");
        equal(cash.balanceOf(address(offering)), 0, "nothing stays");
        isTrue(vault.isOpen(), "vault open");
        equal(vault.liabilities(), 500e6, "the vault keeps the reserve");
        equal(uint256(offering.phase()), uint256(ISubscription.Phase.Closed), "phase");
        vm.expectRevert(abi.encodeWithSelector(ISubscription.WrongPhase.selector, ISubscription.Phase.Closed));
        offering.close(100);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.WrongPhase.selector, ISubscription.Phase.Closed));
        offering.cancel();
        vm.expectRevert(abi.encodeWithSelector(ISubscription.NothingToRefund.selector, alice));
        offering.refund(alice);
    }

    function test_strayCashIsNotCounted() public {
        _fill();
        cash.mint(address(offering), 7);
        cash.mint(address(vault), 9);
        offering.close(100);
        equal(cash.balanceOf(sponsor), 9_500e6, "the seller gets what was subscribed");
        equal(vault.liabilities(), 500e6, "the vault owes what was funded");
    }

    function test_refusals() public {
        uint256 cents = 100 * CENT;
        bytes memory drafted = abi.encodeWithSelector(ISubscription.WrongPhase.selector, ISubscription.Phase.Drafted);
        _refuseSubscribe(alice, 0, cents, drafted);
        offering.open(vault);
        bytes4 refused = ISubscription.SubscriberRefused.selector;
        _refuseSubscribe(
            stranger,
            0,
            cents,
            abi.encodeWithSelector(refused, stranger, Reasons.RECEIVER_NOT_REGISTERED)
        );
        registry.setFrozen(bob, true);
        _refuseSubscribe(bob, 0, cents, abi.encodeWithSelector(refused, bob, Reasons.FROZEN));
        _refuseSubscribe(alice, 2, cents, abi.encodeWithSelector(ISubscription.NoSuchTranche.selector, 2));
        bytes4 whole = ISubscription.AmountNotWholeLots.selector;
        _refuseSubscribe(alice, 0, 0, abi.encodeWithSelector(whole, 0, CENT));
        _refuseSubscribe(alice, 0, CENT + 1, abi.encodeWithSelector(whole, CENT + 1, CENT));
        subscribe(alice, 0, 799_900 * CENT);
        _refuseSubscribe(
            carol,
            0,
            101 * CENT,
            abi.encodeWithSelector(ISubscription.Oversubscribed.selector, 0, 100 * CENT)
        );
        vm.expectRevert(abi.encodeWithSelector(ISubscription.BelowMinimum.selector, 0, 100 * CENT));
        offering.close(100);
        vm.warp(START + 1 days + 1);
        _refuseSubscribe(
            alice,
            0,
            cents,
            abi.encodeWithSelector(ISubscription.DeadlinePassed.selector, START + 1 days)
        );
    }

    function test_lapsedSubscriberGetsItsCashBack() public {
        _fill();
        vm.expectRevert(abi.encodeWithSelector(ISubscription.SubscriberAdmitted.selector, bob));
        offering.removeSubscriber(bob, 0);
        registry.register(bob, IInvestorRegistry.Entry(START, 0, 276, 1, 0, 0));
        offering.removeSubscriber(bob, 0);
        equal(offering.refund(bob), 200_000 * CENT, "bob's cash");
        vm.expectRevert(abi.encodeWithSelector(ISubscription.BelowMinimum.selector, 0, 200_000 * CENT));
        offering.close(100);
        subscribe(alice, 0, 200_000 * CENT);
        // Carol's admission ends between closing's beginning and her allotment: the seller keeps her notes.
        offering.close(1);
        registry.register(carol, IInvestorRegistry.Entry(START, 0, 276, 1, 0, 0));
        offering.allot(9);
        equal(senior.balanceOf(alice), 8_000e6, "alice took the rest");
        equal(junior.balanceOf(carol), 0, "carol has none");
        equal(junior.balanceOf(sponsor), 2_000e6, "the seller keeps them");
        equal(cash.balanceOf(sponsor), 7_500e6, "and is paid for the others, less the reserve");
        equal(offering.refund(carol), 200_000 * CENT, "carol's cash");
        equal(cash.balanceOf(address(offering)), 0, "nothing stays");
    }

    function test_withdrawBeforeClosing() public {
        _fill();
        vm.prank(alice);
        offering.withdraw(0);
        equal(offering.raised(0), 200_000 * CENT, "raised");
        equal(offering.subscribed(bob, 0), 200_000 * CENT, "bob's position is untouched");
        equal(offering.positions(0, 9).length, 2, "positions");
        offering.refund(alice);
        equal(cash.balanceOf(alice), 600_000 * CENT, "alice's cash");
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.NoSubscription.selector, alice, 0));
        offering.withdraw(0);
    }

    function test_failureRefundsEverybody() public {
        offering.open(vault);
        subscribe(alice, 0, 600_000 * CENT);
        subscribe(alice, 1, 100 * CENT);
        subscribe(bob, 0, 100_000 * CENT);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.DeadlineNotPassed.selector, START + 1 days));
        offering.fail();
        vm.warp(START + 1 days + 1);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.DeadlinePassed.selector, START + 1 days));
        offering.close(100);
        offering.fail();
        equal(offering.refundable(alice), 600_100 * CENT, "alice may take");
        offering.refund(alice);
        offering.refund(bob);
        equal(cash.balanceOf(alice), 600_100 * CENT, "alice");
        equal(cash.balanceOf(bob), 100_000 * CENT, "bob");
        equal(cash.balanceOf(address(offering)), 0, "nothing stays");
        vm.expectRevert(abi.encodeWithSelector(ISubscription.NothingToRefund.selector, alice));
        offering.refund(alice);
    }

    function test_issuerCancels() public {
        _fill();
        offering.cancel();
        equal(offering.refund(carol), 200_000 * CENT, "carol");
        isTrue(!vault.isOpen(), "vault stays shut");
    }

    function test_privilegedCallsNeedTheirRole() public {
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        offering.open(vault);
        vm.expectRevert(refusal);
        offering.close(100);
        vm.expectRevert(refusal);
        offering.cancel();
        vm.expectRevert(refusal);
        offering.removeSubscriber(alice, 0);
        vm.stopPrank();
    }

    function test_refusesAnotherDealsVault() public {
        Subscription other = new Subscription(offerTerms(START + 1 days));
        IDealVault.DealTerms memory terms = dealTerms();
        terms.offering = address(other);
        DealVault foreign = new DealVault(terms);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.VaultMismatch.selector, address(foreign)));
        offering.open(foreign);
    }

    /// @dev Notes minted after a record date have no holders at it, so that nobody could ever claim what is paid.
    function test_refusesToCloseAfterARecordDate() public {
        uint40 first = dates(0)[0];
        offering = new Subscription(offerTerms(first));
        _deployNotes();
        vm.expectRevert(abi.encodeWithSelector(ISubscription.RecordDateBeforeClosing.selector, 0, first, first));
        offering.open(vault);
        offering = new Subscription(offerTerms(first - 1));
        _deployNotes();
        _fill();
        vm.warp(first - 1);
        offering.close(100);
        settle(1, 110_000);
        (, IDistributor.Share memory share) = distributor.claimable(alice, 0, 1);
        equal(share.interest + share.principal, 809_250_000, "who was minted to in the last instant is paid");
    }

    /// @dev 128 positions in one transaction, and the same in pieces.
    function test_closingManyPositions() public {
        offering.open(vault);
        for (uint160 i = 1; i <= 127; ++i) {
            admit(address(0x10000 + i));
            subscribe(address(0x10000 + i), 0, (i < 127 ? 6_000 : 44_000) * CENT);
        }
        subscribe(carol, 1, 200_000 * CENT);
        offering.close(128);
        vm.snapshotGasLastCall("Subscription", "close: 128 positions");
        isTrue(vault.isOpen(), "open");
    }

    function test_closingInPieces() public {
        _fill();
        offering.close(0);
        _progress(ISubscription.Phase.Closing, 0);
        bytes memory closing = abi.encodeWithSelector(ISubscription.WrongPhase.selector, ISubscription.Phase.Closing);
        _refuseSubscribe(alice, 0, CENT, closing);
        vm.expectRevert(closing);
        offering.cancel();
        vm.prank(alice);
        vm.expectRevert(closing);
        offering.withdraw(0);
        // Closing has begun before the deadline: it may end after it.
        vm.warp(START + 1 days + 1);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.DeadlineNotPassed.selector, START + 7 days));
        offering.fail();
        vm.prank(stranger);
        offering.allot(2);
        _progress(ISubscription.Phase.Closing, 2);
        equal(senior.balanceOf(alice), 6_000e6, "alice has her notes");
        isTrue(!vault.isOpen(), "the vault waits for the last position");
        offering.allot(type(uint256).max);
        _progress(ISubscription.Phase.Closed, 3);
        equal(cash.balanceOf(sponsor), 9_500e6, "the seller is paid at the end");
        vm.expectRevert(abi.encodeWithSelector(ISubscription.WrongPhase.selector, ISubscription.Phase.Closed));
        offering.allot(1);
    }

    function _progress(ISubscription.Phase phase, uint256 allotted) private view {
        (uint256 all, uint256 done) = offering.progress();
        isTrue(all == 3 && done == allotted && offering.phase() == phase, "progress");
    }

    /// @dev Whatever is subscribed and taken back, raised is the sum of positions and the cash covers it.
    function testFuzz_cashEqualsPositionsAndRefunds(uint256 seed) public {
        offering.open(vault);
        address[3] memory accounts = [alice, bob, carol];
        for (uint256 i; i < 12; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            address account = accounts[seed % 3];
            uint256 tranche = (seed >> 8) % 2;
            uint256 left = (offering.target(tranche) - offering.raised(tranche)) / CENT;
            if ((seed >> 16) % 3 == 0 && offering.subscribed(account, tranche) != 0) {
                vm.prank(account);
                offering.withdraw(tranche);
            } else if (left != 0) {
                subscribe(account, tranche, bound(seed >> 24, 1, left) * CENT);
            }
        }
        uint256 owes = offering.raised(0) + offering.raised(1);
        for (uint256 i; i < 3; ++i) owes += offering.refundable(accounts[i]);
        equal(cash.balanceOf(address(offering)), owes, "cash");
    }
}
