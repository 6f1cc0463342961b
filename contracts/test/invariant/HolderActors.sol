// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IInvestorRegistry} from "../../src/registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../../src/token/ITrancheToken.sol";
import {TrancheToken} from "../../src/token/TrancheToken.sol";
import {DealFixture} from "../support/DealFixture.sol";
import {Explained} from "./Explained.sol";

/// @notice Holders, agents, compliance and time: whatever they can do to notes, each call ending well or in a listed refusal
abstract contract HolderActors is DealFixture, Explained {
    /// @dev Every account that was ever admitted, each once.
    address[] internal wallets;
    /// @dev Pre-transfer checks that said something else than the transfer did.
    uint256 public surprises;
    /// @dev Movements by holders or agents before the deal was open, or after its offer failed.
    uint256 public early;
    uint256 private _replacements;

    constructor() {
        setUp();
        wallets = [alice, bob, carol, sponsor, address(0xDA7E), address(0xE217)];
        // The last two wallets belong to one investor.
        registry.register(wallets[4], IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 2_638, 7));
        registry.register(wallets[5], IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 2_638, 7));
    }

    /// @dev One in so many is nobody who was ever admitted.
    function anyone(uint256 seed) internal view returns (address) {
        uint256 place = seed % (wallets.length + 1);
        return place == wallets.length ? stranger : wallets[place];
    }

    function wallet(uint256 seed) internal view returns (address) {
        return wallets[seed % wallets.length];
    }

    function note(uint256 tranche) internal view returns (TrancheToken) {
        return TrancheToken(address(tranche % 2 == 0 ? senior : junior));
    }

    // Holders and agents.

    function transfer(uint256 from, uint256 to, uint256 tranche, uint256 amount) external {
        TrancheToken token = note(tranche);
        address sender = wallet(from);
        address receiver = anyone(to);
        uint256 value = amount % 3 == 0 ? token.balanceOf(sender) : bound(amount, 0, token.balanceOf(sender) + 1);
        uint8 code = token.transferCode(sender, receiver, value);
        vm.prank(sender);
        try token.transfer(receiver, value) {
            if (code != 0) ++surprises;
            _countEarly();
        } catch (bytes memory reason) {
            if (code == 0) ++surprises;
            explain(reason, _refusals());
        }
    }

    function force(uint256 from, uint256 to, uint256 tranche, uint256 amount) external {
        TrancheToken token = note(tranche);
        address sender = anyone(from);
        try token.forcedTransfer(sender, anyone(to), bound(amount, 0, token.balanceOf(sender) + 1)) {
            _countEarly();
        } catch (bytes memory reason) {
            explain(reason, _refusals());
        }
    }

    function freeze(uint256 who, uint256 tranche, uint256 amount) external {
        TrancheToken token = note(tranche);
        if (amount % 3 == 0) token.setAddressFrozen(wallet(who), amount % 2 == 0);
        else token.setFrozenTokens(wallet(who), bound(amount, 0, 9e9));
    }

    function pause(uint256 tranche) external {
        TrancheToken token = note(tranche);
        if (token.paused()) token.unpause();
        else token.pause();
    }

    /// @dev An agent tries to make or destroy notes of a deal.
    function forge(uint256 who, uint256 tranche, uint256 amount, bool burns) external {
        TrancheToken token = note(tranche);
        bytes memory refusals = abi.encodePacked(ITrancheToken.TransferRefused.selector);
        if (burns) {
            try token.burn(wallet(who), bound(amount, 0, 1e9)) {} catch (bytes memory reason) {
                explain(reason, refusals);
            }
        } else {
            try token.mint(anyone(who), bound(amount, 0, 1e9)) {} catch (bytes memory reason) {
                explain(reason, refusals);
            }
        }
    }

    /// @dev The operator would let notes move, or stops them; where nothing moves before the deal is open, it does not let them.
    function stopNotes(uint256 tranche, bool stopped) external {
        try note(tranche).setStopped(stopped) {
            if (!stopped) _countEarly();
        } catch (bytes memory reason) {
            explain(reason, abi.encodePacked(ITrancheToken.TransferRefused.selector));
        }
    }

    // Compliance.

    function halt(uint256 who, bool frozen) external {
        try registry.setFrozen(wallet(who), frozen) {} catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IInvestorRegistry.NotRegistered.selector));
        }
    }

    /// @dev Renews an entry, lets its KYC expire, locks it up, or taxes it otherwise.
    function enter(uint256 who, uint256 how, uint16 rate) external {
        address account = wallet(who);
        IInvestorRegistry.Entry memory entry = IInvestorRegistry.Entry(FOREVER, 0, 276, 1, 0, 0);
        (IInvestorRegistry.Entry memory stands, , ) = registry.entryOf(account);
        (entry.investor, entry.withholding) = (stands.investor, stands.withholding);
        if (how % 5 == 0) entry.kycExpiry = uint40(block.timestamp);
        if (how % 5 == 1) entry.lockedUntil = uint40(block.timestamp + 10 days);
        if (how % 5 == 2) entry.withholding = uint16(bound(rate, 0, 10_000));
        try registry.register(account, entry) {} catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IInvestorRegistry.AccountTaken.selector));
        }
    }

    function remove(uint256 who) external {
        try registry.remove(wallet(who)) {} catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IInvestorRegistry.NotRegistered.selector));
        }
    }

    function payout(uint256 who, uint256 to) external {
        address elsewhere = to % 3 == 0 ? address(0) : address(uint160(0xBA4C + (to % 3)));
        try registry.setPayout(wallet(who), elsewhere) {} catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IInvestorRegistry.NotRegistered.selector));
        }
    }

    /// @dev A wallet is lost, three times at most.
    function replace(uint256 who) external {
        if (_replacements == 3) return;
        address fresh = address(uint160(0xF2E50 + _replacements));
        try registry.replaceWallet(wallet(who), fresh) {
            ++_replacements;
            wallets.push(fresh);
        } catch (bytes memory reason) {
            explain(reason, abi.encodePacked(IInvestorRegistry.NotRegistered.selector));
        }
    }

    /// @dev To the replacement mostly, else to anybody.
    function recover(uint256 who, uint256 to, uint256 tranche) external {
        address lost = wallet(who);
        address next = registry.replacementOf(lost);
        if (next == address(0) || to % 4 == 0) next = anyone(to);
        try note(tranche).recoveryAddress(lost, next, address(0)) {
            _countEarly();
        } catch (bytes memory reason) {
            bytes memory others = abi.encodePacked(
                ITrancheToken.NothingToRecover.selector,
                ITrancheToken.NotReplacement.selector
            );
            explain(reason, bytes.concat(_refusals(), others));
        }
    }

    // Time.

    function pass(uint256 time) public virtual {
        vm.warp(block.timestamp + bound(time, 1, 5 days));
    }

    /// @dev To the second before a record date or a payment date, to it, or to the one after it.
    function passToDate(uint256 which, uint256 side) external {
        uint40[] memory list = dates(which % 2 == 0 ? 0 : 3 days);
        uint256 instant = list[(which / 2) % list.length] + (side % 3) - 1;
        if (block.timestamp < instant) vm.warp(instant);
    }

    function _countEarly() private {
        if (!vault.isOpen()) ++early;
    }

    function _refusals() private pure returns (bytes memory) {
        return
            abi.encodePacked(
                ITrancheToken.TransferRefused.selector,
                IERC20Errors.ERC20InsufficientBalance.selector,
                IERC20Errors.ERC20InvalidSender.selector,
                IERC20Errors.ERC20InvalidReceiver.selector
            );
    }
}
