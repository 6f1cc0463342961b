// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDealControl} from "../../src/control/IDealControl.sol";
import {ISignerSet} from "../../src/control/ISignerSet.sol";
import {IProgramStore} from "../../src/program/IProgramStore.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {AmendmentRules} from "../../src/vault/AmendmentRules.sol";
import {DealVault} from "../../src/vault/DealVault.sol";
import {IDealVault} from "../../src/vault/IDealVault.sol";
import {IReportBook} from "../../src/vault/IReportBook.sol";
import {IAmendments} from "../../src/vault/IAmendments.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Terms that do not fit the program cannot be deployed
contract DealVaultTermsTest is DealFixture {
    function _refuse(IDealVault.DealTerms memory terms, bytes memory failure) private {
        vm.expectRevert(failure);
        new DealVault(terms);
    }

    function test_listsMustFitTheProgram() public {
        bytes4 mismatch = AmendmentRules.TermsMismatch.selector;
        IDealVault.DealTerms memory terms = dealTerms();
        terms.payees = new IAmendments.Payee[](1);
        _refuse(terms, abi.encodeWithSelector(mismatch, "payees", 6, 5));
        terms = dealTerms();
        terms.paymentDates = new uint40[](2);
        _refuse(terms, abi.encodeWithSelector(mismatch, "paymentDates", 3, 2));
        terms = dealTerms();
        terms.initialState = new uint256[](4);
        _refuse(terms, abi.encodeWithSelector(IDealVault.InitialStateMismatch.selector, 5, 4));
        terms = dealTerms();
        terms.tokens = new ITrancheToken[](1);
        terms.tokens[0] = senior;
        _refuse(terms, abi.encodeWithSelector(mismatch, "tokens", 2, 1));
    }

    function test_datesMustBeInOrder() public {
        bytes4 invalid = AmendmentRules.PaymentDateInvalid.selector;
        IDealVault.DealTerms memory terms = dealTerms();
        terms.paymentDates[1] = terms.paymentDates[0];
        _refuse(terms, abi.encodeWithSelector(invalid, 1));
        terms = dealTerms();
        // One second before the record date is over.
        terms.paymentDates[2] = dates(0)[2] - 1;
        _refuse(terms, abi.encodeWithSelector(invalid, 2));
    }

    function test_stateMustFitItsWidth() public {
        IDealVault.DealTerms memory terms = dealTerms();
        terms.initialState[3] = 2 ** 85;
        _refuse(terms, abi.encodeWithSelector(IDealVault.InitialStateTooWide.selector, 3));
    }

    function test_controlPayeesAndProgramMustExist() public {
        IDealVault.DealTerms memory terms = dealTerms();
        terms.control = IDealControl(address(0));
        _refuse(terms, abi.encodeWithSelector(IDealVault.ZeroAddress.selector));
        terms = dealTerms();
        terms.payees[1].to = address(0);
        _refuse(terms, abi.encodeWithSelector(AmendmentRules.PayeeInvalid.selector, 1));
        terms = dealTerms();
        terms.programHash = keccak256("unknown");
        _refuse(terms, abi.encodeWithSelector(IProgramStore.ProgramUnknown.selector, terms.programHash));
    }

    function test_termsAreReadBack() public view {
        equal(vault.unit(), CENT, "base units in a cent");
        equal(vault.initialFunding(), 50_000 * CENT, "reserve");
        equal(vault.originalBalance(0), 800_000, "senior");
        (uint32 settledPeriod, bytes32 root) = vault.settledTape();
        isTrue(settledPeriod == 0 && root == 0, "no report was settled");
        equal(vault.tokens().length, 2, "tokens");
        equal(vault.payees().length, 2, "payees");
        isTrue(vault.control() == control, "control");
        equal(vault.partiesOf(trustee), 2, "the trustee signs as such");
        equal(vault.disputeDelay(), DISPUTE_DELAY, "dispute delay");
        uint256[] memory words = vault.state();
        equal(words[1], 50_000, "packed and unpacked: account 1");
        equal(words[2], 800_000, "state 0");
        equal(words[3], 200_000, "state 1 in the second storage word");
    }

    function test_nothingMovesBeforeOpening() public {
        vm.prank(servicer);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotOpen.selector));
        vault.deposit(CENT);
        IReportBook.ServicerReport memory report = reportOf(1, 0);
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotOpen.selector));
        vault.submitReport(report, new ISignerSet.Signature[](0));
        vm.expectRevert(abi.encodeWithSelector(IDealVault.NotOpen.selector));
        vault.settle(report, 0);
    }
}
