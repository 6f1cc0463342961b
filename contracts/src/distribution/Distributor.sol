// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Lists} from "../access/Lists.sol";
import {Reasons} from "../access/Reasons.sol";
import {Asks} from "./Asks.sol";
import {Booking} from "./Booking.sol";
import {DistributorTerms} from "./DistributorTerms.sol";
import {IDistributor} from "./IDistributor.sol";
import {PushLog} from "./PushLog.sol";
import {UnclaimedMoney} from "./UnclaimedMoney.sol";

/// @title Distributor: pays holders what their class was paid, once each, less withholding tax
/// @notice Everything is counted before cash moves, so that a receiver that calls back finds its claim settled. Only a batch
///         moves cash while it still counts: until it is over, nothing else of this contract that counts can be called.
contract Distributor is UnclaimedMoney {
    using Asks for address;
    using Lists for address[];
    using Lists for uint256[];
    using SafeERC20 for IERC20;

    constructor(
        address vault_,
        DistributionTerms memory terms
    ) DistributorTerms(vault_, terms) AccessManaged(terms.authority) {}

    /// @inheritdoc IDistributor
    function claim(uint256 tranche, uint32 period) external returns (uint256 amount) {
        return claimFor(msg.sender, tranche, period);
    }

    /// @inheritdoc IDistributor
    function claimFor(
        address account,
        uint256 tranche,
        uint32 period
    ) public nonReentrantView returns (uint256 amount) {
        (uint256 code, address to, uint256 rate) = address(registry).payoutOf(account);
        bool done;
        if (code == Reasons.OK) (done, amount) = _claimPeriod(account, tranche, period, rate);
        if (!done) _refuse(account, tranche, period);
        _send(account, to, amount);
    }

    /// @inheritdoc IDistributor
    function claimMany(
        address account,
        uint256 tranche,
        uint32[] calldata periods
    ) external nonReentrantView returns (uint256 amount) {
        (uint256 code, address to, uint256 rate) = address(registry).payoutOf(account);
        require(code == Reasons.OK, ClaimRefused(account, uint8(code)));
        bool any;
        for (uint256 i; i < periods.length; ++i) {
            (bool done, uint256 more) = _claimPeriod(account, tranche, periods[i], rate);
            any = any || done;
            amount += more;
        }
        require(any, ClaimRefused(account, Reasons.NOTHING_TO_CLAIM));
        _send(account, to, amount);
    }

    /// @inheritdoc IDistributor
    function push(
        uint256 tranche,
        uint32 period,
        address[] calldata accounts
    ) external nonReentrant returns (uint256 paid) {
        Batch memory batch;
        batch.marksKey = _marksKey(tranche, period);
        batch.bit = _bit(period);
        batch.booking = _entry(tranche, period).booking;
        batch.logEnd = PushLog.open(accounts.length);
        bool isOpen = batch.booking.isOpen();
        uint256[] memory payouts = address(registry).payoutsOf(accounts);
        uint256[] memory balances;
        (batch.supply, balances) = _token(tranche).recordsAt(period, accounts);
        for (uint256 i; i < accounts.length;) {
            uint256 code =
                isOpen
                    ? _pushOne(batch, accounts.accountAt(i), payouts.wordAt(i), balances.wordAt(i))
                    : Reasons.NOTHING_TO_CLAIM;
            unchecked {
                if (code == Reasons.OK) ++paid;
                else emit Skipped(tranche, period, accounts.accountAt(i), uint8(code));
                ++i;
            }
        }
        if (paid == 0) return 0;
        _entry(tranche, period).booking = batch.booking;
        _carryDust(tranche, batch.booking, batch.supply);
        PushLog.emitAll(batch.logEnd, paid, tranche, period);
    }

    /// @inheritdoc IDistributor
    function remitTax(uint256 tranche, uint32 period) external nonReentrantView returns (uint256 amount) {
        Entry storage entry = _entry(tranche, period);
        Booking booking = entry.booking;
        amount = booking.tax() * unit;
        require(amount != 0, NoTaxHeld(tranche, period));
        entry.booking = booking.remit();
        emit TaxRemitted(tranche, period, amount);
        cash.safeTransfer(taxAccount, amount);
    }

    /// @inheritdoc IDistributor
    function claimable(
        address account,
        uint256 tranche,
        uint32 period
    ) public view returns (uint8 code, Share memory share) {
        address token = _token(tranche);
        Booking booking = _entry(tranche, period).booking;
        bool done = _marksOf(account, tranche, period).bits & _bit(period) != 0;
        if (done || !booking.isOpen()) return (Reasons.NOTHING_TO_CLAIM, share);
        (uint256 balance, uint256 supply) = token.recordAt(account, period);
        if (balance == 0) return (Reasons.NOTHING_TO_CLAIM, share);
        // A holder who is not admitted now is told what waits.
        uint256 rate;
        (code, share.to, rate) = registry.payoutOf(account);
        (, share.interest, share.principal, share.tax) = _take(booking, balance, supply, rate);
        share.interest *= grain;
        share.principal *= grain;
        share.tax *= unit;
    }

    /// @dev What the holders of a batch have in common; the booking as it is after the holders before.
    struct Batch {
        uint256 marksKey;
        uint256 bit;
        uint256 supply;
        Booking booking;
        uint256 logEnd;
    }

    /// @dev Marks and counts one claim; false when there is nothing to claim. The caller sends the amount.
    function _claimPeriod(
        address account,
        uint256 tranche,
        uint256 period,
        uint256 rate
    ) private returns (bool done, uint256 amount) {
        Entry storage entry = _entry(tranche, period);
        Booking booking = entry.booking;
        Marks storage marks = _marksOf(account, tranche, period);
        uint256 bits = marks.bits;
        if (bits & _bit(period) != 0 || !booking.isOpen()) return (false, 0);
        // A period that was booked has its record date behind it, so both are known.
        (uint256 balance, uint256 supply) = _token(tranche).recordAt(account, period);
        if (balance == 0) return (false, 0);
        marks.bits = bits | _bit(period);
        uint256 interest;
        uint256 principal;
        (booking, interest, principal, amount) = _take(booking, balance, supply, rate);
        entry.booking = booking;
        _carryDust(tranche, booking, supply);
        return (true, _toUnits(account, tranche, period, interest, principal, amount));
    }

    /// @dev Emits a claim, given in grains and cents of tax, in base units; returns what is to be sent.
    function _toUnits(
        address account,
        uint256 tranche,
        uint256 period,
        uint256 interest,
        uint256 principal,
        uint256 tax
    ) private returns (uint256) {
        // Grains are below 2^62 and have at most 10^18 base units.
        unchecked {
            interest *= grain;
            principal *= grain;
            tax *= unit;
            emit Claimed(tranche, uint32(period), account, interest, principal, tax);
            return interest + principal - tax;
        }
    }

    /// @dev Pays one holder of a batch; leaves all as it was, and says why, when the holder is left out.
    function _pushOne(Batch memory batch, address account, uint256 payout, uint256 balance) private returns (uint256) {
        Marks storage marks = _marksAt(batch.marksKey | uint160(account));
        uint256 bits = marks.bits;
        if (bits & batch.bit != 0 || balance == 0) return Reasons.NOTHING_TO_CLAIM;
        if (payout >> 176 != Reasons.OK) return payout >> 176;
        marks.bits = bits | batch.bit;
        if (_payOne(batch, account, payout, balance)) return Reasons.OK;
        // The stablecoin refuses this receiver: the others are paid all the same.
        marks.bits = bits;
        return Reasons.CASH_REFUSED;
    }

    /// @dev Sends one holder of a batch its share and counts it; false, and nothing is counted, when it cannot be sent.
    function _payOne(Batch memory batch, address account, uint256 payout, uint256 balance) private returns (bool) {
        (Booking next, uint256 interest, uint256 principal, uint256 tax) = _take(
            batch.booking,
            balance,
            batch.supply,
            uint16(payout >> 160)
        );
        unchecked {
            // Grains are below 2^62 and have at most 10^18 base units.
            uint256 amount = (interest + principal) * grain - tax * unit;
            if (amount != 0 && !cash.trySafeTransfer(address(uint160(payout)), amount)) return false;
        }
        batch.booking = next;
        batch.logEnd = PushLog.add(batch.logEnd, account, interest, principal, tax);
        return true;
    }

    /// @dev The booking after a claim; the holder's share in grains and the tax on it in cents, at most the interest.
    function _take(
        Booking booking,
        uint256 balance,
        uint256 supply,
        uint256 rate
    ) private view returns (Booking next, uint256 interest, uint256 principal, uint256 tax) {
        (next, interest, principal) = booking.take(GRAINS_PER_CENT, balance, supply);
        if (rate == 0) return (next, interest, principal, 0);
        require(rate <= 10_000, RateTooHigh(rate));
        unchecked {
            tax = (interest * rate) / (10_000 * GRAINS_PER_CENT);
        }
        next = next.withhold(tax);
    }

    /// @dev Whoever has nothing to claim is told so, admitted or not.
    function _refuse(address account, uint256 tranche, uint32 period) private view {
        (uint8 code, ) = claimable(account, tranche, period);
        revert ClaimRefused(account, code);
    }

    /// @dev A tiny balance may have a share of nothing, and some stablecoins refuse to move nothing.
    function _send(address account, address to, uint256 amount) private {
        if (amount == 0) return;
        if (to != account) emit Forwarded(account, to, amount);
        cash.safeTransfer(to, amount);
    }
}
