// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {DistributionFixture} from "../support/DistributionFixture.sol";
import {Events} from "../support/Events.sol";

/// @notice A stablecoin whose issuer blocks some receivers, by reverting or by answering false
contract BlockingCash is TestStablecoin {
    mapping(address account => uint8) private _blocked;

    error Blocked(address account);

    function setBlocked(address account, uint8 how) external {
        _blocked[account] = how;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (_blocked[to] == 2) return false;
        require(_blocked[to] == 0, Blocked(to));
        return super.transfer(to, amount);
    }
}

/// @notice Batches that anybody pays for, in which nobody can hold up the others
contract DistributorPushTest is DistributionFixture {
    function newCash() internal override returns (TestStablecoin) {
        return new BlockingCash();
    }

    function setUp() public override {
        super.setUp();
        for (uint256 period = 1; period <= 2; ++period) {
            senior.set(alice, period, 5_000e6);
            senior.set(bob, period, 2_000e6);
            senior.set(carol, period, 1_000e6);
        }
    }

    function test_aBatchPaysAsClaimsDo() public {
        book(1, 8_000, 800, 0);
        withhold(bob, 2_500);
        // Account and tax in cents; interest and principal in grains, which are base units of this coin.
        uint256[] memory payments = new uint256[](6);
        (payments[0], payments[1]) = (uint160(alice), 50e6 | (5e6 << 128));
        (payments[2], payments[3]) = (uint160(bob) | (500 << 160), 20e6 | (2e6 << 128));
        (payments[4], payments[5]) = (uint160(carol), 10e6 | (1e6 << 128));
        Events.expect(address(distributor));
        emit IDistributor.Pushed(0, 1, payments);
        vm.prank(keeper);
        equal(distributor.push(0, 1, list(alice, bob, carol)), 3, "three paid");
        equal(cash.balanceOf(alice), 55e6, "alice");
        equal(cash.balanceOf(bob), 17e6, "bob, less 25 % of 20.00");
        equal(cash.balanceOf(carol), 11e6, "carol");
        refuse(alice, 0, 1, Reasons.NOTHING_TO_CLAIM);
        equal(distributor.liabilities(), 5e6, "the tax");
        equal(distributor.push(0, 1, list(alice, bob, carol)), 0, "nobody twice");
        covered();
    }

    function test_thoseNotAdmittedAreLeftOut() public {
        book(1, 8_000, 0, 0);
        payouts.set(bob, Reasons.KYC_EXPIRED, bob, 0);
        Events.expect(address(distributor));
        emit IDistributor.Skipped(0, 1, bob, Reasons.KYC_EXPIRED);
        equal(distributor.push(0, 1, list(alice, bob, carol)), 2, "the others are paid");
        equal(cash.balanceOf(bob), 0, "his waits");
        (uint8 code, IDistributor.Share memory share) = distributor.claimable(bob, 0, 1);
        equal(code, Reasons.KYC_EXPIRED, "for the same reason");
        equal(share.interest, 20e6, "whole");
        payouts.set(bob, Reasons.OK, bob, 0);
        equal(distributor.push(0, 1, list(bob, bob, bob)), 1, "once, however often he is named");
        equal(cash.balanceOf(bob), 20e6, "paid after renewal");
        covered();
    }

    function test_strangersAreLeftOut() public {
        book(1, 8_000, 0, 0);
        Events.expect(address(distributor));
        emit IDistributor.Skipped(0, 1, keeper, Reasons.NOTHING_TO_CLAIM);
        equal(distributor.push(0, 1, list(keeper, alice, keeper)), 1, "one");
        equal(distributor.push(0, 2, list(alice, bob, carol)), 0, "nothing was booked");
        equal(distributor.push(1, 1, list(alice, bob, carol)), 0, "nor for this class");
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NoSuchTranche.selector, 2));
        distributor.push(2, 1, list(alice, bob, carol));
        covered();
    }

    function test_aHolderThatTheStablecoinRefusesIsLeftOut() public {
        book(1, 8_001, 0, 0);
        BlockingCash blocking = BlockingCash(address(cash));
        for (uint8 how = 1; how <= 2; ++how) {
            blocking.setBlocked(bob, how);
            Events.expect(address(distributor));
            emit IDistributor.Skipped(0, 1, bob, Reasons.CASH_REFUSED);
            distributor.push(0, 1, list(alice, bob, keeper));
            isTrue(!distributor.claimed(bob, 0, 1), "not marked");
            equal(distributor.distribution(0, 1).claimedBalance, 5_000e6, "only alice counts");
            covered();
        }
        vm.expectRevert(abi.encodeWithSelector(bytes4(keccak256("SafeERC20FailedOperation(address)")), address(cash)));
        distributor.claimFor(bob, 0, 1);
        blocking.setBlocked(bob, 0);
        distributor.claimFor(bob, 0, 1);
        distributor.claimFor(carol, 0, 1);
        // 8,001 cents: 5/8 are 50,006,250 base units, 2/8 20,002,500, 1/8 10,001,250.
        equal(cash.balanceOf(alice), 50_006_250, "alice");
        equal(cash.balanceOf(bob), 20_002_500, "bob");
        equal(cash.balanceOf(carol), 10_001_250, "carol");
        equal(distributor.liabilities(), 0, "nothing is left");
    }

    /// @dev When the last of a batch is left out, the dust of the whole period is still carried.
    function test_dustOfAPeriodThatABatchCompletes() public {
        distributor = newDistributorOf(2);
        for (uint160 i = 1; i <= 3; ++i) junior.set(address(i), 1, 1e6);
        book(1, 0, 0, 100);
        address[] memory accounts = new address[](4);
        (accounts[0], accounts[1], accounts[2], accounts[3]) = (address(1), address(2), address(3), keeper);
        equal(distributor.push(1, 1, accounts), 3, "three");
        (uint256 dust, ) = distributor.carriedDust(1);
        equal(dust, 1, "100 - 3 x 33");
        covered();
    }

    function test_shareOfNothingIsPaidWithoutATransfer() public {
        distributor = newDistributorOf(2);
        senior.set(keeper, 1, 1);
        book(1, 5, 0, 0);
        equal(distributor.push(0, 1, list(keeper, alice, bob)), 3, "counted");
        equal(cash.balanceOf(keeper), 0, "less than a cent");
        refuse(keeper, 0, 1, Reasons.NOTHING_TO_CLAIM);
        covered();
    }
}
