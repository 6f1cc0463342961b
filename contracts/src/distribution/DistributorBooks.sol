// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ITrancheToken} from "../token/ITrancheToken.sol";
import {Booking, Bookings} from "./Booking.sol";
import {DistributorTerms} from "./DistributorTerms.sol";
import {Dust, Dusts} from "./Dust.sol";
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

    Status private _status = Status(0, false, true);
    /// @dev In structs, so that a place in storage is worked out once and then passed on.
    struct Entry {
        Booking booking;
    }

    /// @dev One bit a period: 256 periods of an account in a class.
    struct Marks {
        uint256 bits;
    }

    /// @dev The words of a period's classes lie one behind the other: a settlement works out the first one's place alone.
    mapping(uint256 period => Entry) private _entries;
    mapping(uint256 accountTrancheAndPeriods => Marks) private _marks;
    mapping(uint256 fourTranches => Dust) private _dust;

    /// @inheritdoc IDistributor
    function book(uint32 period, uint256[] calldata amountsCents) external {
        require(msg.sender == vault, NotVault(msg.sender));
        require(amountsCents.length == 2 * TRANCHES, AmountsMismatch(2 * TRANCHES, amountsCents.length));
        Status memory status = _status;
        require(period > status.last, PeriodNotLater(status.last, period));
        uint256[] memory amounts = amountsCents;
        bool dusty = status.dusty && _addDust(period, amounts);
        _status = Status(period, dusty, true);
        uint256 today = Bookings.today();
        Entry storage first = _entries[period];
        for (uint256 i; i < TRANCHES;) {
            (uint256 interest, uint256 principal) = _pair(amounts, i);
            if (interest | principal != 0) _after(first, i).booking = Bookings.create(interest, principal, today);
            unchecked {
                ++i;
            }
        }
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
        (interest, principal) = _dustOf(tranche);
        return (interest * grain, principal * grain);
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
            (uint256 interest, uint256 principal) = _dustOf(i);
            sum += (interest + principal) * grain;
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
    function _entry(uint256 tranche, uint256 period) internal view returns (Entry storage entry) {
        require(tranche < TRANCHES, NoSuchTranche(tranche));
        entry = _entries[period];
        assembly ("memory-safe") {
            entry.slot := add(entry.slot, tranche)
        }
    }

    /// @dev So many words behind the first class's entry; there must be as many classes.
    function _after(Entry storage first, uint256 tranche) private pure returns (Entry storage entry) {
        assembly ("memory-safe") {
            entry.slot := add(first.slot, tranche)
        }
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
        Dust lost = Dusts.only(tranche % Dusts.CLASSES, booking.interestLoss(), booking.principalLoss());
        _dust[tranche / Dusts.CLASSES] = _dust[tranche / Dusts.CLASSES].plus(lost);
        (uint256 interest, uint256 principal) = _dustOf(tranche);
        if (interest >= GRAINS_PER_CENT || principal >= GRAINS_PER_CENT) _status.dusty = true;
    }

    function _supplyAt(uint256 tranche, uint256 period) internal view returns (uint256) {
        return ITrancheToken(_token(tranche)).supplyAt(period);
    }

    /// @dev Adds the whole cents of dust to what classes are paid; grains beyond cents stay. Returns whether some class has a
    ///      cent still: of one that is paid nothing, dust waits for a distribution that is worth claiming.
    function _addDust(uint32 period, uint256[] memory amounts) private returns (bool dusty) {
        uint256[] memory carried = new uint256[]((TRANCHES + Dusts.CLASSES - 1) / Dusts.CLASSES);
        bool any;
        for (uint256 i; i < carried.length; ++i) {
            Dust dust = _dust[i];
            Dust cents;
            (cents, dusty) = _wholeCents(dust, i * Dusts.CLASSES, amounts, dusty);
            if (Dust.unwrap(cents) == 0) continue;
            _dust[i] = dust.less(cents, GRAINS_PER_CENT);
            carried[i] = Dust.unwrap(cents);
            any = true;
        }
        if (any) emit DustCarried(period, carried);
    }

    /// @dev The cents that are taken of a word, from a class on; adds them to what the classes are paid.
    function _wholeCents(
        Dust dust,
        uint256 first,
        uint256[] memory amounts,
        bool dusty
    ) private view returns (Dust cents, bool) {
        // Amounts are cents of cash that came, and dust is below 2^32.
        unchecked {
            uint256 end = first + Dusts.CLASSES < TRANCHES ? first + Dusts.CLASSES : TRANCHES;
            for (uint256 i = first; i < end; ++i) {
                (uint256 interest, uint256 principal) = dust.ofClass(i - first);
                if (interest < GRAINS_PER_CENT && principal < GRAINS_PER_CENT) continue;
                (uint256 toInterest, uint256 toPrincipal) = _pair(amounts, i);
                if (toInterest | toPrincipal == 0) {
                    dusty = true;
                    continue;
                }
                interest /= GRAINS_PER_CENT;
                principal /= GRAINS_PER_CENT;
                _setPair(amounts, i, toInterest + interest, toPrincipal + principal);
                cents = cents.plus(Dusts.only(i - first, interest, principal));
            }
        }
        return (cents, dusty);
    }

    function _dustOf(uint256 tranche) private view returns (uint256 interest, uint256 principal) {
        return _dust[tranche / Dusts.CLASSES].ofClass(tranche % Dusts.CLASSES);
    }

    /// @dev Interest and principal of a class, without the compiler's check of its place: the length was held against the
    ///      number of classes.
    function _pair(
        uint256[] memory amounts,
        uint256 tranche
    ) private pure returns (uint256 interest, uint256 principal) {
        assembly ("memory-safe") {
            let at := add(amounts, shl(6, tranche))
            interest := mload(add(at, 32))
            principal := mload(add(at, 64))
        }
    }

    function _setPair(uint256[] memory amounts, uint256 tranche, uint256 interest, uint256 principal) private pure {
        assembly ("memory-safe") {
            let at := add(amounts, shl(6, tranche))
            mstore(add(at, 32), interest)
            mstore(add(at, 64), principal)
        }
    }
}
