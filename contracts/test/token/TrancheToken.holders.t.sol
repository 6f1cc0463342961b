// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice Limits of holders: in all, by country and by category, with investors of several wallets counted once
contract TrancheTokenHoldersTest is TokenFixture {
    uint256 private constant CATEGORY = 65_536;
    address[6] private _wallets;

    function setUp() public override {
        super.setUp();
        for (uint160 i; i < 6; ++i) _wallets[i] = address(0x1000 + i);
    }

    function terms() internal view override returns (ITrancheToken.TrancheTerms memory given) {
        given = super.terms();
        given.countsCountries = true;
        given.countsCategories = true;
    }

    function _cap(uint24 holders) private {
        ITokenTerms.Rules memory rules = noRules();
        rules.holderCap = holders;
        token.setRules(rules);
    }

    function _counted(uint256 group) private view returns (uint256 holders) {
        (holders, ) = token.groupHolders(group);
    }

    function test_holderCap() public {
        _cap(2);
        token.mint(alice, 10);
        token.mint(bob, 10);
        refused(alice, carol, 5, Reasons.HOLDER_CAP);
        equal(token.transferCode(address(0), carol, 5), Reasons.HOLDER_CAP, "minting too");
        send(alice, bob, 5);
        // Whoever takes the whole of a position takes its place.
        send(alice, carol, 5);
        equal(token.holderCount(), 2, "two hold");
        send(carol, bob, 5);
        equal(token.holderCount(), 1, "one holds");
        send(bob, alice, 1);
        equal(token.holderCount(), 2, "one came back");
    }

    function test_walletsOfAnInvestorCountOnce() public {
        _cap(1);
        enter(alice, 276, 1, 7);
        enter(bob, 276, 1, 7);
        token.mint(alice, 10);
        send(alice, bob, 5);
        equal(token.holderCount(), 1, "one investor");
        refused(alice, carol, 5, Reasons.HOLDER_CAP);
        send(alice, bob, 5);
        equal(token.holderCount(), 1, "still one");
        send(bob, carol, 10);
        equal(token.holderCount(), 1, "the other one now");
        refused(carol, alice, 5, Reasons.HOLDER_CAP);
    }

    function test_countriesAndCategoriesAreCapped() public {
        enter(alice, 840, 1 | 2, 0);
        enter(bob, 840, 2, 0);
        token.setCountryCap(840, 1);
        token.mint(alice, 10);
        refused(alice, bob, 5, Reasons.HOLDER_CAP);
        send(alice, bob, 10);
        token.setCountryCap(840, 0);
        token.setCategoryCap(1, 1);
        refused(bob, alice, 5, Reasons.HOLDER_CAP);
        send(bob, carol, 5);
        (uint256 holders, uint256 cap) = token.groupHolders(CATEGORY + 1);
        equal(holders, 1, "category 1");
        equal(cap, 1, "cap");
        equal(_counted(840), 1, "840");
        equal(_counted(276), 1, "276");
    }

    function test_aHolderLeavesTheGroupsThatItWasCountedIn() public {
        enter(alice, 840, 1, 0);
        token.mint(alice, 10);
        enter(alice, 250, 4, 9);
        equal(_counted(840), 1, "as it was when the balance began");
        send(alice, bob, 10);
        equal(_counted(840), 0, "and as it leaves");
        equal(_counted(250), 0, "never there");
        equal(_counted(CATEGORY), 1, "bob is left");
        equal(token.holderCount(), 1, "bob alone");
    }

    function test_whatIsNotCountedIsNotCapped() public {
        ITrancheToken.TrancheTerms memory given = super.terms();
        given.countsCountries = given.countsCategories = false;
        token = newToken(given);
        vm.expectRevert(abi.encodeWithSelector(ITokenTerms.NotCounted.selector));
        token.setCountryCap(840, 1);
        vm.expectRevert(abi.encodeWithSelector(ITokenTerms.NotCounted.selector));
        token.setCategoryCap(1, 1);
    }

    function test_thereAreSixteenCategories() public {
        vm.expectRevert(abi.encodeWithSelector(ITokenTerms.NotCounted.selector));
        token.setCategoryCap(16, 1);
    }

    /// @dev Against a recount of all balances after random movements between wallets of two investors and of their own.
    function testFuzz_countsMatchARecount(uint256 seed) public {
        uint64[6] memory investors = [uint64(0), 0, 1, 1, 2, 2];
        for (uint256 i; i < 6; ++i) {
            // One country and category for an investor, whichever of its wallets comes first.
            uint16 group = investors[i] == 0 ? uint16(10 + i) : uint16(20 + investors[i]);
            enter(_wallets[i], group, investors[i] == 0 ? 1 : 2, investors[i]);
            token.mint(_wallets[i], 3);
        }
        for (uint256 step; step < 24; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            address from = _wallets[seed % 6];
            address to = _wallets[(seed >> 8) % 6];
            uint256 amount = (seed >> 16) % (token.balanceOf(from) + 1);
            if ((seed >> 32) % 4 == 0) amount = token.balanceOf(from);
            if ((seed >> 64) % 5 == 0) token.forcedTransfer(from, to, amount);
            else if ((seed >> 64) % 5 == 1) token.burn(from, amount);
            else send(from, to, amount);
            if ((seed >> 96) % 4 == 0) vm.warp(block.timestamp + 20 days);
            _recount();
        }
    }

    function _recount() private view {
        bool[6] memory holds;
        for (uint256 i; i < 6; ++i) holds[i] = token.balanceOf(_wallets[i]) != 0;
        uint256 own = (holds[0] ? 1 : 0) + (holds[1] ? 1 : 0);
        uint256 first = holds[2] || holds[3] ? 1 : 0;
        uint256 second = holds[4] || holds[5] ? 1 : 0;
        equal(token.holderCount(), own + first + second, "investors");
        equal(_counted(10), holds[0] ? 1 : 0, "country 10");
        equal(_counted(11), holds[1] ? 1 : 0, "country 11");
        equal(_counted(21), first, "country 21");
        equal(_counted(22), second, "country 22");
        equal(_counted(CATEGORY), own, "category 0");
        equal(_counted(CATEGORY + 1), first + second, "category 1");
    }
}
