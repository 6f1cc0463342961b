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

    // Numbers, because Yul takes no expressions; each is the sum that its comment names.
    /// @dev TokenConfig: PAUSED | STOPPED | LONG_LIST | MORE_RULES | COMPLIANCE
    uint256 private constant UNUSUAL = 0x73;
    /// @dev Holding: FROZEN | PARTLY_FROZEN
    uint256 private constant HELD_BACK = 0x3000000000000000000000000000000000000000000000000000000;
    /// @dev StatusWord: REGISTERED, and FROZEN above it
    uint256 private constant REGISTERED = 0x1000000000000000000000000000000000000000000000000;
    uint256 private constant FROZEN = 0x2000000000000000000000000000000000000000000000000;

    /// @notice Zero when a movement is an ordinary one: no switch is set that refuses or asks for more to be read, both
    ///         accounts are registered, the sender may send and the receiver receive, no rule in the config refuses, both
    ///         holdings have nothing frozen and know that no record date passed since they were touched (a first holding,
    ///         zero, knows what the sender's does), the amount is there, in whole denominations, and neither side ends
    ///         below the minimum
    /// @dev Each line adds something that is not zero if it finds a reason; there are no jumps. It may find one where the
    ///      rules below find none, never the other way round: the tests hold the two against each other.
    /// @param minimum at least 1
    /// @param denomination at least 1
    function special(
        uint256 config,
        uint256 statusFrom,
        uint256 statusTo,
        uint256 from,
        uint256 to,
        uint256 amount,
        uint256 minimum,
        uint256 denomination
    ) internal view returns (uint256 found) {
        {
            uint256 owned = from.balance();
            assembly ("memory-safe") {
                found := or(gt(amount, owned), lt(sub(owned, amount), minimum))
            }
            owned = to.balance();
            assembly ("memory-safe") {
                found := or(or(found, lt(add(owned, amount), minimum)), mod(amount, denomination))
                // One that comes back to a token must be counted again.
                found := or(found, mul(iszero(owned), to))
            }
        }
        assembly ("memory-safe") {
            // Switches of the token, of both holdings and of both entries.
            found := or(found, or(and(config, UNUSUAL), and(or(from, to), HELD_BACK)))
            found := or(found, and(or(statusFrom, statusTo), FROZEN))
            found := or(found, and(not(and(statusFrom, statusTo)), REGISTERED))
            // The sender's lock-up; the receiver's KYC; the next record date of both holdings.
            found := or(found, gt(and(shr(40, statusFrom), 0xffffffffff), timestamp()))
            found := or(
                found,
                iszero(
                    and(
                        and(
                            gt(and(statusTo, 0xffffffffff), timestamp()),
                            gt(and(shr(160, from), 0xffffffffff), timestamp())
                        ),
                        or(gt(and(shr(160, to), 0xffffffffff), timestamp()), iszero(to))
                    )
                )
            )
            // Categories: one of those accepted, if any are; and the timed rule between the two sides'.
            let rule := and(shr(8, config), 0xffff)
            let held := and(shr(96, statusTo), 0xffff)
            found := or(found, mul(rule, iszero(and(rule, held))))
            rule := shr(72, config)
            found := or(
                found,
                mul(
                    mul(gt(and(rule, 0xffffffffff), timestamp()), and(and(shr(40, rule), 0xffff), shr(96, statusFrom))),
                    and(and(shr(56, rule), 0xffff), held)
                )
            )
            // Countries, of ten bits: in the list (a field that equals the country) if and only if the list is of those
            // allowed. Flags 2 and 3 of the config.
            let country := and(shr(80, statusTo), 0x3ff)
            let differs := xor(and(shr(144, config), 0xfffffffffffffff), mul(country, 0x4010040100401))
            let listed := and(and(sub(differs, 0x4010040100401), not(differs)), 0x802008020080200)
            found := or(found, and(shr(2, config), xor(iszero(listed), iszero(and(config, 8)))))
        }
    }

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
        if (amount % denomination != 0) return Reasons.MINIMUM_HOLDING;
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
