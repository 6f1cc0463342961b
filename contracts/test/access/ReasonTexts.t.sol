// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {ReasonTexts} from "../../src/access/ReasonTexts.sol";
import {Test} from "../support/Vm.sol";

/// @notice Every reason has a sentence of its own, and a number without one says so
contract ReasonTextsTest is Test {
    function _says(uint8 code, string memory sentence) private pure {
        isTrue(keccak256(bytes(ReasonTexts.text(code))) == keccak256(bytes(sentence)), sentence);
    }

    function test_sentences() public pure {
        _says(Reasons.OK, "Allowed");
        _says(Reasons.SENDER_NOT_REGISTERED, "The sender is not registered");
        _says(Reasons.RECEIVER_NOT_REGISTERED, "The receiver is not registered");
        _says(Reasons.KYC_EXPIRED, "The receiver's KYC has expired");
        _says(Reasons.COUNTRY_REFUSED, "The receiver's country is refused");
        _says(Reasons.CATEGORY_REFUSED, "The receiver's investor category is refused");
        _says(Reasons.PARTIAL_FREEZE, "Part of the balance is frozen");
        _says(Reasons.DEAL_STATE, "The deal's state does not allow it");
        _says(Reasons.NOTHING_TO_CLAIM, "There is nothing to claim");
        _says(Reasons.INSUFFICIENT_BALANCE, "The balance is too small");
        _says(Reasons.CASH_REFUSED, "The stablecoin refuses the receiver");
        _says(Reasons.CASH_REFUSED + 1, "Unknown reason");
    }

    /// @dev Whoever reads a sentence must be able to tell which reason it is.
    function test_noTwoAreTheSame() public pure {
        for (uint8 code; code <= Reasons.CASH_REFUSED; ++code) {
            bytes32 hash = keccak256(bytes(ReasonTexts.text(code)));
            for (uint8 other = code + 1; other <= Reasons.CASH_REFUSED + 1; ++other) {
                isTrue(keccak256(bytes(ReasonTexts.text(other))) != hash, ReasonTexts.text(code));
            }
        }
    }
}
