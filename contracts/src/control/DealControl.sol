// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAmendments} from "../vault/IAmendments.sol";
import {Changes} from "./Changes.sol";
import {IDealControl, IStoppable} from "./IDealControl.sol";
import {ISignerSet} from "./ISignerSet.sol";
import {SignerSet} from "./SignerSet.sol";

/// @title DealControl
contract DealControl is IDealControl, SignerSet, Changes {
    /// @notice The amendment of a vault that was proposed last
    struct Proposed {
        bytes32 proposal;
        uint32 fromPeriod;
    }

    mapping(address vault => Proposed) private _amendments;

    /// @param authority AccessManager
    /// @param quorum the first signers
    /// @param delay seconds between approval and application of a change
    constructor(address authority, Quorum memory quorum, uint40 delay) AccessManaged(authority) Changes(delay) {
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
        bytes32 open = _amendments[vault].proposal;
        (address proposer, ) = changeOf(open);
        require(proposer == address(0), AmendmentOpen(open));
        proposal = _idOf(vault, amendment);
        _propose(proposal);
        _amendments[vault] = Proposed(proposal, amendment.fromPeriod);
        emit AmendmentProposed(proposal, vault, amendment);
    }

    /// @inheritdoc IDealControl
    function takeAmendment(IAmendments.Amendment calldata amendment) external {
        _take(_idOf(msg.sender, amendment));
        delete _amendments[msg.sender];
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

    /// @dev The vault's address keeps an amendment of one deal from another one's; the hash of a set of signers has no
    ///      address in front, and a preimage of both kinds does not decode.
    function _idOf(address vault, IAmendments.Amendment calldata amendment) private pure returns (bytes32) {
        return keccak256(abi.encode(vault, amendment));
    }
}
