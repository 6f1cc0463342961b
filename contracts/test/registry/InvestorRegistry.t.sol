// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Reasons} from "../../src/access/Reasons.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {DealFixture} from "../support/DealFixture.sol";

/// @notice Entries, reason codes at their edges in time, and who may change them
contract InvestorRegistryTest is DealFixture {
    function test_reasonsForAnAccount() public {
        equal(registry.canReceive(stranger), Reasons.RECEIVER_NOT_REGISTERED, "unknown receiver");
        equal(registry.canSend(stranger), Reasons.SENDER_NOT_REGISTERED, "unknown sender");
        registry.register(stranger, IInvestorRegistry.Entry(START + 100, START + 50, 840, 3, 0, 0));
        equal(registry.canReceive(stranger), Reasons.OK, "admitted");
        equal(registry.canSend(stranger), Reasons.LOCKED_UP, "locked up");
        vm.warp(START + 50);
        equal(registry.canSend(stranger), Reasons.OK, "free at the instant itself");
        vm.warp(START + 99);
        equal(registry.canReceive(stranger), Reasons.OK, "last valid second");
        vm.warp(START + 100);
        equal(registry.canReceive(stranger), Reasons.KYC_EXPIRED, "expired");
        equal(registry.canSend(stranger), Reasons.OK, "an expired holder may still send");
        equal(registry.transferCode(stranger, alice), Reasons.OK, "to somebody admitted");
        equal(registry.transferCode(alice, stranger), Reasons.KYC_EXPIRED, "but not receive");
    }

    function test_freezeStaysThroughARenewal() public {
        registry.setFrozen(alice, true);
        equal(registry.canReceive(alice), Reasons.FROZEN, "receives nothing");
        equal(registry.canSend(alice), Reasons.FROZEN, "sends nothing");
        admit(alice);
        equal(registry.canSend(alice), Reasons.FROZEN, "a renewed entry does not lift a freeze");
        registry.setFrozen(alice, false);
        equal(registry.canSend(alice), Reasons.OK, "released");
    }

    /// @dev Every field has a value of its own and its top bit set, so that a swap or a cut shows.
    function test_entryIsReadBackAndRemoved() public {
        IInvestorRegistry.Entry memory given = IInvestorRegistry.Entry(
            0x8000000001,
            0x8000000002,
            999,
            0x8004,
            9_999,
            0x8000000000000006
        );
        registry.register(alice, given);
        (IInvestorRegistry.Entry memory entry, bool registered, bool frozen) = registry.entryOf(alice);
        equal(entry.kycExpiry, 0x8000000001, "kycExpiry");
        equal(entry.lockedUntil, 0x8000000002, "lockedUntil");
        equal(entry.country, 999, "country");
        equal(entry.categories, 0x8004, "categories");
        equal(entry.withholding, 9_999, "withholding");
        equal(entry.investor, 0x8000000000000006, "investor");
        isTrue(registered && !frozen, "flags");
        uint256 packed = _packed(given);
        equal(registry.statusOf(alice), packed | (1 << 192), "the documented layout");
        (uint256 one, uint256 other) = registry.pairOf(uint160(stranger), uint160(alice));
        equal(one, 0, "the first of the pair");
        equal(other, packed | (1 << 192), "the second of the pair");
        (one, other) = registry.pairOf((1 << 160) | uint160(alice), 1 << 255);
        equal(one | other, 0, "words that are no account");
        registry.remove(alice);
        (, registered, ) = registry.entryOf(alice);
        isTrue(!registered, "removed");
        bytes memory unknown = abi.encodeWithSelector(IInvestorRegistry.NotRegistered.selector, alice);
        vm.expectRevert(unknown);
        registry.remove(alice);
        vm.expectRevert(unknown);
        registry.setFrozen(alice, true);
        vm.expectRevert(unknown);
        registry.setPayout(alice, bob);
        vm.expectRevert(unknown);
        registry.replaceWallet(alice, stranger);
    }

    function test_aFreezeOutlivesRemoval() public {
        admit(alice);
        registry.setFrozen(alice, true);
        registry.remove(alice);
        admit(alice);
        equal(registry.canSend(alice), Reasons.FROZEN, "still frozen");
        registry.setFrozen(alice, false);
        equal(registry.canSend(alice), Reasons.OK, "released");
    }

    function test_registersMany() public {
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (stranger, feeTaker);
        uint256[] memory entries = new uint256[](2);
        entries[0] = _packed(IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 2_500, 7));
        entries[1] = _packed(IInvestorRegistry.Entry(FOREVER, 0, 840, 2, 0, 7));
        registry.registerMany(accounts, entries);
        equal(registry.transferCode(stranger, feeTaker), Reasons.OK, "both are in");
        equal(registry.statusOf(stranger), entries[0] | (1 << 192), "as register would have it");
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.LengthMismatch.selector, 2, 1));
        registry.registerMany(accounts, new uint256[](1));
    }

    /// @dev A batch must not be a way to set flags, which have functions of their own.
    function test_aPackedEntryCarriesNoFlags() public {
        address[] memory accounts = new address[](1);
        accounts[0] = stranger;
        uint256[] memory entries = new uint256[](1);
        entries[0] = FOREVER | (1 << 192);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.NotAnEntry.selector, entries[0]));
        registry.registerMany(accounts, entries);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.NotAnEntry.selector, entries[0]));
        registry.registerPacked(stranger, entries[0]);
    }

    function test_countriesAreIsoNumbers() public {
        vm.expectPartialRevert(IInvestorRegistry.NotAnEntry.selector);
        registry.register(alice, IInvestorRegistry.Entry(FOREVER, 0, 1_000, 1, 0, 0));
    }

    /// @dev A field that is too wide for its place must not spill into the next.
    function test_wideFieldsAreRefused() public {
        uint256[6] memory widths = [uint256(40), 40, 16, 16, 16, 64];
        for (uint256 i; i < 6; ++i) {
            uint256[6] memory words;
            words[i] = 1 << widths[i];
            (bool done, ) = address(registry).call(
                abi.encodePacked(registry.register.selector, abi.encode(alice, words))
            );
            isTrue(!done, "refused");
        }
    }

    function test_erc3643Names() public {
        isTrue(registry.isVerified(alice) && registry.contains(alice), "admitted");
        equal(registry.investorCountry(alice), 276, "country");
        registry.setFrozen(alice, true);
        isTrue(!registry.isVerified(alice) && registry.contains(alice), "frozen");
        isTrue(!registry.contains(stranger), "unknown");
    }

    function test_withholdsNoMoreThanTheWhole() public {
        registry.register(alice, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 10_000, 0));
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.WithholdingTooHigh.selector, 10_001));
        registry.register(alice, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 10_001, 0));
    }

    function test_payoutAddress() public {
        registry.register(alice, IInvestorRegistry.Entry(START + 9, 0, 276, 1, 1_500, 0));
        _paysTo(alice, Reasons.OK, alice, 1_500);
        registry.setPayout(alice, feeTaker);
        _paysTo(alice, Reasons.OK, feeTaker, 1_500);
        admit(alice);
        _paysTo(alice, Reasons.OK, feeTaker, 0);
        registry.setFrozen(alice, true);
        _paysTo(alice, Reasons.FROZEN, feeTaker, 0);
        registry.setFrozen(alice, false);
        registry.setPayout(alice, address(0));
        _paysTo(alice, Reasons.OK, alice, 0);
        registry.setPayout(alice, alice);
        _paysTo(alice, Reasons.OK, alice, 0);
        _paysTo(stranger, Reasons.RECEIVER_NOT_REGISTERED, stranger, 0);
    }

    function test_aLostWalletIsReplaced() public {
        registry.register(alice, IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 1_500, 42));
        registry.setPayout(alice, feeTaker);
        registry.setFrozen(alice, true);
        uint256 status = registry.statusOf(alice);
        registry.replaceWallet(alice, stranger);
        equal(registry.statusOf(stranger), status, "entry, freeze and payout flag pass on");
        equal(registry.canReceive(alice), Reasons.RECEIVER_NOT_REGISTERED, "the lost wallet receives nothing");
        equal(registry.canSend(alice), Reasons.SENDER_NOT_REGISTERED, "nor sends");
        isTrue(registry.replacementOf(alice) == stranger, "the link");
        isTrue(registry.replacementOf(stranger) == address(0), "no link");
        _paysTo(alice, Reasons.FROZEN, feeTaker, 1_500);
        registry.setFrozen(stranger, false);
        registry.setPayout(stranger, address(0));
        _paysTo(alice, Reasons.OK, stranger, 1_500);
        registry.replaceWallet(stranger, address(0x2E3));
        _paysTo(alice, Reasons.OK, address(0x2E3), 1_500);
    }

    function test_replacementsAreFreshAndNeverComeBack() public {
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.AccountTaken.selector, bob));
        registry.replaceWallet(alice, bob);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.ZeroAccount.selector));
        registry.replaceWallet(alice, address(0));
        registry.replaceWallet(alice, stranger);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.AccountTaken.selector, alice));
        admit(alice);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.AccountTaken.selector, alice));
        registry.replaceWallet(stranger, alice);
    }

    function test_reasonsHaveSentences() public view {
        isTrue(keccak256(bytes(registry.reasonText(0))) == keccak256("Allowed"), "allowed");
        isTrue(
            keccak256(bytes(registry.reasonText(Reasons.PAUSED))) == keccak256("Transfers of this tranche are paused"),
            "paused"
        );
        isTrue(keccak256(bytes(registry.reasonText(255))) == keccak256("Unknown reason"), "no such code");
    }

    /// @dev Whatever is packed comes back, and no bit of one field reaches another.
    function testFuzz_entriesComeBack(IInvestorRegistry.Entry memory given, address account, bool frozen) public {
        if (account == address(0)) return;
        given.country = uint16(bound(given.country, 0, 999));
        given.withholding = uint16(bound(given.withholding, 0, 10_000));
        registry.register(account, given);
        registry.setFrozen(account, frozen);
        registry.register(account, given);
        (IInvestorRegistry.Entry memory entry, bool registered, bool isFrozen) = registry.entryOf(account);
        isTrue(keccak256(abi.encode(entry)) == keccak256(abi.encode(given)), "entry");
        isTrue(registered && isFrozen == frozen, "flags");
    }

    /// @dev The reason of an account follows from its entry alone, at any time.
    function testFuzz_reasonsFollowTheEntry(uint40 expiry, uint40 locked, uint40 time, bool frozen) public {
        registry.register(stranger, IInvestorRegistry.Entry(expiry, locked, 0, 0, 0, 0));
        registry.setFrozen(stranger, frozen);
        vm.warp(time);
        uint8 receiving =
            frozen
                ? Reasons.FROZEN
                : time >= expiry
                    ? Reasons.KYC_EXPIRED
                    : Reasons.OK;
        uint8 sending =
            frozen
                ? Reasons.FROZEN
                : time < locked
                    ? Reasons.LOCKED_UP
                    : Reasons.OK;
        equal(registry.canReceive(stranger), receiving, "receiving");
        equal(registry.canSend(stranger), sending, "sending");
        equal(registry.transferCode(stranger, stranger), sending != 0 ? sending : receiving, "both");
    }

    function test_gas() public {
        registry.register(address(0xBEEF), IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 1_500, 0));
        vm.snapshotGasLastCall("InvestorRegistry", "register");
        registry.registerPacked(address(0xCAFE), _packed(IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 1_500, 0)));
        vm.snapshotGasLastCall("InvestorRegistry", "register, packed");
        equal(registry.statusOf(address(0xCAFE)), registry.statusOf(address(0xBEEF)), "the same entry");
        address[] memory accounts = new address[](100);
        uint256[] memory entries = new uint256[](100);
        for (uint256 i; i < 100; ++i) {
            accounts[i] = address(uint160(uint256(keccak256(abi.encode(i)))));
            entries[i] = _packed(IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 1_500, 0));
        }
        registry.registerMany(accounts, entries);
        vm.snapshotGasLastCall("InvestorRegistry", "register 100");
    }

    function _paysTo(address account, uint8 code, address to, uint256 withholding) private view {
        (uint8 actualCode, address actualTo, uint256 actualWithholding) = registry.payoutOf(account);
        equal(actualCode, code, "code of a payout");
        isTrue(actualTo == to, "receiver of a payout");
        equal(actualWithholding, withholding, "withholding");
    }

    function _packed(IInvestorRegistry.Entry memory entry) private pure returns (uint256) {
        return
            uint256(entry.kycExpiry) +
            uint256(entry.lockedUntil) * 2 ** 40 +
            uint256(entry.country) * 2 ** 80 +
            uint256(entry.categories) * 2 ** 96 +
            uint256(entry.withholding) * 2 ** 112 +
            uint256(entry.investor) * 2 ** 128;
    }

    function test_refusesTheZeroAccountAndStrangers() public {
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.ZeroAccount.selector));
        registry.register(address(0), IInvestorRegistry.Entry(FOREVER, 0, 0, 0, 0, 0));
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(refusal);
        registry.register(stranger, IInvestorRegistry.Entry(FOREVER, 0, 0, 0, 0, 0));
        vm.expectRevert(refusal);
        registry.registerMany(new address[](0), new uint256[](0));
        vm.expectRevert(refusal);
        registry.registerPacked(stranger, FOREVER);
        vm.expectRevert(refusal);
        registry.setFrozen(alice, true);
        vm.expectRevert(refusal);
        registry.remove(alice);
        vm.expectRevert(refusal);
        registry.setPayout(alice, stranger);
        vm.expectRevert(refusal);
        registry.replaceWallet(alice, stranger);
        vm.stopPrank();
    }
}
