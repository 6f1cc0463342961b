// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Lists} from "../access/Lists.sol";
import {Reasons} from "../access/Reasons.sol";
import {ReasonTexts} from "../access/ReasonTexts.sol";
import {IInvestorRegistry} from "./IInvestorRegistry.sol";
import {StatusWord} from "./StatusWord.sol";

/// @title InvestorRegistry
contract InvestorRegistry is IInvestorRegistry, AccessManaged {
    using Lists for address[];
    using StatusWord for uint256;

    uint256 private constant WHOLE = 10_000;

    /// @dev Laid out as StatusWord says.
    mapping(address account => uint256) private _statuses;
    /// @dev Read only when the status says so: the payout address, or the replacement of a lost wallet.
    mapping(address account => address) private _successors;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc IInvestorRegistry
    function register(address account, Entry calldata entry) external restricted {
        _register(account, _pack(entry));
    }

    /// @inheritdoc IInvestorRegistry
    function registerPacked(address account, uint256 entry) external restricted {
        require(entry <= StatusWord.ENTRY, NotAnEntry(entry));
        _register(account, entry);
    }

    /// @inheritdoc IInvestorRegistry
    function registerMany(address[] calldata accounts, uint256[] calldata entries) external restricted {
        require(accounts.length == entries.length, LengthMismatch(accounts.length, entries.length));
        for (uint256 i; i < accounts.length; ++i) {
            require(entries[i] <= StatusWord.ENTRY, NotAnEntry(entries[i]));
            _register(accounts[i], entries[i]);
        }
    }

    /// @inheritdoc IInvestorRegistry
    function setFrozen(address account, bool frozen) external restricted {
        uint256 status = _registered(account);
        _statuses[account] = frozen ? status | StatusWord.FROZEN : status & ~StatusWord.FROZEN;
        emit FrozenSet(account, frozen);
    }

    /// @inheritdoc IInvestorRegistry
    function remove(address account) external restricted {
        // A freeze outlives the entry: removing and registering again must not be a way around it. So does the payout
        // address, which is no part of the entry.
        _statuses[account] = _registered(account) & (StatusWord.FROZEN | StatusWord.HAS_PAYOUT);
        emit Removed(account);
    }

    /// @inheritdoc IInvestorRegistry
    function setPayout(address account, address to) external restricted {
        uint256 status = _registered(account);
        bool elsewhere = to != address(0) && to != account;
        _statuses[account] = elsewhere ? status | StatusWord.HAS_PAYOUT : status & ~StatusWord.HAS_PAYOUT;
        _successors[account] = elsewhere ? to : address(0);
        emit PayoutSet(account, elsewhere ? to : address(0));
    }

    /// @inheritdoc IInvestorRegistry
    function replaceWallet(address lost, address replacement) external restricted {
        require(replacement != address(0), ZeroAccount());
        uint256 status = _registered(lost);
        require(_statuses[replacement] == 0, AccountTaken(replacement));
        _statuses[replacement] = status;
        if (status & StatusWord.HAS_PAYOUT != 0) _successors[replacement] = _successors[lost];
        _statuses[lost] = StatusWord.REPLACED;
        _successors[lost] = replacement;
        emit WalletReplaced(lost, replacement);
    }

    /// @inheritdoc IInvestorRegistry
    function entryOf(address account) external view returns (Entry memory entry, bool registered, bool frozen) {
        uint256 status = _statuses[account];
        entry = Entry({
            kycExpiry: uint40(status.kycExpiry()),
            lockedUntil: uint40(status.lockedUntil()),
            country: uint16(status.country()),
            categories: uint16(status.categories()),
            withholding: uint16(status.withholding()),
            investor: uint64(status.investor())
        });
        return (entry, status & StatusWord.REGISTERED != 0, status & StatusWord.FROZEN != 0);
    }

    /// @inheritdoc IInvestorRegistry
    function statusOf(address account) external view returns (uint256 status) {
        return _statuses[account];
    }

    /// @inheritdoc IInvestorRegistry
    function pairOf(address from, address to) external view returns (uint256, uint256) {
        // Every transfer of every token asks this: the two slots are read and handed over without the compiler's copies.
        // The ABI decoder has made sure that both are addresses.
        assembly ("memory-safe") {
            mstore(0, from)
            mstore(32, _statuses.slot)
            let statusFrom := sload(keccak256(0, 64))
            mstore(0, to)
            mstore(32, sload(keccak256(0, 64)))
            mstore(0, statusFrom)
            return(0, 64)
        }
    }

    /// @inheritdoc IInvestorRegistry
    function payoutOf(address account) external view returns (uint8 code, address to, uint256 withholding) {
        uint256 status = _statuses[account];
        if (status & StatusWord.ELSEWHERE != 0) (status, account) = _follow(status, account);
        (code, withholding) = (status.receiveCode(), status.withholding());
        // The three as they are: asked in every claim, where the compiler's copying would be felt.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, code)
            mstore(add(free, 32), account)
            mstore(add(free, 64), withholding)
            return(free, 96)
        }
    }

    /// @inheritdoc IInvestorRegistry
    function payoutsOf(address[] calldata accounts) external view returns (uint256[] memory) {
        uint256 start;
        // What is returned, as the ABI has it, is written where nothing else of this call is.
        assembly ("memory-safe") {
            start := mload(0x40)
            mstore(start, 32)
            mstore(add(start, 32), accounts.length)
        }
        for (uint256 i; i < accounts.length;) {
            address account = accounts.accountAt(i);
            uint256 status = _statuses[account];
            if (status & StatusWord.ELSEWHERE != 0) (status, account) = _follow(status, account);
            unchecked {
                uint256 payout = (uint256(status.receiveCode()) << 176) | (status.withholding() << 160);
                assembly ("memory-safe") {
                    i := add(i, 1)
                    mstore(add(start, add(32, shl(5, i))), or(payout, account))
                }
            }
        }
        assembly ("memory-safe") {
            return(start, add(64, shl(5, accounts.length)))
        }
    }

    /// @inheritdoc IInvestorRegistry
    function replacementOf(address lost) external view returns (address) {
        return _statuses[lost] & StatusWord.REPLACED == 0 ? address(0) : _successors[lost];
    }

    /// @inheritdoc IInvestorRegistry
    function canReceive(address account) external view returns (uint8 code) {
        return _statuses[account].receiveCode();
    }

    /// @inheritdoc IInvestorRegistry
    function canSend(address account) external view returns (uint8 code) {
        return _statuses[account].sendCode();
    }

    /// @inheritdoc IInvestorRegistry
    function transferCode(address from, address to) external view returns (uint8 code) {
        code = _statuses[from].sendCode();
        if (code == Reasons.OK) code = _statuses[to].receiveCode();
    }

    /// @inheritdoc IInvestorRegistry
    function reasonText(uint8 code) external pure returns (string memory) {
        return ReasonTexts.text(code);
    }

    /// @inheritdoc IInvestorRegistry
    function isVerified(address account) external view returns (bool) {
        return _statuses[account].receiveCode() == Reasons.OK;
    }

    /// @inheritdoc IInvestorRegistry
    function contains(address account) external view returns (bool) {
        return _statuses[account] & StatusWord.REGISTERED != 0;
    }

    /// @inheritdoc IInvestorRegistry
    function investorCountry(address account) external view returns (uint16) {
        return uint16(_statuses[account].country());
    }

    /// @dev The status that decides and the address that is paid, for an account that was replaced or is paid elsewhere.
    function _follow(uint256 status, address account) private view returns (uint256, address) {
        // Ends: a replacement was fresh when it was named, so no chain of them comes back to where it was.
        while (status & StatusWord.REPLACED != 0) {
            account = _successors[account];
            status = _statuses[account];
        }
        return (status, status & StatusWord.HAS_PAYOUT == 0 ? account : _successors[account]);
    }

    function _register(address account, uint256 entry) private {
        require(account != address(0), ZeroAccount());
        require(uint16(entry >> 80) < 1000, NotAnEntry(entry));
        require(entry.withholding() <= WHOLE, WithholdingTooHigh(entry.withholding()));
        uint256 status = _statuses[account];
        require(status & StatusWord.REPLACED == 0, AccountTaken(account));
        uint256 kept = status & (StatusWord.FROZEN | StatusWord.HAS_PAYOUT);
        _statuses[account] = entry | kept | StatusWord.REGISTERED;
        emit Registered(account, entry);
    }

    /// @dev The six fields as one word. Read in Yul, so that one test tells whether any of them is wider than it may be.
    function _pack(Entry calldata entry) private pure returns (uint256 word) {
        uint256 tooWide;
        assembly ("memory-safe") {
            let expiry := calldataload(entry)
            let locked := calldataload(add(entry, 32))
            let country := calldataload(add(entry, 64))
            let categories := calldataload(add(entry, 96))
            let withholding := calldataload(add(entry, 128))
            let investor := calldataload(add(entry, 160))
            tooWide := or(
                or(shr(40, or(expiry, locked)), shr(16, or(or(country, categories), withholding))),
                shr(64, investor)
            )
            word := or(
                or(or(expiry, shl(40, locked)), or(shl(80, country), shl(96, categories))),
                or(shl(112, withholding), shl(128, investor))
            )
        }
        require(tooWide == 0, NotAnEntry(word));
    }

    function _registered(address account) private view returns (uint256 status) {
        status = _statuses[account];
        require(status & StatusWord.REGISTERED != 0, NotRegistered(account));
    }
}
