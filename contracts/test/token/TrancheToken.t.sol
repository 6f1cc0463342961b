// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {RecordCalendar} from "../../src/token/RecordCalendar.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Transfer rules on both sides, and balances at record dates that passed with and without a touch
contract TrancheTokenTest is DealFixture {
    uint256 private constant UNIT = 1e6;

    function setUp() public override {
        super.setUp();
        closeDeal();
    }

    function _send(address from, address to, uint256 amount) private {
        vm.prank(from);
        isTrue(senior.transfer(to, amount), "transfer");
    }

    function _refused(address from, address to, uint8 code) private {
        equal(senior.transferCode(from, to, 1), code, "pre-transfer check");
        vm.prank(from);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.TransferRefused.selector, from, to, code));
        senior.transfer(to, 1);
    }

    function test_onlyTheOfferingMints() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotMinter.selector, stranger));
        senior.mint(alice, 1);
        vm.prank(address(offering));
        vm.expectRevert(
            abi.encodeWithSelector(
                ITrancheToken.TransferRefused.selector,
                address(0),
                stranger,
                Reasons.RECEIVER_NOT_REGISTERED
            )
        );
        senior.mint(stranger, 1);
    }

    function test_rulesOfBothSides() public {
        _refused(alice, stranger, Reasons.RECEIVER_NOT_REGISTERED);
        _refused(stranger, alice, Reasons.SENDER_NOT_REGISTERED);
        registry.setFrozen(bob, true);
        _refused(alice, bob, Reasons.FROZEN);
        _refused(bob, alice, Reasons.FROZEN);
        registry.setFrozen(bob, false);
        registry.register(bob, IInvestorRegistry.Entry(FOREVER, START + 10 days, 276, 1, 0, 0));
        _refused(bob, alice, Reasons.LOCKED_UP);
        registry.register(bob, IInvestorRegistry.Entry(START, 0, 276, 1, 0, 0));
        _refused(alice, bob, Reasons.KYC_EXPIRED);
        _send(bob, alice, 1);
    }

    function test_transferFromChecksTheOwnerNotTheSpender() public {
        vm.prank(alice);
        senior.approve(stranger, 5);
        vm.prank(stranger);
        senior.transferFrom(alice, bob, 5);
        equal(senior.balanceOf(bob), 2_000 * UNIT + 5, "a spender needs no entry");
    }

    function test_pause() public {
        TrancheToken token = TrancheToken(address(senior));
        token.pause();
        _refused(alice, bob, Reasons.PAUSED);
        token.unpause();
        _send(alice, bob, 1);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotAgent.selector, stranger));
        token.pause();
    }

    function test_recordDateSplitsAtItsInstant() public {
        uint40[] memory records = dates(0);
        vm.warp(records[0] - 1);
        _send(alice, bob, 100 * UNIT);
        vm.warp(records[0]);
        _send(alice, bob, 1_000 * UNIT);
        equal(senior.balanceAt(alice, 1), 5_900 * UNIT, "alice at record date 1");
        equal(senior.balanceAt(bob, 1), 2_100 * UNIT, "bob at record date 1");
        equal(senior.balanceOf(alice), 4_900 * UNIT, "alice now");
        equal(senior.supplyAt(1), 8_000 * UNIT, "supply");
    }

    function test_severalRecordDatesPassUntouched() public {
        uint40[] memory records = dates(0);
        vm.warp(records[2]);
        equal(senior.recordDatesPassed(), 3, "seen before any transfer");
        equal(senior.balanceAt(alice, 1), 6_000 * UNIT, "read before the touch");
        _send(alice, bob, 6_000 * UNIT);
        for (uint256 period = 1; period <= 3; ++period) {
            equal(senior.balanceAt(alice, period), 6_000 * UNIT, "alice");
            equal(senior.balanceAt(bob, period), 2_000 * UNIT, "bob");
            equal(senior.balanceAt(carol, period), 0, "carol held none");
        }
    }

    function test_emptiedAndRefilledBetweenRecordDates() public {
        uint40[] memory records = dates(0);
        vm.warp(records[0]);
        _send(bob, carol, 2_000 * UNIT);
        vm.warp(records[1]);
        _send(carol, bob, 500 * UNIT);
        vm.warp(records[2]);
        _send(bob, alice, 500 * UNIT);
        equal(senior.balanceAt(bob, 1), 2_000 * UNIT, "bob 1");
        equal(senior.balanceAt(bob, 2), 0, "bob 2");
        equal(senior.balanceAt(bob, 3), 500 * UNIT, "bob 3");
        equal(senior.balanceAt(carol, 1), 0, "carol 1");
        equal(senior.balanceAt(carol, 2), 2_000 * UNIT, "carol 2");
        equal(senior.balanceAt(carol, 3), 1_500 * UNIT, "carol 3");
    }

    function test_selfTransferChangesNothing() public {
        vm.warp(dates(0)[0]);
        _send(alice, alice, 10);
        equal(senior.balanceAt(alice, 1), 6_000 * UNIT, "record date");
        equal(senior.balanceOf(alice), 6_000 * UNIT, "balance");
    }

    function test_recordDatesNotReachedOrUnknown() public {
        uint256 first = dates(0)[0];
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.RecordDateNotReached.selector, 1, first));
        senior.balanceAt(alice, 1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NoSuchPeriod.selector, 0, 3));
        senior.supplyAt(0);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NoSuchPeriod.selector, 4, 3));
        senior.supplyAt(4);
    }

    function test_refusesACalendarOutOfOrder() public {
        uint40[] memory wrong = dates(0);
        wrong[1] = wrong[0];
        ITrancheToken.TrancheTerms memory terms = tokenTerms("X", "X");
        terms.recordDates = wrong;
        vm.expectRevert(abi.encodeWithSelector(RecordCalendar.CalendarInvalid.selector, 1));
        new TrancheToken(terms);
    }

    /// @dev Against a model that copies every balance at every record date.
    function testFuzz_recordDatesMatchAModel(uint256 seed) public {
        address[3] memory holders = [alice, bob, carol];
        uint256[3][3] memory model;
        uint40[] memory records = dates(0);
        for (uint256 period; period < 3; ++period) {
            for (uint256 step; step < 3; ++step) {
                seed = uint256(keccak256(abi.encode(seed)));
                // Some rounds pass without a touch.
                if (seed % 3 == 0) continue;
                address from = holders[(seed >> 8) % 3];
                _send(from, holders[(seed >> 16) % 3], bound(seed >> 24, 0, senior.balanceOf(from)));
            }
            for (uint256 i; i < 3; ++i) model[period][i] = senior.balanceOf(holders[i]);
            vm.warp(records[period]);
        }
        for (uint256 period; period < 3; ++period) {
            uint256 sum;
            for (uint256 i; i < 3; ++i) {
                uint256 balance = senior.balanceAt(holders[i], period + 1);
                equal(balance, model[period][i], "balance at the record date");
                sum += balance;
            }
            equal(sum, senior.supplyAt(period + 1), "balances add up to the supply");
        }
    }
}
