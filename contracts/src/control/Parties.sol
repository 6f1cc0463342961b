// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Parties of a deal as bits of a set
library Parties {
    uint8 internal constant SERVICER = 1;
    uint8 internal constant TRUSTEE = 2;
    uint8 internal constant CALCULATION_AGENT = 4;
    /// @dev An auditor, a back-up servicer: counts towards the threshold and may dispute.
    uint8 internal constant OTHER = 8;
    uint8 internal constant ANY = 15;
    /// @dev Without whom no deal runs.
    uint8 internal constant REQUIRED = SERVICER | TRUSTEE | CALCULATION_AGENT;

    /// @notice Whether one signer may act for these parties: at least one, and a trustee for nobody else
    function areValid(uint8 parties) internal pure returns (bool) {
        return parties != 0 && parties <= ANY && (parties & TRUSTEE == 0 || parties == TRUSTEE);
    }

    /// @notice Whether a set holds all of another
    function includes(uint8 parties, uint8 needed) internal pure returns (bool) {
        return parties & needed == needed;
    }
}
