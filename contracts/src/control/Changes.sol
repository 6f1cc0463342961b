// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IChanges} from "./IChanges.sol";

/// @title Proposals, their approval and their delay
abstract contract Changes is IChanges, AccessManaged {
    struct Change {
        address proposer;
        uint40 readyAt;
    }

    uint40 private immutable DELAY;

    mapping(bytes32 proposal => Change) private _changes;

    constructor(uint40 delay) {
        DELAY = delay;
    }

    /// @inheritdoc IChanges
    function approveChange(bytes32 proposal) external restricted {
        Change storage change = _changes[proposal];
        require(change.proposer != address(0), ChangeUnknown(proposal));
        require(change.proposer != msg.sender, SameEyes(msg.sender));
        require(change.readyAt == 0, ChangeApprovedAlready(proposal));
        // Timestamps and delays have 40 bits: the sum leaves them in no foreseeable year, and reverts then.
        change.readyAt = uint40(block.timestamp) + DELAY;
        emit ChangeApproved(proposal, msg.sender, change.readyAt);
    }

    /// @inheritdoc IChanges
    function cancelChange(bytes32 proposal) external restricted {
        require(_changes[proposal].proposer != address(0), ChangeUnknown(proposal));
        delete _changes[proposal];
        emit ChangeCancelled(proposal, msg.sender);
    }

    /// @inheritdoc IChanges
    function changeOf(bytes32 proposal) public view returns (address proposer, uint256 readyAt) {
        Change memory change = _changes[proposal];
        return (change.proposer, change.readyAt);
    }

    /// @inheritdoc IChanges
    function changeDelay() external view returns (uint256) {
        return DELAY;
    }

    function _propose(bytes32 proposal) internal {
        require(_changes[proposal].proposer == address(0), ChangeKnown(proposal));
        _changes[proposal].proposer = msg.sender;
    }

    /// @dev Reverts unless the change was approved and its delay is over; it cannot be taken again.
    function _take(bytes32 proposal) internal {
        Change memory change = _changes[proposal];
        require(change.proposer != address(0), ChangeUnknown(proposal));
        bool ready = change.readyAt != 0 && block.timestamp >= change.readyAt;
        require(ready, ChangeNotReady(proposal, change.readyAt));
        delete _changes[proposal];
    }
}
