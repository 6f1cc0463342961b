// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IReserveAttestor} from "../collateral/IReserveAttestor.sol";
import {IFurtherIssue} from "../offering/IFurtherIssue.sol";
import {ISubscription} from "../offering/ISubscription.sol";
import {Layouts} from "../program/Layout.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IAmendments} from "../vault/IAmendments.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {Changes} from "./Changes.sol";
import {IDealControl} from "./IDealControl.sol";
import {IFurtherIssues} from "./IFurtherIssues.sol";

/// @title What the control holds a further issue against, before and after its notes are minted
abstract contract FurtherIssues is Changes, IFurtherIssues {
    /// @dev Base units of a tranche token (six decimals) in a cent of original face.
    uint256 private constant FACE_PER_CENT = 10_000;

    /// @dev What an issue's contract said when it was proposed.
    struct Issue {
        IDealVault vault;
        uint32 fromPeriod;
        uint32 inForceFrom;
        uint256 tranche;
        uint256 face;
        bytes32 proposal;
    }

    uint256[] private _mostFace;
    mapping(address issue => Issue) private _issues;
    mapping(IDealVault vault => mapping(uint256 tranche => uint256)) private _issuedLater;
    address private transient _issuing;
    address private transient _issuingOf;

    constructor(uint256[] memory mostFace) {
        _mostFace = mostFace;
    }

    /// @inheritdoc IFurtherIssues
    function proposeIssue(
        IFurtherIssue issue,
        IAmendments.Amendment calldata amendment
    ) external restricted returns (bytes32 proposal) {
        bytes32 before = _issues[address(issue)].proposal;
        require(before == 0, IssueProposedBefore(before));
        Issue memory its;
        (its.vault, its.tranche, its.fromPeriod, its.face) = issue.issued();
        bool same = amendment.fromPeriod == its.fromPeriod;
        require(same, IssuePeriodDiffers(its.fromPeriod, amendment.fromPeriod));
        _requirePermitted(its);
        proposal = _idOf(address(issue), its.vault, amendment);
        _propose(proposal);
        its.proposal = proposal;
        its.inForceFrom = _inForceFrom(its.vault);
        _issues[address(issue)] = its;
        emit IssueProposed(proposal, address(its.vault), address(issue), its.tranche, its.face, amendment);
    }

    /// @inheritdoc IFurtherIssues
    function applyIssue(IAmendments.Amendment calldata amendment) external {
        Issue memory its = _issues[msg.sender];
        require(its.proposal != 0, IssueUnknown(msg.sender));
        _take(_idOf(msg.sender, its.vault, amendment));
        _requireBetweenDates(its);
        _requireNoOtherChange(its);
        uint256 faceAfter = _requirePermitted(its);
        uint256[] memory expected = _raised(its, faceAfter - its.face);
        _putInForce(its.vault, amendment);
        uint256 sum = _requireBalances(its.vault, expected);
        _requireCovered(its.vault, sum);
        _issuedLater[its.vault][its.tranche] += its.face;
        (_issuing, _issuingOf) = (msg.sender, address(its.vault));
        IFurtherIssue(msg.sender).mintNotes();
        (_issuing, _issuingOf) = (address(0), address(0));
        _requireSupplies(its.vault);
        emit FurtherIssued(address(its.vault), its.tranche, msg.sender, its.face, faceAfter);
    }

    /// @inheritdoc IFurtherIssues
    function issueOf(address issue) public view returns (bytes32 proposal, uint256 readyAt) {
        address proposer;
        proposal = _issues[issue].proposal;
        (proposer, readyAt) = changeOf(proposal);
        if (proposer == address(0)) proposal = 0;
    }

    /// @inheritdoc IFurtherIssues
    function issuing(address vault) external view returns (address) {
        return vault == _issuingOf ? _issuing : address(0);
    }

    /// @inheritdoc IFurtherIssues
    function faceOf(IDealVault vault, uint256 tranche) public view returns (uint256) {
        return vault.originalBalance(tranche) + _issuedLater[vault][tranche];
    }

    /// @inheritdoc IFurtherIssues
    function mostFaceOf(uint256 tranche) public view returns (uint256) {
        return tranche < _mostFace.length ? _mostFace[tranche] : 0;
    }

    /// @dev Puts an amendment in force that was agreed to.
    function _putInForce(IDealVault vault, IAmendments.Amendment calldata amendment) internal virtual;

    /// @dev A vault's amendment that is proposed and neither applied nor cancelled, zero when there is none.
    function _openAmendment(address vault) internal view virtual returns (bytes32);

    /// @dev The first period of the program in force.
    function _inForceFrom(IDealVault vault) internal view virtual returns (uint32);

    /// @dev Returns the class's face after the issue.
    function _requirePermitted(Issue memory its) private view returns (uint256 faceAfter) {
        uint256 most = mostFaceOf(its.tranche);
        faceAfter = faceOf(its.vault, its.tranche) + its.face;
        require(faceAfter <= most, IssueNotPermitted(its.tranche, most, faceAfter));
    }

    /// @dev That the period is next is the vault's to say.
    function _requireBetweenDates(Issue memory its) private view {
        require(its.vault.isOpen(), IDealVault.NotOpen());
        bytes32 pending = its.vault.pendingReport().digest;
        require(pending == 0, ReportPending(pending));
        require(_inForceFrom(its.vault) != its.fromPeriod, PeriodAmended(its.fromPeriod));
        uint256 passed = its.vault.tokens()[its.tranche].recordDatesPassed();
        require(passed < its.fromPeriod, RecordDatePassed(its.fromPeriod));
    }

    /// @dev What was agreed replaces the program, payees and dates of the day it was proposed, and none that came after it; and
    ///      an amendment that is open would be of a program that is gone, and hold up reports.
    function _requireNoOtherChange(Issue memory its) private view {
        uint32 since = _inForceFrom(its.vault);
        require(since == its.inForceFrom, AmendedSince(since));
        bytes32 open = _openAmendment(address(its.vault));
        require(open == 0, IDealControl.AmendmentOpen(open));
    }

    /// @dev The balances that the classes must have afterwards: the larger class's balance is to its face as before.
    function _raised(Issue memory its, uint256 face) private view returns (uint256[] memory balances) {
        balances = _balances(its.vault);
        uint256 balance = balances[its.tranche];
        // Least face for which the balance is whole cents: all others are multiples of it.
        uint256 step = balance == 0 ? 0 : face / _divisor(face, balance);
        if (step == 0 || its.face % step != 0) revert FaceNotWhole(its.face, _nearest(its.face, step));
        balances[its.tranche] = balance + Math.mulDiv(its.face, balance, face);
    }

    /// @dev Returns the sum of the balances.
    function _requireBalances(IDealVault vault, uint256[] memory expected) private view returns (uint256 sum) {
        uint256[] memory balances = _balances(vault);
        for (uint256 i; i < expected.length; ++i) {
            require(balances[i] == expected[i], BalanceDiffers(i, expected[i], balances[i]));
            sum += balances[i];
        }
    }

    /// @dev Whoever had to cover the notes at closing covers what is left of them and the new ones.
    function _requireCovered(IDealVault vault, uint256 cents) private view {
        IReserveAttestor attestor = ISubscription(vault.offering()).attestor();
        if (address(attestor) != address(0)) attestor.requireCovered(address(vault), cents);
    }

    function _requireSupplies(IDealVault vault) private view {
        ITrancheToken[] memory tokens = vault.tokens();
        for (uint256 i; i < tokens.length; ++i) {
            uint256 face = faceOf(vault, i) * FACE_PER_CENT;
            uint256 supply = tokens[i].totalSupply();
            require(supply == face, IDealVault.SupplyMismatch(i, face, supply));
        }
    }

    /// @dev The state begins with the classes' balances, after the accounts.
    function _balances(IDealVault vault) private view returns (uint256[] memory balances) {
        uint256[] memory words = vault.state();
        uint256 first = Layouts.read(vault.program()).accounts;
        balances = new uint256[](vault.tokens().length);
        for (uint256 i; i < balances.length; ++i) balances[i] = words[first + i];
    }

    /// @dev The greatest common divisor of two positive numbers.
    function _divisor(uint256 one, uint256 other) private pure returns (uint256) {
        while (other != 0) (one, other) = (other, one % other);
        return one;
    }

    /// @dev The multiple of `step` that is nearest to a face, the lower one of two, and at least one step.
    function _nearest(uint256 face, uint256 step) private pure returns (uint256) {
        if (step == 0 || face < step) return step;
        uint256 over = face % step;
        return 2 * over > step ? face - over + step : face - over;
    }

    /// @dev An issue's contract never changes its terms. Two addresses in front keep it from an amendment by itself, which has one.
    function _idOf(
        address issue,
        IDealVault vault,
        IAmendments.Amendment calldata amendment
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(issue, vault, amendment));
    }
}
