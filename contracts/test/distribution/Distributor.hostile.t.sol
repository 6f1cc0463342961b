// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {Distributor} from "../../src/distribution/Distributor.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {DistributionFixture} from "../support/DistributionFixture.sol";
import {HookedCash, RebasingCash} from "../support/HostileCash.sol";

/// @notice A holder that calls the Distributor again while it is being paid
contract GreedyHolder {
    Distributor private _distributor;
    bytes private _call;

    function aim(Distributor distributor, bytes calldata call_) external {
        _distributor = distributor;
        _call = call_;
    }

    function cashReceived() external {
        (bool ok, bytes memory failure) = address(_distributor).call(_call);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(failure, 32), mload(failure))
            }
        }
    }
}

/// @notice Reentrancy through a stablecoin with hooks: a holder that calls back gets what is its own, once
contract DistributorHookedCashTest is DistributionFixture {
    GreedyHolder private _greedy;

    function newCash() internal override returns (TestStablecoin) {
        return new HookedCash();
    }

    function setUp() public override {
        super.setUp();
        _greedy = new GreedyHolder();
        for (uint256 period = 1; period <= 2; ++period) {
            senior.set(address(_greedy), period, 1_000e6);
            senior.set(alice, period, 7_000e6);
            book(uint32(period), 8_000, 0, 0);
        }
        withhold(alice, 1_000);
        distributor.claimFor(alice, 0, 2);
    }

    /// @dev Everything is counted before the cash moves: calling back for the same is refused.
    function test_aHookCannotClaimTwice() public {
        address holder = address(_greedy);
        _greedy.aim(distributor, abi.encodeCall(distributor.claimFor, (holder, 0, 1)));
        refuse(holder, 0, 1, Reasons.NOTHING_TO_CLAIM);
        uint32[] memory periods = new uint32[](2);
        (periods[0], periods[1]) = (1, 2);
        _greedy.aim(distributor, abi.encodeCall(distributor.claimMany, (holder, 0, periods)));
        vm.expectRevert(abi.encodeWithSelector(IDistributor.ClaimRefused.selector, holder, Reasons.NOTHING_TO_CLAIM));
        distributor.claimMany(holder, 0, periods);
        equal(cash.balanceOf(holder), 0, "nothing was paid");
        covered();
    }

    /// @dev Calling back for what else is due, for others, or for the tax office does no harm.
    function test_aHookMayDoWhatAnybodyMay() public {
        address holder = address(_greedy);
        _greedy.aim(distributor, abi.encodeCall(distributor.remitTax, (0, 2)));
        distributor.claimFor(holder, 0, 1);
        // 1/8 of 80.00, and 10 % of 7/8 of it.
        equal(cash.balanceOf(holder), 10e6, "paid once");
        equal(cash.balanceOf(taxOffice), 7e6, "remitted");
        covered();
        _greedy.aim(distributor, abi.encodeCall(distributor.push, (0, 1, list(holder, alice, bob))));
        distributor.claimFor(holder, 0, 2);
        equal(cash.balanceOf(holder), 20e6, "the second period, once");
        equal(cash.balanceOf(alice), 126e6, "and alice, twice 70.00 less 10 %");
        covered();
    }

    /// @dev A batch still counts while it moves cash: no way in is open until it is over.
    function test_aHookCannotComeIntoABatch() public {
        uint32[] memory periods = new uint32[](1);
        periods[0] = 2;
        address holder = address(_greedy);
        bytes[4] memory calls = [
            abi.encodeCall(distributor.claimFor, (holder, 0, 2)),
            abi.encodeCall(distributor.claimMany, (holder, 0, periods)),
            abi.encodeCall(distributor.push, (0, 2, list(holder, alice, bob))),
            abi.encodeCall(distributor.remitTax, (0, 2))
        ];
        for (uint256 i; i < 4; ++i) {
            _greedy.aim(distributor, calls[i]);
            equal(distributor.push(0, 1, list(holder, bob, holder)), 0, "left out");
            isTrue(!distributor.claimed(holder, 0, 1), "and still due");
            covered();
        }
        equal(distributor.push(0, 1, list(holder, alice, bob)), 1, "the others are paid");
        equal(cash.balanceOf(holder), 0, "nothing was paid to it");
        covered();
    }
}

/// @notice A stablecoin that takes cash away is seen: what is owed exceeds what is held
contract DistributorRebasingCashTest is DistributionFixture {
    function newCash() internal override returns (TestStablecoin) {
        return new RebasingCash();
    }

    function test_aShrinkingCoinIsSeen() public {
        senior.set(alice, 1, 8_000e6);
        book(1, 8_000, 0, 0);
        covered();
        RebasingCash(address(cash)).setFactor(99);
        isTrue(cash.balanceOf(address(distributor)) < distributor.liabilities(), "0.80 are missing");
        RebasingCash(address(cash)).setFactor(101);
        isTrue(cash.balanceOf(address(distributor)) > distributor.liabilities(), "what is too much is nobody's");
    }

    /// @dev Cash that is sent here changes nothing.
    function test_strayCashIsNotCounted() public {
        senior.set(alice, 1, 8_000e6);
        book(1, 8_000, 0, 0);
        cash.mint(address(distributor), 1);
        equal(distributor.liabilities(), 80e6, "what is owed");
        distributor.claimFor(alice, 0, 1);
        equal(cash.balanceOf(alice), 80e6, "and paid");
        equal(cash.balanceOf(address(distributor)), 1, "the stray unit stays");
    }
}
