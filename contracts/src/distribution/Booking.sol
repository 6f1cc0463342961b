// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What one class was paid for one period, and how much of it was claimed, in one storage word: from the lowest bit
///         interest 46, principal 48 and tax withheld and not yet remitted 46, in cents; the record-date balance of those
///         who were paid 70; the day of the settlement 16; the losses of interest and principal 15 and 15, in grains.
///         Zero where nothing was booked.
type Booking is uint256;

using Bookings for Booking global;

/// @title Arithmetic of a booking
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
    /// @notice The class cannot be paid so many cents for one period
    error AmountTooLarge(uint256 interest, uint256 principal);
    /// @notice Balances at the record date that add up to more than its supply: no token of this project says so
    error RecordDateMismatch(uint256 claimed, uint256 balance, uint256 supply);

    uint256 private constant PRINCIPAL = 46;
    uint256 private constant TAX = 94;
    uint256 private constant CLAIMED = 140;
    uint256 private constant DAY = 210;
    uint256 private constant INTEREST_LOSS = 226;
    uint256 private constant PRINCIPAL_LOSS = 241;
    uint256 private constant MASK_15 = 2 ** 15 - 1;
    uint256 private constant MASK_16 = 2 ** 16 - 1;
    uint256 private constant MASK_46 = 2 ** 46 - 1;
    uint256 private constant MASK_48 = 2 ** 48 - 1;
    uint256 private constant MASK_70 = 2 ** 70 - 1;
    /// @dev The day of a booking whose rest was moved by the unclaimed rule.
    uint256 private constant MOVED = MASK_16;

    /// @notice The day of a booking made now
    function today() internal view returns (uint256 day_) {
        day_ = block.timestamp / 1 days;
        if (day_ >= MOVED) day_ = MOVED - 1;
    }

    /// @notice A booking of amounts in cents that nobody has claimed yet
    /// @param day_ as `today` says
    function create(uint256 interest_, uint256 principal_, uint256 day_) internal pure returns (Booking) {
        require((interest_ >> 46) | (principal_ >> 48) == 0, AmountTooLarge(interest_, principal_));
        return Booking.wrap(interest_ | (principal_ << PRINCIPAL) | (day_ << DAY));
    }

    /// @notice Cents of interest
    function interest(Booking self) internal pure returns (uint256) {
        return Booking.unwrap(self) & MASK_46;
    }

    /// @notice Cents of principal
    function principal(Booking self) internal pure returns (uint256) {
        return (Booking.unwrap(self) >> PRINCIPAL) & MASK_48;
    }

    /// @notice Cents of tax withheld and not yet remitted
    function tax(Booking self) internal pure returns (uint256) {
        return (Booking.unwrap(self) >> TAX) & MASK_46;
    }

    /// @notice Record-date balance of those who were paid
    function claimed(Booking self) internal pure returns (uint256) {
        return (Booking.unwrap(self) >> CLAIMED) & MASK_70;
    }

    /// @notice Day of the settlement since 1970-01-01; zero where nothing was booked or the rest was moved
    function day(Booking self) internal pure returns (uint256) {
        return isMoved(self) ? 0 : _day(self);
    }

    /// @notice Grains that claims lost of the interest
    function interestLoss(Booking self) internal pure returns (uint256) {
        return (Booking.unwrap(self) >> INTEREST_LOSS) & MASK_15;
    }

    /// @notice Grains that claims lost of the principal
    function principalLoss(Booking self) internal pure returns (uint256) {
        return Booking.unwrap(self) >> PRINCIPAL_LOSS;
    }

    /// @notice Whether holders can claim from it
    function isOpen(Booking self) internal pure returns (bool) {
        // A day of zero, which becomes the greatest number, is that of nothing booked.
        unchecked {
            return _day(self) - 1 < MOVED - 1;
        }
    }

    /// @notice Whether its rest was moved by the unclaimed rule
    function isMoved(Booking self) internal pure returns (bool) {
        return _day(self) == MOVED;
    }

    /// @notice Whether the whole supply has claimed
    function isWhole(Booking self, uint256 supply) internal pure returns (bool) {
        return claimed(self) == supply && supply != 0;
    }

    /// @notice The booking after a claim, and what the claim is due, in grains
    /// @dev A share is the holder's floor; `lost` is 0 or 1, the grain by which it stays behind the growth of the floor of
    ///      the sum.
    /// @param grainsPerCent grains in a cent, at most 10^4
    /// @param holding balance at the record date, not yet claimed
    /// @param supply at the record date
    function take(
        Booking self,
        uint256 grainsPerCent,
        uint256 holding,
        uint256 supply
    ) internal pure returns (Booking next, uint256 interestShare, uint256 principalShare) {
        uint256 before = claimed(self);
        unchecked {
            bool sound = (holding | supply) >> 70 == 0 && before + holding <= supply;
            require(sound, RecordDateMismatch(before, holding, supply));
        }
        // No product here comes near 2^256: balances are below 2^70, amounts below 2^48 cents of at most 10^4 grains. A field
        // grows within its bits: what is claimed stays at most the supply, and a loss that is full does not grow.
        assembly ("memory-safe") {
            function share(amount, had, more, all) -> part, lost {
                part := div(mul(amount, more), all)
                lost := sub(sub(div(mul(amount, add(had, more)), all), div(mul(amount, had), all)), part)
            }
            let lost
            next := add(self, shl(CLAIMED, holding))
            interestShare, lost := share(mul(and(self, MASK_46), grainsPerCent), before, holding, supply)
            let full := eq(and(shr(INTEREST_LOSS, self), MASK_15), MASK_15)
            interestShare := add(interestShare, and(lost, full))
            next := add(next, shl(INTEREST_LOSS, and(lost, iszero(full))))
            let cents := and(shr(PRINCIPAL, self), MASK_48)
            principalShare, lost := share(mul(cents, grainsPerCent), before, holding, supply)
            full := eq(shr(PRINCIPAL_LOSS, self), MASK_15)
            principalShare := add(principalShare, and(lost, full))
            next := add(next, shl(PRINCIPAL_LOSS, and(lost, iszero(full))))
        }
    }

    /// @notice The booking with more tax withheld, in cents: in all never more than the interest, so that it fits
    function withhold(Booking self, uint256 cents) internal pure returns (Booking) {
        unchecked {
            return Booking.wrap(Booking.unwrap(self) + (cents << TAX));
        }
    }

    /// @notice The booking when its tax was remitted
    function remit(Booking self) internal pure returns (Booking) {
        return Booking.wrap(Booking.unwrap(self) & ~(MASK_46 << TAX));
    }

    /// @notice The booking when what was left was moved by the unclaimed rule
    function move(Booking self) internal pure returns (Booking) {
        return Booking.wrap(Booking.unwrap(self) | (MOVED << DAY));
    }

    /// @notice What was paid so far, in grains
    function paid(
        Booking self,
        uint256 grainsPerCent,
        uint256 supply
    ) internal pure returns (uint256 interestPaid, uint256 principalPaid) {
        uint256 part = claimed(self);
        if (part == 0) return (0, 0);
        interestPaid = (interest(self) * grainsPerCent * part) / supply - interestLoss(self);
        principalPaid = (principal(self) * grainsPerCent * part) / supply - principalLoss(self);
    }

    /// @notice What is left for holders, in grains: nothing when all have claimed, since dust is carried on then
    function left(
        Booking self,
        uint256 grainsPerCent,
        uint256 supply
    ) internal pure returns (uint256 interestLeft, uint256 principalLeft) {
        if (!isOpen(self) || isWhole(self, supply)) return (0, 0);
        (uint256 interestPaid, uint256 principalPaid) = paid(self, grainsPerCent, supply);
        interestLeft = interest(self) * grainsPerCent - interestPaid;
        principalLeft = principal(self) * grainsPerCent - principalPaid;
    }

    function _day(Booking self) private pure returns (uint256) {
        return (Booking.unwrap(self) >> DAY) & MASK_16;
    }
}
