// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "./Reasons.sol";

/// @title The sentence of each reason, the same that the API and the portal show
library ReasonTexts {
    function text(uint8 code) internal pure returns (string memory) {
        if (code == Reasons.OK) return "Allowed";
        if (code == Reasons.PAUSED) return "Transfers of this tranche are paused";
        if (code == Reasons.SENDER_NOT_REGISTERED) return "The sender is not registered";
        if (code == Reasons.RECEIVER_NOT_REGISTERED) return "The receiver is not registered";
        if (code == Reasons.FROZEN) return "The account is frozen";
        if (code == Reasons.KYC_EXPIRED) return "The receiver's KYC has expired";
        if (code == Reasons.LOCKED_UP)
            return "The sender is locked up, or sales to this category of investor are, until a date";
        if (code == Reasons.COUNTRY_REFUSED) return "The receiver's country is refused";
        if (code == Reasons.CATEGORY_REFUSED) return "The receiver's investor category is refused";
        if (code == Reasons.HOLDER_CAP)
            return "The tranche has reached a limit of holders: in all, of a country or of a category";
        if (code == Reasons.PARTIAL_FREEZE) return "Part of the balance is frozen";
        if (code == Reasons.MINIMUM_HOLDING)
            return "A balance would be below the minimum holding, or the amount is no multiple of the denomination";
        if (code == Reasons.DEAL_STATE) return "The deal's state does not allow it";
        if (code == Reasons.NOTHING_TO_CLAIM) return "There is nothing to claim";
        if (code == Reasons.INSUFFICIENT_BALANCE) return "The balance is too small";
        if (code == Reasons.COMPLIANCE_REFUSED) return "The tranche's compliance contract refuses it";
        if (code == Reasons.CASH_REFUSED) return "The stablecoin refuses the receiver";
        return "Unknown reason";
    }
}
