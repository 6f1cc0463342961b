// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Numbered reasons why a transfer, a subscription or a claim is refused
/// @notice The same numbers appear in the contracts, the API and the portal. A number is never given a new meaning.
library Reasons {
    uint8 internal constant OK = 0;
    uint8 internal constant PAUSED = 1;
    uint8 internal constant SENDER_NOT_REGISTERED = 2;
    uint8 internal constant RECEIVER_NOT_REGISTERED = 3;
    uint8 internal constant FROZEN = 4;
    uint8 internal constant KYC_EXPIRED = 5;
    uint8 internal constant LOCKED_UP = 6;
    uint8 internal constant COUNTRY_REFUSED = 7;
    uint8 internal constant CATEGORY_REFUSED = 8;
    uint8 internal constant HOLDER_CAP = 9;
    uint8 internal constant PARTIAL_FREEZE = 10;
    uint8 internal constant MINIMUM_HOLDING = 11;
    uint8 internal constant DEAL_STATE = 12;
    uint8 internal constant NOTHING_TO_CLAIM = 13;
    uint8 internal constant INSUFFICIENT_BALANCE = 14;
    uint8 internal constant COMPLIANCE_REFUSED = 15;
    /// @dev The stablecoin refuses the receiver: its issuer's freeze or block list.
    uint8 internal constant CASH_REFUSED = 16;
}
