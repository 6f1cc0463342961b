// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice Balances at twenty record dates, against a model that copies every balance at every date
contract TrancheTokenRecordsTest is TokenFixture {
    uint256 private constant HOLDERS = 4;

    address[] private _holders;
    uint256[HOLDERS + 1][DATES] private _model;

    function setUp() public override {
        super.setUp();
        _holders = [alice, bob, carol, address(0xDA4E)];
        admit(_holders[3]);
    }

    /// @dev Every kind of movement at random times; some dates pass without any, some holders sleep for years.
    function testFuzz_twentyRecordDatesMatchAModel(uint256 seed, uint8 quiet) public {
        for (uint256 period = 1; period <= DATES; ++period) {
            seed = uint256(keccak256(abi.encode(seed)));
            for (uint256 step; step < (seed >> 200) % 4; ++step) {
                seed = uint256(keccak256(abi.encode(seed)));
                if ((seed >> 248) < quiet) continue;
                vm.warp(bound(seed >> 32, block.timestamp, recordDate(period) - 1));
                _move(seed);
            }
            for (uint256 i; i < HOLDERS; ++i) _model[period - 1][i] = token.balanceOf(_holders[i]);
            _model[period - 1][HOLDERS] = token.totalSupply();
            vm.warp(recordDate(period));
            if (period % 7 == 0) _check(period);
        }
        _check(DATES);
    }

    function _move(uint256 seed) private {
        address from = _holders[(seed >> 8) % HOLDERS];
        address to = _holders[(seed >> 16) % HOLDERS];
        uint256 kind = (seed >> 24) % 8;
        uint256 amount = bound(seed >> 64, 0, token.balanceOf(from));
        if (kind < 3) token.mint(to, bound(seed >> 64, 0, 1e18));
        else if (kind == 3) token.burn(from, amount);
        else if (kind == 4) token.forcedTransfer(from, to, amount);
        else if (kind == 5) send(from, to, token.balanceOf(from));
        else send(from, to, amount);
    }

    function _check(uint256 over) private view {
        equal(token.recordDatesPassed(), over, "record dates over");
        for (uint256 period = 1; period <= over; ++period) {
            uint256 sum;
            (uint256 supplyOfAll, uint256[] memory balances) = token.recordsAt(period, _holders);
            equal(supplyOfAll, _model[period - 1][HOLDERS], "supply, asked for all at once");
            equal(balances.length, HOLDERS, "one balance each");
            for (uint256 i; i < HOLDERS; ++i) {
                (uint256 balance, uint256 supply) = token.recordAt(_holders[i], period);
                equal(balance, _model[period - 1][i], "balance");
                equal(balance, token.balanceAt(_holders[i], period), "both views");
                equal(balance, balances[i], "asked for all at once");
                equal(supply, _model[period - 1][HOLDERS], "supply");
                sum += balance;
            }
            equal(sum, token.supplyAt(period), "balances add up to the supply");
        }
    }

    /// @dev Nine checkpoints fill three words; each date of each must be found.
    function test_aHistoryOfSeveralWords() public {
        token.mint(alice, 1_000);
        for (uint256 period = 1; period <= 12; ++period) {
            vm.warp(recordDate(period) - 1);
            send(alice, bob, period);
        }
        vm.warp(recordDate(12));
        uint256 left = 1_000;
        for (uint256 period = 1; period <= 12; ++period) {
            left -= period;
            equal(token.balanceAt(alice, period), left, "alice");
            equal(token.balanceAt(bob, period), 1_000 - left, "bob");
            equal(token.balanceAt(carol, period), 0, "carol");
            equal(token.supplyAt(period), 1_000, "supply");
        }
    }

    function test_anUnchangedBalanceIsOneRecord() public {
        token.mint(alice, 100);
        token.mint(bob, 100);
        for (uint256 period = 1; period <= 5; ++period) {
            vm.warp(recordDate(period));
            send(alice, bob, 0);
        }
        send(alice, bob, 100);
        for (uint256 period = 1; period <= 5; ++period) equal(token.balanceAt(alice, period), 100, "alice");
        vm.warp(recordDate(6));
        equal(token.balanceAt(alice, 6), 0, "alice after");
    }

    function test_sleepsThroughAllDatesAndWakes() public {
        token.mint(alice, 100);
        vm.warp(recordDate(DATES) + 365 days);
        send(alice, bob, 100);
        send(bob, carol, 100);
        for (uint256 period = 1; period <= DATES; ++period) {
            equal(token.balanceAt(alice, period), 100, "alice");
            equal(token.balanceAt(bob, period) + token.balanceAt(carol, period), 0, "others");
        }
    }

    function test_askingForTheFutureOrForNothing() public {
        uint256 first = recordDate(1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.RecordDateNotReached.selector, 1, first));
        token.balanceAt(alice, 1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.RecordDateNotReached.selector, 1, first));
        token.supplyAt(1);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NoSuchPeriod.selector, 0, DATES));
        token.balanceAt(alice, 0);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NoSuchPeriod.selector, DATES + 1, DATES));
        token.balanceAt(alice, DATES + 1);
        vm.warp(first);
        (uint256 balance, uint256 supply) = token.recordAt(alice, 1);
        equal(balance + supply, 0, "nothing was issued");
    }
}
