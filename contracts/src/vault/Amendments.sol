// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAmendments} from "./IAmendments.sol";
import {PackedWords} from "./PackedWords.sol";
import {ReportBook} from "./ReportBook.sol";

/// @title A new program in force: what the control has agreed to and held against the vault is written here
abstract contract Amendments is ReportBook {
    using PackedWords for uint256[];

    /// @inheritdoc IAmendments
    function putInForce(Amendment calldata amendment, uint256[] calldata words) external nonReentrant {
        require(msg.sender == address(control), NotControl(msg.sender));
        _requireRunning();
        uint32 next = _nextPeriod();
        require(amendment.fromPeriod == next, AmendmentNotNext(next, amendment.fromPeriod));
        uint256 before = _accountCents();
        _dropPending();
        _putProgram(amendment.programHash, amendment.documentHash);
        _setPayees(amendment.payees);
        _paymentDates = amendment.paymentDates;
        uint256[] memory saved = words;
        _state.save(_pointer(saved), saved.length);
        uint256 afterwards = _accountCents();
        require(afterwards == before, CashChanged(before, afterwards));
        emit Amended(next, amendment.programHash, amendment.documentHash, amendment.mappingHash, stateHash(), saved);
    }
}
