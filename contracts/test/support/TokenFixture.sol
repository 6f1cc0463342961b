// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {InvestorRegistry} from "../../src/registry/InvestorRegistry.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {Test} from "./Vm.sol";

/// @notice A token outside of a deal; the test contract is admin, minter and agent
abstract contract TokenFixture is Test {
    uint40 internal constant START = 1_000_000;
    uint40 internal constant FOREVER = 4_000_000_000;
    uint256 internal constant DATES = 20;

    address internal alice = address(0xA11CE);
    address internal bob = address(0xB0B);
    address internal carol = address(0xCA201);
    address internal stranger = address(0x5712A);

    AccessManager internal manager;
    InvestorRegistry internal registry;
    TrancheToken internal token;

    function setUp() public virtual {
        vm.warp(START);
        manager = new AccessManager(address(this));
        registry = new InvestorRegistry(address(manager));
        admit(alice);
        admit(bob);
        admit(carol);
        token = newToken(terms());
    }

    function terms() internal view virtual returns (ITrancheToken.TrancheTerms memory given) {
        given.name = "Class A";
        given.symbol = "A";
        given.registry = registry;
        given.minter = address(this);
        given.authority = address(manager);
        given.agents = new address[](1);
        given.agents[0] = address(this);
        given.recordDates = new uint40[](DATES);
        for (uint40 i; i < DATES; ++i) given.recordDates[i] = recordDate(i + 1);
    }

    function newToken(ITrancheToken.TrancheTerms memory given) internal returns (TrancheToken) {
        return new TrancheToken(given);
    }

    function recordDate(uint256 period) internal pure returns (uint40) {
        return uint40(START + 30 days * period);
    }

    function admit(address account) internal {
        enter(account, 276, 1, 0);
    }

    function enter(address account, uint16 country, uint16 categories, uint64 investor) internal {
        registry.register(account, IInvestorRegistry.Entry(FOREVER, 0, country, categories, 0, investor));
    }

    function send(address from, address to, uint256 amount) internal {
        vm.prank(from);
        isTrue(token.transfer(to, amount), "transfer");
    }

    /// @dev The pre-transfer check says why, and the transfer is refused for it.
    function refused(address from, address to, uint256 amount, uint8 code) internal {
        equal(token.transferCode(from, to, amount), code, "pre-transfer check");
        vm.prank(from);
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.TransferRefused.selector, from, to, code));
        token.transfer(to, amount);
    }

    function noRules() internal pure returns (ITokenTerms.Rules memory rules) {}

    function one(address account) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }

    function one(uint256 amount) internal pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = amount;
    }

    function same(string memory actual, string memory expected) internal pure {
        isTrue(keccak256(bytes(actual)) == keccak256(bytes(expected)), expected);
    }
}
