// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IChanges} from "../../src/control/IChanges.sol";
import {IDealControl} from "../../src/control/IDealControl.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {SampleMapping} from "../support/SampleMapping.sol";
import {SampleProgram} from "../support/SampleProgram.sol";
import {LoanActors} from "./LoanActors.sol";

/// @notice Those who change a deal's program in mid-life, rightly and wrongly: a fee of 1.00 becomes 2.00, and 1.00 again
abstract contract AmendmentActors is LoanActors {
    /// @dev Amendments that were put in force, and the program that the last of them names.
    uint256 public amendments;
    bytes32 internal inForce = keccak256(SampleProgram.blob());
    bytes32 private immutable OTHER = keccak256(SampleProgram.blobWithFee(200));
    bytes32 private immutable FIRST = inForce;
    /// @dev The amendment proposed last, encoded: the compiler copies no list of structs into storage.
    bytes private _proposed;

    constructor() {
        programs.register(SampleProgram.blobWithFee(200));
        for (uint256 from = 1; from <= PERIODS; ++from) {
            programs.register(SampleMapping.blob(FIRST, OTHER, from));
            programs.register(SampleMapping.blob(OTHER, FIRST, from));
        }
    }

    /// @dev Proposed, approved, given up or applied, in any order, by those who may and by those who may not.
    function amend(uint256 step, uint256 seed) external {
        if (vault.period() == PERIODS) return;
        if (step % 4 == 0) _propose(seed);
        else if (step % 4 == 1) _approve(step % 8 < 6 ? approver : address(this));
        else if (step % 16 == 2) _cancel();
        else _apply();
    }

    /// @dev All steps in a row, so that amendments come as often as what is done to them.
    function amendAtOnce(uint256 seed) external {
        if (vault.period() == PERIODS) return;
        _propose(seed);
        _approve(approver);
        vm.warp(block.timestamp + CHANGE_DELAY);
        _apply();
    }

    /// @notice Periods that were settled under another program than the control says paid them
    function misremembered() external view returns (uint256 count) {
        for (uint256 i = 1; i <= vault.period(); ++i) {
            if (control.programOf(vault, i).programHash != paidBy[i]) ++count;
        }
        if (vault.programHash() != inForce) ++count;
    }

    /// @dev One in four is for the period after the next, one in five has the payees in other places, one in six another date
    ///      for the last period, one in seven for the first.
    function _propose(uint256 seed) private {
        IAmendments.Amendment memory told;
        told.fromPeriod = vault.period() + 1;
        if (seed % 4 == 3 && told.fromPeriod < PERIODS) ++told.fromPeriod;
        bytes32 from = vault.programHash();
        told.programHash = from == FIRST ? OTHER : FIRST;
        told.documentHash = keccak256(abi.encode(seed));
        told.mappingHash = keccak256(SampleMapping.blob(from, told.programHash, told.fromPeriod));
        told.payees = vault.payees();
        if (seed % 5 == 4) (told.payees[0], told.payees[1]) = (told.payees[1], told.payees[0]);
        told.paymentDates = new uint40[](PERIODS);
        for (uint256 i; i < PERIODS; ++i) told.paymentDates[i] = uint40(vault.paymentDate(i + 1));
        if (seed % 6 == 5) told.paymentDates[PERIODS - 1] += 1 days;
        if (seed % 7 == 6) told.paymentDates[0] += 1 hours;
        try control.proposeAmendment(address(vault), told) {
            _proposed = abi.encode(told);
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IDealControl.AmendmentOpen.selector,
                IChanges.ChangeKnown.selector
            );
            explain(reason, refusals);
        }
    }

    function _approve(address by) private {
        bytes32 proposal = _proposal();
        vm.prank(by);
        try control.approveChange(proposal) {
            require(by == approver, Unexplained("approved by whoever proposed it"));
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IChanges.ChangeUnknown.selector,
                IChanges.ChangeApprovedAlready.selector,
                bytes4(keccak256("AccessManagedUnauthorized(address)"))
            );
            explain(reason, refusals);
        }
    }

    function _cancel() private {
        try control.cancelChange(_proposal()) {} catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IChanges.ChangeUnknown.selector));
        }
    }

    function _apply() private {
        if (_proposed.length == 0) return;
        IAmendments.Amendment memory told = abi.decode(_proposed, (IAmendments.Amendment));
        (, uint256 readyAt) = control.changeOf(_proposal());
        try control.applyAmendment(vault, told) {
            require(readyAt != 0 && readyAt <= block.timestamp, Unexplained("applied before its time"));
            inForce = told.programHash;
            ++amendments;
        } catch (bytes memory reason) {
            bytes memory refusals = abi.encodePacked(
                IChanges.ChangeUnknown.selector,
                IChanges.ChangeNotReady.selector,
                IAmendments.AmendmentNotNext.selector,
                IDealControl.PayeeStillOwed.selector,
                IDealControl.PastDateChanged.selector,
                IDealVault.Stopped.selector
            );
            explain(reason, refusals);
        }
    }

    function _proposal() private view returns (bytes32) {
        if (_proposed.length == 0) return 0;
        return keccak256(abi.encode(address(vault), abi.decode(_proposed, (IAmendments.Amendment))));
    }
}
