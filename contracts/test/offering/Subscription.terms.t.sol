// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IReserveAttestor} from "../../src/collateral/IReserveAttestor.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {ISubscription} from "../../src/offering/ISubscription.sol";
import {Subscription} from "../../src/offering/Subscription.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {OfferFixture} from "../support/OfferFixture.sol";

/// @notice An attestor that covers up to a limit
contract LimitAttestor {
    uint256 private immutable LIMIT;

    constructor(uint256 limit) {
        LIMIT = limit;
    }

    function requireCovered(address, uint256 face) external view {
        require(face <= LIMIT, IReserveAttestor.ExceedsCollateral(face, LIMIT));
    }
}

/// @notice Minimum and maximum, lots, limits, pro-rata allotment, retained notes, permits, attestations
contract SubscriptionTermsTest is OfferFixture {
    function _refuseTerms(bytes memory failure) private {
        offering = new Subscription(_terms);
        _deployNotes();
        vm.expectRevert(failure);
        offering.open(vault);
    }

    function _refuse(address account, uint256 cents, bytes memory failure) private {
        fund(account, address(offering), cents * CENT);
        vm.prank(account);
        vm.expectRevert(failure);
        offering.subscribe(0, cents * CENT);
    }

    function test_refusesTermsThatDoNotFitTheTranche() public {
        bytes memory invalid = abi.encodeWithSelector(ISubscription.TrancheTermsInvalid.selector, 0, 800_000);
        _terms.tranches[0] = ISubscription.TrancheOffer(800_001, 900_000, 0, 1);
        _refuseTerms(invalid);
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 799_999, 0, 1);
        _refuseTerms(invalid);
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 800_000, 0, 0);
        _refuseTerms(invalid);
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 800_000, 0, 300_000);
        _refuseTerms(invalid);
        _terms.tranches.pop();
        _refuseTerms(abi.encodeWithSelector(ISubscription.TrancheCount.selector, 2, 1));
    }

    function test_refusesTermsThatNoOfferCanHave() public {
        _terms.seller = address(0);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.ZeroAddress.selector));
        new Subscription(_terms);
        _terms.seller = sponsor;
        _terms.deadline = START;
        vm.expectRevert(abi.encodeWithSelector(ISubscription.DeadlinePassed.selector, START));
        new Subscription(_terms);
    }

    /// @dev All notes raise 10,000.00.
    function test_refusesAVaultThatAsksForMoreThanTheNotesRaise() public {
        bytes memory asked = abi.encodeCall(vault.initialFunding, ());
        vm.mockCall(address(vault), asked, abi.encode(10_000e6 + 1));
        bytes4 exceeds = ISubscription.FundingExceedsProceeds.selector;
        vm.expectRevert(abi.encodeWithSelector(exceeds, 10_000e6 + 1, 10_000e6));
        offering.open(vault);
        vm.mockCall(address(vault), asked, abi.encode(10_000e6));
        offering.open(vault);
        vm.clearMockedCalls();
    }

    function test_termsAreReadBackOfItsTranchesOnly() public {
        _offer();
        equal(offering.target(1), 200_000 * CENT, "target");
        equal(offering.trancheOffer(1).maximum, 200_000, "maximum");
        equal(offering.positions(1, 1).length, 0, "no position");
        bytes memory none = abi.encodeWithSelector(ISubscription.NoSuchTranche.selector, 2);
        vm.expectRevert(none);
        offering.target(2);
        vm.expectRevert(none);
        offering.trancheOffer(2);
    }

    /// @dev A lot of ten cents, 100,000 base units of face: an allotment of one lot must be a holding that the token allows.
    function test_refusesLotsThatTheTokenWouldNotMint() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 800_000, 0, 10);
        bytes memory invalid = abi.encodeWithSelector(ISubscription.TrancheTermsInvalid.selector, 0, 800_000);
        bytes memory sizes = abi.encodeCall(ITokenTerms.sizes, ());
        offering = new Subscription(_terms);
        _deployNotes();
        vm.mockCall(address(senior), sizes, abi.encode(100_001, 1));
        vm.expectRevert(invalid);
        offering.open(vault);
        vm.mockCall(address(senior), sizes, abi.encode(1, 30_000));
        vm.expectRevert(invalid);
        offering.open(vault);
        vm.mockCall(address(senior), sizes, abi.encode(100_000, 50_000));
        offering.open(vault);
        vm.clearMockedCalls();
    }

    /// @dev 8,000.00 in lots of 1,000.00 over subscriptions of 5, 3 and 4 lots, 12 in all. Alice: floor(8 × 5 ÷ 12) = 3;
    ///      5 lots are left over 7 subscribed. Bob: floor(5 × 3 ÷ 7) = 2; 3 are left over 4. Carol: all 3.
    function test_overSubscriptionIsAllottedProRata() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(800_000, 1_200_000, 0, 100_000);
        _offer();
        subscribe(alice, 0, 500_000 * CENT);
        subscribe(bob, 0, 300_000 * CENT);
        subscribe(carol, 0, 400_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        bytes memory full = abi.encodeWithSelector(ISubscription.Oversubscribed.selector, 0, 0);
        _refuse(alice, 100_000, full);
        offering.close(100);
        equal(senior.balanceOf(alice), 3_000e6, "alice");
        equal(senior.balanceOf(bob), 2_000e6, "bob");
        equal(senior.balanceOf(carol), 3_000e6, "carol");
        equal(offering.refund(alice), 200_000 * CENT, "alice's refund");
        equal(offering.refund(bob), 100_000 * CENT, "bob's refund");
        equal(offering.refund(carol), 100_000 * CENT, "carol's refund");
        equal(cash.balanceOf(sponsor), 9_500e6, "the seller gets 10,000.00 less the reserve");
        equal(cash.balanceOf(address(offering)), 0, "nothing stays");
    }

    /// @dev As above, but an agent has frozen Bob. Alice: 3 of 8 lots. Bob's 2 are the seller's, and Carol has her 3 all the
    ///      same.
    function test_aSubscriberFrozenByAnAgentHoldsUpNobody() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(800_000, 1_200_000, 0, 100_000);
        _offer();
        subscribe(alice, 0, 500_000 * CENT);
        subscribe(bob, 0, 300_000 * CENT);
        subscribe(carol, 0, 400_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
        TrancheToken(address(senior)).setAddressFrozen(bob, true);
        offering.close(1);
        vm.expectEmit();
        emit ISubscription.Allotted(bob, 0, 0, 300_000 * CENT, Reasons.FROZEN);
        offering.allot(100);
        isTrue(vault.isOpen(), "the deal closes");
        equal(senior.balanceOf(alice), 3_000e6, "alice");
        equal(senior.balanceOf(bob), 0, "bob has none");
        equal(senior.balanceOf(carol), 3_000e6, "carol");
        equal(senior.balanceOf(sponsor), 2_000e6, "the seller");
        equal(offering.refund(alice), 200_000 * CENT, "alice's refund");
        equal(offering.refund(bob), 300_000 * CENT, "bob's cash is his again");
        equal(offering.refund(carol), 100_000 * CENT, "carol's refund");
        // 6,000.00 and 2,000.00 less the reserve.
        equal(cash.balanceOf(sponsor), 7_500e6, "proceeds");
        equal(cash.balanceOf(address(offering)), 0, "nothing stays");
    }

    /// @dev A category that Bob is not in is asked for after he subscribed; others are in both.
    function test_aSubscriberThatARuleRefusesHoldsUpNobody() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 800_000, 0, 1);
        _terms.tranches[1] = ISubscription.TrancheOffer(0, 200_000, 0, 1);
        _offer();
        subscribe(bob, 0, 100_000 * CENT);
        subscribe(alice, 0, 300_000 * CENT);
        ITokenTerms.Rules memory rules;
        rules.categories = 2;
        ITokenTerms(address(senior)).setRules(rules);
        registry.register(alice, IInvestorRegistry.Entry(FOREVER, 0, 276, 3, 0, 0));
        bytes4 refused = ISubscription.SellerRefused.selector;
        vm.expectRevert(abi.encodeWithSelector(refused, sponsor, Reasons.CATEGORY_REFUSED));
        offering.close(100);
        registry.register(sponsor, IInvestorRegistry.Entry(FOREVER, 0, 276, 3, 0, 0));
        vm.expectEmit();
        emit ISubscription.Allotted(bob, 0, 0, 100_000 * CENT, Reasons.CATEGORY_REFUSED);
        offering.close(100);
        equal(senior.balanceOf(alice), 3_000e6, "alice");
        equal(senior.balanceOf(sponsor), 5_000e6, "the seller keeps the rest");
        equal(offering.refund(bob), 100_000 * CENT, "bob");
    }

    /// @dev Alice's 500.00 are the reserve; she is frozen once closing has begun, so that it cannot be called off.
    function test_theSellerBringsWhatAFrozenSubscriberDoesNot() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(50_000, 800_000, 0, 1);
        _terms.tranches[1] = ISubscription.TrancheOffer(0, 200_000, 0, 1);
        _offer();
        subscribe(alice, 0, 50_000 * CENT);
        offering.close(0);
        TrancheToken(address(senior)).setAddressFrozen(alice, true);
        fund(sponsor, address(offering), 50_000 * CENT - 1);
        bytes4 exceeds = ISubscription.FundingExceedsProceeds.selector;
        vm.expectRevert(abi.encodeWithSelector(exceeds, 50_000 * CENT, 0));
        offering.allot(1);
        fund(sponsor, address(offering), 50_000 * CENT);
        offering.allot(1);
        isTrue(vault.isOpen(), "the deal closes");
        equal(cash.balanceOf(address(vault)), 500e6, "the reserve");
        equal(senior.balanceOf(sponsor), 8_000e6, "the seller has the notes");
        equal(offering.refund(alice), 50_000 * CENT, "alice");
        equal(cash.balanceOf(sponsor), 50_000 * CENT - 1, "and brought no more than was missing");
    }

    function test_theSellerKeepsWhatIsNotSold() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(500_000, 800_000, 0, 1);
        _terms.tranches[1] = ISubscription.TrancheOffer(0, 200_000, 0, 1);
        _offer();
        subscribe(alice, 0, 499_999 * CENT);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.BelowMinimum.selector, 0, CENT));
        offering.close(100);
        subscribe(bob, 0, CENT);
        registry.setFrozen(sponsor, true);
        vm.expectRevert(abi.encodeWithSelector(ISubscription.SellerRefused.selector, sponsor, Reasons.FROZEN));
        offering.close(100);
        registry.setFrozen(sponsor, false);
        offering.close(100);
        equal(senior.balanceOf(sponsor), 3_000e6, "300,000 cents of the senior");
        equal(junior.balanceOf(sponsor), 2_000e6, "all of the junior");
        equal(cash.balanceOf(sponsor), 4_500e6, "5,000.00 less the reserve");
    }

    function test_proceedsMustCoverTheFunding() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 800_000, 0, 1);
        _terms.tranches[1] = ISubscription.TrancheOffer(0, 200_000, 0, 1);
        _offer();
        subscribe(alice, 0, 49_999 * CENT);
        bytes4 exceeds = ISubscription.FundingExceedsProceeds.selector;
        vm.expectRevert(abi.encodeWithSelector(exceeds, 50_000 * CENT, 49_999 * CENT));
        offering.close(100);
        subscribe(alice, 0, CENT);
        offering.close(100);
        equal(cash.balanceOf(sponsor), 0, "all of the proceeds are the reserve");
    }

    function test_limitsAreOfAnInvestorAndOfLots() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 800_000, 300_000, 100_000);
        _offer();
        uint256 lot = 100_000 * CENT;
        _refuse(alice, 50_000, abi.encodeWithSelector(ISubscription.AmountNotWholeLots.selector, lot / 2, lot));
        subscribe(alice, 0, 2 * lot);
        _refuse(alice, 200_000, abi.encodeWithSelector(ISubscription.InvestorLimit.selector, 0, lot));
        subscribe(alice, 0, lot);
        _refuse(alice, 100_000, abi.encodeWithSelector(ISubscription.InvestorLimit.selector, 0, 0));
        vm.prank(alice);
        offering.withdraw(0);
        subscribe(alice, 0, 3 * lot);
        subscribe(bob, 0, 3 * lot);
    }

    function test_walletsOfAnInvestorCountTogether() public {
        _terms.tranches[0] = ISubscription.TrancheOffer(0, 800_000, 300_000, 1);
        _offer();
        registry.register(alice, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, 77));
        registry.register(bob, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, 77));
        subscribe(alice, 0, 200_000 * CENT);
        _refuse(bob, 100_001, abi.encodeWithSelector(ISubscription.InvestorLimit.selector, 0, 100_000 * CENT));
        subscribe(bob, 0, 100_000 * CENT);
        // Entered anew under another number, the account still takes back what it subscribed under the old one.
        registry.register(alice, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, 0));
        vm.prank(alice);
        offering.withdraw(0);
        subscribe(bob, 0, 200_000 * CENT);
        equal(offering.refundable(alice), 200_000 * CENT, "alice");
    }

    function test_refundsOfALostWalletGoToItsReplacement() public {
        _offer();
        subscribe(alice, 0, 100 * CENT);
        offering.cancel();
        address fresh = address(0xF4E5);
        registry.replaceWallet(alice, fresh);
        equal(offering.refund(alice), 100 * CENT, "refunded");
        equal(cash.balanceOf(fresh), 100 * CENT, "to the new wallet");
    }

    function test_subscribesByPermit() public {
        _offer();
        uint256 key = 0xA11;
        address holder = vm.addr(key);
        admit(holder);
        cash.mint(holder, 3 * CENT);
        uint256 until = START + 1 hours;
        ISubscription.Permit memory permit = _permit(key, holder, CENT, until);
        vm.prank(holder);
        offering.subscribeWithPermit(0, CENT, permit);
        equal(offering.subscribed(holder, 0), CENT, "subscribed");
        // Used before, by whoever saw it first: the allowance is there all the same.
        permit = _permit(key, holder, CENT, until);
        cash.permit(holder, address(offering), CENT, until, permit.v, permit.r, permit.s);
        vm.prank(holder);
        offering.subscribeWithPermit(0, CENT, permit);
        equal(offering.subscribed(holder, 0), 2 * CENT, "front-run permits do no harm");
        vm.prank(holder);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        offering.subscribeWithPermit(0, CENT, permit);
    }

    function _permit(
        uint256 key,
        address holder,
        uint256 amount,
        uint256 until
    ) private returns (ISubscription.Permit memory) {
        bytes32 kind = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = keccak256(abi.encode(kind, holder, address(offering), amount, cash.nonces(holder), until));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", cash.DOMAIN_SEPARATOR(), hash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return ISubscription.Permit(until, v, r, s);
    }

    /// @dev The face of all notes is 10,000.00.
    function test_mintsNothingBeyondTheAttestedCollateral() public {
        _terms.attestor = IReserveAttestor(address(new LimitAttestor(999_999)));
        _offer();
        _subscribeAll();
        vm.expectRevert(abi.encodeWithSelector(IReserveAttestor.ExceedsCollateral.selector, 1_000_000, 999_999));
        offering.close(100);
        equal(senior.totalSupply(), 0, "nothing minted");
        _terms.attestor = IReserveAttestor(address(new LimitAttestor(1_000_000)));
        _offer();
        _subscribeAll();
        offering.close(100);
        equal(senior.totalSupply(), 8_000e6, "minted");
    }

    function _subscribeAll() private {
        subscribe(alice, 0, 800_000 * CENT);
        subscribe(carol, 1, 200_000 * CENT);
    }

    /// @dev Whatever is subscribed, in whatever pieces it is allotted, and whoever is frozen: notes are the tranche, cash is
    ///      conserved, no allotment passes the subscription, and without a freeze each lies near the exact share.
    function testFuzz_allotmentsSumExactly(uint256 seed, uint256 piece) public {
        uint128 lot = uint128([uint256(1), 1_000, 25_000][seed % 3]);
        _terms.tranches[0] = ISubscription.TrancheOffer(0, type(uint64).max, 0, lot);
        _terms.tranches[1] = ISubscription.TrancheOffer(0, 200_000, 0, 1);
        _offer();
        uint256 raised;
        for (uint160 i = 1; i <= 6; ++i) {
            address account = address(0x20000 + i);
            admit(account);
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 lots = bound(seed, 1, 2_000_000 / lot);
            raised += lots * lot;
            subscribe(account, 0, lots * lot * CENT);
        }
        offering.close(0);
        // Of seven, one is nobody.
        address frozen = address(uint160(0x20001 + ((piece >> 8) % 7)));
        TrancheToken(address(senior)).setAddressFrozen(frozen, true);
        fund(sponsor, address(offering), 50_000 * CENT);
        piece = bound(piece, 1, 6);
        while (offering.phase() == ISubscription.Phase.Closing) offering.allot(piece);
        uint256 sum = senior.balanceOf(sponsor);
        uint256 refunds;
        for (uint160 i = 1; i <= 6; ++i) {
            address account = address(0x20000 + i);
            uint256 notes = senior.balanceOf(account) / CENT;
            uint256 back = offering.refundable(account) / CENT;
            uint256 mine = notes + back;
            sum += notes * CENT;
            refunds += back;
            uint256 exact = raised > 800_000 ? (800_000 * mine) / raised : mine;
            isTrue(notes % lot == 0 && notes <= mine, "whole lots of what was subscribed");
            if (account == frozen) equal(notes, 0, "frozen");
            if (frozen != address(0x20007)) continue;
            // The running remainder strays from the exact share by less than a lot for each allotment before it.
            isTrue(notes + 6 * uint256(lot) > exact && exact + 6 * uint256(lot) > notes, "pro rata");
        }
        equal(sum, 800_000 * CENT, "the whole tranche");
        equal(cash.balanceOf(address(offering)), refunds * CENT, "only refunds stay");
    }
}
