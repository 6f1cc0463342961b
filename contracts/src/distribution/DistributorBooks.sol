// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ITrancheToken} from "../token/ITrancheToken.sol";
import {Booking, Bookings} from "./Booking.sol";
import {DistributorTerms} from "./DistributorTerms.sol";
import {IDistributor} from "./IDistributor.sol";

/// @title What classes were paid, who was paid of it, and the dust that is carried on
abstract contract DistributorBooks is DistributorTerms {
    /// @param last the last period booked
    /// @param dusty whether some class has a whole cent of dust, so that most settlements need not look for it
    /// @param made always set: a word that never was zero costs the first settlement no more than any other
    struct Status {
        uint32 last;
        bool dusty;
        bool made;
    }

    /// @dev Grains: less than a grain for every claim of a fully claimed period, and less than a cent is left by a booking.
    struct Dust {
        uint128 interest;
        uint128 principal;
    }

    Status private _status = Status(0, false, true);
    /// @dev In structs, so that a place in storage is worked out once and then passed on.
    struct Entry {
        Booking booking;
    }

    /// @dev One bit a period: 256 periods of an account in a class.
    struct Marks {
        uint256 bits;
    }

    mapping(uint256 trancheAndPeriod => Entry) private _entries;
    mapping(uint256 accountTrancheAndPeriods => Marks) private _marks;
    mapping(uint256 tranche => Dust) private _dust;

    /// @inheritdoc IDistributor
    function book(uint32 period, uint256[] calldata amountsCents) external {
        require(msg.sender == vault, NotVault(msg.sender));
        require(amountsCents.length == 2 * TRANCHES, AmountsMismatch(2 * TRANCHES, amountsCents.length));
        Status memory status = _status;
        require(period > status.last, PeriodNotLater(status.last, period));
        bool dusty;
        for (uint256 i; i < TRANCHES; ++i) {
            uint256 interest = amountsCents[2 * i];
            uint256 principal = amountsCents[2 * i + 1];
            // Dust waits for a distribution that is worth claiming.
            if (interest | principal == 0) {
                dusty = dusty || (status.dusty && _hasCent(_dust[i]));
                continue;
            }
            if (status.dusty) (interest, principal) = _withDust(i, period, interest, principal);
            _entry(i, period).booking = Bookings.create(interest, principal);
        }
        _status = Status(period, dusty, true);
    }

    /// @inheritdoc IDistributor
    function claimed(address account, uint256 tranche, uint32 period) external view returns (bool) {
        return _marksOf(account, tranche, period).bits & _bit(period) != 0;
    }

    /// @inheritdoc IDistributor
    function distribution(uint256 tranche, uint32 period) external view returns (Distribution memory all) {
        Booking booking = _entry(tranche, period).booking;
        if (Booking.unwrap(booking) == 0) return all;
        all.supply = _supplyAt(tranche, period);
        (uint256 interest, uint256 principal) = booking.paid(GRAINS_PER_CENT, all.supply);
        all.interest = booking.interest() * unit;
        all.principal = booking.principal() * unit;
        all.interestPaid = interest * grain;
        all.principalPaid = principal * grain;
        all.taxHeld = booking.tax() * unit;
        all.claimedBalance = booking.claimed();
        all.bookedDay = booking.day();
        all.moved = booking.isMoved();
    }

    /// @inheritdoc IDistributor
    function carriedDust(uint256 tranche) external view returns (uint256 interest, uint256 principal) {
        Dust memory dust = _dust[tranche];
        return (dust.interest * grain, dust.principal * grain);
    }

    /// @inheritdoc IDistributor
    function outstanding(uint256 tranche, uint32 period) public view returns (uint256 toHolders, uint256 tax) {
        Booking booking = _entry(tranche, period).booking;
        if (Booking.unwrap(booking) == 0) return (0, 0);
        (uint256 interest, uint256 principal) = booking.left(GRAINS_PER_CENT, _supplyAt(tranche, period));
        return ((interest + principal) * grain, booking.tax() * unit);
    }

    /// @inheritdoc IDistributor
    function liabilities() external view returns (uint256 sum) {
        uint32 last = _status.last;
        for (uint256 i; i < TRANCHES; ++i) {
            Dust memory dust = _dust[i];
            sum += (uint256(dust.interest) + dust.principal) * grain;
            for (uint32 period = 1; period <= last; ++period) {
                (uint256 toHolders, uint256 tax) = outstanding(i, period);
                sum += toHolders + tax;
            }
        }
    }

    /// @inheritdoc IDistributor
    function lastPeriod() external view returns (uint32) {
        return _status.last;
    }

    /// @dev What a class was paid for a period; zero when nothing.
    function _entry(uint256 tranche, uint256 period) internal view returns (Entry storage) {
        // A period is below 2^32.
        return _entries[(tranche << 32) | period];
    }

    function _marksOf(address account, uint256 tranche, uint256 period) internal view returns (Marks storage) {
        return _marks[_marksKey(tranche, period) | uint160(account)];
    }

    function _marksKey(uint256 tranche, uint256 period) internal pure returns (uint256) {
        return (tranche << 192) | ((period >> 8) << 160);
    }

    function _marksAt(uint256 key) internal view returns (Marks storage) {
        return _marks[key];
    }

    function _bit(uint256 period) internal pure returns (uint256) {
        return 1 << (period & 255);
    }

    /// @dev After claims: what was rounded off is the class's dust when the whole supply has claimed.
    function _carryDust(uint256 tranche, Booking booking, uint256 supply) internal {
        if (booking.claimed() != supply) return;
        Dust memory dust = _dust[tranche];
        // Fewer than 2^15 grains a period, of at most 2^32 periods.
        dust.interest += uint128(booking.interestLoss());
        dust.principal += uint128(booking.principalLoss());
        _dust[tranche] = dust;
        if (_hasCent(dust) && !_status.dusty) _status.dusty = true;
    }

    function _supplyAt(uint256 tranche, uint256 period) internal view returns (uint256) {
        return ITrancheToken(_token(tranche)).supplyAt(period);
    }

    /// @dev Adds the whole cents of a class's dust to what it is paid, all in cents; grains beyond cents stay.
    function _withDust(
        uint256 tranche,
        uint32 period,
        uint256 interest,
        uint256 principal
    ) private returns (uint256, uint256) {
        Dust memory dust = _dust[tranche];
        if (!_hasCent(dust)) return (interest, principal);
        uint256 interestCents = dust.interest / GRAINS_PER_CENT;
        uint256 principalCents = dust.principal / GRAINS_PER_CENT;
        dust.interest %= uint128(GRAINS_PER_CENT);
        dust.principal %= uint128(GRAINS_PER_CENT);
        _dust[tranche] = dust;
        emit DustCarried(tranche, period, interestCents, principalCents);
        return (interest + interestCents, principal + principalCents);
    }

    function _hasCent(Dust memory dust) private view returns (bool) {
        return dust.interest >= GRAINS_PER_CENT || dust.principal >= GRAINS_PER_CENT;
    }
}
