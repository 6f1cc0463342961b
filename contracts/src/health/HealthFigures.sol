// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IPledgeRegistry} from "../collateral/IPledgeRegistry.sol";
import {IDistributor} from "../distribution/IDistributor.sol";
import {ISubscription} from "../offering/ISubscription.sol";
import {Layouts} from "../program/Layout.sol";
import {ITokenTerms} from "../token/ITokenTerms.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {IDealHealth} from "./IDealHealth.sol";

/// @title The two figures of each invariant
abstract contract HealthFigures is IDealHealth {
    /// @dev Base units of a tranche token (six decimals) in a cent of original face.
    uint256 private constant FACE_PER_CENT = 10_000;
    uint256 private constant ONE = 1e18;

    /// @inheritdoc IDealHealth
    function trancheCount(IDealVault vault) external view returns (uint256) {
        return vault.tokens().length;
    }

    /// @inheritdoc IDealHealth
    function vaultCash(IDealVault vault) external view returns (uint256 actual, uint256 expected) {
        actual = vault.cash().balanceOf(address(vault));
        // Before, the accounts are what they will be funded with.
        if (vault.isOpen()) expected = vault.liabilities();
    }

    /// @inheritdoc IDealHealth
    function distributorCash(IDealVault vault) external view returns (uint256 actual, uint256 expected) {
        IDistributor distributor = vault.distributor();
        return (vault.cash().balanceOf(address(distributor)), distributor.liabilities());
    }

    /// @inheritdoc IDealHealth
    function paidOf(
        IDealVault vault,
        uint256 tranche,
        uint32 period
    ) external view returns (uint256 actual, uint256 expected) {
        IDistributor.Distribution memory all = vault.distributor().distribution(tranche, period);
        if (all.interestPaid > all.interest) return (all.interestPaid, all.interest);
        if (all.principalPaid > all.principal) return (all.principalPaid, all.principal);
        if (all.taxHeld > all.interestPaid) return (all.taxHeld, all.interestPaid);
        return (all.interestPaid + all.principalPaid, all.interest + all.principal);
    }

    /// @inheritdoc IDealHealth
    function faceOf(IDealVault vault, uint256 tranche) external view returns (uint256 actual, uint256 expected) {
        if (!vault.isOpen()) return (0, 0);
        ITrancheToken token = vault.tokens()[tranche];
        uint256 face = vault.control().faceOf(vault, tranche);
        (actual, expected) = (token.totalSupply(), face * FACE_PER_CENT);
        // A class of nothing has no factor.
        if (actual != expected || face == 0) return (actual, expected);
        // The state begins with the tranches' balances, after the accounts.
        uint256 place = Layouts.read(vault.program()).accounts + tranche;
        return (ITokenTerms(address(token)).factor(), Math.mulDiv(ONE, vault.state()[place], face));
    }

    /// @inheritdoc IDealHealth
    function heldBy(
        IDealVault vault,
        uint256 tranche,
        address[] calldata accounts
    ) external view returns (uint256 actual, uint256 expected) {
        ITrancheToken token = vault.tokens()[tranche];
        for (uint256 i; i < accounts.length; ++i) actual += token.balanceOf(accounts[i]);
        expected = token.totalSupply();
    }

    /// @inheritdoc IDealHealth
    function claimedBy(
        IDealVault vault,
        uint256 tranche,
        uint32 period,
        address[] calldata accounts
    ) external view returns (uint256 actual, uint256 expected) {
        IDistributor distributor = vault.distributor();
        ITrancheToken token = vault.tokens()[tranche];
        for (uint256 i; i < accounts.length; ++i) {
            if (!distributor.claimed(accounts[i], tranche, period)) continue;
            (uint256 balance, ) = token.recordAt(accounts[i], period);
            actual += balance;
        }
        expected = distributor.distribution(tranche, period).claimedBalance;
    }

    /// @inheritdoc IDealHealth
    function recordedBy(
        IDealVault vault,
        uint256 tranche,
        uint32 period,
        address[] calldata accounts
    ) external view returns (uint256 actual, uint256 expected) {
        ITrancheToken token = vault.tokens()[tranche];
        if (period > token.recordDatesPassed()) return (0, 0);
        for (uint256 i; i < accounts.length; ++i) actual += token.balanceAt(accounts[i], period);
        expected = token.supplyAt(period);
    }

    /// @inheritdoc IDealHealth
    function escrow(
        IDealVault vault,
        address[] calldata accounts
    ) external view returns (uint256 actual, uint256 expected) {
        ISubscription offering = ISubscription(vault.offering());
        actual = offering.cash().balanceOf(address(offering));
        ISubscription.Phase phase = offering.phase();
        // Nothing is subscribed before the vault is bound.
        if (address(offering.vault()) != address(vault)) return (actual, 0);
        ITrancheToken[] memory tokens = vault.tokens();
        expected = _released(offering, accounts, phase == ISubscription.Phase.Failed ? tokens.length : 0);
        if (phase == ISubscription.Phase.Open || phase == ISubscription.Phase.Failed) {
            for (uint256 i; i < tokens.length; ++i) expected += offering.raised(i);
        } else if (phase == ISubscription.Phase.Closing) {
            expected += _beingAllotted(offering) + _soldFor(tokens, vault.unit());
        }
    }

    /// @inheritdoc IDealHealth
    function pledgesOf(
        IPledgeRegistry registry,
        IDealVault vault,
        bytes32[] calldata keys
    ) external view returns (uint256 actual, uint256 expected) {
        for (uint256 i; i < keys.length; ++i) {
            if (registry.pledgedTo(keys[i]) == address(vault)) ++actual;
        }
        expected = keys.length;
    }

    /// @inheritdoc IDealHealth
    function lastPeriods(IDealVault vault) external view returns (uint256 actual, uint256 expected) {
        return (vault.distributor().lastPeriod(), vault.period());
    }

    /// @dev Cash of positions that ended. When the offer failed, the positions that stand are refundable as well: they are
    ///      taken off, since they are counted whole, whoever has them.
    function _released(
        ISubscription offering,
        address[] calldata accounts,
        uint256 standing
    ) private view returns (uint256 sum) {
        for (uint256 i; i < accounts.length; ++i) {
            sum += offering.refundable(accounts[i]);
            for (uint256 tranche; tranche < standing; ++tranche) sum -= offering.subscribed(accounts[i], tranche);
        }
    }

    /// @dev Cash of positions that wait for their notes.
    function _beingAllotted(ISubscription offering) private view returns (uint256 sum) {
        (uint256 all, uint256 allotted) = offering.progress();
        ISubscription.Position[] memory left = offering.positions(allotted, all - allotted);
        for (uint256 i; i < left.length; ++i) sum += left[i].amount;
    }

    /// @dev Cash of the notes that are minted: a cent of it for a cent of face.
    function _soldFor(ITrancheToken[] memory tokens, uint256 unit) private view returns (uint256 sum) {
        for (uint256 i; i < tokens.length; ++i) sum += (tokens[i].totalSupply() / FACE_PER_CENT) * unit;
    }
}
