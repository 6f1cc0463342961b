// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Reasons} from "../access/Reasons.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {ISubscription} from "./ISubscription.sol";
import {PositionBook} from "./PositionBook.sol";

/// @title Subscription
contract Subscription is ISubscription, AccessManaged, ReentrancyGuardTransient {
    using PositionBook for PositionBook.Book;
    using SafeERC20 for IERC20;

    /// @dev Base units of a tranche token (six decimals) in a cent of original face.
    uint256 private constant FACE_PER_CENT = 10_000;

    /// @inheritdoc ISubscription
    IERC20 public immutable cash;
    /// @inheritdoc ISubscription
    IInvestorRegistry public immutable registry;
    /// @inheritdoc ISubscription
    address public immutable seller;
    /// @inheritdoc ISubscription
    uint40 public immutable deadline;

    /// @inheritdoc ISubscription
    Phase public phase;
    /// @inheritdoc ISubscription
    IDealVault public vault;
    uint256 private _unit;
    uint256[] private _targets;
    mapping(uint256 tranche => uint256) private _raised;
    PositionBook.Book private _book;
    /// @dev Cash of positions that ended before closing. Those that end by failure are counted in `refund`.
    mapping(address account => uint256) private _released;

    modifier inPhase(Phase expected) {
        require(phase == expected, WrongPhase(phase));
        _;
    }

    constructor(OfferTerms memory terms) AccessManaged(terms.authority) {
        require(terms.seller != address(0) && address(terms.registry) != address(0), ZeroAddress());
        require(terms.deadline > block.timestamp, DeadlinePassed(terms.deadline));
        cash = terms.cash;
        registry = terms.registry;
        seller = terms.seller;
        deadline = terms.deadline;
    }

    /// @inheritdoc ISubscription
    function open(IDealVault vault_) external restricted inPhase(Phase.Drafted) {
        bool mine =
            vault_.offering() == address(this) &&
                address(vault_.cash()) == address(cash) &&
                address(vault_.registry()) == address(registry);
        require(mine && !vault_.isOpen(), VaultMismatch(address(vault_)));
        phase = Phase.Open;
        vault = vault_;
        _unit = vault_.unit();
        ITrancheToken[] memory tokens = vault_.tokens();
        uint256 proceeds;
        for (uint256 i; i < tokens.length; ++i) {
            bool fresh = tokens[i].minter() == address(this) && tokens[i].totalSupply() == 0;
            require(fresh && address(tokens[i].registry()) == address(registry), VaultMismatch(address(vault_)));
            uint256 first = tokens[i].recordDates()[0];
            require(first > deadline, RecordDateBeforeClosing(i, first, deadline));
            uint256 amount = vault_.originalBalance(i) * _unit;
            _targets.push(amount);
            proceeds += amount;
        }
        uint256 funding = vault_.initialFunding();
        require(funding <= proceeds, FundingExceedsProceeds(funding, proceeds));
        emit OfferOpened(address(vault_), _targets);
    }

    /// @inheritdoc ISubscription
    function subscribe(uint256 tranche, uint256 amount) external nonReentrant inPhase(Phase.Open) {
        require(block.timestamp <= deadline, DeadlinePassed(deadline));
        require(tranche < _targets.length, NoSuchTranche(tranche));
        require(amount != 0 && amount % _unit == 0, AmountNotWholeCents(amount, _unit));
        uint8 code = registry.canReceive(msg.sender);
        require(code == Reasons.OK, SubscriberRefused(msg.sender, code));
        uint256 left = _targets[tranche] - _raised[tranche];
        require(amount <= left, Oversubscribed(tranche, left));
        _raised[tranche] += amount;
        _book.add(msg.sender, tranche, amount);
        emit Subscribed(msg.sender, tranche, amount);
        uint256 before = cash.balanceOf(address(this));
        cash.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = cash.balanceOf(address(this)) - before;
        require(received == amount, CashNotReceived(amount, received));
    }

    /// @inheritdoc ISubscription
    function withdraw(uint256 tranche) external inPhase(Phase.Open) {
        _release(msg.sender, tranche);
    }

    /// @inheritdoc ISubscription
    function removeSubscriber(address account, uint256 tranche) external restricted inPhase(Phase.Open) {
        require(registry.canReceive(account) != Reasons.OK, SubscriberAdmitted(account));
        _release(account, tranche);
    }

    /// @inheritdoc ISubscription
    function close() external restricted nonReentrant inPhase(Phase.Open) {
        require(block.timestamp <= deadline, DeadlinePassed(deadline));
        uint256 proceeds;
        for (uint256 i; i < _targets.length; ++i) {
            require(_raised[i] == _targets[i], NotFullySubscribed(i, _targets[i] - _raised[i]));
            proceeds += _targets[i];
        }
        phase = Phase.Closed;
        uint256 funding = vault.initialFunding();
        emit OfferClosed(address(vault), funding, proceeds - funding);
        _mintAll();
        cash.forceApprove(address(vault), funding);
        vault.open();
        cash.safeTransfer(seller, proceeds - funding);
    }

    /// @inheritdoc ISubscription
    function fail() external {
        require(block.timestamp > deadline, DeadlineNotPassed(deadline));
        _fail();
    }

    /// @inheritdoc ISubscription
    function cancel() external restricted {
        _fail();
    }

    /// @inheritdoc ISubscription
    function refund(address account) external nonReentrant returns (uint256 amount) {
        if (phase == Phase.Failed) {
            for (uint256 i; i < _targets.length; ++i) {
                if (_book.amountOf(account, i) != 0) _release(account, i);
            }
        }
        amount = _released[account];
        require(amount != 0, NothingToRefund(account));
        _released[account] = 0;
        emit Refunded(account, amount);
        cash.safeTransfer(account, amount);
    }

    /// @inheritdoc ISubscription
    function refundable(address account) external view returns (uint256 amount) {
        amount = _released[account];
        if (phase != Phase.Failed) return amount;
        for (uint256 i; i < _targets.length; ++i) {
            amount += _book.amountOf(account, i);
        }
    }

    /// @inheritdoc ISubscription
    function subscribed(address account, uint256 tranche) external view returns (uint256) {
        return _book.amountOf(account, tranche);
    }

    /// @inheritdoc ISubscription
    function positions() external view returns (Position[] memory) {
        return _book.list;
    }

    /// @inheritdoc ISubscription
    function target(uint256 tranche) external view returns (uint256) {
        require(tranche < _targets.length, NoSuchTranche(tranche));
        return _targets[tranche];
    }

    /// @inheritdoc ISubscription
    function raised(uint256 tranche) external view returns (uint256) {
        return _raised[tranche];
    }

    function _release(address account, uint256 tranche) private {
        uint256 amount = _book.remove(account, tranche);
        _raised[tranche] -= amount;
        _released[account] += amount;
        emit SubscriptionWithdrawn(account, tranche, amount);
    }

    function _fail() private {
        require(phase == Phase.Drafted || phase == Phase.Open, WrongPhase(phase));
        phase = Phase.Failed;
        emit OfferFailed();
    }

    function _mintAll() private {
        ITrancheToken[] memory tokens = vault.tokens();
        for (uint256 i; i < _book.list.length; ++i) {
            Position memory position = _book.list[i];
            uint8 code = registry.canReceive(position.account);
            require(code == Reasons.OK, SubscriberRefused(position.account, code));
            tokens[position.tranche].mint(position.account, (position.amount / _unit) * FACE_PER_CENT);
        }
    }
}
