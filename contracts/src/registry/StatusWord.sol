// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../access/Reasons.sol";

/// @title What the registry knows of an account, in one word
/// @notice From the lowest bit: kycExpiry 40, lockedUntil 40, country 16, categories 16, withholding 16, investor 64; then
///         the flags. Contracts that read the word whole (tokens, distributors) use these names for its parts.
library StatusWord {
    uint256 internal constant REGISTERED = 1 << 192;
    uint256 internal constant FROZEN = 1 << 193;
    uint256 internal constant HAS_PAYOUT = 1 << 194;
    uint256 internal constant REPLACED = 1 << 195;
    /// @dev Cash for the account goes to another address.
    uint256 internal constant ELSEWHERE = HAS_PAYOUT | REPLACED;
    /// @dev The part that an entry fills, below the flags.
    uint256 internal constant ENTRY = REGISTERED - 1;

    function kycExpiry(uint256 status) internal pure returns (uint256) {
        return uint40(status);
    }

    function lockedUntil(uint256 status) internal pure returns (uint256) {
        return uint40(status >> 40);
    }

    /// @notice The registry takes no country above 999, so that ten bits of it are all
    function country(uint256 status) internal pure returns (uint256) {
        return (status >> 80) & 1023;
    }

    function categories(uint256 status) internal pure returns (uint256) {
        return uint16(status >> 96);
    }

    function withholding(uint256 status) internal pure returns (uint256) {
        return uint16(status >> 112);
    }

    function investor(uint256 status) internal pure returns (uint256) {
        return uint64(status >> 128);
    }

    /// @notice Reason code for sending tokens now
    function sendCode(uint256 status) internal view returns (uint8) {
        if (status & REGISTERED == 0) return Reasons.SENDER_NOT_REGISTERED;
        if (status & FROZEN != 0) return Reasons.FROZEN;
        return lockedUntil(status) > block.timestamp ? Reasons.LOCKED_UP : Reasons.OK;
    }

    /// @notice Reason code for receiving tokens or cash now
    function receiveCode(uint256 status) internal view returns (uint8) {
        // Nearly everybody is admitted: one look for them.
        if (status & (REGISTERED | FROZEN) == REGISTERED && kycExpiry(status) > block.timestamp) return Reasons.OK;
        if (status & REGISTERED == 0) return Reasons.RECEIVER_NOT_REGISTERED;
        return status & FROZEN != 0 ? Reasons.FROZEN : Reasons.KYC_EXPIRED;
    }
}
