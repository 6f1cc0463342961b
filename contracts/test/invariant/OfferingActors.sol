// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IReserveAttestor} from "../../src/collateral/IReserveAttestor.sol";
import {ReserveAttestor} from "../../src/collateral/ReserveAttestor.sol";
import {DealHealth} from "../../src/health/DealHealth.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Subscription} from "../../src/offering/Subscription.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {HolderActors} from "./HolderActors.sol";

/// @notice Subscribers, issuer, attestors, compliance and time, from an offer's opening to its closing or its end
/// @dev What was paid in and out is counted here from the calls, never from the offering's own counts.
contract OfferingActors is HolderActors {
    uint256 private constant LOT = 100;
    /// @dev Face of all notes, in cents.
    uint256 private constant FACE = 1_000_000;
    uint256 private constant AUDITOR_KEY = 0xA0D;
    uint256 private constant CUSTODIAN_KEY = 0xC05;

    DealHealth public immutable health = new DealHealth();
    /// @dev Base units that subscribers brought, that they had back, and that stray transfers left here.
    uint256 public broughtIn;
    uint256 public refunded;
    uint256 public stray;
    /// @dev What closing took out of the escrow, for the vault and the seller.
    uint256 public takenOut;
    uint256 public wrongSums;
    /// @dev Closings that began without a valid attestation of the notes' face, or were refused for one in spite of it.
    uint256 public uncovered;
    ReserveAttestor private _attestor;
    /// @dev Positions that were allotted something else than their share of what was subscribed, or nothing.
    uint256 public shifted;
    /// @dev What each position is due in face, as closing began, by its place in the list.
    uint256[] private _due;
    uint256 private _seen;
    /// @dev What was attested last, in cents, and until when.
    uint256 private _attested;
    uint256 private _attestedUntil;

    constructor() {
        address[] memory independent = new address[](2);
        (independent[0], independent[1]) = _attestors();
        _attestor = new ReserveAttestor(address(manager), independent, 2);
        ISubscription.TrancheOffer[] memory tranches = new ISubscription.TrancheOffer[](2);
        // A minimum of half the size and a maximum of half as much again; one investor at most that of the senior.
        tranches[0] = ISubscription.TrancheOffer(400_000, 1_200_000, 400_000, uint128(LOT));
        tranches[1] = ISubscription.TrancheOffer(0, 300_000, 0, uint128(LOT));
        offering = new Subscription(
            ISubscription.OfferTerms(cash, registry, address(manager), sponsor, START + 20 days, _attestor, tranches)
        );
        _deployNotes();
        offering.open(vault);
        // There are five investors; four may hold the senior, and the seller whatever nobody else gets.
        ITokenTerms.Rules memory rules;
        rules.holderCap = 4;
        note(0).setRules(rules);
        _attest(900_000, 100_000, 5 days, false);
    }

    /// @notice Every function that forge calls
    function handlers() external pure returns (bytes4[] memory list) {
        bytes4[26] memory all = [
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
            this.attestReserve.selector,
            this.giveUp.selector,
            this.strayCash.selector,
            this.transfer.selector,
            this.force.selector,
            this.stopNotes.selector,
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
        list = new bytes4[](26);
        for (uint256 i; i < 26; ++i) list[i] = all[i];
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
        bool covered = _attested >= FACE && block.timestamp < _attestedUntil;
        uint256[] memory due = _shares();
        try offering.close(most % 4) {
            takenOut += held - cash.balanceOf(address(offering));
            _due = due;
            _look();
            if (!covered) ++uncovered;
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                ISubscription.DeadlinePassed.selector,
                ISubscription.BelowMinimum.selector,
                IReserveAttestor.NotAttested.selector,
                IReserveAttestor.ExceedsCollateral.selector
            );
            bytes4 why = bytes4(reason);
            bool ofCover =
                why == IReserveAttestor.NotAttested.selector || why == IReserveAttestor.ExceedsCollateral.selector;
            if (covered && ofCover) ++uncovered;
            explain(reason, bytes.concat(_closing(), refusals));
        }
    }

    /// @dev More or less is found than before, for a while; one in eight is forged.
    function attestReserve(uint256 collateral, uint256 reserve, uint256 time) external {
        _attest(
            bound(collateral, 600_000, 1_200_000),
            bound(reserve, 0, 300_000),
            bound(time, 0, 8 days),
            time % 8 == 7
        );
    }

    function allot(uint256 most) external {
        uint256 held = cash.balanceOf(address(offering));
        try offering.allot(most % 4) {
            takenOut += held - cash.balanceOf(address(offering));
            _look();
        } catch (bytes memory reason) {
            explain(reason, abi.encodePacked(_closing(), ISubscription.DeadlinePassed.selector));
        }
    }

    /// @dev Cancelled by the issuer, or failed by anybody after the deadline or that of closing; seldom.
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

    /// @dev Slower than in a deal that is closed: the deadline is twenty days away. Faster in closing, which has seven.
    function pass(uint256 time) public override {
        bool closing = offering.phase() == ISubscription.Phase.Closing;
        vm.warp(block.timestamp + bound(time, 1, closing ? 4 days : 1 days));
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

    function _attest(uint256 collateral, uint256 reserve, uint256 time, bool forged) private {
        IReserveAttestor.Attestation memory told = IReserveAttestor.Attestation({
            vault: address(vault),
            poolRoot: keccak256("pool"),
            collateral: uint128(collateral),
            reserve: uint128(reserve),
            asOf: uint40(block.timestamp),
            validUntil: uint40(block.timestamp + time)
        });
        bytes32 digest = _attestor.attestationDigest(told);
        address[] memory signers = new address[](2);
        bytes[] memory signatures = new bytes[](2);
        (signers[0], signers[1]) = _attestors();
        for (uint256 i; i < 2; ++i) {
            uint256 key = signers[i] == vm.addr(AUDITOR_KEY) ? AUDITOR_KEY : CUSTODIAN_KEY;
            signatures[i] = sign(forged && i == 1 ? SERVICER_KEY : key, digest);
        }
        try _attestor.attest(told, signers, signatures) {
            require(!forged, Unexplained("a forged attestation"));
            (_attested, _attestedUntil) = (collateral + reserve, told.validUntil);
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IReserveAttestor.DatesInvalid.selector,
                IReserveAttestor.BadSignature.selector
            );
            explain(reason, refusals);
        }
    }

    /// @dev What each position would be allotted now, in base units of face: in the order of the list, floor(what is left ×
    ///      its amount ÷ what is not served yet), in whole lots.
    function _shares() private view returns (uint256[] memory due) {
        (uint256 all, ) = offering.progress();
        ISubscription.Position[] memory list = offering.positions(0, all);
        due = new uint256[](all);
        for (uint256 tranche; tranche < 2; ++tranche) {
            uint256 lot = LOT * CENT;
            uint256 left = (tranche == 0 ? 800_000 : 200_000) / LOT;
            uint256 unserved;
            for (uint256 i; i < all; ++i) unserved += list[i].tranche == tranche ? list[i].amount / lot : 0;
            for (uint256 i; i < all; ++i) {
                if (list[i].tranche != tranche) continue;
                uint256 lots = list[i].amount / lot;
                uint256 share = unserved > left ? (left * lots) / unserved : lots;
                (left, unserved) = (left - share, unserved - lots);
                // A cent of face is as many base units of the token as a cent of cash is of this coin.
                due[i] = share * lot;
            }
        }
    }

    /// @dev Looks at what was allotted since the last look, before anybody can move it.
    function _look() private {
        (, uint256 allotted) = offering.progress();
        ISubscription.Position[] memory list = offering.positions(_seen, allotted - _seen);
        for (uint256 i; i < list.length; ++i) {
            uint256 has = note(list[i].tranche).balanceOf(list[i].account);
            // The seller may subscribe as well, and keeps more.
            bool right = list[i].account == sponsor ? list[i].amount <= has : list[i].amount == has;
            if (!right || (list[i].amount != 0 && list[i].amount != _due[_seen + i])) ++shifted;
        }
        _seen = allotted;
    }

    /// @dev In increasing order.
    function _attestors() private returns (address one, address other) {
        (one, other) = (vm.addr(AUDITOR_KEY), vm.addr(CUSTODIAN_KEY));
        if (other < one) (one, other) = (other, one);
    }

    /// @dev A seller whom the token refuses, or who does not bring what lapsed subscribers leave missing, holds the closing up
    ///      until its deadline; a subscriber whom an agent froze does not.
    function _closing() private pure returns (bytes memory) {
        return
            abi.encodePacked(
                ISubscription.WrongPhase.selector,
                ISubscription.SellerRefused.selector,
                ISubscription.FundingExceedsProceeds.selector
            );
    }
}
