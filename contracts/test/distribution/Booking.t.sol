// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Booking, Bookings} from "../../src/distribution/Booking.sol";
import {Test} from "../support/Vm.sol";

/// @notice Calls of the library from outside, so that its refusals can be expected
contract BookingCaller {
    function create(uint256 interest, uint256 principal) external view returns (Booking) {
        return Bookings.create(interest, principal, Bookings.today());
    }

    function take(
        Booking booking,
        uint256 grainsPerCent,
        uint256 balance,
        uint256 supply
    ) external pure returns (Booking next, uint256 interest, uint256 principal) {
        return booking.take(grainsPerCent, balance, supply);
    }
}

/// @notice The one storage word of a class and period, and the equation that stands for what was paid so far
contract BookingTest is Test {
    BookingCaller private _caller = new BookingCaller();

    /// @dev A word of the fields as the type says they lie.
    function _word(
        uint256 interest,
        uint256 principal,
        uint256 tax,
        uint256 claimed,
        uint256 day,
        uint256 interestLoss,
        uint256 principalLoss
    ) private pure returns (Booking) {
        uint256 low = interest | (principal << 46) | (tax << 94) | (claimed << 140);
        return Booking.wrap(low | (day << 210) | (interestLoss << 226) | (principalLoss << 241));
    }

    /// @dev Every second field at its greatest value: none touches its neighbour.
    function test_fieldsDoNotTouch() public pure {
        Booking odd = _word(2 ** 46 - 1, 0, 2 ** 46 - 1, 0, 2 ** 16 - 2, 0, 2 ** 15 - 1);
        equal(odd.interest(), 2 ** 46 - 1, "interest");
        equal(odd.principal(), 0, "principal");
        equal(odd.tax(), 2 ** 46 - 1, "tax");
        equal(odd.claimed(), 0, "claimed");
        equal(odd.day(), 2 ** 16 - 2, "day");
        equal(odd.interestLoss(), 0, "interest loss");
        equal(odd.principalLoss(), 2 ** 15 - 1, "principal loss");
        Booking even = _word(0, 2 ** 48 - 1, 0, 2 ** 70 - 1, 0, 2 ** 15 - 1, 0);
        equal(even.interest() + even.tax() + even.day() + even.principalLoss(), 0, "the others");
        equal(even.principal(), 2 ** 48 - 1, "principal");
        equal(even.claimed(), 2 ** 70 - 1, "claimed");
        equal(even.interestLoss(), 2 ** 15 - 1, "interest loss");
        isTrue(
            Booking.unwrap(odd.remit()) == Booking.unwrap(odd) - ((2 ** 46 - 1) << 94),
            "remitting clears the tax alone"
        );
        equal(odd.remit().withhold(7).tax(), 7, "withheld again");
        isTrue(odd.move().isMoved() && !odd.move().isOpen(), "moved");
        equal(odd.move().day(), 0, "no day then");
        equal(odd.move().principalLoss() + odd.move().claimed(), 2 ** 15 - 1, "and the rest as it was");
    }

    function test_amountsMustFit() public {
        vm.warp(20_000 days + 1);
        Booking full = _caller.create(2 ** 46 - 1, 2 ** 48 - 1);
        equal(full.interest(), 2 ** 46 - 1, "interest");
        equal(full.principal(), 2 ** 48 - 1, "principal");
        equal(full.day(), 20_000, "today");
        isTrue(full.isOpen(), "open");
        bytes4 refusal = Bookings.AmountTooLarge.selector;
        vm.expectRevert(abi.encodeWithSelector(refusal, 2 ** 46, 0));
        _caller.create(2 ** 46, 0);
        vm.expectRevert(abi.encodeWithSelector(refusal, 0, 2 ** 48));
        _caller.create(0, 2 ** 48);
    }

    /// @dev 10 grains among three holders of 1 of 3: floors are 3, 3, 3. Floors of the sums are 3, 6, 10: the last claim
    ///      loses a grain.
    function test_theLossIsTheDust() public pure {
        Booking booking = _word(10, 0, 0, 0, 1, 0, 0);
        uint256[3] memory losses = [uint256(0), 0, 1];
        for (uint256 i; i < 3; ++i) {
            uint256 interest;
            (booking, interest, ) = booking.take(1, 1, 3);
            equal(interest, 3, "floor(10 / 3)");
            equal(booking.interestLoss(), losses[i], "loss");
            (uint256 paid, ) = booking.paid(1, 3);
            equal(paid, 3 * (i + 1), "paid so far");
        }
        isTrue(booking.isWhole(3), "all have claimed");
        (uint256 left, ) = booking.left(1, 3);
        equal(left, 0, "the last grain is dust, not a holder's");
    }

    /// @dev With the losses full, a claim that would lose a grain is paid it: nobody is paid less. 2 of 3 have claimed of
    ///      100,000 grains: floor(200,000 / 3) - 32,767.
    function test_aFullLossPaysTheGrain() public pure {
        Booking booking = _word(100_000, 100_000, 0, 2, 1, 2 ** 15 - 1, 2 ** 15 - 1);
        (uint256 paidBefore, ) = booking.paid(1, 3);
        equal(paidBefore, 66_666 - 32_767, "paid so far");
        (Booking next, uint256 interest, uint256 principal) = booking.take(1, 1, 3);
        // floor(100,000 / 3) = 33,333, and 100,000 - 66,666 = 33,334.
        equal(interest, 33_334, "with the grain");
        equal(principal, 33_334, "of the principal too");
        equal(next.interestLoss(), 2 ** 15 - 1, "the loss stays");
        equal(next.principalLoss(), 2 ** 15 - 1, "both");
        equal(next.claimed(), 3, "nothing spills");
        (uint256 paid, uint256 paidPrincipal) = next.paid(1, 3);
        equal(paid, paidBefore + interest, "and the equation holds");
        equal(paidPrincipal, paid, "for both");
    }

    function test_balancesBeyondTheSupplyAreRefused() public {
        Booking booking = _word(10, 0, 0, 2, 1, 0, 0);
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
        Booking booking = _word(interest % 2 ** 46, principal % 2 ** 48, 0, 0, 1, 0, 0);
        uint256[] memory balances = new uint256[](bound(holders, 1, 20));
        uint256 supply;
        for (uint256 i; i < balances.length; ++i) {
            // From a millionth of a dollar to 2^65 of them: twenty stay below 2^70.
            balances[i] = 1 + (uint256(keccak256(abi.encode(seed, i))) >> 191) / 2 ** (seed % 65);
            supply += balances[i];
        }
        uint256[2] memory paid;
        for (uint256 i; i < balances.length; ++i) {
            uint256[2] memory got;
            (booking, got[0], got[1]) = booking.take(10_000, balances[i], supply);
            equal(got[0], (booking.interest() * 10_000 * balances[i]) / supply, "interest is the floor");
            equal(got[1], (booking.principal() * 10_000 * balances[i]) / supply, "principal is the floor");
            paid[0] += got[0];
            paid[1] += got[1];
            (uint256 soFarInterest, uint256 soFarPrincipal) = booking.paid(10_000, supply);
            equal(soFarInterest, paid[0], "interest so far");
            equal(soFarPrincipal, paid[1], "principal so far");
        }
        equal(booking.interestLoss(), booking.interest() * 10_000 - paid[0], "interest dust");
        equal(booking.principalLoss(), booking.principal() * 10_000 - paid[1], "principal dust");
        isTrue(booking.interestLoss() < balances.length, "less than a grain a claim");
        equal(booking.interest() + booking.principal(), (interest % 2 ** 46) + (principal % 2 ** 48), "amounts stay");
    }
}
