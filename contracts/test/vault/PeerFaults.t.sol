// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Subscription} from "../../src/offering/Subscription.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {DealFixture} from "../support/DealFixture.sol";
import {HookedCash, RebasingCash} from "../support/HostileCash.sol";

/// @notice Somebody who is paid, and then calls whatever it was told to
contract GreedyReceiver {
    address private _target;
    bytes private _call;

    function aim(address target, bytes calldata call_) external {
        (_target, _call) = (target, call_);
    }

    function cashReceived() external {
        if (_target == address(0)) return;
        (bool ok, bytes memory failure) = _target.call(_call);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(failure, 32), mload(failure))
            }
        }
    }
}

/// @notice Reentrancy through tokens with hooks: a seller and a payee who call back while they are paid
contract HookedCashOfADealTest is DealFixture {
    GreedyReceiver private _greedy = new GreedyReceiver();

    function newCash() internal override returns (TestStablecoin) {
        return new HookedCash();
    }

    /// @dev Seller and first payee are the same contract.
    function setUp() public override {
        (sponsor, feeTaker) = (address(_greedy), address(_greedy));
        super.setUp();
    }

    function _refuses(address target, bytes memory call_) private {
        _greedy.aim(target, call_);
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
    }

    function test_aSellerWhoCallsBackIsNotPaidTwice() public {
        offering.open(vault);
        subscribe(alice, 0, 800_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        offering.close(1);
        _refuses(address(offering), abi.encodeCall(offering.allot, (0)));
        offering.allot(1);
        _refuses(address(offering), abi.encodeCall(offering.refund, (alice)));
        offering.allot(1);
        equal(cash.balanceOf(sponsor), 0, "nothing so far");
        // What anybody may do at any time it may do here as well, and it pays nobody twice.
        _greedy.aim(address(vault), abi.encodeCall(vault.liabilities, ()));
        offering.allot(1);
        equal(cash.balanceOf(sponsor), 9_500e6, "once");
        equal(cash.balanceOf(address(offering)), 0, "nothing stays");
    }

    function test_aPayeeWhoCallsBackIsNotPaidTwice() public {
        closeDeal();
        settle(1, 110_000);
        uint256 before = cash.balanceOf(feeTaker);
        _refuses(address(vault), abi.encodeCall(vault.withdraw, (0)));
        vault.withdraw(0);
        _refuses(address(vault), abi.encodeCall(vault.deposit, (CENT)));
        vault.withdraw(0);
        _greedy.aim(address(0), "");
        vault.withdraw(0);
        equal(cash.balanceOf(feeTaker) - before, 100 * CENT, "once");
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NothingOwed.selector, 0));
        vault.withdraw(0);
    }
}

/// @notice A rebasing stablecoin is refused where it changed what was brought: between deposit and settlement, and in escrow
contract RebasingCashOfADealTest is DealFixture {
    function newCash() internal override returns (TestStablecoin) {
        return new RebasingCash();
    }

    function _rebase(uint256 percent) private {
        RebasingCash(address(cash)).setFactor(percent);
    }

    /// @dev 109,900 cents of 110,000 go to the classes. The coin shrinks to so many per cent, or grows.
    function testFuzz_rebasingBetweenDepositAndSettlement(uint256 percent) public {
        percent = bound(percent, 1, 200);
        closeDeal();
        vm.warp(vault.paymentDate(1) - DISPUTE_DELAY);
        deposit(110_000);
        IReportBook.ServicerReport memory report = reportOf(1, 110_000);
        bytes32 digest = submit(report);
        vm.warp(vault.paymentDate(1));
        bytes32 expected = expectedHash(110_000, 110_000);
        _rebase(percent);
        bytes4 refusal = IDealVault.CashNotReceived.selector;
        uint256 sent = 109_900 * CENT;
        if (percent != 100) vm.expectRevert(abi.encodeWithSelector(refusal, sent, (sent * percent) / 100));
        vault.settle(report, expected);
        equal(vault.period(), percent == 100 ? 1 : 0, "nothing is settled on other cash than was counted");
        isTrue(percent == 100 || vault.pendingReport().digest == digest, "the report stands");
        equal(distributor.lastPeriod(), percent == 100 ? 1 : 0, "and nothing is booked");
        _rebase(100);
        if (percent != 100) vault.settle(report, expected);
        equal(vault.period(), 1, "what it waited for");
    }

    /// @dev A coin that is not worth what it says when it is paid in is refused there.
    function test_rebasingWhileSubscribing() public {
        offering.open(vault);
        _rebase(99);
        fund(alice, address(offering), 100 * CENT);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.CashNotReceived.selector, 100 * CENT, 99 * CENT));
        offering.subscribe(0, 100 * CENT);
        _rebase(101);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.CashNotReceived.selector, 100 * CENT, 101 * CENT));
        offering.subscribe(0, 100 * CENT);
    }

    /// @dev The escrow shrank: closing cannot fund the vault, and whoever asks first is not paid from the others' cash only to
    ///      leave less for them than the coin has left: each has the same number of coins.
    function test_rebasingInEscrow() public {
        offering.open(vault);
        subscribe(alice, 0, 800_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        offering.close(0);
        _rebase(50);
        vm.expectPartialRevert(IDealVault.CashNotReceived.selector);
        offering.allot(100);
        vm.warp(offering.closingDeadline() + 1);
        offering.fail();
        offering.refund(alice);
        offering.refund(carol);
        equal(cash.balanceOf(alice), 400_000 * CENT, "half");
        equal(cash.balanceOf(carol), 100_000 * CENT, "half");
    }
}

/// @notice First depositors, and deals beside each other
contract DealsBesideEachOtherTest is DealFixture {
    /// @dev First-depositor inflation: whatever somebody sends to escrow, vault and Distributor before anybody else comes,
    ///      everybody gets what it would get anyway.
    function testFuzz_aFirstDepositorInflatesNothing(uint128 stray) public {
        offering.open(vault);
        uint256[3] memory before = [uint256(stray), stray / 2, stray / 3];
        address[3] memory places = [address(offering), address(vault), address(distributor)];
        for (uint256 i; i < 3; ++i) cash.mint(places[i], before[i]);
        subscribe(alice, 0, CENT);
        subscribe(bob, 0, 799_999 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        offering.close(100);
        equal(senior.balanceOf(alice), CENT, "a cent buys a cent of face");
        settle(1, 110_000);
        // A cent of 8,000.00 has nothing of 80.00 and 999.00 but floor(10,000 × 80e6 ÷ 8e9) and floor(10,000 × 999e6 ÷ 8e9).
        equal(distributor.claimFor(alice, 0, 1), 100 + 1_248, "its share");
        equal(distributor.claimFor(bob, 0, 1), 1_079e6 - 100 - 1_249, "and the others theirs");
        for (uint256 i; i < 3; ++i) isTrue(cash.balanceOf(places[i]) >= before[i], "what was sent is nobody's");
        equal(cash.balanceOf(sponsor), 9_500e6, "nor the seller's");
    }

    /// @dev Shared escrow across deals: two offers of one seller, in one coin, with the same subscribers.
    function test_escrowsOfTwoDealsAreApart() public {
        (Subscription first, DealVault firstVault) = (offering, vault);
        first.open(firstVault);
        subscribe(alice, 0, 800_000 * CENT);
        offering = new Subscription(offerTerms(START + 1 days));
        _deployNotes();
        vm.expectRevert(abi.encodeWithSelector(ISubscription.VaultMismatch.selector, firstVault));
        offering.open(firstVault);
        offering.open(vault);
        subscribe(bob, 0, 300_000 * CENT);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.NoSubscription.selector, alice, 0));
        vm.prank(alice);
        offering.withdraw(0);
        // The second is called off: its cash goes back, and none of the first's.
        offering.cancel();
        vm.expectRevert(abi.encodeWithSelector(ISubscription.NothingToRefund.selector, alice));
        offering.refund(alice);
        offering.refund(bob);
        equal(cash.balanceOf(bob), 300_000 * CENT, "bob");
        equal(cash.balanceOf(address(first)), 800_000 * CENT, "the first deal's");
        // Its notes are its own: the second's vault opens for nobody.
        vm.prank(address(first));
        vm.expectRevert(abi.encodeWithSelector(IDealVault.OpeningRefused.selector, first));
        vault.open();
    }

    /// @dev A vault opens when, and only when, the notes of each class are its original balance.
    function test_aVaultOpensWithAllItsNotesOnly() public {
        vm.prank(address(offering));
        vm.expectRevert(abi.encodeWithSelector(IDealVault.SupplyMismatch.selector, 0, 8_000e6, 0));
        vault.open();
    }
}
