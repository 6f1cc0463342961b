// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reasons} from "../../src/access/Reasons.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {StatusWord} from "../../src/registry/StatusWord.sol";
import {Strangers} from "../support/Strangers.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice Each function that changes an entry, with any arguments and any caller
contract InvestorRegistryFuzzTest is TokenFixture, Strangers {
    /// @dev What `_register` takes of a word, and why it takes no other.
    function _failure(address account, uint256 word) private pure returns (bytes memory) {
        if (word >> 192 != 0) return abi.encodeWithSelector(IInvestorRegistry.NotAnEntry.selector, word);
        if (account == address(0)) return abi.encodeWithSelector(IInvestorRegistry.ZeroAccount.selector);
        if (uint16(word >> 80) > 999) return abi.encodeWithSelector(IInvestorRegistry.NotAnEntry.selector, word);
        uint256 rate = uint16(word >> 112);
        if (rate > 10_000) return abi.encodeWithSelector(IInvestorRegistry.WithholdingTooHigh.selector, rate);
        return "";
    }

    function testFuzz_register(uint256 by, address account, IInvestorRegistry.Entry calldata entry) public {
        unauthorised(by, address(registry), abi.encodeCall(registry.register, (account, entry)));
        uint256 word = uint256(entry.kycExpiry) | (uint256(entry.lockedUntil) << 40) | (uint256(entry.country) << 80);
        word |= (uint256(entry.categories) << 96) | (uint256(entry.withholding) << 112);
        word |= uint256(entry.investor) << 128;
        uint256 before = registry.statusOf(account);
        bytes memory failure = _failure(account, word);
        if (failure.length != 0) vm.expectRevert(failure);
        registry.register(account, entry);
        equal(registry.statusOf(account), failure.length != 0 ? before : word | StatusWord.REGISTERED, "entry");
    }

    function testFuzz_registerPacked(uint256 by, address account, uint256 word, bool fits) public {
        unauthorised(by, address(registry), abi.encodeCall(registry.registerPacked, (account, word)));
        // Half of the words are entries but for country and rate.
        if (fits) word &= StatusWord.ENTRY;
        uint256 before = registry.statusOf(account);
        bytes memory failure = _failure(account, word);
        if (failure.length != 0) vm.expectRevert(failure);
        registry.registerPacked(account, word);
        equal(registry.statusOf(account), failure.length != 0 ? before : word | StatusWord.REGISTERED, "entry");
    }

    /// @dev All or none.
    function testFuzz_registerMany(uint256 by, uint40[4] calldata expiries, uint256 count, uint8 wrong) public {
        address[] memory accounts = new address[](4);
        uint256[] memory words = new uint256[](bound(count, 3, 5));
        for (uint256 i; i < 4; ++i) accounts[i] = someone(i);
        for (uint256 i; i < words.length; ++i) words[i] = i < 4 ? expiries[i] : 0;
        bool same = words.length == 4;
        // One in two lists has a rate of more than the whole.
        bool valid = wrong > 127;
        if (!valid) words[wrong % 3] |= uint256(10_001) << 112;
        unauthorised(by, address(registry), abi.encodeCall(registry.registerMany, (accounts, words)));
        if (!same) vm.expectPartialRevert(IInvestorRegistry.LengthMismatch.selector);
        else if (!valid) vm.expectPartialRevert(IInvestorRegistry.WithholdingTooHigh.selector);
        registry.registerMany(accounts, words);
        for (uint256 i; i < 4; ++i) {
            equal(registry.statusOf(accounts[i]), same && valid ? words[i] | StatusWord.REGISTERED : 0, "entry");
        }
    }

    function testFuzz_setFrozen(uint256 by, bool known, bool[4] calldata turns) public {
        address account = known ? alice : stranger;
        unauthorised(by, address(registry), abi.encodeCall(registry.setFrozen, (account, turns[0])));
        for (uint256 i; i < 4; ++i) {
            if (!known) vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.NotRegistered.selector, account));
            registry.setFrozen(account, turns[i]);
            if (known) equal(registry.canReceive(account), turns[i] ? Reasons.FROZEN : Reasons.OK, "receives");
            if (known) equal(registry.canSend(account), turns[i] ? Reasons.FROZEN : Reasons.OK, "sends");
        }
    }

    /// @dev A freeze outlives the entry, whenever it was set.
    function testFuzz_remove(uint256 by, bool frozen, bool again) public {
        unauthorised(by, address(registry), abi.encodeCall(registry.remove, (alice)));
        registry.setFrozen(alice, frozen);
        registry.remove(alice);
        equal(registry.canReceive(alice), Reasons.RECEIVER_NOT_REGISTERED, "receives nothing");
        isTrue(!registry.contains(alice), "gone");
        if (!again) {
            vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.NotRegistered.selector, alice));
            registry.remove(alice);
            return;
        }
        admit(alice);
        equal(registry.canReceive(alice), frozen ? Reasons.FROZEN : Reasons.OK, "as before");
    }

    function testFuzz_setPayout(uint256 by, address to, bool known) public {
        address account = known ? alice : stranger;
        unauthorised(by, address(registry), abi.encodeCall(registry.setPayout, (account, to)));
        if (!known) vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.NotRegistered.selector, account));
        registry.setPayout(account, to);
        (, address paid, ) = registry.payoutOf(account);
        isTrue(paid == (known && to != address(0) ? to : account), "who is paid");
        if (known) registry.setPayout(account, address(0));
        (, paid, ) = registry.payoutOf(account);
        isTrue(paid == account, "itself again");
    }

    /// @dev Along a chain of replacements of any length the last one is paid, and the lost ones are nobody.
    function testFuzz_replaceWallet(uint256 by, uint256 links, uint256 taken) public {
        unauthorised(by, address(registry), abi.encodeCall(registry.replaceWallet, (alice, someone(0))));
        address wallet = alice;
        links = bound(links, 1, 5);
        for (uint256 i; i < links; ++i) {
            registry.replaceWallet(wallet, someone(i));
            equal(registry.canSend(wallet), Reasons.SENDER_NOT_REGISTERED, "lost");
            isTrue(registry.replacementOf(wallet) == someone(i), "known");
            wallet = someone(i);
        }
        (uint8 code, address paid, ) = registry.payoutOf(alice);
        isTrue(code == Reasons.OK && paid == wallet, "the last one");
        // No chain comes back to where it was, nor takes another's place.
        address other =
            taken % 2 == 0
                ? bob
                : taken % 4 == 1
                    ? alice
                    : someone(taken % links);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.AccountTaken.selector, other));
        registry.replaceWallet(wallet, other);
    }

    function testFuzz_setAuthority(uint256 by) public {
        authorityStays(by, address(registry));
    }
}
