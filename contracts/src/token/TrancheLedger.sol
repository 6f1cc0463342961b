// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Lists} from "../access/Lists.sol";
import {Reasons} from "../access/Reasons.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {StatusWord} from "../registry/StatusWord.sol";
import {HolderCount} from "./HolderCount.sol";
import {Holding} from "./Holding.sol";
import {ICompliance} from "./ICompliance.sol";
import {ITrancheToken} from "./ITrancheToken.sol";
import {RecordBalances} from "./RecordBalances.sol";
import {RecordCalendar} from "./RecordCalendar.sol";
import {TokenConfig} from "./TokenConfig.sol";
import {TransferRules} from "./TransferRules.sol";

/// @title Balances, their rules and their record dates: everything that a transfer touches
/// @notice OpenZeppelin's ERC-20 gives allowances, permit and events. Its own balances and supply stay unused: `_update`,
///         `balanceOf` and `totalSupply` are replaced whole, because a balance shares its word with its records.
abstract contract TrancheLedger is ITrancheToken, ERC20, ERC20Permit {
    using HolderCount for HolderCount.Book;
    using Holding for uint256;
    using Lists for address[];
    using RecordCalendar for uint40[];
    using StatusWord for uint256;
    using TokenConfig for uint256;

    /// @dev A movement with all the words that it looks at, read once. `from` or `to` zero is minting or burning, and then
    ///      the holding beside it is the supply.
    struct Move {
        address from;
        address to;
        uint256 amount;
        uint256 config;
        uint256 statusFrom;
        uint256 statusTo;
        uint256 holdingFrom;
        uint256 holdingTo;
    }

    /// @dev What `Transfer.selector` is, as a number, because Yul takes no other.
    bytes32 private constant TRANSFER = 0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef;

    /// @inheritdoc ITrancheToken
    address public immutable minter;
    IInvestorRegistry private immutable REGISTRY;
    uint256 private immutable PERIODS;
    uint256 internal immutable MINIMUM;
    uint256 internal immutable DENOMINATION;
    /// @dev Which groups of holders are counted, as HolderCount takes it.
    uint256 internal immutable COUNTED;

    /// @dev Laid out as TokenConfig says.
    uint256 internal _config;
    /// @dev Laid out as Holding says; the zero address' is the supply.
    mapping(address account => uint256) internal _holdings;
    mapping(address account => mapping(uint256 word => uint256)) private _histories;
    uint40[] private _calendar;
    HolderCount.Book internal _book;
    /// @dev Read only when the holding says that part of it is frozen.
    mapping(address account => uint256) internal _frozen;
    /// @dev Read only when the config says so, each of these.
    uint256[4] internal _countries;
    uint256 internal _moreRules;
    ICompliance internal _compliance;
    IInvestorRegistry internal _movedRegistry;

    constructor(TrancheTerms memory terms) {
        minter = terms.minter;
        REGISTRY = terms.registry;
        PERIODS = terms.recordDates.length;
        // No rule is the rule of one base unit, which every movement keeps.
        MINIMUM = terms.minimumHolding == 0 ? 1 : terms.minimumHolding;
        DENOMINATION = terms.denomination == 0 ? 1 : terms.denomination;
        COUNTED = (terms.countsCountries ? HolderCount.COUNTRY : 0) | (terms.countsCategories ? type(uint16).max : 0);
        _calendar.set(terms.recordDates);
    }

    /// @inheritdoc ITrancheToken
    function transferCode(address from, address to, uint256 amount) public view returns (uint8 code) {
        if (to == address(0)) return Reasons.RECEIVER_NOT_REGISTERED;
        return _codeOf(_load(from, to, amount));
    }

    /// @inheritdoc ITrancheToken
    function recordAt(address account, uint256 period) external view returns (uint256 balance, uint256 supply) {
        return (_valueAt(account, period), _valueAt(address(0), period));
    }

    /// @inheritdoc ITrancheToken
    function recordsAt(uint256 period, address[] calldata accounts) external view returns (uint256, uint256[] memory) {
        uint256 supply = _valueAt(address(0), period);
        uint256 start;
        // What is returned, as the ABI has it, is written where nothing else of this call is: the supply, where the list
        // begins, its length, and its words.
        assembly ("memory-safe") {
            start := mload(0x40)
            mstore(start, supply)
            mstore(add(start, 32), 64)
            mstore(add(start, 64), accounts.length)
        }
        for (uint256 i; i < accounts.length;) {
            uint256 value = _valueAt(accounts.accountAt(i), period);
            assembly ("memory-safe") {
                i := add(i, 1)
                mstore(add(start, add(64, shl(5, i))), value)
            }
        }
        assembly ("memory-safe") {
            return(start, add(96, shl(5, accounts.length)))
        }
    }

    /// @inheritdoc ITrancheToken
    function balanceAt(address account, uint256 period) external view returns (uint256) {
        _requireOver(period, _holdings[account]);
        return _valueAt(account, period);
    }

    /// @inheritdoc ITrancheToken
    function supplyAt(uint256 period) external view returns (uint256) {
        _requireOver(period, _holdings[address(0)]);
        return _valueAt(address(0), period);
    }

    /// @inheritdoc ITrancheToken
    function recordDatesPassed() external view returns (uint256 over) {
        (over, ) = _calendar.find(PERIODS, 0);
    }

    /// @inheritdoc ITrancheToken
    function recordDates() external view returns (uint40[] memory) {
        return _calendar;
    }

    /// @inheritdoc ITrancheToken
    function registry() public view returns (IInvestorRegistry) {
        return _registryOf(_config);
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override(ERC20, IERC20) returns (uint256) {
        return account == address(0) ? 0 : _holdings[account].balance();
    }

    /// @inheritdoc ERC20
    function totalSupply() public view override(ERC20, IERC20) returns (uint256) {
        return _holdings[address(0)].balance();
    }

    /// @notice Six decimals: the smallest unit is a millionth of a dollar of original face
    function decimals() public pure virtual override returns (uint8) {
        return 6;
    }

    /// @inheritdoc ERC20
    /// @dev OpenZeppelin's check of the zero address is a rule here: it is registered nowhere.
    function transfer(address to, uint256 amount) public override(ERC20, IERC20) returns (bool) {
        _send(msg.sender, to, amount, _config);
        return true;
    }

    /// @inheritdoc ERC20
    function transferFrom(address from, address to, uint256 amount) public override(ERC20, IERC20) returns (bool) {
        _spendAllowance(from, msg.sender, amount);
        _send(from, to, amount, _config);
        return true;
    }

    /// @dev Minting and burning: transfers go to `_send` at once.
    function _update(address from, address to, uint256 amount) internal override {
        if (from == address(0)) _issue(to, amount);
        else _burnFrom(from, amount);
    }

    /// @dev The ordinary movement, between accounts of which nothing special is known, is told by tests on words that it
    ///      must read anyway; whatever fails one of them goes the long way, where every rule is looked at in turn. An
    ///      ordinary movement would pass there as well. Takes the config as it is and returns it as it became, so that a
    ///      batch reads it once.
    function _send(address from, address to, uint256 amount, uint256 config) internal returns (uint256) {
        uint256 statusFrom;
        uint256 statusTo;
        uint256 holdingFrom;
        uint256 holdingTo;
        bytes32 slotFrom;
        bytes32 slotTo;
        {
            IInvestorRegistry asked = config & TokenConfig.MOVED == 0 ? REGISTRY : _movedRegistry;
            bytes4 pairOf = IInvestorRegistry.pairOf.selector;
            // Asks the registry for both statuses and reads both holdings, in scratch memory, without the compiler's
            // copies. Where a holding lies is reckoned once for reading and for writing.
            assembly ("memory-safe") {
                let pointer := mload(0x40)
                mstore(pointer, pairOf)
                mstore(add(pointer, 4), from)
                mstore(add(pointer, 36), to)
                // Arguments are evaluated from the last to the first: the call comes before the size of its answer.
                if iszero(and(gt(returndatasize(), 63), staticcall(gas(), asked, pointer, 68, 0, 64))) {
                    revert(0, 0)
                }
                statusFrom := mload(0)
                statusTo := mload(32)
                mstore(0, from)
                mstore(32, _holdings.slot)
                slotFrom := keccak256(0, 64)
                holdingFrom := sload(slotFrom)
                mstore(0, to)
                slotTo := keccak256(0, 64)
                holdingTo := sload(slotTo)
            }
        }
        uint256 special = TransferRules.special(
            config,
            statusFrom,
            statusTo,
            holdingFrom,
            holdingTo,
            amount,
            MINIMUM,
            DENOMINATION
        );
        bool first = holdingTo == 0;
        if (first) special |= _specialJoining(config, statusTo);
        assembly ("memory-safe") {
            special := or(special, eq(slotFrom, slotTo))
        }
        if (special != 0) {
            _move(Move(from, to, amount, config, statusFrom, statusTo, holdingFrom, holdingTo));
            // Others may have been called, who may have changed it.
            return _config;
        }
        unchecked {
            if (first) {
                config += TokenConfig.HOLDER;
                _config = config;
                holdingTo = Holding.first(holdingFrom, statusTo);
            }
            holdingTo += amount;
            holdingFrom -= amount;
        }
        // With the event, whose data is one word, as the compiler has it at three times the price.
        assembly ("memory-safe") {
            sstore(slotTo, holdingTo)
            sstore(slotFrom, holdingFrom)
            mstore(0, amount)
            log3(0, 32, TRANSFER, from, to)
        }
        return config;
    }

    /// @dev Minting, in the same two ways.
    function _issue(address to, uint256 amount) private {
        uint256 config = _config;
        uint256 status = _registryOf(config).statusOf(to);
        uint256 supply = _holdings[address(0)];
        uint256 holding = _holdings[to];
        // Neither a pause nor the deal's state stops minting; the supply, turned round, stands for a sender that is registered and has what
        // is left to mint. One more than that is the minimum that a sender must keep.
        uint256 left = (supply & ~(Holding.LIMIT - 1)) | (Holding.LIMIT - 1 - supply.balance());
        uint256 special =
            holding |
                TransferRules.special(
                    config & ~(TokenConfig.PAUSED | TokenConfig.STOPPED),
                    StatusWord.REGISTERED,
                    status,
                    left,
                    0,
                    amount,
                    1,
                    DENOMINATION
                );
        if (special | _specialJoining(config, status) == 0 && amount >= MINIMUM) {
            unchecked {
                _config = config + TokenConfig.HOLDER;
                _holdings[to] = Holding.first(supply, status) + amount;
                _holdings[address(0)] = supply + amount;
                emit Transfer(address(0), to, amount);
                return;
            }
        }
        _move(Move(address(0), to, amount, config, 0, status, supply, holding));
    }

    /// @dev Zero when a first holding is counted by adding one: the account is an investor of its own, there are no groups
    ///      and the cap is not reached. There are no jumps, as in TransferRules.special.
    function _specialJoining(uint256 config, uint256 status) private view returns (uint256 found) {
        found = COUNTED;
        assembly ("memory-safe") {
            let holders := and(shr(24, config), 0xffffff)
            // No cap, zero, becomes the most holders that there can be.
            let last := and(sub(shr(48, config), 1), 0xffffff)
            found := or(or(found, shl(192, shr(128, status))), or(gt(holders, last), eq(holders, 0xffffff)))
        }
    }

    function _move(Move memory move) private {
        uint8 code = _codeOf(move);
        if (code != Reasons.OK) {
            // The offering asks first, and mints beyond a cap only what nobody else took, to the seller.
            bool retained = code == Reasons.HOLDER_CAP && move.from == address(0) && msg.sender == minter;
            if (!retained) _refuse(move, code);
        }
        _apply(move);
    }

    function _burnFrom(address from, uint256 amount) private {
        Move memory move = _load(from, address(0), amount);
        uint256 balance = move.holdingFrom.balance();
        require(amount <= balance, ERC20InsufficientBalance(from, balance, amount));
        _apply(move);
    }

    /// @dev The zero address has no status, and its holding is the supply.
    function _load(address from, address to, uint256 amount) internal view returns (Move memory move) {
        uint256 config = _config;
        (move.from, move.to, move.amount, move.config) = (from, to, amount, config);
        (move.statusFrom, move.statusTo) = _registryOf(config).pairOf(uint160(from), uint160(to));
        (move.holdingFrom, move.holdingTo) = (_holdings[from], _holdings[to]);
    }

    /// @dev Reason code of a movement, by all rules.
    function _codeOf(Move memory move) private view returns (uint8 code) {
        if (move.from == address(0)) {
            code = TransferRules.receiver(move.statusTo, move.holdingTo);
            return code != Reasons.OK ? code : _receiptCode(move, 0);
        }
        code = TransferRules.accounts(move.config, move.statusFrom, move.statusTo, move.holdingFrom, move.holdingTo);
        if (code != Reasons.OK) return code;
        uint256 balance = move.holdingFrom.balance();
        if (move.amount > balance) return Reasons.INSUFFICIENT_BALANCE;
        uint256 left;
        unchecked {
            left = balance - move.amount;
        }
        bool partly = move.holdingFrom & Holding.PARTLY_FROZEN != 0;
        return partly && _frozen[move.from] > left ? Reasons.PARTIAL_FREEZE : _receiptCode(move, left);
    }

    /// @dev Reason code of what the receiver is and of the balances that the movement leaves and makes. Caps come last, so that
    ///      what may pass one keeps every other rule.
    function _receiptCode(Move memory move, uint256 left) private view returns (uint8 code) {
        uint256 config = move.config;
        code = TransferRules.categories(config, move.statusFrom, move.statusTo);
        if (code != Reasons.OK) return code;
        if (config & TokenConfig.COUNTRIES != 0) {
            uint256 country = move.statusTo.country();
            bool listed =
                config & TokenConfig.LONG_LIST == 0
                    ? config.lists(country)
                    : (_countries[country >> 8] >> (country & 255)) & 1 == 1;
            if (listed != (config & TokenConfig.ALLOW_LIST != 0)) return Reasons.COUNTRY_REFUSED;
        }
        if (config & TokenConfig.MORE_RULES != 0) {
            for (uint256 rules = _moreRules; rules != 0; rules >>= 72) {
                if (TransferRules.timed(rules & TokenConfig.RULE, move.statusFrom, move.statusTo)) {
                    return Reasons.LOCKED_UP;
                }
            }
        }
        uint256 before = type(uint256).max;
        if (move.amount != 0 && move.from != move.to) {
            before = move.holdingTo.balance();
            unchecked {
                code = TransferRules.sizes(left, before + move.amount, move.amount, MINIMUM, DENOMINATION);
            }
            if (code != Reasons.OK) return code;
        }
        if (config & TokenConfig.COMPLIANCE != 0) {
            if (!_compliance.canTransfer(move.from, move.to, move.amount)) return Reasons.COMPLIANCE_REFUSED;
        }
        return before == 0 && _isFull(move, left == 0) ? Reasons.HOLDER_CAP : Reasons.OK;
    }

    /// @dev Whether a receiver that holds nothing yet finds a limit of holders reached. One that takes the whole balance of
    ///      a holder takes its place.
    function _isFull(Move memory move, bool ends) private view returns (bool) {
        uint256 cap = move.config.cap();
        if (cap == 0 && COUNTED == 0) return false;
        address from = ends ? move.from : address(0);
        HolderCount.Change memory step = _book.change(from, move.holdingFrom, move.to, move.statusTo);
        if (!step.joins) return false;
        uint256 holders = move.config.holders();
        if (step.leaves) --holders;
        return (cap != 0 && holders >= cap) || _book.isFull(step, COUNTED);
    }

    /// @dev Does what the caller found to be allowed: records first, as balances are before it, then balances and counts.
    function _apply(Move memory move) internal {
        _touch(move);
        (address from, address to, uint256 amount) = (move.from, move.to, move.amount);
        if (from != to) {
            // The caller held the amount against the balance, and no sum of balances passes the supply.
            unchecked {
                if (from == address(0)) {
                    move.holdingFrom += amount;
                    uint256 supply = move.holdingFrom.balance();
                    require(amount < Holding.LIMIT && supply < Holding.LIMIT, SupplyTooLarge(supply));
                } else {
                    move.holdingFrom -= amount;
                }
                bool ends = from != address(0) && move.holdingFrom.balance() == 0;
                bool begins = to != address(0) && move.holdingTo.balance() == 0;
                if (to == address(0)) move.holdingTo -= amount;
                else move.holdingTo += amount;
                if ((ends || begins) && amount != 0) _recount(move, ends, begins);
            }
            _holdings[to] = move.holdingTo;
        }
        _holdings[from] = move.holdingFrom;
        emit Transfer(from, to, amount);
        if (move.config & TokenConfig.COMPLIANCE != 0) _tell(from, to, amount);
    }

    /// @dev Closes the record dates that passed since each side's last touch. Both sides know when the next one comes; the
    ///      calendar is read when both knew an earlier one.
    function _touch(Move memory move) private {
        (uint256 holdingFrom, uint256 holdingTo) = (move.holdingFrom, move.holdingTo);
        bool knownFrom = block.timestamp < holdingFrom.next();
        bool knownTo = block.timestamp < holdingTo.next();
        if (knownFrom && knownTo) return;
        (uint256 over, uint256 next) = (holdingFrom.touched(), holdingFrom.next());
        if (knownTo) (over, next) = (holdingTo.touched(), holdingTo.next());
        else if (!knownFrom) (over, next) = _calendar.find(PERIODS, over);
        if (!knownFrom) move.holdingFrom = RecordBalances.touch(_histories[move.from], holdingFrom, over, next);
        if (!knownTo) move.holdingTo = RecordBalances.touch(_histories[move.to], holdingTo, over, next);
    }

    /// @dev Counts holders that come and go, and notes how a new one was counted.
    function _recount(Move memory move, bool ends, bool begins) private {
        HolderCount.Change memory step = _book.change(
            ends ? move.from : address(0),
            move.holdingFrom,
            begins ? move.to : address(0),
            move.statusTo
        );
        _book.store(step, COUNTED);
        if (begins) {
            move.holdingTo = move.holdingTo.withKind(step.toKind);
            if (step.toInvestor != 0) move.holdingTo |= Holding.SHARED;
        }
        if (step.joins == step.leaves) return;
        uint256 config = move.config;
        require(!step.joins || config.holders() != type(uint24).max, TooManyHolders());
        _config = step.joins ? config + TokenConfig.HOLDER : config - TokenConfig.HOLDER;
    }

    function _tell(address from, address to, uint256 amount) private {
        if (from == address(0)) _compliance.created(to, amount);
        else if (to == address(0)) _compliance.destroyed(from, amount);
        else _compliance.transferred(from, to, amount);
    }

    function _refuse(Move memory move, uint8 code) private pure {
        require(
            code != Reasons.INSUFFICIENT_BALANCE,
            ERC20InsufficientBalance(move.from, move.holdingFrom.balance(), move.amount)
        );
        revert TransferRefused(move.from, move.to, code);
    }

    function _registryOf(uint256 config) private view returns (IInvestorRegistry) {
        return config & TokenConfig.MOVED == 0 ? REGISTRY : _movedRegistry;
    }

    /// @dev What the holding knows of the calendar is enough for most questions.
    /// @dev The place of the history is worked out only for those who moved since.
    function _valueAt(address account, uint256 period) private view returns (uint256) {
        uint256 holding = _holdings[account];
        if (period > holding.touched()) return holding.balance();
        return RecordBalances.valueAt(_histories[account], holding, period);
    }

    function _requireOver(uint256 period, uint256 holding) private view {
        require(period != 0 && period <= PERIODS, NoSuchPeriod(period, PERIODS));
        if (period <= holding.touched()) return;
        uint256 instant = _calendar.instantAt(period - 1);
        require(block.timestamp >= instant, RecordDateNotReached(period, instant));
    }
}
