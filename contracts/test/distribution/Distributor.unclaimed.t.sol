// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {DistributionFixture} from "../support/DistributionFixture.sol";
import {Events} from "../support/Events.sol";

/// @notice Money that nobody claimed moves after the rule's years only, by two people, after a delay, to one account
contract DistributorUnclaimedTest is DistributionFixture {
    /// @dev The whole day of the settlement, and then 1,095 days.
    uint256 private constant FROM = 20_001 days + 1_095 days;

    function setUp() public override {
        super.setUp();
        senior.set(alice, 1, 6_000e6);
        senior.set(bob, 1, 2_000e6);
        book(1, 8_000, 99_900, 0);
        withhold(alice, 3_000);
        distributor.claimFor(alice, 0, 1);
    }

    function _propose() private {
        vm.warp(FROM);
        distributor.proposeUnclaimed(0, 1);
    }

    function _approve() private {
        vm.prank(approver);
        distributor.approveUnclaimed(0, 1);
    }

    function test_theWholeWay() public {
        vm.warp(FROM);
        Events.expect(address(distributor));
        emit IDistributor.UnclaimedProposed(0, 1, address(this));
        distributor.proposeUnclaimed(0, 1);
        Events.expect(address(distributor));
        emit IDistributor.UnclaimedApproved(0, 1, approver, FROM + 30 days);
        _approve();
        IDistributor.UnclaimedProposal memory proposal = distributor.unclaimedProposal(0, 1);
        isTrue(proposal.proposer == address(this), "proposer");
        equal(proposal.movableFrom, FROM + 30 days, "instant");
        vm.warp(FROM + 30 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NotMovable.selector, 0, 1, FROM + 30 days));
        distributor.moveUnclaimed(0, 1);
        vm.warp(FROM + 30 days);
        Events.expect(address(distributor));
        emit IDistributor.UnclaimedMoved(0, 1, keeper, 20e6, 249_750_000);
        vm.prank(carol);
        equal(distributor.moveUnclaimed(0, 1), 269_750_000, "bob's");
        equal(cash.balanceOf(keeper), 269_750_000, "to the rule's account");
        refuse(bob, 0, 1, Reasons.NOTHING_TO_CLAIM);
        equal(distributor.push(0, 1, list(bob, bob, bob)), 0, "nor by push");
        IDistributor.Distribution memory it = distributor.distribution(0, 1);
        isTrue(it.moved, "moved");
        equal(it.interestPaid, 60e6, "what holders had stays known");
        equal(it.bookedDay, 0, "the day is gone");
        covered();
        distributor.remitTax(0, 1);
        equal(distributor.liabilities(), 0, "the tax was held apart");
    }

    function test_notBeforeTheYearsAreOver() public {
        vm.warp(FROM - 1);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NotYetUnclaimed.selector, 0, 1, FROM));
        distributor.proposeUnclaimed(0, 1);
    }

    function test_twoPeople() public {
        _propose();
        vm.expectRevert(abi.encodeWithSelector(IDistributor.SamePerson.selector, address(this)));
        distributor.approveUnclaimed(0, 1);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NotMovable.selector, 0, 1, 0));
        distributor.moveUnclaimed(0, 1);
    }

    function test_rolesOnly() public {
        vm.warp(FROM);
        bytes memory refusal = abi.encodeWithSignature("AccessManagedUnauthorized(address)", carol);
        vm.startPrank(carol);
        vm.expectRevert(refusal);
        distributor.proposeUnclaimed(0, 1);
        vm.expectRevert(refusal);
        distributor.approveUnclaimed(0, 1);
        vm.expectRevert(refusal);
        distributor.cancelUnclaimed(0, 1);
        vm.stopPrank();
        vm.prank(approver);
        vm.expectRevert(abi.encodeWithSignature("AccessManagedUnauthorized(address)", approver));
        distributor.proposeUnclaimed(0, 1);
    }

    function test_holdersClaimUntilTheMove() public {
        _propose();
        _approve();
        vm.warp(FROM + 60 days);
        distributor.claimFor(bob, 0, 1);
        equal(cash.balanceOf(bob), 269_750_000, "in the last minute");
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NothingUnclaimed.selector, 0, 1));
        distributor.moveUnclaimed(0, 1);
    }

    function test_aProposalIsTakenBack() public {
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NotProposed.selector, 0, 1));
        distributor.cancelUnclaimed(0, 1);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NotProposed.selector, 0, 1));
        distributor.approveUnclaimed(0, 1);
        _propose();
        vm.expectRevert(abi.encodeWithSelector(IDistributor.AlreadyProposed.selector, 0, 1));
        distributor.proposeUnclaimed(0, 1);
        _approve();
        vm.prank(approver);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.AlreadyProposed.selector, 0, 1));
        distributor.approveUnclaimed(0, 1);
        Events.expect(address(distributor));
        emit IDistributor.UnclaimedCancelled(0, 1, address(this));
        distributor.cancelUnclaimed(0, 1);
        vm.warp(FROM + 60 days);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NotMovable.selector, 0, 1, 0));
        distributor.moveUnclaimed(0, 1);
        distributor.proposeUnclaimed(0, 1);
    }

    function test_nothingToMove() public {
        vm.warp(FROM);
        bytes4 refusal = IDistributor.NothingUnclaimed.selector;
        vm.expectRevert(abi.encodeWithSelector(refusal, 1, 1));
        distributor.proposeUnclaimed(1, 1);
        vm.expectRevert(abi.encodeWithSelector(refusal, 0, 2));
        distributor.proposeUnclaimed(0, 2);
        distributor.claimFor(bob, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(refusal, 0, 1));
        distributor.proposeUnclaimed(0, 1);
    }

    function test_movesOnce() public {
        _propose();
        _approve();
        vm.warp(FROM + 30 days);
        distributor.moveUnclaimed(0, 1);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NotMovable.selector, 0, 1, 0));
        distributor.moveUnclaimed(0, 1);
        vm.expectRevert(abi.encodeWithSelector(IDistributor.NothingUnclaimed.selector, 0, 1));
        distributor.proposeUnclaimed(0, 1);
    }

    /// @dev A class that has no holder at the record date: only the rule can move what it was paid.
    function test_aClassWithoutHolders() public {
        book(2, 0, 0, 500);
        covered();
        vm.warp(block.timestamp + 1_096 days);
        distributor.proposeUnclaimed(1, 2);
        vm.prank(approver);
        distributor.approveUnclaimed(1, 2);
        vm.warp(block.timestamp + 30 days);
        equal(distributor.moveUnclaimed(1, 2), 5e6, "all");
        covered();
    }
}
