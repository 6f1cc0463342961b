// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Record dates that are known when a tranche is issued
/// @notice Six instants of 40 bits lie in a storage word. Holdings remember where they are in the calendar, so that only
///         the first touch after a record date reads it.
library RecordCalendar {
    /// @notice The instant at this index does not lie after the one before it, or there are none or too many
    error CalendarInvalid(uint256 index);

    /// @dev The instant after the last record date.
    uint256 internal constant NEVER = type(uint40).max;

    /// @notice Sets the instants, once
    function set(uint40[] storage calendar, uint40[] memory instants) internal {
        require(instants.length != 0 && instants.length <= type(uint16).max, CalendarInvalid(instants.length));
        uint256 before;
        for (uint256 i; i < instants.length; ++i) {
            require(instants[i] > before && instants[i] < NEVER, CalendarInvalid(i));
            before = instants[i];
            calendar.push(instants[i]);
        }
    }

    /// @notice How many record dates are over now, and the instant of the next
    /// @param length how many there are, which the caller knows without a look
    /// @param known how many of them are known to be over: where the search begins
    function find(
        uint40[] storage calendar,
        uint256 length,
        uint256 known
    ) internal view returns (uint256 over, uint256 next) {
        over = known;
        // Doubling steps: the next date is nearly always in the first word that is read, and a holder that slept for
        // thirty years costs a dozen reads, not sixty.
        uint256 step = 1;
        uint256 high = length;
        while (over < length) {
            uint256 probe = over + step - 1;
            if (probe >= length) break;
            if (block.timestamp < instantAt(calendar, probe)) {
                high = probe;
                break;
            }
            over = probe + 1;
            step *= 2;
        }
        // calendar[high] is not over, or there is none; all before `over` are.
        while (over < high) {
            uint256 middle = (over + high) / 2;
            if (block.timestamp < instantAt(calendar, middle)) high = middle;
            else over = middle + 1;
        }
        next = over < length ? instantAt(calendar, over) : NEVER;
    }

    /// @notice The instant at an index that the caller has held against the length, which is not read again
    function instantAt(uint40[] storage calendar, uint256 index) internal view returns (uint256 instant) {
        uint256 word = index / 6;
        uint256 shift = 40 * (index % 6);
        assembly ("memory-safe") {
            mstore(0, calendar.slot)
            instant := and(shr(shift, sload(add(keccak256(0, 32), word))), 0xffffffffff)
        }
    }
}
