// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Roles} from "../../src/access/Roles.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Gas of whole transactions with every rule on, beside a bare OpenZeppelin ERC-20 (the test stablecoin)
contract TrancheTokenGasTest is DealFixture {
    uint256 private constant UNIT = 1e6;

    TestStablecoin private _bare;
    TrancheToken private _note;

    function setUp() public override {
        super.setUp();
        _bare = new TestStablecoin();
        ITrancheToken.TrancheTerms memory terms = tokenTerms("Senior", "A");
        terms.minter = address(this);
        terms.minimumHolding = 1_000 * UNIT;
        terms.denomination = UNIT;
        _note = new TrancheToken(terms);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = ITokenTerms.setRules.selector;
        manager.setTargetFunctionRole(address(_note), selectors, Roles.OPERATOR);
        ITokenTerms.Rules memory rules;
        rules.categories = 7;
        rules.holderCap = 2_000;
        rules.timed = new ITokenTerms.TimedRule[](1);
        rules.timed[0] = ITokenTerms.TimedRule(FOREVER, 4, 3);
        rules.countries = new uint16[](6);
        for (uint16 i; i < 6; ++i) rules.countries[i] = 408 + i;
        _note.setRules(rules);
        address[3] memory holders = [alice, bob, carol];
        for (uint256 i; i < 3; ++i) {
            _note.mint(holders[i], 100_000 * UNIT);
            _bare.mint(holders[i], 100_000 * UNIT);
        }
    }

    function _snapshot(string memory name) private {
        vm.snapshotGasLastCall("TrancheToken", name);
    }

    function _send(address from, address to) private {
        vm.prank(from);
        _note.transfer(to, 1_000 * UNIT);
    }

    function test_transfer() public {
        vm.prank(alice);
        _bare.transfer(bob, 1_000 * UNIT);
        _snapshot("transfer, bare ERC-20");
        _send(alice, bob);
        _snapshot("transfer");
    }

    function test_firstTouches() public {
        uint40[] memory records = dates(0);
        _send(alice, bob);
        vm.warp(records[0]);
        _send(alice, bob);
        _snapshot("transfer: first after the first record date");
        vm.warp(records[1]);
        _send(alice, bob);
        _snapshot("transfer: first after the second, new words for both");
        _send(carol, bob);
        _snapshot("transfer: first of one side");
        vm.warp(records[2]);
        _send(alice, bob);
        _snapshot("transfer: first after the third, words in use");
    }

    function test_mint() public {
        _bare.mint(sponsor, 100_000 * UNIT);
        _snapshot("mint, bare ERC-20");
        _note.mint(sponsor, 100_000 * UNIT);
        _snapshot("mint");
    }

    function test_batchOf50() public {
        address[] memory to = new address[](50);
        uint256[] memory amounts = new uint256[](50);
        for (uint256 i; i < 50; ++i) {
            to[i] = address(uint160(uint256(keccak256(abi.encode(i)))));
            amounts[i] = 1_000 * UNIT;
            registry.register(to[i], IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, 0));
        }
        vm.prank(alice);
        _note.batchTransfer(to, amounts);
        _snapshot("batch transfer to 50 new holders");
        vm.prank(alice);
        _note.batchTransfer(to, amounts);
        _snapshot("batch transfer to 50 holders");
    }

    function test_recordAt() public {
        vm.warp(dates(0)[1]);
        _note.recordAt(alice, 2);
        _snapshot("recordAt, as a transaction");
    }
}
