// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Layout} from "../program/Layout.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IAmendments} from "./IAmendments.sol";

/// @title What must hold between a program and the lists of a deal, at closing and at every amendment
library AmendmentRules {
    /// @notice The terms do not fit the program: `what` names the list that has the wrong length
    error TermsMismatch(string what, uint256 expected, uint256 given);
    /// @notice A payment date does not lie after the one before, or lies before its record date
    error PaymentDateInvalid(uint256 index);
    /// @notice A payee's address is zero
    error PayeeInvalid(uint256 index);

    /// @notice Reverts unless the lists have the lengths that the program says, payees have addresses, and dates strictly
    ///         increase, none before its record date
    function requireFit(
        ITrancheToken[] memory tokens,
        Layout memory sizes,
        IAmendments.Payee[] memory payees,
        uint40[] memory dates
    ) internal view {
        uint256 tranches = tokens.length;
        require(tranches != 0 && tranches == sizes.tranches, TermsMismatch("tokens", sizes.tranches, tranches));
        // The remittance follows the tranches' balances.
        require(sizes.state > tranches, TermsMismatch("state", tranches + 1, sizes.state));
        uint256 sinks = 2 * tranches + payees.length;
        require(sinks == sizes.sinks, TermsMismatch("payees", sizes.sinks, sinks));
        require(dates.length == sizes.rows, TermsMismatch("paymentDates", sizes.rows, dates.length));
        for (uint256 i; i < payees.length; ++i) require(payees[i].to != address(0), PayeeInvalid(i));
        for (uint256 i = 1; i < dates.length; ++i) require(dates[i] > dates[i - 1], PaymentDateInvalid(i));
        for (uint256 i; i < tranches; ++i) _requireRecorded(tokens[i].recordDates(), dates);
    }

    function _requireRecorded(uint40[] memory records, uint40[] memory dates) private pure {
        require(records.length >= dates.length, TermsMismatch("recordDates", dates.length, records.length));
        for (uint256 i; i < dates.length; ++i) require(records[i] <= dates[i], PaymentDateInvalid(i));
    }
}
