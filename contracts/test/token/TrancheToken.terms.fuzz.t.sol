// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {InvestorRegistry} from "../../src/registry/InvestorRegistry.sol";
import {ICompliance} from "../../src/token/ICompliance.sol";
import {ITokenTerms} from "../../src/token/ITokenTerms.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {Strangers} from "../support/Strangers.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice Allows movements up to an amount, and counts those that it is told of
contract AmountCompliance is ICompliance {
    uint256 private immutable MOST;
    uint256 public told;
    bool public bound_;

    constructor(uint256 most) {
        MOST = most;
    }

    function canTransfer(address, address, uint256 amount) external view returns (bool) {
        return amount <= MOST;
    }

    function transferred(address, address, uint256 amount) external {
        told += amount;
    }

    function created(address, uint256 amount) external {
        told += amount;
    }

    function destroyed(address, uint256 amount) external {
        told += amount;
    }

    function bindToken(address) external {
        bound_ = true;
    }

    function unbindToken(address) external {
        bound_ = false;
    }
}

/// @notice Every function that changes what a token says of itself or its rules, with any arguments and any caller
contract TrancheTokenTermsFuzzTest is TokenFixture, Strangers {
    function terms() internal view override returns (ITrancheToken.TrancheTerms memory given) {
        given = super.terms();
        given.countsCountries = true;
        given.countsCategories = true;
    }

    function setUp() public override {
        super.setUp();
        token.mint(alice, 1_000);
    }

    function testFuzz_setName(uint256 by, string calldata name) public {
        unauthorised(by, address(token), abi.encodeCall(token.setName, (name)));
        if (bytes(name).length == 0) vm.expectRevert(abi.encodeWithSelector(ITrancheToken.EmptyText.selector));
        token.setName(name);
        same(token.name(), bytes(name).length == 0 ? "Class A" : name);
    }

    function testFuzz_setSymbol(uint256 by, string calldata symbol) public {
        unauthorised(by, address(token), abi.encodeCall(token.setSymbol, (symbol)));
        if (bytes(symbol).length == 0) vm.expectRevert(abi.encodeWithSelector(ITrancheToken.EmptyText.selector));
        token.setSymbol(symbol);
        same(token.symbol(), bytes(symbol).length == 0 ? "A" : symbol);
    }

    function testFuzz_setOnchainID(uint256 by, address id) public {
        unauthorised(by, address(token), abi.encodeCall(token.setOnchainID, (id)));
        token.setOnchainID(id);
        isTrue(token.onchainID() == id, "as said");
    }

    /// @dev Who is admitted is what the new registry says, and balances stay.
    function testFuzz_setIdentityRegistry(uint256 by, bool first, bool second) public {
        InvestorRegistry other = new InvestorRegistry(address(manager));
        unauthorised(by, address(token), abi.encodeCall(token.setIdentityRegistry, (address(other))));
        vm.expectRevert(abi.encodeWithSelector(ITrancheToken.ZeroAddress.selector));
        token.setIdentityRegistry(address(0));
        token.setIdentityRegistry(address(other));
        registry = other;
        if (first) admit(alice);
        if (second) admit(bob);
        uint8 code = second ? Reasons.OK : Reasons.RECEIVER_NOT_REGISTERED;
        if (!first) code = Reasons.SENDER_NOT_REGISTERED;
        equal(token.transferCode(alice, bob, 1), code, "asked there");
        equal(token.balanceOf(alice), 1_000, "the balance stays");
    }

    function testFuzz_setCompliance(uint256 by, uint256 most, uint256 amount) public {
        (most, amount) = (bound(most, 0, 1_000), bound(amount, 0, 1_000));
        AmountCompliance asked = new AmountCompliance(most);
        unauthorised(by, address(token), abi.encodeCall(token.setCompliance, (address(asked))));
        token.setCompliance(address(asked));
        isTrue(asked.bound_() && token.compliance() == address(asked), "bound");
        equal(token.transferCode(alice, bob, amount), amount <= most ? 0 : Reasons.COMPLIANCE_REFUSED, "asked");
        if (amount <= most) send(alice, bob, amount);
        equal(asked.told(), amount <= most ? amount : 0, "told");
        token.setCompliance(address(0));
        isTrue(!asked.bound_() && token.compliance() == address(token), "let go");
        equal(token.transferCode(bob, alice, 0), Reasons.OK, "asked no more");
    }

    function testFuzz_addAgent(uint256 by, address agent) public {
        unauthorised(by, address(token), abi.encodeCall(token.addAgent, (agent)));
        bool before = token.isAgent(agent);
        if (agent == address(0)) vm.expectRevert(abi.encodeWithSelector(ITrancheToken.ZeroAddress.selector));
        token.addAgent(agent);
        isTrue(token.isAgent(agent) == (before || agent != address(0)), "as said");
    }

    function testFuzz_removeAgent(uint256 by, uint256 added, uint256 removed) public {
        (address one_, address other) = (someone(added), someone(removed));
        token.addAgent(one_);
        unauthorised(by, address(token), abi.encodeCall(token.removeAgent, (one_)));
        if (one_ != other) vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotAgent.selector, other));
        token.removeAgent(other);
        isTrue(token.isAgent(one_) == (one_ != other), "who was removed");
    }

    /// @dev Whatever is stored comes back, and what cannot be stored is refused.
    function testFuzz_setRules(
        uint256 by,
        ITokenTerms.Rules memory rules,
        uint16[8] calldata places,
        uint8 many
    ) public {
        rules.countries = new uint16[](many % 9);
        bool valid = true;
        for (uint256 i; i < rules.countries.length; ++i) {
            // One in fifty is no country.
            rules.countries[i] = places[i] % 1_020;
            valid = valid && rules.countries[i] != 0 && rules.countries[i] < 1_000;
        }
        uint256 timed = (many >> 4) % 6;
        rules.timed = new ITokenTerms.TimedRule[](timed);
        for (uint256 i; i < timed; ++i)
            rules.timed[i] = ITokenTerms.TimedRule(uint40(START + i), places[i], places[7 - i]);
        valid = valid && timed < 5;
        unauthorised(by, address(token), abi.encodeCall(token.setRules, (rules)));
        if (!valid) vm.expectRevert(abi.encodeWithSelector(ITokenTerms.RulesInvalid.selector));
        token.setRules(rules);
        ITokenTerms.Rules memory kept = token.facts().rules();
        if (!valid) rules = noRules();
        isTrue(kept.categories == rules.categories && kept.holderCap == rules.holderCap, "category and cap");
        equal(kept.timed.length, rules.timed.length, "timed rules");
        for (uint256 i; i < kept.timed.length; ++i) {
            isTrue(keccak256(abi.encode(kept.timed[i])) == keccak256(abi.encode(rules.timed[i])), "each of them");
        }
        for (uint256 i; i < rules.countries.length; ++i) isTrue(_has(kept.countries, rules.countries[i]), "countries");
        for (uint256 i; i < kept.countries.length; ++i) isTrue(_has(rules.countries, kept.countries[i]), "no other");
        equal(token.holderCount(), 1, "who holds stays counted");
    }

    function _has(uint16[] memory list, uint16 country) private pure returns (bool found) {
        for (uint256 i; i < list.length; ++i) found = found || list[i] == country;
    }

    function testFuzz_setCountryCap(uint256 by, uint16 country, uint32 cap) public {
        unauthorised(by, address(token), abi.encodeCall(token.setCountryCap, (country, cap)));
        token.setCountryCap(country, cap);
        (uint256 holders, uint256 kept) = token.groupHolders(country);
        equal(kept, cap, "cap");
        equal(holders, country == 276 ? 1 : 0, "alice is counted in hers");
    }

    function testFuzz_setCategoryCap(uint256 by, uint8 category, uint32 cap) public {
        unauthorised(by, address(token), abi.encodeCall(token.setCategoryCap, (category, cap)));
        if (category > 15) vm.expectRevert(abi.encodeWithSelector(ITokenTerms.NotCounted.selector));
        token.setCategoryCap(category, cap);
        (uint256 holders, uint256 kept) = token.groupHolders(65_536 + uint256(category));
        equal(kept, category > 15 ? 0 : cap, "cap");
        equal(holders, category == 0 ? 1 : 0, "alice is counted in hers");
    }

    function testFuzz_setStopped(uint256 by, bool[4] calldata turns) public {
        unauthorised(by, address(token), abi.encodeCall(token.setStopped, (turns[0])));
        for (uint256 i; i < 4; ++i) {
            token.setStopped(turns[i]);
            equal(token.transferCode(alice, bob, 1), turns[i] ? Reasons.DEAL_STATE : Reasons.OK, "transfers");
            equal(token.transferCode(address(0), bob, 1), Reasons.OK, "never minting");
        }
    }

    function testFuzz_setDocument(uint256 by, bytes32 name, string calldata uri, bytes32 first, bytes32 second) public {
        unauthorised(by, address(token), abi.encodeCall(token.setDocument, (name, uri, first)));
        token.setDocument(name, "elsewhere", first);
        token.setDocument(name, uri, second);
        (string memory kept, bytes32 hash, uint256 at) = token.getDocument(name);
        isTrue(hash == second && at == block.timestamp, "replaced");
        same(kept, uri);
        equal(token.getAllDocuments().length, 1, "one of the name");
    }

    function testFuzz_removeDocument(uint256 by, bytes32 name, bytes32 other) public {
        token.setDocument(name, "uri", keccak256("document"));
        unauthorised(by, address(token), abi.encodeCall(token.removeDocument, (name)));
        if (name != other) vm.expectRevert(abi.encodeWithSelector(ITokenTerms.NoSuchDocument.selector, other));
        token.removeDocument(other);
        equal(token.getAllDocuments().length, name == other ? 0 : 1, "what was named");
    }

    function testFuzz_setAuthority(uint256 by) public {
        authorityStays(by, address(token));
    }
}
