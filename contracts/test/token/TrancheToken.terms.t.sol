// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TokenFacts} from "../../src/token/TokenFacts.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Documents, rules read back, and what a token says of its deal
contract TrancheTokenTermsTest is DealFixture {
    TrancheToken private _note;

    function setUp() public override {
        super.setUp();
        _note = TrancheToken(address(senior));
    }

    function test_documents() public {
        vm.expectEmit();
        emit ITokenTerms.DocumentUpdated("prospectus", "https://issuer.example/p.pdf", keccak256("pdf"));
        _note.setDocument("prospectus", "https://issuer.example/p.pdf", keccak256("pdf"));
        _note.setDocument("supplement", "https://issuer.example/s.pdf", keccak256("s"));
        vm.warp(START + 5);
        _note.setDocument("prospectus", "https://issuer.example/p2.pdf", keccak256("pdf2"));
        (string memory uri, bytes32 documentHash, uint256 modified) = _note.getDocument("prospectus");
        isTrue(keccak256(bytes(uri)) == keccak256("https://issuer.example/p2.pdf"), "uri");
        isTrue(documentHash == keccak256("pdf2"), "hash");
        equal(modified, START + 5, "time");
        bytes32[] memory names = _note.getAllDocuments();
        isTrue(names.length == 2 && names[0] == "prospectus" && names[1] == "supplement", "names");
        vm.expectEmit();
        emit ITokenTerms.DocumentRemoved("prospectus");
        _note.removeDocument("prospectus");
        equal(_note.getAllDocuments().length, 1, "one is left");
        (uri, documentHash, modified) = _note.getDocument("prospectus");
        isTrue(bytes(uri).length == 0 && documentHash == 0 && modified == 0, "gone");
        vm.expectRevert(abi.encodeWithSelector(ITokenTerms.NoSuchDocument.selector, bytes32("prospectus")));
        _note.removeDocument("prospectus");
    }

    function test_onlyTheTokenGivesOrdersToItsFacts() public {
        TokenFacts facts = _note.facts();
        bytes memory refusal = abi.encodeWithSelector(TokenFacts.NotToken.selector, address(this));
        vm.expectRevert(refusal);
        facts.setDocument("x", "x", "x");
        vm.expectRevert(refusal);
        facts.removeDocument("x");
    }

    function test_rulesAreReadBack() public {
        ITokenTerms.Rules memory rules;
        rules.categories = 5;
        rules.holderCap = 99;
        rules.timed = new ITokenTerms.TimedRule[](4);
        for (uint16 i; i < 4; ++i) rules.timed[i] = ITokenTerms.TimedRule(FOREVER + i, 0x8001 + i, 0xC001 + i);
        rules.onlyListed = true;
        rules.countries = new uint16[](7);
        for (uint16 i; i < 7; ++i) rules.countries[i] = 4 + 142 * i;
        _note.setRules(rules);
        isTrue(keccak256(abi.encode(_note.facts().rules())) == keccak256(abi.encode(rules)), "seven countries");
        rules.countries = new uint16[](2);
        (rules.countries[0], rules.countries[1]) = (840, 999);
        rules.timed = new ITokenTerms.TimedRule[](1);
        rules.timed[0] = ITokenTerms.TimedRule(1, 2, 3);
        _note.setRules(rules);
        isTrue(keccak256(abi.encode(_note.facts().rules())) == keccak256(abi.encode(rules)), "two countries");
        ITokenTerms.Rules memory none;
        _note.setRules(none);
        isTrue(keccak256(abi.encode(_note.facts().rules())) == keccak256(abi.encode(none)), "none");
    }

    /// @dev A change of the rules leaves a pause, a stop and the number of holders as they are.
    function test_rulesKeepTheState() public {
        closeDeal();
        _note.pause();
        _note.setStopped(true);
        ITokenTerms.Rules memory none;
        _note.setRules(none);
        isTrue(_note.paused(), "paused");
        equal(_note.holderCount(), 2, "holders");
        _note.unpause();
        equal(_note.transferCode(alice, bob, 1), Reasons.DEAL_STATE, "stopped");
    }

    function test_factorFollowsTheProgram() public {
        isTrue(_note.vault() == address(0), "no vault before the offer opens");
        equal(_note.factor(), 1e18, "whole");
        closeDeal();
        isTrue(_note.vault() == address(vault), "the deal's vault");
        equal(_note.factor(), 1e18, "whole at closing");
        settle(1, 200_000);
        // Of 2,000.00: fee 1.00, interest of 1 % 80.00 and 20.00; principal 1,899.00, so 6,101.00 of 8,000.00 are left.
        equal(_note.factor(), 0.762625e18, "factor");
        equal(_note.currentBalanceOf(alice), 4_575.75e6, "alice's three quarters of it");
        equal(_note.balanceOf(alice), 6_000e6, "original face stays");
    }

    /// @dev supply × factor is the program's balance: nobody mints or burns beside it once the deal is open.
    function test_noMintingOrBurningOnceTheDealIsOpen() public {
        _note.mint(alice, 1);
        _note.burn(alice, 1);
        closeDeal();
        vm.expectRevert(
            abi.encodeWithSelector(ITrancheToken.TransferRefused.selector, address(0), alice, Reasons.DEAL_STATE)
        );
        _note.mint(alice, 1);
        vm.expectRevert(
            abi.encodeWithSelector(ITrancheToken.TransferRefused.selector, alice, address(0), Reasons.DEAL_STATE)
        );
        _note.burn(alice, 1);
        equal(_note.totalSupply(), 8_000e6, "supply");
    }

    function test_aMinterThatKnowsNoVault() public {
        ITrancheToken.TrancheTerms memory terms = tokenTerms("X", "X");
        terms.minter = address(registry);
        TrancheToken other = new TrancheToken(terms);
        isTrue(other.vault() == address(0), "a contract that is no offering");
        equal(other.factor(), 1e18, "whole");
        other.mint(alice, 5);
        equal(other.currentBalanceOf(alice), 5, "whole too");
    }
}
