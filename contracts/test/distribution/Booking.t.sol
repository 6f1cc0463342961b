// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Bookings} from "../../src/distribution/Booking.sol";
import {Test} from "../support/Vm.sol";

/// @notice Calls of the library from outside, so that its refusals can be expected
contract BookingCaller {
    using Bookings for Bookings.Booking;

    function take(
        Bookings.Booking memory booking,
        uint256 grainsPerCent,
        uint256 balance,
        uint256 supply
    ) external pure returns (uint256 interest, uint256 principal, Bookings.Booking memory after_) {
        (interest, principal) = booking.take(grainsPerCent, balance, supply);
        return (interest, principal, booking);
    }
}

/// @notice The one storage word of a class and period, and the equation that stands for what was paid so far
contract BookingTest is Test {
    using Bookings for Bookings.Booking;

    BookingCaller private _caller = new BookingCaller();

    /// @dev Every field at its greatest value comes back, and none touches its neighbour.
    function test_fieldsDoNotTouch() public pure {
        Bookings.Booking memory full = Bookings.Booking(
            2 ** 46 - 1,
            2 ** 48 - 1,
            2 ** 46 - 1,
            2 ** 70 - 1,
            2 ** 16 - 1,
            2 ** 15 - 1,
            2 ** 15 - 1
        );
        equal(full.pack(), type(uint256).max, "46 + 48 + 46 + 70 + 16 + 15 + 15 = 256 bits");
        Bookings.Booking memory odd = Bookings.Booking(2 ** 46 - 1, 0, 2 ** 46 - 1, 0, 2 ** 16 - 1, 0, 2 ** 15 - 1);
        equal(Bookings.unpack(odd.pack()).pack(), odd.pack(), "every second field");
        Bookings.Booking memory back = Bookings.unpack(odd.pack());
        equal(back.interest, 2 ** 46 - 1, "interest");
        equal(back.principal, 0, "principal");
        equal(back.tax, 2 ** 46 - 1, "tax");
        equal(back.claimed, 0, "claimed");
        equal(back.day, 2 ** 16 - 1, "day");
        equal(back.interestLoss, 0, "interest loss");
        equal(back.principalLoss, 2 ** 15 - 1, "principal loss");
    }

    /// @dev 10 grains among three holders of 1 of 3: floors are 3, 3, 3. Floors of the sums are 3, 6, 10: the last claim
    ///      loses a grain.
    function test_theLossIsTheDust() public pure {
        Bookings.Booking memory booking = Bookings.Booking(10, 0, 0, 0, 1, 0, 0);
        uint256[3] memory losses = [uint256(0), 0, 1];
        for (uint256 i; i < 3; ++i) {
            (uint256 interest, ) = booking.take(1, 1, 3);
            equal(interest, 3, "floor(10 / 3)");
            equal(booking.interestLoss, losses[i], "loss");
            (uint256 paid, ) = booking.paid(1, 3);
            equal(paid, 3 * (i + 1), "paid so far");
        }
        isTrue(booking.isWhole(3), "all have claimed");
        (uint256 left, ) = booking.left(1, 3);
        equal(left, 0, "the last grain is dust, not a holder's");
    }

    /// @dev With the loss at its greatest value, a claim that would lose a grain is paid it: nobody is paid less.
    function test_aFullLossPaysTheGrain() public pure {
        // 2 of 3 claimed, losses as they might be at most: paid so far is floor(10 x 2 / 3) - 32,767 below zero, so the
        // amount is taken large enough: 100,000 grains.
        Bookings.Booking memory booking = Bookings.Booking(100_000, 100_000, 0, 2, 1, 2 ** 15 - 1, 2 ** 15 - 1);
        (uint256 paidBefore, ) = booking.paid(1, 3);
        equal(paidBefore, 66_666 - 32_767, "paid so far");
        (uint256 interest, uint256 principal) = booking.take(1, 1, 3);
        // floor(100,000 / 3) = 33,333, and 100,000 - 66,666 = 33,334.
        equal(interest, 33_334, "with the grain");
        equal(principal, 33_334, "of the principal too");
        equal(booking.interestLoss, 2 ** 15 - 1, "the loss stays");
        (uint256 paid, uint256 paidPrincipal) = booking.paid(1, 3);
        equal(paid, paidBefore + interest, "and the equation holds");
        equal(paidPrincipal, paid, "for both");
    }

    function test_balancesBeyondTheSupplyAreRefused() public {
        Bookings.Booking memory booking = Bookings.Booking(10, 0, 0, 2, 1, 0, 0);
        bytes4 refusal = Bookings.RecordDateMismatch.selector;
        vm.expectRevert(abi.encodeWithSelector(refusal, 2, 2, 3));
        _caller.take(booking, 1, 2, 3);
        vm.expectRevert(abi.encodeWithSelector(refusal, 2, type(uint256).max, 3));
        _caller.take(booking, 1, type(uint256).max, 3);
        vm.expectRevert(abi.encodeWithSelector(refusal, 2, 1, 2 ** 70));
        _caller.take(booking, 1, 1, 2 ** 70);
    }

    /// @dev Any amounts and any balances: after each claim the equation gives what was paid to the grain, and in the end the
    ///      losses are what was not paid.
    function testFuzz_paidSoFar(uint256 seed, uint256 interest, uint256 principal, uint256 holders) public pure {
        Bookings.Booking memory booking = Bookings.Booking(interest % 2 ** 46, principal % 2 ** 48, 0, 0, 1, 0, 0);
        uint256[] memory balances = new uint256[](bound(holders, 1, 20));
        uint256 supply;
        for (uint256 i; i < balances.length; ++i) {
            // From a millionth of a dollar to 2^65 of them: twenty stay below 2^70.
            balances[i] = 1 + (uint256(keccak256(abi.encode(seed, i))) >> 191) / 2 ** (seed % 65);
            supply += balances[i];
        }
        uint256 paidInterest;
        uint256 paidPrincipal;
        for (uint256 i; i < balances.length; ++i) {
            uint256 interestFloor = (booking.interest * 10_000 * balances[i]) / supply;
            uint256 principalFloor = (booking.principal * 10_000 * balances[i]) / supply;
            (uint256 gotInterest, uint256 gotPrincipal) = booking.take(10_000, balances[i], supply);
            equal(gotInterest, interestFloor, "interest is the floor");
            equal(gotPrincipal, principalFloor, "principal is the floor");
            paidInterest += gotInterest;
            paidPrincipal += gotPrincipal;
            booking = Bookings.unpack(booking.pack());
            (uint256 soFarInterest, uint256 soFarPrincipal) = booking.paid(10_000, supply);
            equal(soFarInterest, paidInterest, "interest so far");
            equal(soFarPrincipal, paidPrincipal, "principal so far");
        }
        equal(booking.interestLoss, booking.interest * 10_000 - paidInterest, "interest dust");
        equal(booking.principalLoss, booking.principal * 10_000 - paidPrincipal, "principal dust");
        isTrue(booking.interestLoss < balances.length, "less than a grain a claim");
    }
}
