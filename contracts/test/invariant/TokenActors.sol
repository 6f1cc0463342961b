// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice Holders, agents, compliance and time, doing to one token whatever they can; each call ends well or in a refusal
contract TokenActors is TokenFixture {
    uint256 private constant CATEGORY = 65_536;

    address[6] public wallets;
    /// @dev Wallets 2 and 3 belong to investor 1, wallets 4 and 5 to investor 2.
    uint64[6] private _investors = [uint64(0), 0, 1, 1, 2, 2];
    uint256 public surprises;

    constructor() {
        setUp();
        for (uint256 i; i < 6; ++i) {
            wallets[i] = address(uint160(0x1000 + i));
            renew(i);
            token.mint(wallets[i], 1e6);
        }
    }

    function terms() internal view override returns (ITrancheToken.TrancheTerms memory given) {
        given = super.terms();
        given.countsCountries = true;
    }

    /// @dev One in seven goes to a stranger. The pre-transfer check must say what then happens.
    function transfer(uint256 from, uint256 to, uint256 amount) external {
        address sender = wallets[from % 6];
        address receiver = to % 7 == 6 ? stranger : wallets[to % 7];
        uint256 value = amount % 5 == 0 ? token.balanceOf(sender) : bound(amount, 0, token.balanceOf(sender));
        uint8 code = token.transferCode(sender, receiver, value);
        vm.prank(sender);
        try token.transfer(receiver, value) {
            if (code != 0) ++surprises;
        } catch {
            if (code == 0) ++surprises;
        }
    }

    function force(uint256 from, uint256 to, uint256 amount) external {
        address receiver = to % 7 == 6 ? stranger : wallets[to % 7];
        try token.forcedTransfer(wallets[from % 6], receiver, bound(amount, 0, 2e6)) {} catch {}
    }

    function mint(uint256 to, uint256 amount) external {
        try token.mint(to % 7 == 6 ? stranger : wallets[to % 7], bound(amount, 0, 1e6)) {} catch {}
    }

    function burn(uint256 from, uint256 amount) external {
        try token.burn(wallets[from % 6], bound(amount, 0, 2e6)) {} catch {}
    }

    function freeze(uint256 who, uint256 amount, bool whole) external {
        token.setFrozenTokens(wallets[who % 6], bound(amount, 0, 3e6));
        if (amount % 3 == 0) token.setAddressFrozen(wallets[who % 6], whole);
    }

    function recover(uint256 who) external {
        uint256 lost = 2 + (who % 4);
        try token.recoveryAddress(wallets[lost], wallets[lost ^ 1], address(0)) {} catch {}
    }

    function remove(uint256 who) external {
        try registry.remove(wallets[who % 6]) {} catch {}
    }

    function renew(uint256 who) public {
        uint256 i = who % 6;
        enter(wallets[i], _investors[i] == 0 ? uint16(10 + i) : uint16(20 + _investors[i]), 1, _investors[i]);
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 25 days));
    }

    // What the invariants look at.

    function sum() public view returns (uint256 total) {
        for (uint256 i; i < 6; ++i) total += token.balanceOf(wallets[i]);
    }

    function supply() external view returns (uint256) {
        return token.totalSupply();
    }

    function strangerHolds() external view returns (uint256) {
        return token.balanceOf(stranger) + token.balanceOf(address(0));
    }

    function recordDatesPassed() external view returns (uint256) {
        return token.recordDatesPassed();
    }

    function recordDateGap(uint256 date) external view returns (uint256) {
        uint256 total;
        for (uint256 i; i < 6; ++i) total += token.balanceAt(wallets[i], date);
        return token.supplyAt(date) - total;
    }

    function countGap() external view returns (uint256) {
        uint256 own = (_holds(0) ? 1 : 0) + (_holds(1) ? 1 : 0);
        uint256 first = _holds(2) || _holds(3) ? 1 : 0;
        uint256 second = _holds(4) || _holds(5) ? 1 : 0;
        (uint256 country, ) = token.groupHolders(21);
        (uint256 other, ) = token.groupHolders(22);
        return
            _distance(token.holderCount(), own + first + second) + _distance(country, first) + _distance(other, second);
    }

    function _holds(uint256 i) private view returns (bool) {
        return token.balanceOf(wallets[i]) != 0;
    }

    function _distance(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a - b : b - a;
    }
}
