// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {Distributor} from "../../src/distribution/Distributor.sol";
import {DistributorFactory} from "../../src/distribution/DistributorFactory.sol";
import {IDistributor} from "../../src/distribution/IDistributor.sol";
import {DistributionFixture} from "../support/DistributionFixture.sol";
import {Strangers} from "../support/Strangers.sol";

/// @notice Each function that books or pays money, with any amounts, any caller, and at any time
contract DistributorFuzzTest is DistributionFixture, Strangers {
    /// @dev The whole day of the settlement, and then 1,095 days.
    uint256 private constant FROM = 20_001 days + 1_095 days;
    uint256 private constant SUPPLY = 8_000e6;

    /// @dev Alice holds so much of the class, Bob the rest; so much is booked for period 1: a share of some base units at least.
    function _booked(uint256 held, uint256 interest, uint256 principal) private returns (uint256, uint256, uint256) {
        held = bound(held, 1e6, SUPPLY - 1e6);
        (interest, principal) = (bound(interest, 1, 1e9), bound(principal, 0, 1e9));
        senior.set(alice, 1, held);
        senior.set(bob, 1, SUPPLY - held);
        book(1, interest, principal, 0);
        return (held, interest, principal);
    }

    /// @dev floor(amount × held ÷ supply), in base units.
    function _share(uint256 cents, uint256 held) private pure returns (uint256) {
        return (cents * CENT * held) / SUPPLY;
    }

    function testFuzz_book(uint256 by, uint256[4] calldata cents, uint32 first, uint32 second, uint8 count) public {
        uint256[] memory amounts = new uint256[](count % 8 == 0 ? 3 : 4);
        for (uint256 i; i < amounts.length; ++i) amounts[i] = cents[i] % 1e12;
        bytes memory failure = abi.encodeWithSelector(IDistributor.NotVault.selector, someone(by));
        bytes memory data = abi.encodeCall(distributor.book, (first, amounts));
        refusedTo(someone(by), address(distributor), data, failure);
        senior.set(alice, first, SUPPLY);
        junior.set(alice, first, SUPPLY);
        bytes4 mismatch = IDistributor.AmountsMismatch.selector;
        if (amounts.length == 3) vm.expectRevert(abi.encodeWithSelector(mismatch, 4, 3));
        else if (first == 0) vm.expectRevert(abi.encodeWithSelector(IDistributor.PeriodNotLater.selector, 0, 0));
        distributor.book(first, amounts);
        if (amounts.length == 3 || first == 0) return;
        IDistributor.Distribution memory it = distributor.distribution(0, first);
        isTrue(it.interest == amounts[0] * CENT && it.principal == amounts[1] * CENT, "booked");
        if (second > first) return;
        vm.expectRevert(abi.encodeWithSelector(IDistributor.PeriodNotLater.selector, first, second));
        distributor.book(second, amounts);
    }

    function testFuzz_claim(uint256 held, uint256 interest, uint256 principal, uint16 rate) public {
        (held, interest, principal) = _booked(held, interest, principal);
        rate %= 10_001;
        withhold(alice, rate);
        vm.prank(alice);
        uint256 amount = distributor.claim(0, 1);
        uint256 tax = ((_share(interest, held) / CENT) * rate) / 10_000;
        uint256 most = (_share(interest, held) * rate) / 10_000;
        uint256 due = _share(interest, held) + _share(principal, held);
        equal(amount, cash.balanceOf(alice), "paid what it says");
        isTrue(amount <= due && due - amount <= most, "never more than the share, nor more tax than the rate");
        isTrue((due - amount) % CENT == 0 && due - amount >= (tax == 0 ? 0 : (tax - 1) * CENT), "tax in whole cents");
        refuse(alice, 0, 1, Reasons.NOTHING_TO_CLAIM);
        covered();
    }

    function testFuzz_claimFor(uint256 by, uint256 held, uint256 interest, uint8 code, bool elsewhere) public {
        (held, interest, ) = _booked(held, interest, 0);
        code %= 8;
        address to = elsewhere ? someone(1) : alice;
        payouts.set(alice, code, to, 0);
        vm.prank(someone(by));
        bytes4 refused = IDistributor.ClaimRefused.selector;
        if (code != 0) vm.expectRevert(abi.encodeWithSelector(refused, alice, code));
        distributor.claimFor(alice, 0, 1);
        equal(cash.balanceOf(to), code == 0 ? _share(interest, held) : 0, "to whom it is due");
        covered();
        payouts.set(alice, 0, alice, 0);
        if (code == 0) return;
        equal(distributor.claimFor(alice, 0, 1), _share(interest, held), "the money waited");
    }

    /// @dev Several periods at once are what each by itself is, and none twice.
    function testFuzz_claimMany(uint256 held, uint64[3] calldata interests, uint256 which) public {
        held = bound(held, 1e6, SUPPLY - 1);
        uint256 due;
        uint32[] memory periods = new uint32[](which % 4);
        for (uint32 i; i < 3; ++i) {
            senior.set(alice, i + 1, held);
            senior.set(bob, i + 1, SUPPLY - held);
            uint256 cents = bound(interests[i], 1_000, 1e9);
            book(i + 1, cents, 0, 0);
            if (i < periods.length) (periods[i], due) = (i + 1, due + _share(cents, held));
        }
        bytes4 refused = IDistributor.ClaimRefused.selector;
        if (due == 0) vm.expectRevert(abi.encodeWithSelector(refused, alice, Reasons.NOTHING_TO_CLAIM));
        distributor.claimMany(alice, 0, periods);
        equal(cash.balanceOf(alice), due, "the sum");
        vm.expectRevert(abi.encodeWithSelector(refused, alice, Reasons.NOTHING_TO_CLAIM));
        distributor.claimMany(alice, 0, periods);
        covered();
    }

    /// @dev By anybody, with anybody in the list, once or twice: who can be paid is, once.
    function testFuzz_push(uint256 by, uint256 held, uint256 interest, uint8[6] calldata who, uint8 code) public {
        (held, interest, ) = _booked(held, interest, 0);
        payouts.set(bob, code % 3 == 0 ? Reasons.OK : code % 8, bob, 0);
        address[] memory accounts = new address[](6);
        bool alices;
        bool bobs;
        for (uint256 i; i < 6; ++i) {
            accounts[i] = [alice, bob, carol][who[i] % 3];
            alices = alices || accounts[i] == alice;
            bobs = bobs || accounts[i] == bob;
        }
        (uint8 bobsCode, , ) = payouts.payoutOf(bob);
        vm.prank(someone(by));
        uint256 paid = distributor.push(0, 1, accounts);
        equal(cash.balanceOf(alice), alices ? _share(interest, held) : 0, "alice, once");
        equal(cash.balanceOf(bob), bobs && bobsCode == 0 ? _share(interest, SUPPLY - held) : 0, "bob, if he may");
        equal(paid, (alices ? 1 : 0) + (bobs && bobsCode == 0 ? 1 : 0), "holders paid");
        covered();
    }

    function testFuzz_remitTax(uint256 by, uint256 held, uint256 interest, uint16 rate) public {
        (held, interest, ) = _booked(held, interest, 0);
        withhold(alice, rate % 10_001);
        bytes memory none = abi.encodeWithSelector(IDistributor.NoTaxHeld.selector, 0, 1);
        vm.expectRevert(none);
        distributor.remitTax(0, 1);
        distributor.claimFor(alice, 0, 1);
        uint256 tax = _share(interest, held) - cash.balanceOf(alice);
        vm.prank(someone(by));
        if (tax == 0) vm.expectRevert(none);
        distributor.remitTax(0, 1);
        equal(cash.balanceOf(taxOffice), tax, "what was withheld");
        vm.expectRevert(none);
        distributor.remitTax(0, 1);
        covered();
    }

    function testFuzz_proposeUnclaimed(uint256 by, uint256 time) public {
        _booked(1, 1e6 - 1, 0);
        vm.warp(START + bound(time, 0, 2_000 days));
        unauthorised(by, address(distributor), abi.encodeCall(distributor.proposeUnclaimed, (0, 1)));
        bool over = block.timestamp >= FROM;
        if (!over) vm.expectRevert(abi.encodeWithSelector(IDistributor.NotYetUnclaimed.selector, 0, 1, FROM));
        distributor.proposeUnclaimed(0, 1);
        isTrue(distributor.unclaimedProposal(0, 1).proposer == (over ? address(this) : address(0)), "proposer");
        if (!over) return;
        vm.expectRevert(abi.encodeWithSelector(IDistributor.AlreadyProposed.selector, 0, 1));
        distributor.proposeUnclaimed(0, 1);
    }

    function _proposed() private {
        _booked(1, 1e6 - 1, 0);
        vm.warp(FROM);
        distributor.proposeUnclaimed(0, 1);
    }

    function testFuzz_approveUnclaimed(uint256 by, bool same, uint256 time) public {
        _proposed();
        vm.warp(FROM + bound(time, 0, 100 days));
        unauthorised(by, address(distributor), abi.encodeCall(distributor.approveUnclaimed, (0, 1)));
        vm.prank(same ? address(this) : approver);
        if (same) vm.expectRevert(abi.encodeWithSelector(IDistributor.SamePerson.selector, address(this)));
        distributor.approveUnclaimed(0, 1);
        equal(distributor.unclaimedProposal(0, 1).movableFrom, same ? 0 : block.timestamp + 30 days, "when");
    }

    function testFuzz_cancelUnclaimed(uint256 by, bool approved, uint256 time) public {
        _proposed();
        vm.prank(approver);
        if (approved) distributor.approveUnclaimed(0, 1);
        else payouts.payoutOf(alice);
        vm.warp(FROM + bound(time, 0, 100 days));
        unauthorised(by, address(distributor), abi.encodeCall(distributor.cancelUnclaimed, (0, 1)));
        distributor.cancelUnclaimed(0, 1);
        isTrue(distributor.unclaimedProposal(0, 1).proposer == address(0), "taken back");
        vm.expectPartialRevert(IDistributor.NotMovable.selector);
        distributor.moveUnclaimed(0, 1);
        covered();
    }

    function testFuzz_moveUnclaimed(uint256 by, bool approved, uint256 time) public {
        _proposed();
        vm.prank(approver);
        if (approved) distributor.approveUnclaimed(0, 1);
        else payouts.payoutOf(alice);
        vm.warp(FROM + bound(time, 0, 60 days));
        bool due = approved && block.timestamp >= FROM + 30 days;
        vm.prank(someone(by));
        try distributor.moveUnclaimed(0, 1) {
            isTrue(due, "moved too early");
        } catch {
            isTrue(!due, "not moved in time");
        }
        equal(cash.balanceOf(keeper), due ? 1e6 * CENT : 0, "to the rule's account");
        covered();
    }

    function testFuzz_setAuthority(uint256 by) public {
        authorityStays(by, address(distributor));
    }

    /// @dev Whoever makes one is its vault, and nobody else books.
    function testFuzz_make(uint256 by, uint16 afterDays, uint16 delayDays) public {
        DistributorFactory factory = new DistributorFactory();
        IDistributor.DistributionTerms memory given = terms();
        bool whole = delayDays % 4 != 0;
        given.unclaimed = IDistributor.UnclaimedRule(whole ? keeper : address(0), afterDays, delayDays);
        vm.prank(someone(by));
        if (!whole) vm.expectRevert(abi.encodeWithSelector(IDistributor.TermsIncomplete.selector));
        IDistributor made = factory.make(given);
        if (!whole) return;
        isTrue(made.vault() == someone(by), "its vault");
        bytes memory failure = abi.encodeWithSelector(IDistributor.NotVault.selector, address(this));
        refusedTo(address(this), address(made), abi.encodeCall(made.book, (1, amountsOf(0, 0, 0, 0))), failure);
        isTrue(made.unclaimedRule().afterDays == afterDays, "its rule");
        isTrue(address(Distributor(address(made)).cash()) == address(cash), "its coin");
    }
}
