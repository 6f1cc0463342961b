// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Layout, Layouts} from "../program/Layout.sol";
import {IProgramStore} from "../program/IProgramStore.sol";
import {Mappings} from "../program/Mappings.sol";
import {AmendmentRules} from "../vault/AmendmentRules.sol";
import {IAmendments} from "../vault/IAmendments.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {IStoppable} from "../vault/IStoppable.sol";
import {Changes} from "./Changes.sol";
import {FurtherIssues} from "./FurtherIssues.sol";
import {IDealControl} from "./IDealControl.sol";
import {ISignerSet} from "./ISignerSet.sol";
import {SignerSet} from "./SignerSet.sol";

/// @title DealControl
contract DealControl is IDealControl, SignerSet, FurtherIssues {
    /// @notice The amendment of a vault that was proposed last
    struct Proposed {
        bytes32 proposal;
        uint32 fromPeriod;
    }

    mapping(address vault => Proposed) private _amendments;
    /// @dev Programs of vaults that were amended, the first one included.
    mapping(IDealVault vault => Era[]) private _eras;

    /// @param authority AccessManager
    /// @param quorum the first signers
    /// @param delay seconds between approval and application of a change
    /// @param mostFace up to which face, in cents, further issues may bring each class, 0 for none; a shorter list says 0
    constructor(
        address authority,
        Quorum memory quorum,
        uint40 delay,
        uint256[] memory mostFace
    ) AccessManaged(authority) Changes(delay) FurtherIssues(mostFace) {
        _setSigners(quorum);
    }

    /// @inheritdoc ISignerSet
    function proposeSigners(Quorum calldata quorum) external restricted returns (bytes32 proposal) {
        proposal = keccak256(abi.encode(quorum));
        _propose(proposal);
        emit SignersProposed(proposal, quorum);
    }

    /// @inheritdoc ISignerSet
    function applySigners(Quorum calldata quorum) external {
        _take(keccak256(abi.encode(quorum)));
        _setSigners(quorum);
    }

    /// @inheritdoc IDealControl
    function proposeAmendment(
        address vault,
        IAmendments.Amendment calldata amendment
    ) external restricted returns (bytes32 proposal) {
        bytes32 open = _openAmendment(vault);
        require(open == 0, AmendmentOpen(open));
        proposal = _idOf(vault, amendment);
        _propose(proposal);
        _amendments[vault] = Proposed(proposal, amendment.fromPeriod);
        emit AmendmentProposed(proposal, vault, amendment);
    }

    /// @inheritdoc IDealControl
    function applyAmendment(IDealVault vault, IAmendments.Amendment calldata amendment) external {
        _take(_idOf(address(vault), amendment));
        delete _amendments[address(vault)];
        _putInForce(vault, amendment);
    }

    /// @inheritdoc IDealControl
    function programOf(IDealVault vault, uint256 period) external view returns (Era memory) {
        // Reverts for a period that the vault does not have.
        vault.paymentDate(period);
        Era[] storage eras = _eras[vault];
        for (uint256 i = eras.length; i != 0; --i) {
            if (eras[i - 1].fromPeriod <= period) return eras[i - 1];
        }
        return Era(1, vault.program(), vault.programHash(), vault.documentHash(), 0);
    }

    /// @inheritdoc IDealControl
    function requireNoAmendment(address vault, uint256 period) external view {
        Proposed memory amendment = _amendments[vault];
        if (amendment.fromPeriod != period) return;
        (, uint256 readyAt) = changeOf(amendment.proposal);
        require(readyAt == 0, AmendmentDue(amendment.proposal));
    }

    /// @inheritdoc IDealControl
    function stop(IStoppable vault) external restricted {
        vault.setStopped(true);
    }

    /// @inheritdoc IDealControl
    function resume(IStoppable vault) external restricted {
        vault.setStopped(false);
    }

    /// @inheritdoc FurtherIssues
    function _putInForce(IDealVault vault, IAmendments.Amendment calldata amendment) internal override {
        IProgramStore programs = vault.programs();
        bytes32 oldHash = vault.programHash();
        Layout memory sizes = Layouts.read(programs.programOf(amendment.programHash));
        AmendmentRules.requireFit(vault.tokens(), sizes, amendment.payees, amendment.paymentDates);
        _requireOwedInPlace(vault, amendment.payees);
        _requirePastDates(vault, amendment);
        _keepEras(vault, amendment);
        Mappings.Step memory step = Mappings.Step(oldHash, amendment.programHash, amendment.fromPeriod);
        vault.putInForce(amendment, programs.map(amendment.mappingHash, step, vault.state()));
    }

    /// @inheritdoc FurtherIssues
    function _openAmendment(address vault) internal view override returns (bytes32 open) {
        open = _amendments[vault].proposal;
        (address proposer, ) = changeOf(open);
        if (proposer == address(0)) open = 0;
    }

    /// @inheritdoc FurtherIssues
    function _inForceFrom(IDealVault vault) internal view override returns (uint32) {
        Era[] storage eras = _eras[vault];
        return eras.length == 0 ? 1 : eras[eras.length - 1].fromPeriod;
    }

    /// @dev The new program, and before the first amendment the one that the vault began with.
    function _keepEras(IDealVault vault, IAmendments.Amendment calldata amendment) private {
        Era[] storage eras = _eras[vault];
        if (eras.length == 0) eras.push(Era(1, vault.program(), vault.programHash(), vault.documentHash(), 0));
        address program = vault.programs().programOf(amendment.programHash);
        eras.push(
            Era(amendment.fromPeriod, program, amendment.programHash, amendment.documentHash, amendment.mappingHash)
        );
    }

    /// @dev What is owed is kept by place, so whoever is owed something keeps it.
    function _requireOwedInPlace(IDealVault vault, IAmendments.Payee[] calldata payees) private view {
        IAmendments.Payee[] memory old = vault.payees();
        for (uint256 i; i < old.length; ++i) {
            if (vault.owed(i) == 0) continue;
            require(i < payees.length && payees[i].to == old[i].to, PayeeStillOwed(i));
        }
    }

    function _requirePastDates(IDealVault vault, IAmendments.Amendment calldata amendment) private view {
        uint40[] calldata dates = amendment.paymentDates;
        for (uint256 i = 1; i < amendment.fromPeriod && i <= dates.length; ++i) {
            require(dates[i - 1] == vault.paymentDate(i), PastDateChanged(i));
        }
    }

    /// @dev The vault's address keeps an amendment of one deal from another one's; the hash of a set of signers has no
    ///      address in front, and a preimage of both kinds does not decode.
    function _idOf(address vault, IAmendments.Amendment calldata amendment) private pure returns (bytes32) {
        return keccak256(abi.encode(vault, amendment));
    }
}
