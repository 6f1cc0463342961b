// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice Each rule of a transfer, its reason code, and that the pre-transfer check and the transfer always agree
contract TrancheTokenRulesTest is TokenFixture {
    uint16 private constant QIB = 1;
    uint16 private constant ACCREDITED = 2;
    uint16 private constant NON_US = 4;

    function setUp() public override {
        super.setUp();
        token.mint(alice, 1_000);
        token.mint(bob, 1_000);
    }

    function terms() internal view override returns (ITrancheToken.TrancheTerms memory given) {
        given = super.terms();
        given.minimumHolding = 100;
        given.denomination = 10;
    }

    function test_minimumHoldingAndDenomination() public {
        refused(alice, bob, 15, Reasons.MINIMUM_HOLDING);
        refused(alice, bob, 910, Reasons.MINIMUM_HOLDING);
        refused(alice, carol, 90, Reasons.MINIMUM_HOLDING);
        send(alice, carol, 100);
        send(alice, carol, 800);
        // The whole of a balance may always go.
        send(alice, carol, 100);
        equal(token.balanceOf(carol), 1_000, "carol");
        send(carol, bob, 0);
        (uint256 minimum, uint256 denomination) = token.sizes();
        equal(minimum, 100, "minimum");
        equal(denomination, 10, "denomination");
    }

    function test_categoriesOfTheReceiver() public {
        ITokenTerms.Rules memory rules = noRules();
        rules.categories = QIB | NON_US;
        token.setRules(rules);
        enter(carol, 276, ACCREDITED, 0);
        refused(alice, carol, 100, Reasons.CATEGORY_REFUSED);
        enter(carol, 276, ACCREDITED | NON_US, 0);
        send(alice, carol, 100);
        // Only the receiver's count: alice may have lost hers.
        enter(alice, 276, ACCREDITED, 0);
        send(alice, carol, 100);
    }

    /// @dev Regulation S: until the distribution compliance period is over, holders outside of the US do not sell into it.
    function test_timedRulesBetweenCategories() public {
        ITokenTerms.Rules memory rules = noRules();
        rules.timed = new ITokenTerms.TimedRule[](4);
        rules.timed[0] = ITokenTerms.TimedRule(START + 40 days, NON_US, QIB | ACCREDITED);
        rules.timed[1] = ITokenTerms.TimedRule(START + 365 days, QIB, ACCREDITED);
        rules.timed[2] = ITokenTerms.TimedRule(START + 10 days, ACCREDITED, NON_US);
        rules.timed[3] = ITokenTerms.TimedRule(START + 5 days, ACCREDITED, QIB);
        token.setRules(rules);
        enter(alice, 276, NON_US, 0);
        refused(alice, bob, 100, Reasons.LOCKED_UP);
        enter(carol, 276, NON_US, 0);
        send(alice, carol, 100);
        vm.warp(START + 40 days - 1);
        refused(alice, bob, 100, Reasons.LOCKED_UP);
        vm.warp(START + 40 days);
        send(alice, bob, 100);
        enter(carol, 276, ACCREDITED, 0);
        refused(bob, carol, 100, Reasons.LOCKED_UP);
        vm.warp(START + 365 days);
        send(bob, carol, 100);
    }

    function test_laterTimedRules() public {
        ITokenTerms.Rules memory rules = noRules();
        rules.timed = new ITokenTerms.TimedRule[](4);
        rules.timed[3] = ITokenTerms.TimedRule(START + 5 days, QIB, QIB);
        token.setRules(rules);
        refused(alice, bob, 100, Reasons.LOCKED_UP);
        vm.warp(START + 5 days);
        send(alice, bob, 100);
        rules.timed = new ITokenTerms.TimedRule[](5);
        vm.expectRevert(abi.encodeWithSelector(ITokenTerms.RulesInvalid.selector));
        token.setRules(rules);
    }

    function test_refusedCountries() public {
        for (uint256 length = 1; length <= 8; ++length) {
            ITokenTerms.Rules memory rules = noRules();
            rules.countries = new uint16[](length);
            for (uint16 i; i < length; ++i) rules.countries[i] = 990 + i;
            token.setRules(rules);
            for (uint16 i; i < length; ++i) {
                enter(carol, 990 + i, QIB, 0);
                refused(alice, carol, 100, Reasons.COUNTRY_REFUSED);
            }
            enter(carol, uint16(990 + length), QIB, 0);
            equal(token.transferCode(alice, carol, 100), Reasons.OK, "not in the list");
            enter(carol, 0, QIB, 0);
            equal(token.transferCode(alice, carol, 100), Reasons.OK, "no country");
        }
    }

    function test_allowedCountries() public {
        for (uint256 length = 1; length <= 8; length += 7) {
            ITokenTerms.Rules memory rules = noRules();
            rules.onlyListed = true;
            rules.countries = new uint16[](length);
            for (uint16 i; i < length; ++i) rules.countries[i] = 1 + i;
            token.setRules(rules);
            enter(carol, 0, QIB, 0);
            refused(alice, carol, 100, Reasons.COUNTRY_REFUSED);
            enter(carol, 9, QIB, 0);
            refused(alice, carol, 100, Reasons.COUNTRY_REFUSED);
            enter(carol, uint16(length), QIB, 0);
            send(alice, carol, 100);
        }
    }

    function test_countriesAreIsoNumbers() public {
        ITokenTerms.Rules memory rules = noRules();
        rules.countries = new uint16[](1);
        vm.expectRevert(abi.encodeWithSelector(ITokenTerms.RulesInvalid.selector));
        token.setRules(rules);
        rules.countries[0] = 1_000;
        vm.expectRevert(abi.encodeWithSelector(ITokenTerms.RulesInvalid.selector));
        token.setRules(rules);
    }

    function test_stopOfTheDeal() public {
        token.setStopped(true);
        refused(alice, bob, 100, Reasons.DEAL_STATE);
        token.setStopped(false);
        send(alice, bob, 100);
    }

    function test_insufficientBalanceSaysSo() public {
        equal(token.transferCode(alice, bob, 1_010), Reasons.INSUFFICIENT_BALANCE, "pre-transfer check");
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 1_000, 1_010));
        token.transfer(bob, 1_010);
    }

    function test_nobodySendsToZero() public {
        refused(alice, address(0), 100, Reasons.RECEIVER_NOT_REGISTERED);
        equal(token.totalSupply(), 2_000, "the supply is as it was");
        equal(token.balanceOf(address(0)), 0, "the supply is nobody's balance");
    }

    /// @dev Fault of peers: only the receiver is checked.
    function test_bothSidesAreChecked() public {
        registry.remove(alice);
        refused(alice, bob, 100, Reasons.SENDER_NOT_REGISTERED);
        admit(alice);
        registry.setFrozen(alice, true);
        refused(alice, bob, 100, Reasons.FROZEN);
        registry.setFrozen(alice, false);
        token.setAddressFrozen(alice, true);
        refused(alice, bob, 100, Reasons.FROZEN);
        refused(bob, alice, 100, Reasons.FROZEN);
        token.setAddressFrozen(alice, false);
        vm.prank(alice);
        token.approve(bob, 100);
        registry.remove(alice);
        vm.prank(bob);
        vm.expectRevert(
            abi.encodeWithSelector(ITrancheToken.TransferRefused.selector, alice, carol, Reasons.SENDER_NOT_REGISTERED)
        );
        token.transferFrom(alice, carol, 100);
    }

    /// @dev Fault of peers: like-typed arguments in the wrong order. A rule from alice's side to bob's holds that way only.
    function test_sidesAreNotSwapped() public {
        ITokenTerms.Rules memory rules = noRules();
        rules.timed = new ITokenTerms.TimedRule[](1);
        rules.timed[0] = ITokenTerms.TimedRule(FOREVER, NON_US, QIB);
        token.setRules(rules);
        enter(alice, 276, NON_US, 0);
        refused(alice, bob, 100, Reasons.LOCKED_UP);
        send(bob, alice, 100);
    }

    /// @dev Fault of peers: down-casts. Amounts whose low bits look harmless.
    function testFuzz_wideAmountsAreNotCut(uint256 amount, uint8 bits) public {
        amount = (bound(amount, 1, type(uint256).max >> 80) << (69 + (bits % 11))) | 100;
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 1_000, amount));
        token.transfer(bob, amount);
        vm.expectPartialRevert(ITrancheToken.SupplyTooLarge.selector);
        token.mint(carol, amount - (amount % 10));
        equal(token.totalSupply(), 2_000, "supply");
    }

    function test_theSupplyHasALimit() public {
        uint256 limit = uint256(1) << 69;
        uint256 most = ((limit - 1 - 2_000) / 10) * 10;
        token.mint(carol, most);
        vm.expectPartialRevert(ITrancheToken.SupplyTooLarge.selector);
        token.mint(carol, 10);
        send(carol, bob, most);
        equal(token.balanceOf(bob), most + 1_000, "a balance holds it all");
    }

    function test_mintingMeetsTheReceiversRules() public {
        ITokenTerms.Rules memory rules = noRules();
        rules.categories = NON_US;
        token.setRules(rules);
        equal(token.transferCode(address(0), carol, 100), Reasons.CATEGORY_REFUSED, "asked beforehand");
        bytes memory refusal = abi.encodeWithSelector(
            ITrancheToken.TransferRefused.selector,
            address(0),
            carol,
            Reasons.CATEGORY_REFUSED
        );
        vm.expectRevert(refusal);
        token.mint(carol, 100);
        token.setRules(noRules());
        // A pause does not stop minting.
        token.pause();
        token.mint(carol, 100);
        token.mint(carol, 100);
        equal(token.balanceOf(carol), 200, "minted");
    }

    /// @dev A random case, told to the token and to a plain list of the rules.
    struct Case {
        IInvestorRegistry.Entry from;
        IInvestorRegistry.Entry to;
        ITokenTerms.TimedRule timed;
        uint16 categories;
        uint8 switches;
        uint16 listed;
        uint256 amount;
        uint256 frozen;
        uint8 wait;
    }

    /// @dev The reason as the rules say it, one after the other, and what the transfer then does.
    function testFuzz_checkAndTransferAgreeWithThePlainRules(Case memory given) public {
        given.from.country = uint16(bound(given.from.country, 0, 20));
        given.to.country = uint16(bound(given.to.country, 0, 20));
        given.from.withholding = given.to.withholding = 0;
        given.listed = uint16(bound(given.listed, 1, 20));
        given.amount = bound(given.amount, 0, 1_100);
        given.frozen = bound(given.frozen, 0, 2_000);
        // Half of the cases have all in order but one or two things.
        if (given.switches & 64 == 0) _straighten(given);
        ITokenTerms.Rules memory rules = noRules();
        rules.categories = given.categories;
        rules.timed = new ITokenTerms.TimedRule[](1);
        rules.timed[0] = given.timed;
        rules.onlyListed = given.switches & 1 != 0;
        if (given.switches & 2 != 0) {
            rules.countries = new uint16[](1);
            rules.countries[0] = given.listed;
        }
        token.setRules(rules);
        registry.register(alice, given.from);
        registry.register(carol, given.to);
        if (given.switches & 4 != 0) token.setFrozenTokens(alice, given.frozen);
        if (given.switches & 8 != 0) token.setAddressFrozen(carol, true);
        vm.warp(START + uint256(given.wait) * 1 days);
        uint8 expected = _plainCode(given);
        equal(token.transferCode(alice, carol, given.amount), expected, "pre-transfer check");
        isTrue(token.canTransfer(alice, carol, given.amount) == (expected == 0), "ERC-7943's check");
        vm.prank(alice);
        try token.transfer(carol, given.amount) {
            equal(expected, 0, "went through");
            equal(token.balanceOf(alice) + token.balanceOf(carol), 1_000, "nothing lost");
        } catch {
            isTrue(expected != 0, "was refused");
        }
    }

    function _straighten(Case memory given) private pure {
        given.from.lockedUntil = START;
        given.to.kycExpiry = FOREVER;
        given.amount -= given.amount % 10;
        if (given.switches & 128 == 0) given.categories = 0;
        if (given.switches & 32 == 0) given.timed.from = 0;
        given.switches &= 247;
    }

    function _plainCode(Case memory given) private view returns (uint8) {
        uint256 frozen = given.switches & 4 != 0 ? given.frozen : 0;
        if (given.from.lockedUntil > block.timestamp) return Reasons.LOCKED_UP;
        if (given.to.kycExpiry <= block.timestamp) {
            // What an agent froze for this token is looked at when the registry has nothing against the account.
            return Reasons.KYC_EXPIRED;
        }
        if (given.switches & 8 != 0) return Reasons.FROZEN;
        if (given.amount > 1_000) return Reasons.INSUFFICIENT_BALANCE;
        if (given.amount + frozen > 1_000 && frozen != 0) return Reasons.PARTIAL_FREEZE;
        if (given.categories != 0 && given.categories & given.to.categories == 0) return Reasons.CATEGORY_REFUSED;
        bool sale = given.timed.from & given.from.categories != 0 && given.timed.to & given.to.categories != 0;
        if (sale && given.timed.until > block.timestamp) return Reasons.LOCKED_UP;
        if (given.switches & 2 != 0 && (given.to.country == given.listed) != (given.switches & 1 != 0)) {
            return Reasons.COUNTRY_REFUSED;
        }
        if (given.amount == 0) return Reasons.OK;
        uint256 left = 1_000 - given.amount;
        bool odd = given.amount % 10 != 0 || given.amount < 100 || (left != 0 && left < 100);
        return odd ? Reasons.MINIMUM_HOLDING : Reasons.OK;
    }
}
