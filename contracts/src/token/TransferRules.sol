// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../access/Reasons.sol";
import {StatusWord} from "../registry/StatusWord.sol";
import {Holding} from "./Holding.sol";
import {TokenConfig} from "./TokenConfig.sol";

/// @title The rules of a transfer that follow from five words: the token's, and each side's status and holding
/// @notice Rules that must read more (long lists, partial freezes, holder counts, a compliance contract) are the token's.
///         Both sides are checked: what is wrong with the token first, then the sender, then the receiver.
library TransferRules {
    using Holding for uint256;
    using StatusWord for uint256;
    using TokenConfig for uint256;

    /// @notice Reason code of the token's and both accounts' state
    function accounts(
        uint256 config,
        uint256 statusFrom,
        uint256 statusTo,
        uint256 from,
        uint256 to
    ) internal view returns (uint8) {
        // One test tells the usual case, in which nothing is set that refuses, from those that need a closer look.
        uint256 refusing =
            (config & (TokenConfig.PAUSED | TokenConfig.STOPPED)) |
                ((statusFrom | statusTo) & StatusWord.FROZEN) |
                ((from | to) & Holding.FROZEN) |
                (~(statusFrom & statusTo) & StatusWord.REGISTERED);
        if (refusing != 0) return _whyRefused(config, statusFrom, statusTo, from);
        if (statusFrom.lockedUntil() > block.timestamp) return Reasons.LOCKED_UP;
        return statusTo.kycExpiry() <= block.timestamp ? Reasons.KYC_EXPIRED : Reasons.OK;
    }

    /// @notice Reason code of an account that receives, whatever the rules of the deal; a pause does not stop minting
    function receiver(uint256 status, uint256 holding) internal view returns (uint8) {
        uint8 code = status.receiveCode();
        if (code != Reasons.OK) return code;
        return holding & Holding.FROZEN != 0 ? Reasons.FROZEN : Reasons.OK;
    }

    /// @notice Reason code of the receiver's categories and of a timed rule between both sides' categories
    function categories(uint256 config, uint256 statusFrom, uint256 statusTo) internal view returns (uint8) {
        uint256 accepted = config.accepted();
        uint256 held = statusTo.categories();
        if (accepted != 0 && accepted & held == 0) return Reasons.CATEGORY_REFUSED;
        return timed(config.rule(), statusFrom, statusTo) ? Reasons.LOCKED_UP : Reasons.OK;
    }

    /// @notice Whether a timed rule, in the lowest 72 bits, refuses sales between the categories of two accounts now
    function timed(uint256 rule, uint256 statusFrom, uint256 statusTo) internal view returns (bool) {
        return
            uint40(rule) > block.timestamp &&
            (rule >> 40) & statusFrom.categories() != 0 &&
            (rule >> 56) & statusTo.categories() != 0;
    }

    /// @notice Reason code of the sizes: whole denominations, and no balance left or made below the minimum
    function sizes(
        uint256 left,
        uint256 made,
        uint256 amount,
        uint256 minimum,
        uint256 denomination
    ) internal pure returns (uint8) {
        if (denomination > 1 && amount % denomination != 0) return Reasons.MINIMUM_HOLDING;
        return made < minimum || (left != 0 && left < minimum) ? Reasons.MINIMUM_HOLDING : Reasons.OK;
    }

    function _whyRefused(
        uint256 config,
        uint256 statusFrom,
        uint256 statusTo,
        uint256 from
    ) private view returns (uint8) {
        if (config & TokenConfig.PAUSED != 0) return Reasons.PAUSED;
        if (config & TokenConfig.STOPPED != 0) return Reasons.DEAL_STATE;
        uint8 code = statusFrom.sendCode();
        if (code != Reasons.OK) return code;
        if (from & Holding.FROZEN != 0) return Reasons.FROZEN;
        code = statusTo.receiveCode();
        return code != Reasons.OK ? code : Reasons.FROZEN;
    }
}
