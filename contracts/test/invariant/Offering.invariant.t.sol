// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DealHealth} from "../../src/health/DealHealth.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {Campaign} from "./Campaign.sol";
import {OfferingActors} from "./OfferingActors.sol";

/// @notice What holds of an offering, and of the deal that it opens, after any sequence of what its actors can do
contract OfferingInvariantTest is Campaign {
    OfferingActors private _actors;
    DealHealth private _health;
    IDealVault private _deal;

    function setUp() public {
        _actors = new OfferingActors();
        _health = _actors.health();
        _deal = _actors.deal();
    }

    function played() internal view override returns (address, bytes4[] memory) {
        return (address(_actors), _actors.handlers());
    }

    /// @notice A: the vault has what it was funded with. C: what subscribers brought is here, with them, or with vault and
    ///         seller, and what closing takes covers the funding. D: the notes' face is the program's. E: nobody else holds
    ///         notes. H: the escrow covers positions and refunds, to the base unit. Q: closing begins when, and only when, a
    ///         valid attestation covers the notes' face. S: an allotment is the share of what was subscribed when closing began,
    ///         or nothing, whatever happens meanwhile, and nobody moves a note before the deal is open, or if it never is.
    function invariant_A_C_D_E_H_Q_S_offering() public view {
        (uint256 actual, uint256 expected) = _health.vaultCash(_deal);
        isTrue(actual >= expected, "A");
        equal(_actors.broughtIn(), _actors.escrowed() + _actors.refunded() + _actors.takenOut(), "C: in = here + out");
        isTrue(_actors.takenOut() >= actual, "C: the funding came out of the escrow");
        equal(_actors.wrongSums(), 0, "C: refunds pay what was due");
        equal(_actors.strangerHas(), 0, "E: a stranger has nothing");
        for (uint256 tranche; tranche < 2; ++tranche) {
            (actual, expected) = _health.faceOf(_deal, tranche);
            equal(actual, expected, "D");
            (actual, expected) = _health.heldBy(_deal, tranche, _actors.admitted());
            equal(actual, expected, "E");
        }
        (, expected) = _health.escrow(_deal, _actors.admitted());
        equal(_actors.escrowed(), expected, "H");
        equal(_actors.uncovered(), 0, "Q");
        equal(_actors.shifted(), 0, "S: allotments follow from what was subscribed");
        equal(_actors.early(), 0, "S: no note moves before the deal is open");
        if (_actors.phase() == ISubscription.Phase.Failed)
            equal(_actors.takenOut(), 0, "C: nobody had a failed offer's cash");
        equal(_deal.isOpen() ? 1 : 0, _actors.phase() == ISubscription.Phase.Closed ? 1 : 0, "open when closed");
    }
}
