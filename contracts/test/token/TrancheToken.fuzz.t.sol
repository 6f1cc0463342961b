// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {Strangers} from "../support/Strangers.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice Every function that moves, makes, destroys or freezes tokens, with any amounts and any caller
contract TrancheTokenFuzzTest is TokenFixture, Strangers {
    uint256 private constant HELD = 1e12;
    /// @dev No balance reaches it.
    uint256 private constant LIMIT = 1 << 69;

    function setUp() public override {
        super.setUp();
        token.mint(alice, HELD);
    }

    function _onlyAgents(uint256 by, bytes memory data) private {
        address caller = someone(by);
        refusedTo(caller, address(token), data, abi.encodeWithSelector(ITrancheToken.NotAgent.selector, caller));
    }

    function _insufficient(uint256 balance, uint256 amount) private view returns (bytes memory) {
        return abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, balance, amount);
    }

    function _refused(address from, address to, uint8 code) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITrancheToken.TransferRefused.selector, from, to, code);
    }

    /// @dev Half of the amounts are such as there are.
    function _amount(uint256 seed) private pure returns (uint256) {
        return seed & 1 == 0 ? seed : bound(seed >> 1, 0, 2 * HELD);
    }

    // Holders.

    function testFuzz_transfer(uint256 seed, bool admitted) public {
        uint256 amount = _amount(seed);
        address to = admitted ? bob : stranger;
        bool goes = admitted && amount <= HELD;
        vm.prank(alice);
        if (!admitted) vm.expectRevert(_refused(alice, to, Reasons.RECEIVER_NOT_REGISTERED));
        else if (!goes) vm.expectRevert(_insufficient(HELD, amount));
        token.transfer(to, amount);
        equal(token.balanceOf(to), goes ? amount : 0, "received");
        equal(token.balanceOf(alice), goes ? HELD - amount : HELD, "left");
        equal(token.totalSupply(), HELD, "supply");
    }

    function testFuzz_transferFrom(uint256 seed, uint256 allowed, uint256 by) public {
        (uint256 amount, address spender) = (_amount(seed), someone(by));
        allowed = _amount(allowed);
        vm.prank(alice);
        token.approve(spender, allowed);
        bytes4 missing = IERC20Errors.ERC20InsufficientAllowance.selector;
        vm.prank(spender);
        if (allowed < amount) vm.expectRevert(abi.encodeWithSelector(missing, spender, allowed, amount));
        else if (amount > HELD) vm.expectRevert(_insufficient(HELD, amount));
        token.transferFrom(alice, bob, amount);
        bool goes = amount <= allowed && amount <= HELD;
        equal(token.balanceOf(bob), goes ? amount : 0, "received");
        bool spent = goes && allowed != type(uint256).max;
        equal(token.allowance(alice, spender), spent ? allowed - amount : allowed, "allowance");
    }

    function testFuzz_approve(address spender, uint256 first, uint256 second) public {
        if (spender == address(0)) return;
        vm.startPrank(alice);
        token.approve(spender, first);
        token.approve(spender, second);
        vm.stopPrank();
        equal(token.allowance(alice, spender), second, "the last word");
        equal(token.balanceOf(alice), HELD, "nothing moved");
    }

    /// @dev Only the owner's own signature, over exactly this, in time, and once.
    function testFuzz_permit(uint256 value, uint256 until, uint8 changed, bool late) public {
        until = bound(until, START, FOREVER);
        bytes memory data = _permit(value, until, changed % 4);
        if (late) vm.warp(until + 1);
        bool good = changed % 4 == 0 && !late;
        isTrue(_try(data) == good, "exactly what the owner signed");
        equal(token.allowance(vm.addr(0xA11), bob), good ? value : 0, "allowance");
        isTrue(!_try(data), "once");
    }

    /// @dev A permit of 0xA11's for Bob: as signed, signed by another, for another spender, or over another value.
    function _permit(uint256 value, uint256 until, uint8 changed) private returns (bytes memory) {
        address owner = vm.addr(0xA11);
        bytes32 kind = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = keccak256(abi.encode(kind, owner, bob, value, token.nonces(owner), until));
        hash = keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), hash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(changed == 1 ? 0xA12 : 0xA11, hash);
        if (changed == 3) value ^= 1;
        return abi.encodeCall(token.permit, (owner, changed == 2 ? carol : bob, value, until, v, r, s));
    }

    // Making and destroying.

    function testFuzz_mint(uint256 by, uint256 seed, bool admitted) public {
        uint256 amount = _amount(seed);
        address to = admitted ? bob : stranger;
        bytes memory failure = abi.encodeWithSelector(ITrancheToken.NotMinter.selector, someone(by));
        refusedTo(someone(by), address(token), abi.encodeCall(token.mint, (to, amount)), failure);
        bool fits = amount < LIMIT && HELD + amount < LIMIT;
        if (!admitted) vm.expectRevert(_refused(address(0), to, Reasons.RECEIVER_NOT_REGISTERED));
        else if (!fits) vm.expectPartialRevert(ITrancheToken.SupplyTooLarge.selector);
        token.mint(to, amount);
        equal(token.balanceOf(to), admitted && fits ? amount : 0, "balance");
        equal(token.totalSupply(), HELD + token.balanceOf(to), "supply");
    }

    function testFuzz_burn(uint256 by, uint256 seed, uint256 frozen) public {
        uint256 amount = _amount(seed);
        frozen = bound(frozen, 0, HELD);
        token.freezePartialTokens(alice, frozen);
        _onlyAgents(by, abi.encodeCall(token.burn, (alice, amount)));
        if (amount > HELD) vm.expectRevert(_insufficient(HELD, amount));
        token.burn(alice, amount);
        uint256 left = amount > HELD ? HELD : HELD - amount;
        equal(token.balanceOf(alice), left, "balance");
        equal(token.totalSupply(), left, "supply");
        equal(token.getFrozenTokens(alice), frozen < left ? frozen : left, "no more frozen than there is");
    }

    // Agents.

    function testFuzz_forcedTransfer(uint256 by, uint256 seed, uint256 frozen, bool admitted) public {
        uint256 amount = _amount(seed);
        address to = admitted ? bob : stranger;
        frozen = bound(frozen, 0, HELD);
        token.freezePartialTokens(alice, frozen);
        _onlyAgents(by, abi.encodeCall(token.forcedTransfer, (alice, to, amount)));
        bool goes = admitted && amount <= HELD;
        if (amount > HELD) vm.expectRevert(_insufficient(HELD, amount));
        else if (!admitted) vm.expectRevert(_refused(alice, to, Reasons.RECEIVER_NOT_REGISTERED));
        token.forcedTransfer(alice, to, amount);
        uint256 left = goes ? HELD - amount : HELD;
        equal(token.balanceOf(alice), left, "left");
        equal(token.balanceOf(to), goes ? amount : 0, "received");
        equal(token.getFrozenTokens(alice), frozen < left ? frozen : left, "no more frozen than there is");
        equal(token.getFrozenTokens(to), 0, "the receiver's are free");
    }

    function testFuzz_recoveryAddress(uint256 by, uint256 frozen, bool whole, uint8 how) public {
        frozen = bound(frozen, 0, HELD);
        token.freezePartialTokens(alice, frozen);
        token.setAddressFrozen(alice, whole);
        address fresh = someone(1);
        if (how % 3 == 0) registry.replaceWallet(alice, fresh);
        else admit(fresh);
        // Another wallet of the same investor.
        if (how % 3 == 1) {
            enter(alice, 276, 1, 7);
            enter(fresh, 276, 1, 7);
        }
        _onlyAgents(by, abi.encodeCall(token.recoveryAddress, (alice, fresh, address(0))));
        bool goes = how % 3 != 2;
        if (!goes) vm.expectRevert(abi.encodeWithSelector(ITrancheToken.NotReplacement.selector, alice, fresh));
        token.recoveryAddress(alice, fresh, address(0));
        equal(token.balanceOf(fresh), goes ? HELD : 0, "all or nothing");
        equal(token.balanceOf(alice), goes ? 0 : HELD, "left");
        equal(token.getFrozenTokens(goes ? fresh : alice), frozen, "with what was frozen");
        isTrue(token.isFrozen(goes ? fresh : alice) == whole, "and as it was");
    }

    function testFuzz_pause(uint256 by, uint256 turns) public {
        _switch(by, turns, abi.encodeCall(token.pause, ()));
    }

    function testFuzz_unpause(uint256 by, uint256 turns) public {
        token.pause();
        token.unpause();
        _switch(by, turns, abi.encodeCall(token.unpause, ()));
    }

    /// @dev Any order of both: what changes nothing is refused, and transfers stop exactly while paused.
    function _switch(uint256 by, uint256 turns, bytes memory data) private {
        _onlyAgents(by, data);
        for (uint256 i; i < 6; ++i) {
            bool on = (turns >> i) & 1 == 1;
            if (token.paused() == on) vm.expectRevert(abi.encodeWithSelector(ITrancheToken.PauseUnchanged.selector));
            if (on) token.pause();
            else token.unpause();
            isTrue(token.paused() == on, "as said");
            equal(token.transferCode(alice, bob, 1), on ? Reasons.PAUSED : Reasons.OK, "transfers");
        }
    }

    function testFuzz_setAddressFrozen(uint256 by, bool freeze, address account) public {
        _onlyAgents(by, abi.encodeCall(token.setAddressFrozen, (account, freeze)));
        if (account == address(0)) vm.expectRevert(abi.encodeWithSelector(ITrancheToken.ZeroAddress.selector));
        token.setAddressFrozen(account, freeze);
        isTrue(token.isFrozen(account) == (freeze && account != address(0)), "as said");
        token.setAddressFrozen(alice, freeze);
        equal(token.transferCode(alice, bob, 1), freeze ? Reasons.FROZEN : Reasons.OK, "sends");
        equal(token.transferCode(bob, alice, 0), freeze ? Reasons.FROZEN : Reasons.OK, "receives");
        equal(token.balanceOf(alice), HELD, "the balance stays");
    }

    function testFuzz_freezePartialTokens(uint256 by, uint256 first, uint256 second) public {
        (first, second) = (_amount(first), _amount(second));
        _onlyAgents(by, abi.encodeCall(token.freezePartialTokens, (alice, first)));
        uint256 frozen;
        for (uint256 i; i < 2; ++i) {
            uint256 more = i == 0 ? first : second;
            bool fits = more <= HELD - frozen;
            if (!fits) vm.expectPartialRevert(ITrancheToken.FreezeExceeds.selector);
            token.freezePartialTokens(alice, more);
            if (fits) frozen += more;
        }
        _isFrozen(frozen);
    }

    function testFuzz_unfreezePartialTokens(uint256 by, uint256 frozen, uint256 released) public {
        (frozen, released) = (bound(frozen, 0, HELD), _amount(released));
        token.freezePartialTokens(alice, frozen);
        _onlyAgents(by, abi.encodeCall(token.unfreezePartialTokens, (alice, released)));
        if (released > frozen) vm.expectPartialRevert(ITrancheToken.FreezeExceeds.selector);
        token.unfreezePartialTokens(alice, released);
        _isFrozen(released > frozen ? frozen : frozen - released);
    }

    /// @dev ERC-7943 lets more be frozen than there is: then nothing moves.
    function testFuzz_setFrozenTokens(uint256 by, uint256 first, uint256 second) public {
        (first, second) = (_amount(first), _amount(second));
        _onlyAgents(by, abi.encodeCall(token.setFrozenTokens, (alice, first)));
        token.setFrozenTokens(alice, first);
        token.setFrozenTokens(alice, second);
        _isFrozen(second);
    }

    function _isFrozen(uint256 frozen) private view {
        equal(token.getFrozenTokens(alice), frozen, "frozen");
        uint256 free = frozen < HELD ? HELD - frozen : 0;
        if (frozen <= HELD) equal(token.transferCode(alice, bob, free), Reasons.OK, "the rest moves");
        if (free == HELD) return;
        equal(token.transferCode(alice, bob, free + 1), Reasons.PARTIAL_FREEZE, "and no more");
    }

    // Batches: what the single calls do, or nothing.

    /// @dev Bob, Carol and Dora, of whom one is not admitted where `bad` says so; the amounts may be one too many.
    function _lists(
        uint64[3] calldata amounts,
        uint8 bad
    ) private returns (address[] memory to, uint256[] memory values, uint256 sum, bool valid) {
        to = new address[](3);
        (to[0], to[1], to[2]) = (bob, carol, address(0xD02A));
        admit(to[2]);
        values = new uint256[](bad % 16 == 15 ? 4 : 3);
        for (uint256 i; i < 3; ++i) {
            values[i] = amounts[i] % (HELD / 2);
            sum += values[i];
        }
        if (bad % 8 < 3) to[bad % 8] = stranger;
        valid = bad % 8 > 2 && values.length == 3;
    }

    function _held(address[] memory to, uint256[] memory values, bool done) private view {
        for (uint256 i; i < 3; ++i) equal(token.balanceOf(to[i]), done ? values[i] : 0, "each or none");
    }

    function _try(bytes memory data) private returns (bool done) {
        (done, ) = address(token).call(data);
    }

    function testFuzz_batchTransfer(uint64[3] calldata amounts, uint8 bad) public {
        (address[] memory to, uint256[] memory values, uint256 sum, bool valid) = _lists(amounts, bad);
        vm.prank(alice);
        bool done = _try(abi.encodeCall(token.batchTransfer, (to, values)));
        isTrue(done == (valid && sum <= HELD), "goes exactly when each would");
        _held(to, values, done);
        equal(token.balanceOf(alice), done ? HELD - sum : HELD, "left");
    }

    function testFuzz_batchForcedTransfer(uint256 by, uint64[3] calldata amounts, uint8 bad) public {
        (address[] memory to, uint256[] memory values, uint256 sum, bool valid) = _lists(amounts, bad);
        address[] memory from = new address[](bad % 32 == 14 ? 2 : 3);
        for (uint256 i; i < from.length; ++i) from[i] = alice;
        bytes memory data = abi.encodeCall(token.batchForcedTransfer, (from, to, values));
        vm.prank(someone(by));
        isTrue(!_try(data), "agents only");
        bool done = _try(data);
        isTrue(done == (valid && from.length == 3 && sum <= HELD), "goes exactly when each would");
        _held(to, values, done);
    }

    function testFuzz_batchMint(uint256 by, uint64[3] calldata amounts, uint8 bad) public {
        (address[] memory to, uint256[] memory values, uint256 sum, bool valid) = _lists(amounts, bad);
        bytes memory data = abi.encodeCall(token.batchMint, (to, values));
        vm.prank(someone(by));
        isTrue(!_try(data), "agents only");
        bool done = _try(data);
        isTrue(done == valid, "goes exactly when each would");
        _held(to, values, done);
        equal(token.totalSupply(), done ? HELD + sum : HELD, "supply");
    }

    function testFuzz_batchBurn(uint256 by, uint64[3] calldata amounts, uint8 bad) public {
        (address[] memory to, uint256[] memory values, uint256 sum, bool valid) = _lists(amounts, 7);
        token.batchMint(to, values);
        uint256 which = bad % 6;
        if (which < 3) values[which] += 1;
        bytes memory data = abi.encodeCall(token.batchBurn, (to, values));
        vm.prank(someone(by));
        isTrue(!_try(data), "agents only");
        bool done = _try(data);
        isTrue(valid && done == (which > 2), "goes exactly when each would");
        equal(token.totalSupply(), done ? HELD : HELD + sum, "supply");
    }

    function testFuzz_batchSetAddressFrozen(uint256 by, bool[3] calldata freeze, bool short) public {
        address[] memory accounts = new address[](3);
        (accounts[0], accounts[1], accounts[2]) = (alice, bob, stranger);
        bool[] memory flags = new bool[](short ? 2 : 3);
        for (uint256 i; i < flags.length; ++i) flags[i] = freeze[i];
        bytes memory data = abi.encodeCall(token.batchSetAddressFrozen, (accounts, flags));
        vm.prank(someone(by));
        isTrue(!_try(data), "agents only");
        isTrue(_try(data) == !short, "lists of one length");
        for (uint256 i; i < 3; ++i) isTrue(token.isFrozen(accounts[i]) == (!short && freeze[i]), "each or none");
    }

    function testFuzz_batchFreezePartialTokens(uint256 by, uint64[3] calldata amounts, uint8 bad) public {
        (address[] memory to, uint256[] memory values, , ) = _lists(amounts, 7);
        token.batchMint(to, values);
        uint256 which = bad % 6;
        if (which < 3) values[which] += 1;
        bytes memory data = abi.encodeCall(token.batchFreezePartialTokens, (to, values));
        vm.prank(someone(by));
        isTrue(!_try(data), "agents only");
        bool done = _try(data);
        isTrue(done == (which > 2), "goes exactly when each would");
        for (uint256 i; i < 3; ++i) equal(token.getFrozenTokens(to[i]), done ? values[i] : 0, "each or none");
    }

    function testFuzz_batchUnfreezePartialTokens(uint256 by, uint64[3] calldata amounts, uint8 bad) public {
        (address[] memory to, uint256[] memory values, , ) = _lists(amounts, 7);
        token.batchMint(to, values);
        token.batchFreezePartialTokens(to, values);
        uint256 which = bad % 6;
        if (which < 3) values[which] += 1;
        bytes memory data = abi.encodeCall(token.batchUnfreezePartialTokens, (to, values));
        vm.prank(someone(by));
        isTrue(!_try(data), "agents only");
        bool done = _try(data);
        isTrue(done == (which > 2), "goes exactly when each would");
        for (uint256 i; i < 3; ++i)
            equal(token.getFrozenTokens(to[i]), done ? 0 : amounts[i] % (HELD / 2), "each or none");
    }
}
