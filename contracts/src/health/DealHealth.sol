// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPledgeRegistry} from "../collateral/IPledgeRegistry.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {HealthFigures} from "./HealthFigures.sol";
import {IDealHealth} from "./IDealHealth.sol";

/// @title DealHealth: asks a deal's contracts whether its invariants hold
/// @dev Each invariant is a call to this contract itself, so that one whose contracts fail leaves the others answered.
contract DealHealth is HealthFigures {
    enum Relation {
        Equal,
        AtLeast,
        AtMost
    }

    /// @inheritdoc IDealHealth
    function findings(Question calldata question) external view returns (Finding[] memory list) {
        IDealVault vault = question.vault;
        address[] calldata accounts = question.accounts;
        uint256 tranches = _tranches(vault);
        list = new Finding[](4 + tranches * (2 + 3 * _periods(question)));
        list[0] = _ask("A", Relation.AtLeast, abi.encodeCall(this.vaultCash, (vault)));
        list[1] = _ask("B", Relation.AtLeast, abi.encodeCall(this.distributorCash, (vault)));
        list[2] = _ask("H", Relation.AtLeast, abi.encodeCall(this.escrow, (vault, accounts)));
        list[3] = _ask("J", Relation.AtMost, abi.encodeCall(this.lastPeriods, (vault)));
        uint256 next = 4;
        for (uint256 i; i < tranches; ++i) {
            list[next++] = _at(i, 0, _ask("D", Relation.Equal, abi.encodeCall(this.faceOf, (vault, i))));
            list[next++] = _at(i, 0, _ask("E", Relation.Equal, abi.encodeCall(this.heldBy, (vault, i, accounts))));
        }
        for (uint256 i; i < tranches; ++i) next = _askPeriods(list, next, question, i);
    }

    /// @inheritdoc IDealHealth
    function pledged(
        IPledgeRegistry registry,
        IDealVault vault,
        bytes32[] calldata keys
    ) external view returns (Finding memory) {
        return _ask("I", Relation.Equal, abi.encodeCall(this.pledgesOf, (registry, vault, keys)));
    }

    /// @dev C, F and G of a class, period by period; returns the next place of the list.
    function _askPeriods(
        Finding[] memory list,
        uint256 next,
        Question calldata question,
        uint256 tranche
    ) private view returns (uint256) {
        IDealVault vault = question.vault;
        uint256 end = question.fromPeriod + _periods(question);
        for (uint256 i = question.fromPeriod; i < end; ++i) {
            // From the question's two numbers of 32 bits.
            uint32 period = uint32(i);
            bytes memory asked = abi.encodeCall(this.paidOf, (vault, tranche, period));
            list[next++] = _at(tranche, period, _ask("C", Relation.AtMost, asked));
            asked = abi.encodeCall(this.claimedBy, (vault, tranche, period, question.accounts));
            list[next++] = _at(tranche, period, _ask("F", Relation.Equal, asked));
            asked = abi.encodeCall(this.recordedBy, (vault, tranche, period, question.accounts));
            list[next++] = _at(tranche, period, _ask("G", Relation.Equal, asked));
        }
        return next;
    }

    /// @dev Asks for the two figures of an invariant and holds one against the other.
    function _ask(bytes1 letter, Relation relation, bytes memory asked) private view returns (Finding memory finding) {
        finding.letter = letter;
        uint256 gasBefore = gasleft();
        (bool ok, bytes memory answer) = address(this).staticcall(asked);
        if (!ok || answer.length != 64) {
            // A call gets all gas but a 64th: when no more is left, it was gas that it wanted.
            require(gasleft() > gasBefore / 32, NotEnoughGas());
            finding.verdict = Verdict.Unanswered;
            return finding;
        }
        (finding.actual, finding.expected) = abi.decode(answer, (uint256, uint256));
        finding.verdict = _holds(relation, finding.actual, finding.expected) ? Verdict.Holds : Verdict.Broken;
    }

    function _holds(Relation relation, uint256 actual, uint256 expected) private pure returns (bool) {
        if (relation == Relation.Equal) return actual == expected;
        return relation == Relation.AtLeast ? actual >= expected : actual <= expected;
    }

    /// @dev Says where the invariant was looked at; a deal has fewer classes than 2^16.
    function _at(uint256 tranche, uint32 period, Finding memory finding) private pure returns (Finding memory) {
        (finding.tranche, finding.period) = (uint16(tranche), period);
        return finding;
    }

    function _tranches(IDealVault vault) private view returns (uint256) {
        // Through this contract too: an answer that is no list would fail here.
        try this.trancheCount(vault) returns (uint256 count) {
            return count;
        } catch {
            return 0;
        }
    }

    function _periods(Question calldata question) private pure returns (uint256) {
        if (question.fromPeriod == 0 || question.toPeriod < question.fromPeriod) return 0;
        return uint256(question.toPeriod) - question.fromPeriod + 1;
    }
}
