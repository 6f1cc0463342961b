// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DealHealth} from "../../src/health/DealHealth.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {Campaign} from "./Campaign.sol";
import {DealActors} from "./DealActors.sol";

/// @notice What holds of a closed deal, all its contracts together, after any sequence of what its actors can do
/// @dev The letters are those of IDealHealth, and the figures mostly its own: what watches a deal is what was tried here.
///      Each function named invariant_… is a campaign of its own, so that letters of one kind share one.
contract DealInvariantTest is Campaign {
    DealActors private _actors;
    DealHealth private _health;
    IDealVault private _deal;

    function setUp() public {
        _actors = new DealActors();
        _health = _actors.health();
        _deal = _actors.deal();
    }

    function played() internal view override returns (address, bytes4[] memory) {
        return (address(_actors), _actors.handlers());
    }

    /// @notice Cash, the notes' face, the closed offering, pledged loans, periods, the check before a transfer, programs
    function invariant_A_B_C_D_H_I_J_P_R_cash_and_face() public view {
        _A();
        _B();
        _C();
        _D();
        _H();
        _I();
        _J();
        _P();
        _R();
    }

    /// @notice Account by account: who holds, who was paid, who held at a record date
    function invariant_E_F_G_holders() public view {
        _E();
        _F();
        _G();
    }

    /// @dev A: The vault's cash covers its accounts, the pending deposit and what payees are owed
    function _A() private view {
        (uint256 held, uint256 owed) = _health.vaultCash(_deal);
        isTrue(held >= owed, "A");
    }

    /// @dev B: The Distributor's cash covers what holders and the tax account are owed, carried dust included
    function _B() private view {
        (uint256 held, uint256 owed) = _health.distributorCash(_deal);
        isTrue(held >= owed, "B");
    }

    /// @dev C: What came in is what was paid and what is owed, to the base unit; every holder was paid what was due then; and
    ///      of no class and period is more paid than was booked
    function _C() private view {
        equal(_actors.paid() + _actors.owed(), _actors.deposited(), "C: in = out + owed");
        equal(_actors.wrongSums(), 0, "C: claims pay what was due");
        for (uint256 tranche; tranche < 2; ++tranche) {
            for (uint32 period = 1; period <= 3; ++period) {
                (uint256 paid, uint256 booked) = _health.paidOf(_deal, tranche, period);
                isTrue(paid <= booked, "C: class and period");
            }
        }
    }

    /// @dev D: Supply × factor is the program's balance, up to the rounding of the factor: less than a base unit here
    function _D() private view {
        for (uint256 tranche; tranche < 2; ++tranche) {
            (uint256 actual, uint256 expected) = _health.faceOf(_deal, tranche);
            equal(actual, expected, "D");
            isTrue(_actors.factorGap(tranche) <= 1, "D: rounding");
        }
    }

    /// @dev E: No path gives tokens, or cash, to an account that was never admitted
    function _E() private view {
        equal(_actors.strangerHas(), 0, "E: a stranger has nothing");
        for (uint256 tranche; tranche < 2; ++tranche) {
            (uint256 held, uint256 supply) = _health.heldBy(_deal, tranche, _actors.admitted());
            equal(held, supply, "E");
        }
    }

    /// @dev F: A claim pays exactly once
    function _F() private view {
        equal(_actors.repeated(), 0, "F: nobody is paid twice");
        for (uint256 tranche; tranche < 2; ++tranche) {
            for (uint32 period = 1; period <= 3; ++period) {
                (uint256 marked, uint256 counted) = _health.claimedBy(_deal, tranche, period, _actors.admitted());
                equal(marked, counted, "F");
            }
        }
    }

    /// @dev G: Balances at a record date add up to the supply at it
    function _G() private view {
        for (uint256 tranche; tranche < 2; ++tranche) {
            for (uint32 period = 1; period <= 3; ++period) {
                (uint256 sum, uint256 supply) = _health.recordedBy(_deal, tranche, period, _actors.admitted());
                equal(sum, supply, "G");
            }
        }
    }

    /// @dev H: The offering, closed, owes nothing and keeps nothing of anybody's
    function _H() private view {
        (uint256 held, uint256 owed) = _health.escrow(_deal, _actors.admitted());
        isTrue(held >= owed, "H");
        equal(owed, 0, "H: nothing is owed after closing in full");
    }

    /// @dev I: A loan that is pledged to a deal is pledged to it alone, and counted once
    function _I() private view {
        (uint256 counted, uint256 told) = _actors.pledgeCounts(false);
        (uint256 countedOther, uint256 toldOther) = _actors.pledgeCounts(true);
        equal(counted, told, "I");
        equal(countedOther, toldOther, "I: the other deal");
        isTrue(told + toldOther <= 3, "I: three loans in all");
    }

    /// @dev J: Nothing is booked that was not settled, and periods are settled once each
    function _J() private view {
        (uint256 booked, uint256 settled) = _health.lastPeriods(_deal);
        isTrue(booked <= settled, "J");
        equal(settled, _actors.settlements(), "J: once each");
    }

    /// @dev P: The pre-transfer check says what the transfer does
    function _P() private view {
        equal(_actors.surprises(), 0, "P");
    }

    /// @dev R: The program in force is that of the last amendment applied, and every settled period keeps the one that paid it
    function _R() private view {
        equal(_actors.misremembered(), 0, "R");
    }
}
