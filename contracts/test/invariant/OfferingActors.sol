// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IReserveAttestor} from "../../src/collateral/IReserveAttestor.sol";
import {DealHealth} from "../../src/health/DealHealth.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Subscription} from "../../src/offering/Subscription.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {HolderActors} from "./HolderActors.sol";

/// @notice Subscribers, issuer, compliance and time, from an offer's opening to its closing or its end
/// @dev What was paid in and out is counted here from the calls, never from the offering's own counts.
contract OfferingActors is HolderActors {
    uint256 private constant LOT = 100;

    DealHealth public immutable health = new DealHealth();
    /// @dev Base units that subscribers brought, that they had back, and that stray transfers left here.
    uint256 public broughtIn;
    uint256 public refunded;
    uint256 public stray;
    /// @dev What closing took out of the escrow, for the vault and the seller.
    uint256 public takenOut;
    uint256 public wrongSums;

    constructor() {
        ISubscription.TrancheOffer[] memory tranches = new ISubscription.TrancheOffer[](2);
        // A minimum of half the size and a maximum of half as much again; one investor at most that of the senior.
        tranches[0] = ISubscription.TrancheOffer(400_000, 1_200_000, 400_000, uint128(LOT));
        tranches[1] = ISubscription.TrancheOffer(0, 300_000, 0, uint128(LOT));
        offering = new Subscription(
            ISubscription.OfferTerms(
                cash,
                registry,
                address(manager),
                sponsor,
                START + 20 days,
                IReserveAttestor(address(0)),
                tranches
            )
        );
        _deployNotes();
        offering.open(vault);
    }

    /// @notice Every function that forge calls
    function handlers() external pure returns (bytes4[] memory list) {
        bytes4[24] memory all = [
            this.subscribeTo.selector,
            this.subscribeTo.selector,
            this.subscribeTo.selector,
            this.subscribeTo.selector,
            this.takeBack.selector,
            this.removeSubscriber.selector,
            this.refund.selector,
            this.refund.selector,
            this.close.selector,
            this.allot.selector,
            this.allot.selector,
            this.giveUp.selector,
            this.strayCash.selector,
            this.transfer.selector,
            this.force.selector,
            this.freeze.selector,
            this.halt.selector,
            this.enter.selector,
            this.remove.selector,
            this.payout.selector,
            this.replace.selector,
            this.recover.selector,
            this.forge.selector,
            this.pass.selector
        ];
        list = new bytes4[](24);
        for (uint256 i; i < 24; ++i) list[i] = all[i];
    }

    function subscribeTo(uint256 who, uint256 tranche, uint256 lots) external {
        uint256 amount = bound(lots, 0, 4_000) * LOT * CENT;
        address account = anyone(who);
        fund(account, address(offering), amount);
        vm.prank(account);
        try offering.subscribe(tranche % 3, amount) {
            broughtIn += amount;
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                ISubscription.WrongPhase.selector,
                ISubscription.DeadlinePassed.selector,
                ISubscription.NoSuchTranche.selector,
                ISubscription.AmountNotWholeLots.selector,
                ISubscription.SubscriberRefused.selector,
                ISubscription.Oversubscribed.selector,
                ISubscription.InvestorLimit.selector
            );
            explain(reason, refusals);
        }
    }

    function takeBack(uint256 who, uint256 tranche) external {
        vm.prank(anyone(who));
        try offering.withdraw(tranche % 2) {} catch (bytes memory reason) {
            explain(reason, abi.encodePacked(ISubscription.WrongPhase.selector, ISubscription.NoSubscription.selector));
        }
    }

    function removeSubscriber(uint256 who, uint256 tranche) external {
        try offering.removeSubscriber(anyone(who), tranche % 2) {} catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                ISubscription.WrongPhase.selector,
                ISubscription.SubscriberAdmitted.selector,
                ISubscription.NoSubscription.selector
            );
            explain(reason, refusals);
        }
    }

    function refund(uint256 who) external {
        address account = anyone(who);
        uint256 due = offering.refundable(account);
        try offering.refund(account) returns (uint256 amount) {
            if (amount != due) ++wrongSums;
            refunded += amount;
        } catch (bytes memory reason) {
            if (due != 0) ++wrongSums;
            explain(reason, abi.encodePacked(ISubscription.NothingToRefund.selector));
        }
    }

    /// @dev Mostly when enough is subscribed, so that some offers last.
    function close(uint256 most, uint256 seed) external {
        if (seed % 4 != 0) return;
        uint256 held = cash.balanceOf(address(offering));
        try offering.close(most % 4) {
            takenOut += held - cash.balanceOf(address(offering));
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                ISubscription.DeadlinePassed.selector,
                ISubscription.BelowMinimum.selector
            );
            explain(reason, bytes.concat(_closing(), refusals));
        }
    }

    function allot(uint256 most) external {
        uint256 held = cash.balanceOf(address(offering));
        try offering.allot(most % 4) {
            takenOut += held - cash.balanceOf(address(offering));
        } catch (bytes memory reason) {
            explain(reason, _closing());
        }
    }

    /// @dev Cancelled by the issuer, or failed by anybody after the deadline; seldom.
    function giveUp(uint256 seed) external {
        bytes memory refusals = abi.encodePacked(
            ISubscription.WrongPhase.selector,
            ISubscription.DeadlineNotPassed.selector
        );
        if (seed % 16 == 0) {
            try offering.cancel() {} catch (bytes memory reason) {
                explain(reason, refusals);
            }
        } else {
            try offering.fail() {} catch (bytes memory reason) {
                explain(reason, refusals);
            }
        }
    }

    function strayCash(uint256 amount) external {
        uint256 more = bound(amount, 0, 1e9);
        cash.mint(address(offering), more);
        stray += more;
    }

    /// @dev Slower than in a deal that is closed: the deadline is twenty days away.
    function pass(uint256 time) public override {
        vm.warp(block.timestamp + bound(time, 1, 1 days));
    }

    // What the invariants look at.

    function deal() external view returns (IDealVault) {
        return vault;
    }

    function admitted() external view returns (address[] memory) {
        return wallets;
    }

    function strangerHas() external view returns (uint256) {
        return senior.balanceOf(stranger) + junior.balanceOf(stranger);
    }

    function escrowed() external view returns (uint256) {
        return cash.balanceOf(address(offering)) - stray;
    }

    function phase() external view returns (ISubscription.Phase) {
        return offering.phase();
    }

    /// @dev A seller whom the token refuses, or who does not bring what lapsed subscribers leave missing, holds the closing up;
    ///      a subscriber whom an agent froze does not.
    function _closing() private pure returns (bytes memory) {
        return
            abi.encodePacked(
                ISubscription.WrongPhase.selector,
                ISubscription.SellerRefused.selector,
                ISubscription.FundingExceedsProceeds.selector
            );
    }
}
