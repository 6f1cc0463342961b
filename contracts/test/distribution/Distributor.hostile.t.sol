// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Distributor} from "../../src/distribution/Distributor.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {DistributionFixture} from "../support/DistributionFixture.sol";
import {HookedCash} from "../support/HostileCash.sol";

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

/// @notice A stablecoin whose balances shrink by an issuer's factor
contract RebasingCash is TestStablecoin {
    uint256 public factor = 100;

    function setFactor(uint256 percent) external {
        factor = percent;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * factor) / 100;
    }
}

/// @notice Reentrancy through a stablecoin with hooks: every way in is shut while cash moves
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

    /// @dev Calls another period's entry points, so that only the guard can refuse them.
    function test_aHookCannotComeBack() public {
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
            vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
            distributor.claimFor(holder, 0, 1);
            // A batch leaves the greedy one out and pays the others.
            equal(distributor.push(0, 1, list(holder, bob, holder)), 0, "left out");
            isTrue(!distributor.claimed(holder, 0, 1), "and still due");
            covered();
        }
        equal(cash.balanceOf(holder), 0, "nothing was paid");
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
