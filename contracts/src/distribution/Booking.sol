// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What one class was paid for one period, and how much of it was claimed, in one storage word
/// @notice How much was paid so far is not stored, and yet exact to the grain. Let A be an amount in grains, S the supply
///         at the record date and c the balance of those who were paid. A holder with balance b is due floor(A b / S).
///         Since floor(x) + floor(y) <= floor(x + y) <= floor(x) + floor(y) + 1, floor(A c / S) grows at each claim by
///         that share or by one grain more. `loss` counts the grains more, so that
///
///             paid so far = floor(A c / S) - loss,
///
///         and when all have claimed (c = S) the loss is A less what was paid: the dust, less than a grain a claim.
///         Interest and principal are counted apart. `loss` has 15 bits: should it be full, after at least 32,767 claims,
///         a claim that would lose a grain is paid it. The equation holds on, and nobody is paid less.
library Bookings {
    /// @dev From the lowest bit: interest 46, principal 48, tax 46, claimed 70, day 16, losses 15 and 15.
    /// @param interest cents, below 2^46
    /// @param principal cents, below 2^48
    /// @param tax withheld and not yet remitted, in cents: never more than the interest
    /// @param claimed record-date balance of those who were paid, in base units of the token
    /// @param day of the settlement since 1970-01-01; zero where nothing was booked; MOVED when nothing is left
    /// @param interestLoss grains, below 2^15
    /// @param principalLoss grains, below 2^15
    struct Booking {
        uint256 interest;
        uint256 principal;
        uint256 tax;
        uint256 claimed;
        uint256 day;
        uint256 interestLoss;
        uint256 principalLoss;
    }

    /// @notice Balances at the record date that add up to more than its supply: no token of this project says so
    error RecordDateMismatch(uint256 claimed, uint256 balance, uint256 supply);

    uint256 internal constant INTEREST_BITS = 46;
    uint256 internal constant PRINCIPAL_BITS = 48;
    uint256 internal constant MAX_LOSS = 2 ** 15 - 1;
    uint256 internal constant MOVED = 2 ** 16 - 1;

    uint256 private constant MASK_15 = 2 ** 15 - 1;
    uint256 private constant MASK_16 = 2 ** 16 - 1;
    uint256 private constant MASK_46 = 2 ** 46 - 1;
    uint256 private constant MASK_48 = 2 ** 48 - 1;
    uint256 private constant MASK_70 = 2 ** 70 - 1;

    function unpack(uint256 word) internal pure returns (Booking memory booking) {
        booking.interest = word & MASK_46;
        booking.principal = (word >> 46) & MASK_48;
        booking.tax = (word >> 94) & MASK_46;
        booking.claimed = (word >> 140) & MASK_70;
        booking.day = (word >> 210) & MASK_16;
        booking.interestLoss = (word >> 226) & MASK_15;
        booking.principalLoss = word >> 241;
    }

    /// @notice Undoes what was taken since a word was packed
    function restore(Booking memory booking, uint256 word) internal pure {
        Booking memory earlier = unpack(word);
        booking.tax = earlier.tax;
        booking.claimed = earlier.claimed;
        booking.interestLoss = earlier.interestLoss;
        booking.principalLoss = earlier.principalLoss;
    }

    /// @dev Every field is within its bits: amounts were checked when they were booked, the tax is at most the interest,
    ///      what is claimed at most a supply, which is below 2^70, and losses stop at their maximum.
    function pack(Booking memory booking) internal pure returns (uint256 word) {
        word = booking.interest | (booking.principal << 46) | (booking.tax << 94) | (booking.claimed << 140);
        word |= (booking.day << 210) | (booking.interestLoss << 226) | (booking.principalLoss << 241);
    }

    /// @notice What a balance is due, both in grains; it counts as claimed from here on
    /// @param grainsPerCent grains in a cent
    /// @param balance at the record date, not yet claimed
    /// @param supply at the record date, not zero
    function take(
        Booking memory booking,
        uint256 grainsPerCent,
        uint256 balance,
        uint256 supply
    ) internal pure returns (uint256 interest, uint256 principal) {
        uint256 before = booking.claimed;
        // No sum or product here comes near 2^256: balances are below 2^70 and amounts below 2^48 cents of 10^4 grains.
        unchecked {
            bool sound = supply <= MASK_70 && balance <= supply && before + balance <= supply;
            require(sound, RecordDateMismatch(before, balance, supply));
            uint256 lost;
            (interest, lost) = _shareAndLoss(booking.interest * grainsPerCent, before, balance, supply);
            if (lost != 0 && booking.interestLoss == MAX_LOSS) interest += lost;
            else booking.interestLoss += lost;
            (principal, lost) = _shareAndLoss(booking.principal * grainsPerCent, before, balance, supply);
            if (lost != 0 && booking.principalLoss == MAX_LOSS) principal += lost;
            else booking.principalLoss += lost;
            booking.claimed = before + balance;
        }
    }

    /// @notice What was paid so far, both in grains
    function paid(
        Booking memory booking,
        uint256 grainsPerCent,
        uint256 supply
    ) internal pure returns (uint256 interest, uint256 principal) {
        if (booking.claimed == 0) return (0, 0);
        interest = (booking.interest * grainsPerCent * booking.claimed) / supply - booking.interestLoss;
        principal = (booking.principal * grainsPerCent * booking.claimed) / supply - booking.principalLoss;
    }

    /// @notice What is left for holders, both in grains: nothing when all have claimed, since dust is carried on then
    function left(
        Booking memory booking,
        uint256 grainsPerCent,
        uint256 supply
    ) internal pure returns (uint256 interest, uint256 principal) {
        if (booking.day == MOVED || isWhole(booking, supply)) return (0, 0);
        (interest, principal) = paid(booking, grainsPerCent, supply);
        interest = booking.interest * grainsPerCent - interest;
        principal = booking.principal * grainsPerCent - principal;
    }

    /// @notice Whether holders can claim from it
    function isOpen(Booking memory booking) internal pure returns (bool) {
        return booking.day != 0 && booking.day != MOVED;
    }

    /// @notice Whether the whole supply has claimed
    function isWhole(Booking memory booking, uint256 supply) internal pure returns (bool) {
        return booking.claimed == supply && supply != 0;
    }

    /// @dev A holder's floor, and the grain by which it stays behind the floor of the sum: 0 or 1.
    function _shareAndLoss(
        uint256 amount,
        uint256 before,
        uint256 balance,
        uint256 supply
    ) private pure returns (uint256 share, uint256 lost) {
        unchecked {
            share = (amount * balance) / supply;
            lost = (amount * (before + balance)) / supply - (amount * before) / supply - share;
        }
    }
}
