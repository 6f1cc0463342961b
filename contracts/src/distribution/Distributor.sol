// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Reasons} from "../access/Reasons.sol";
import {Bookings} from "./Booking.sol";
import {DistributorTerms} from "./DistributorTerms.sol";
import {IDistributor} from "./IDistributor.sol";
import {IPayoutSource, IRecordSource} from "./Sources.sol";
import {UnclaimedMoney} from "./UnclaimedMoney.sol";

/// @title Distributor: pays holders what their class was paid, once each, less withholding tax
contract Distributor is UnclaimedMoney {
    using Bookings for Bookings.Booking;
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
        (code, paid.to, rate) = IPayoutSource(address(registry)).payoutOf(account);
        if (code != Reasons.OK) {
            // A holder that has nothing to claim is told so, admitted or not.
            (uint8 refusal, ) = claimable(account, tranche, period);
            revert ClaimRefused(account, refusal);
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
        (uint8 code, address to, uint256 rate) = IPayoutSource(address(registry)).payoutOf(account);
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
        address token = _token(tranche);
        Bookings.Booking memory booking = _load(tranche, period);
        Payment[] memory payments = new Payment[](accounts.length);
        uint256 supply;
        for (uint256 i; i < accounts.length; ++i) {
            address account = accounts[i];
            (uint8 code, uint256 supplyThen) = _pushOne(tranche, period, account, token, booking, payments[paid]);
            if (code != Reasons.OK) {
                emit Skipped(tranche, period, account, code);
                continue;
            }
            supply = supplyThen;
            ++paid;
        }
        if (paid == 0) return 0;
        _saveClaims(tranche, period, booking, supply);
        // Only as many as were paid.
        assembly ("memory-safe") {
            mstore(payments, paid)
        }
        emit Pushed(tranche, period, payments);
    }

    /// @inheritdoc IDistributor
    function remitTax(uint256 tranche, uint32 period) external nonReentrant returns (uint256 amount) {
        Bookings.Booking memory booking = _load(tranche, period);
        amount = booking.tax * unit;
        require(amount != 0, NoTaxHeld(tranche, period));
        booking.tax = 0;
        _save(tranche, period, booking);
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
        Bookings.Booking memory booking = _load(tranche, period);
        if (!booking.isOpen() || _isClaimed(account, tranche, period)) return (Reasons.NOTHING_TO_CLAIM, share);
        (uint256 balance, uint256 supply) = IRecordSource(token).recordAt(account, period);
        if (balance == 0) return (Reasons.NOTHING_TO_CLAIM, share);
        uint256 rate;
        // A holder who is not admitted now is told what waits.
        (code, share.to, rate) = IPayoutSource(address(registry)).payoutOf(account);
        (share.interest, share.principal, share.tax) = _take(booking, balance, supply, rate);
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
        Bookings.Booking memory booking = _load(tranche, period);
        if (!booking.isOpen() || _isClaimed(account, tranche, period)) return false;
        // A period that was booked has its record date behind it, so both are known.
        (uint256 balance, uint256 supply) = IRecordSource(token).recordAt(account, period);
        if (balance == 0) return false;
        (share.interest, share.principal, share.tax) = _take(booking, balance, supply, rate);
        _setClaimed(account, tranche, period, true);
        _saveClaims(tranche, period, booking, supply);
        emit Claimed(tranche, period, account, share.to, share.interest, share.principal, share.tax);
        return true;
    }

    /// @dev Pays one holder of a batch, whose booking stays in memory; leaves it as it was when the holder is left out.
    function _pushOne(
        uint256 tranche,
        uint32 period,
        address account,
        address token,
        Bookings.Booking memory booking,
        Payment memory payment
    ) private returns (uint8 code, uint256 supply) {
        if (!booking.isOpen() || _isClaimed(account, tranche, period)) return (Reasons.NOTHING_TO_CLAIM, 0);
        uint256 balance;
        (balance, supply) = IRecordSource(token).recordAt(account, period);
        if (balance == 0) return (Reasons.NOTHING_TO_CLAIM, supply);
        address to;
        uint256 rate;
        (code, to, rate) = IPayoutSource(address(registry)).payoutOf(account);
        if (code != Reasons.OK) return (code, supply);
        uint256 before = booking.pack();
        (payment.interest, payment.principal, payment.tax) = _take(booking, balance, supply, rate);
        payment.account = account;
        _setClaimed(account, tranche, period, true);
        uint256 amount = payment.interest + payment.principal - payment.tax;
        if (amount == 0 || cash.trySafeTransfer(to, amount)) return (Reasons.OK, supply);
        // The stablecoin refuses this receiver: the others are paid all the same.
        _setClaimed(account, tranche, period, false);
        booking.restore(before);
        return (Reasons.CASH_REFUSED, supply);
    }

    /// @dev A holder's share and the tax on it in base units; the booking counts it as claimed.
    function _take(
        Bookings.Booking memory booking,
        uint256 balance,
        uint256 supply,
        uint256 rate
    ) private view returns (uint256 interest, uint256 principal, uint256 tax) {
        (interest, principal) = booking.take(GRAINS_PER_CENT, balance, supply);
        uint256 cents = (interest * rate) / (10_000 * GRAINS_PER_CENT);
        booking.tax += cents;
        return (interest * grain, principal * grain, cents * unit);
    }

    function _send(Share memory paid) private {
        uint256 amount = paid.interest + paid.principal - paid.tax;
        // A tiny balance may have a share of nothing, and some stablecoins refuse to move nothing.
        if (amount != 0) cash.safeTransfer(paid.to, amount);
    }
}
