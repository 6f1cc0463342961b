// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Record dates that are known when a tranche is issued
/// @notice Remembers how many are over, so that a transfer reads one slot; any number may pass untouched.
library RecordCalendar {
    /// @param next instant of the next record date, or the end of time
    /// @param passed how many were over at the last advance
    struct Calendar {
        uint40 next;
        uint16 passed;
        uint40[] instants;
    }

    /// @notice The instant at this index does not lie after the one before it, or there are none or too many
    error CalendarInvalid(uint256 index);

    uint40 private constant NEVER = type(uint40).max;

    /// @notice Sets the instants, once
    function set(Calendar storage calendar, uint40[] memory instants) internal {
        require(instants.length != 0 && instants.length <= type(uint16).max, CalendarInvalid(instants.length));
        uint40 before;
        for (uint256 i; i < instants.length; ++i) {
            require(instants[i] > before && instants[i] < NEVER, CalendarInvalid(i));
            before = instants[i];
        }
        calendar.instants = instants;
        calendar.next = instants[0];
    }

    /// @notice How many record dates are over now, remembered for the next caller
    function advance(Calendar storage calendar) internal returns (uint256 over) {
        if (block.timestamp < calendar.next) return calendar.passed;
        over = passedNow(calendar);
        // At most 65,535 instants were set.
        calendar.passed = uint16(over);
        calendar.next = over < calendar.instants.length ? calendar.instants[over] : NEVER;
    }

    /// @notice How many record dates are over now
    function passedNow(Calendar storage calendar) internal view returns (uint256 over) {
        over = calendar.passed;
        if (block.timestamp < calendar.next) return over;
        uint256 count = calendar.instants.length;
        while (over < count && block.timestamp >= calendar.instants[over]) ++over;
    }
}
