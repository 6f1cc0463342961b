// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Test} from "../support/Vm.sol";
import {DealActors} from "./DealActors.sol";
import {OfferingActors} from "./OfferingActors.sol";

/// @notice The actors of the campaigns do what they are there for: a planned life reaches every end that a random one may
contract ActorsTest is Test {
    /// @dev Places in the list of wallets, and one that is nobody's.
    uint256 private constant ALICE = 0;
    uint256 private constant BOB = 1;
    uint256 private constant CAROL = 2;
    uint256 private constant STRANGER = 6;

    function testADealsActorsReachEveryEnd() public {
        DealActors actors = new DealActors();
        actors.enter(ALICE, 2, 3_000);
        actors.transfer(ALICE, BOB, 0, 1e9);
        actors.transfer(ALICE, STRANGER, 0, 1e9);
        // 200,000 cents are reported, deposited and settled.
        actors.wholeMonth(199_999);
        equal(actors.settlements(), 1, "a whole month");
        uint256 paid = actors.paid();
        actors.claim(ALICE, 0, 1, true);
        paid = _more(actors, paid, "a claim");
        actors.claim(ALICE, 0, 1, false);
        equal(actors.paid(), paid, "not twice");
        actors.claimMany(BOB, 0, 1);
        paid = _more(actors, paid, "claims of several periods");
        actors.push(CAROL, 1, 1, 1);
        paid = _more(actors, paid, "a batch");
        actors.remitTax(0, 1);
        paid = _more(actors, paid, "tax");
        actors.withdraw(0);
        paid = _more(actors, paid, "a payee");

        // A fee of 2.00 from the second period on.
        actors.amendAtOnce(0);
        equal(actors.amendments(), 1, "amended");

        // Another amount than is deposited is reported, disputed, dismissed, and settled jointly.
        actors.depositCash(300_000);
        actors.report(99_999);
        actors.disputeReport(0);
        actors.passToDate(3, 2);
        actors.pass(3 days);
        actors.settleJointly();
        equal(actors.settlements(), 1, "the dispute stands");
        actors.dismissDispute();
        actors.settleJointly();
        equal(actors.settlements(), 2, "jointly");

        // Loan A has paid off.
        actors.recordRoot(false);
        actors.releaseLoan(0, 0, 1, false);
        (uint256 counted, ) = actors.pledgeCounts(false);
        equal(counted, 1, "one of two loans is left");
        actors.pledgeLoan(0, true);
        (counted, ) = actors.pledgeCounts(true);
        equal(counted, 1, "and is the other deal's now");
        actors.abandon(0);
        (counted, ) = actors.pledgeCounts(true);
        equal(counted, 0, "until that is given up");

        // A wallet is lost; its notes and its money go on.
        actors.replace(BOB);
        actors.recover(BOB, 1, 0);
        equal(actors.admitted().length, 7, "a seventh wallet");

        // Years pass; what nobody claimed of the second period moves.
        actors.unclaimed(15, 0, 1);
        actors.unclaimed(0, 0, 1);
        actors.unclaimed(1, 0, 1);
        for (uint256 i; i < 6; ++i) actors.pass(5 days - 1);
        paid = actors.paid();
        actors.unclaimed(3, 0, 1);
        _more(actors, paid, "unclaimed money");

        equal(actors.paid() + actors.owed(), actors.deposited(), "in = out + owed");
        equal(actors.repeated() + actors.wrongSums() + actors.surprises(), 0, "nothing was wrong");
    }

    function testAnOfferingsActorsCloseAndRefund() public {
        OfferingActors actors = new OfferingActors();
        // 4,000.00 of the senior each, of which there are 8,000.00, and of the junior 2,000.00.
        for (uint256 who; who < 3; ++who) actors.subscribeTo(who, 0, 4_000);
        actors.subscribeTo(CAROL, 1, 2_000);
        actors.subscribeTo(STRANGER, 0, 1);
        equal(actors.broughtIn(), 1_400_000 * 10_000, "12,000.00 and 2,000.00");
        actors.takeBack(BOB, 0);
        actors.refund(BOB);
        equal(actors.refunded(), 400_000 * 10_000, "4,000.00 back");
        actors.subscribeTo(BOB, 0, 4_000);
        // 9,000.00 and 999.99 are found, for a week; then a cent more.
        actors.pass(1 hours - 1);
        actors.attestReserve(300_000, 99_999, 7 days);
        actors.close(1, 4);
        isTrue(actors.phase() == ISubscription.Phase.Open, "a cent is not covered");
        actors.pass(1 hours - 1);
        actors.attestReserve(300_000, 100_000, 7 days);
        actors.close(1, 4);
        isTrue(actors.phase() == ISubscription.Phase.Closing, "one position is allotted");
        actors.allot(3);
        actors.allot(3);
        isTrue(actors.phase() == ISubscription.Phase.Closed, "and then all");
        // Vault and seller have the 10,000.00 of the notes.
        equal(actors.takenOut(), 1_000_000 * 10_000, "proceeds");
        for (uint256 who; who < 3; ++who) actors.refund(who);
        equal(actors.refunded(), 800_000 * 10_000, "4,000.00 of 12,000.00 were too much");
        equal(actors.escrowed(), 0, "nothing is left");
    }

    function testAnOfferingsActorsGiveUp() public {
        OfferingActors actors = new OfferingActors();
        actors.subscribeTo(ALICE, 0, 4_000);
        actors.giveUp(16);
        isTrue(actors.phase() == ISubscription.Phase.Failed, "cancelled");
        actors.refund(ALICE);
        equal(actors.refunded(), actors.broughtIn(), "all is back");
    }

    /// @dev Carol's notes of the junior are allotted, Alice's of the senior are not, when closing's time is over.
    function testAnOfferingsActorsFailWhileClosing() public {
        OfferingActors actors = new OfferingActors();
        actors.subscribeTo(CAROL, 1, 1_000);
        actors.subscribeTo(ALICE, 0, 4_000);
        actors.attestReserve(300_000, 100_000, 7 days);
        actors.close(1, 4);
        isTrue(actors.phase() == ISubscription.Phase.Closing, "one position is allotted");
        actors.transfer(CAROL, ALICE, 1, 3);
        actors.giveUp(1);
        for (uint256 i; i < 2; ++i) actors.pass(4 days - 1);
        actors.allot(3);
        isTrue(actors.phase() == ISubscription.Phase.Closing, "too late, and not yet failed");
        actors.giveUp(1);
        isTrue(actors.phase() == ISubscription.Phase.Failed, "failed");
        for (uint256 who; who < 3; ++who) actors.refund(who);
        equal(actors.refunded(), actors.broughtIn(), "all is back");
        equal(actors.takenOut() + actors.shifted() + actors.early(), 0, "nothing moved");
    }

    function _more(DealActors actors, uint256 before, string memory what) private view returns (uint256 paid) {
        paid = actors.paid();
        isTrue(paid > before, what);
    }
}
