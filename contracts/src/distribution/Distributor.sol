// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Reasons} from "../access/Reasons.sol";
import {Asks} from "./Asks.sol";
import {Booking} from "./Booking.sol";
import {DistributorTerms} from "./DistributorTerms.sol";
import {IDistributor} from "./IDistributor.sol";
import {PushLog} from "./PushLog.sol";
import {UnclaimedMoney} from "./UnclaimedMoney.sol";

/// @title Distributor: pays holders what their class was paid, once each, less withholding tax
contract Distributor is UnclaimedMoney {
    using Asks for address;
    using PushLog for PushLog.Log;
    using SafeERC20 for IERC20;

    constructor(
        address vault_,
        DistributionTerms memory terms
    ) DistributorTerms(vault_, terms) AccessManaged(terms.authority) {}

    /// @inheritdoc IDistributor
    function claim(uint256 tranche, uint32 period) external returns (Share memory paid) {
        return claimFor(msg.sender, tranche, period);
    }

    /// @inheritdoc IDistributor
    function claimFor(address account, uint256 tranche, uint32 period) public nonReentrant returns (Share memory paid) {
        uint8 code;
        uint256 rate;
        (code, paid.to, rate) = _payoutOf(account);
        if (code != Reasons.OK) {
            // Whoever has nothing to claim is told so, admitted or not.
            (code, ) = claimable(account, tranche, period);
            revert ClaimRefused(account, code);
        }
        bool done = _claimPeriod(account, tranche, period, rate, paid);
        require(done, ClaimRefused(account, Reasons.NOTHING_TO_CLAIM));
        _send(paid);
    }

    /// @inheritdoc IDistributor
    function claimMany(
        address account,
        uint256 tranche,
        uint32[] calldata periods
    ) external nonReentrant returns (Share memory paid) {
        (uint8 code, address to, uint256 rate) = _payoutOf(account);
        require(code == Reasons.OK, ClaimRefused(account, code));
        paid.to = to;
        bool any;
        for (uint256 i; i < periods.length; ++i) {
            Share memory one = Share(to, 0, 0, 0);
            if (!_claimPeriod(account, tranche, periods[i], rate, one)) continue;
            any = true;
            paid.interest += one.interest;
            paid.principal += one.principal;
            paid.tax += one.tax;
        }
        require(any, ClaimRefused(account, Reasons.NOTHING_TO_CLAIM));
        _send(paid);
    }

    /// @inheritdoc IDistributor
    function push(
        uint256 tranche,
        uint32 period,
        address[] calldata accounts
    ) external nonReentrant returns (uint256 paid) {
        Batch memory batch = Batch(_token(tranche), 0, _entry(tranche, period).booking);
        PushLog.Log memory log = PushLog.open(accounts.length);
        for (uint256 i; i < accounts.length; ++i) {
            uint8 code = _pushOne(tranche, period, accounts[i], batch, log);
            if (code != Reasons.OK) emit Skipped(tranche, period, accounts[i], code);
        }
        paid = log.count;
        if (paid == 0) return 0;
        _entry(tranche, period).booking = batch.booking;
        _carryDust(tranche, batch.booking, batch.supply);
        log.emitAll(tranche, period);
    }

    /// @inheritdoc IDistributor
    function remitTax(uint256 tranche, uint32 period) external nonReentrant returns (uint256 amount) {
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
        uint256 rate;
        // A holder who is not admitted now is told what waits.
        (code, share.to, rate) = _payoutOf(account);
        (, share.interest, share.principal, share.tax) = _take(booking, balance, supply, rate);
    }

    /// @dev What a batch has in common; the booking as it is after the holders before.
    struct Batch {
        address token;
        uint256 supply;
        Booking booking;
    }

    /// @dev Marks and counts one claim, and fills `share`; false when there is nothing to claim. The caller sends the cash.
    function _claimPeriod(
        address account,
        uint256 tranche,
        uint32 period,
        uint256 rate,
        Share memory share
    ) private returns (bool) {
        address token = _token(tranche);
        Entry storage entry = _entry(tranche, period);
        Booking booking = entry.booking;
        {
            Marks storage marks = _marksOf(account, tranche, period);
            uint256 bits = marks.bits;
            if (bits & _bit(period) != 0 || !booking.isOpen()) return false;
            marks.bits = bits | _bit(period);
        }
        // A period that was booked has its record date behind it, so both are known.
        (uint256 balance, uint256 supply) = token.recordAt(account, period);
        if (balance == 0) {
            _marksOf(account, tranche, period).bits &= ~_bit(period);
            return false;
        }
        (booking, share.interest, share.principal, share.tax) = _take(booking, balance, supply, rate);
        entry.booking = booking;
        _carryDust(tranche, booking, supply);
        emit Claimed(tranche, period, account, share.to, share.interest, share.principal, share.tax);
        return true;
    }

    /// @dev Pays one holder of a batch; leaves all as it was when the holder is left out.
    function _pushOne(
        uint256 tranche,
        uint32 period,
        address account,
        Batch memory batch,
        PushLog.Log memory log
    ) private returns (uint8) {
        Marks storage marks = _marksOf(account, tranche, period);
        uint256 bits = marks.bits;
        if (bits & _bit(period) != 0 || !batch.booking.isOpen()) return Reasons.NOTHING_TO_CLAIM;
        (uint256 balance, uint256 supply) = batch.token.recordAt(account, period);
        if (balance == 0) return Reasons.NOTHING_TO_CLAIM;
        (uint8 code, address to, uint256 rate) = _payoutOf(account);
        if (code != Reasons.OK) return code;
        marks.bits = bits | _bit(period);
        if (_payOne(account, balance, supply, to, rate, batch, log)) return Reasons.OK;
        // The stablecoin refuses this receiver: the others are paid all the same.
        marks.bits = bits;
        return Reasons.CASH_REFUSED;
    }

    /// @dev Sends one holder of a batch its share and counts it; false, and nothing is counted, when it cannot be sent.
    function _payOne(
        address account,
        uint256 balance,
        uint256 supply,
        address to,
        uint256 rate,
        Batch memory batch,
        PushLog.Log memory log
    ) private returns (bool) {
        (Booking next, uint256 interest, uint256 principal, uint256 tax) = _take(batch.booking, balance, supply, rate);
        uint256 amount = interest + principal - tax;
        if (amount != 0 && !cash.trySafeTransfer(to, amount)) return false;
        batch.booking = next;
        batch.supply = supply;
        log.add(account, interest, principal, tax);
        return true;
    }

    /// @dev The booking after a claim; the holder's share and the tax on it in base units.
    function _take(
        Booking booking,
        uint256 balance,
        uint256 supply,
        uint256 rate
    ) private view returns (Booking next, uint256 interest, uint256 principal, uint256 tax) {
        (next, interest, principal) = booking.take(GRAINS_PER_CENT, balance, supply);
        if (rate != 0) {
            require(rate <= 10_000, RateTooHigh(rate));
            tax = (interest * rate) / (10_000 * GRAINS_PER_CENT);
            next = next.withhold(tax);
        }
        return (next, interest * grain, principal * grain, tax * unit);
    }

    function _payoutOf(address account) private view returns (uint8 code, address to, uint256 rate) {
        return address(registry).payoutOf(account);
    }

    function _send(Share memory paid) private {
        uint256 amount = paid.interest + paid.principal - paid.tax;
        // A tiny balance may have a share of nothing, and some stablecoins refuse to move nothing.
        if (amount != 0) cash.safeTransfer(paid.to, amount);
    }
}
