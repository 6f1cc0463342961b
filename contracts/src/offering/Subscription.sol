// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Reasons} from "../access/Reasons.sol";
import {IReserveAttestor} from "../collateral/IReserveAttestor.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {StatusWord} from "../registry/StatusWord.sol";
import {ITokenTerms} from "../token/ITokenTerms.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {Allotments} from "./Allotments.sol";
import {ISubscription} from "./ISubscription.sol";
import {PositionBook} from "./PositionBook.sol";

/// @title Subscription
contract Subscription is ISubscription, AccessManaged, ReentrancyGuardTransient {
    using Allotments for Allotments.Allotment;
    using PositionBook for PositionBook.Book;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev Base units of a tranche token (six decimals) in a cent of original face.
    uint256 private constant FACE_PER_CENT = 10_000;
    uint40 private constant CLOSING_TIME = 7 days;

    /// @inheritdoc ISubscription
    IERC20 public immutable cash;
    /// @inheritdoc ISubscription
    IInvestorRegistry public immutable registry;
    /// @inheritdoc ISubscription
    IReserveAttestor public immutable attestor;
    /// @inheritdoc ISubscription
    address public immutable seller;
    /// @inheritdoc ISubscription
    uint40 public immutable deadline;

    /// @inheritdoc ISubscription
    Phase public phase;
    /// @inheritdoc ISubscription
    IDealVault public vault;
    /// @inheritdoc ISubscription
    uint40 public closingDeadline;
    uint256 private _unit;
    TrancheOffer[] private _offers;
    /// @dev Sizes of the tranches in base units of cash.
    uint256[] private _targets;
    mapping(uint256 tranche => uint256) private _raised;
    mapping(uint256 tranche => mapping(uint256 investor => uint256)) private _byInvestor;
    PositionBook.Book private _book;
    /// @dev Cash of positions that ended before closing, or were not allotted. What a failed offer owes is counted in `refund`.
    mapping(address account => uint256) private _released;

    mapping(uint256 tranche => Allotments.Allotment) private _allotments;
    /// @dev Positions before this index are allotted.
    uint256 private _allotted;
    /// @dev Cash of the notes that were allotted.
    uint256 private _proceeds;

    modifier inPhase(Phase expected) {
        require(phase == expected, WrongPhase(phase));
        _;
    }

    constructor(OfferTerms memory terms) AccessManaged(terms.authority) {
        require(terms.seller != address(0) && address(terms.registry) != address(0), ZeroAddress());
        require(terms.deadline > block.timestamp, DeadlinePassed(terms.deadline));
        cash = terms.cash;
        registry = terms.registry;
        attestor = terms.attestor;
        seller = terms.seller;
        deadline = terms.deadline;
        for (uint256 i; i < terms.tranches.length; ++i) _offers.push(terms.tranches[i]);
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
        closingDeadline = type(uint40).max;
        _unit = vault_.unit();
        ITrancheToken[] memory tokens = vault_.tokens();
        require(tokens.length == _offers.length, TrancheCount(tokens.length, _offers.length));
        uint256 proceeds;
        for (uint256 i; i < tokens.length; ++i) {
            bool fresh = tokens[i].minter() == address(this) && tokens[i].totalSupply() == 0;
            require(fresh && address(tokens[i].registry()) == address(registry), VaultMismatch(address(vault_)));
            uint40 first = tokens[i].recordDates()[0];
            require(first > deadline, RecordDateBeforeClosing(i, first, deadline));
            if (first <= closingDeadline) closingDeadline = first - 1;
            ITokenTerms(address(tokens[i])).setStopped(true);
            uint256 size = vault_.originalBalance(i);
            TrancheOffer memory offer = _offers[i];
            bool held = offer.minimum <= size && size <= offer.maximum && offer.lot != 0;
            require(held && size % offer.lot == 0 && _mintable(tokens[i], offer.lot), TrancheTermsInvalid(i, size));
            _targets.push(size * _unit);
            proceeds += size * _unit;
        }
        uint256 funding = vault_.initialFunding();
        require(funding <= proceeds, FundingExceedsProceeds(funding, proceeds));
        emit OfferOpened(address(vault_), _targets);
    }

    /// @inheritdoc ISubscription
    function subscribe(uint256 tranche, uint256 amount) external nonReentrant {
        _subscribe(tranche, amount);
    }

    /// @inheritdoc ISubscription
    function subscribeWithPermit(uint256 tranche, uint256 amount, Permit calldata permit) external nonReentrant {
        IERC20Permit token = IERC20Permit(address(cash));
        // Whoever brings the permit first leaves the same allowance; without one the transfer says so.
        try token.permit(msg.sender, address(this), amount, permit.deadline, permit.v, permit.r, permit.s) {} catch {}
        _subscribe(tranche, amount);
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
    function close(uint256 most) external restricted nonReentrant inPhase(Phase.Open) {
        require(block.timestamp <= deadline, DeadlinePassed(deadline));
        uint256 face;
        for (uint256 i; i < _targets.length; ++i) {
            TrancheOffer memory offer = _offers[i];
            uint256 least = offer.minimum * _unit;
            if (_raised[i] < least) revert BelowMinimum(i, least - _raised[i]);
            uint256 lot = offer.lot * _unit;
            _allotments[i] = Allotments.Allotment((_targets[i] / lot).toUint128(), (_raised[i] / lot).toUint128());
            face += _targets[i] / _unit;
        }
        if (address(attestor) != address(0)) attestor.requireCovered(address(vault), face);
        phase = Phase.Closing;
        uint256 last = block.timestamp + CLOSING_TIME;
        // Below what was there, which fits.
        if (last < closingDeadline) closingDeadline = uint40(last);
        emit ClosingBegun(address(vault), closingDeadline);
        _allot(most);
    }

    /// @inheritdoc ISubscription
    function allot(uint256 most) external nonReentrant inPhase(Phase.Closing) {
        require(block.timestamp <= closingDeadline, DeadlinePassed(closingDeadline));
        _allot(most);
    }

    /// @inheritdoc ISubscription
    function fail() external {
        uint40 last = phase == Phase.Closing ? closingDeadline : deadline;
        require(block.timestamp > last, DeadlineNotPassed(last));
        _fail();
    }

    /// @inheritdoc ISubscription
    function cancel() external restricted {
        require(phase != Phase.Closing, WrongPhase(phase));
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
        // A lapsed admission keeps nobody's own cash; a lost wallet's goes where its replacement's goes.
        (, address to, ) = registry.payoutOf(account);
        emit Refunded(account, to, amount);
        cash.safeTransfer(to, amount);
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
    function positions(uint256 from, uint256 most) external view returns (Position[] memory) {
        return _book.page(from, most);
    }

    /// @inheritdoc ISubscription
    function progress() external view returns (uint256 all, uint256 allotted) {
        return (_book.list.length, _allotted);
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

    /// @inheritdoc ISubscription
    function trancheOffer(uint256 tranche) external view returns (TrancheOffer memory) {
        require(tranche < _offers.length, NoSuchTranche(tranche));
        return _offers[tranche];
    }

    function _subscribe(uint256 tranche, uint256 amount) private inPhase(Phase.Open) {
        require(block.timestamp <= deadline, DeadlinePassed(deadline));
        require(tranche < _targets.length, NoSuchTranche(tranche));
        TrancheOffer memory offer = _offers[tranche];
        uint256 lot = offer.lot * _unit;
        require(amount != 0 && amount % lot == 0, AmountNotWholeLots(amount, lot));
        uint8 code = registry.canReceive(msg.sender);
        require(code == Reasons.OK, SubscriberRefused(msg.sender, code));
        uint256 left = offer.maximum * _unit - _raised[tranche];
        require(amount <= left, Oversubscribed(tranche, left));
        _raised[tranche] += amount;
        // The caller has checked the tranche against a list.
        Position memory position = Position(msg.sender, uint96(tranche), amount.toUint128(), _investorNow(msg.sender));
        uint256 investor = _investorKey(msg.sender, _book.add(position));
        uint256 already = _byInvestor[tranche][investor];
        uint256 limit = offer.perInvestor == 0 ? type(uint256).max : offer.perInvestor * _unit;
        require(already + amount <= limit, InvestorLimit(tranche, limit - already));
        _byInvestor[tranche][investor] = already + amount;
        emit Subscribed(msg.sender, tranche, amount);
        _receive(msg.sender, amount);
    }

    function _release(address account, uint256 tranche) private {
        Position memory position = _book.remove(account, tranche);
        uint256 amount = position.amount;
        _raised[tranche] -= amount;
        _byInvestor[tranche][_investorKey(account, position.investor)] -= amount;
        _released[account] += amount;
        emit SubscriptionWithdrawn(account, tranche, amount);
    }

    function _fail() private {
        require(phase != Phase.Closed && phase != Phase.Failed, WrongPhase(phase));
        phase = Phase.Failed;
        emit OfferFailed();
    }

    /// @dev Allots the next positions, and finishes the closing with the last of them.
    function _allot(uint256 most) private {
        ITrancheToken[] memory tokens = vault.tokens();
        uint256 all = _book.list.length;
        uint256 next = _allotted;
        uint256 end = all - next < most ? all : next + most;
        uint256 proceeds = _proceeds;
        for (; next < end; ++next) {
            Position memory position = _book.list[next];
            uint256 paid = _allotOne(tokens[position.tranche], position);
            proceeds += paid;
            if (paid != position.amount) _reduce(next, position, paid);
        }
        _allotted = end;
        _proceeds = proceeds;
        if (end == all) _finish(tokens);
    }

    /// @dev Mints what a position gets; returns the cash of the notes. The token is asked first: one that an agent froze, or
    ///      that a rule of the token refuses, must not hold up all others, and what it does not get is the seller's.
    function _allotOne(ITrancheToken token, Position memory position) private returns (uint256 paid) {
        uint256 lot = _offers[position.tranche].lot * _unit;
        uint256 granted = _allotments[position.tranche].next(position.amount / lot) * lot;
        uint256 face = _faceOf(granted);
        uint8 code = token.transferCode(address(0), position.account, face);
        if (code == Reasons.OK) paid = granted;
        if (paid != 0) token.mint(position.account, face);
        emit Allotted(position.account, position.tranche, paid, position.amount - paid, code);
    }

    /// @dev Of a position stays what was paid for notes, which is refunded if closing fails; the rest is released at once.
    function _reduce(uint256 index, Position memory position, uint256 paid) private {
        _book.reduceTo(index, paid);
        _raised[position.tranche] -= position.amount - paid;
        _released[position.account] += position.amount - paid;
    }

    /// @dev The seller keeps what is left, whatever the caps on holders: they count those to whom notes are sold, and a cap
    ///      that others fill must not keep the deal from closing. Then the vault is funded and opened, transfers begin, and the
    ///      seller is paid. Where so many notes stayed with the seller that the others do not pay for the funding, it brings
    ///      what is missing.
    function _finish(ITrancheToken[] memory tokens) private {
        for (uint256 i; i < tokens.length; ++i) {
            uint256 left = _faceOf(_targets[i]) - tokens[i].totalSupply();
            if (left == 0) continue;
            uint8 code = tokens[i].transferCode(address(0), seller, left);
            require(code == Reasons.OK || code == Reasons.HOLDER_CAP, SellerRefused(seller, code));
            tokens[i].mint(seller, left);
            emit Retained(seller, i, (left / FACE_PER_CENT) * _unit);
        }
        uint256 funding = vault.initialFunding();
        uint256 proceeds = _proceeds;
        phase = Phase.Closed;
        if (proceeds < funding) {
            bool granted = cash.allowance(seller, address(this)) >= funding - proceeds;
            require(granted, FundingExceedsProceeds(funding, proceeds));
            _receive(seller, funding - proceeds);
            proceeds = funding;
        }
        emit OfferClosed(address(vault), funding, proceeds - funding);
        cash.forceApprove(address(vault), funding);
        vault.open();
        for (uint256 i; i < tokens.length; ++i) ITokenTerms(address(tokens[i])).setStopped(false);
        if (proceeds != funding) cash.safeTransfer(seller, proceeds - funding);
    }

    /// @dev Takes cash that an account approved, and sees that all of it came.
    function _receive(address from, uint256 amount) private {
        uint256 before = cash.balanceOf(address(this));
        cash.safeTransferFrom(from, address(this), amount);
        uint256 received = cash.balanceOf(address(this)) - before;
        require(received == amount, CashNotReceived(amount, received));
    }

    /// @dev Base units of the token that so much cash buys.
    function _faceOf(uint256 amount) private view returns (uint256) {
        return (amount / _unit) * FACE_PER_CENT;
    }

    /// @dev Whether the token can be minted by the lot: what is allotted, or left to the seller, is never less.
    function _mintable(ITrancheToken token, uint256 lot) private view returns (bool) {
        (uint256 minimum, uint256 denomination) = ITokenTerms(address(token)).sizes();
        return lot * FACE_PER_CENT >= minimum && (lot * FACE_PER_CENT) % denomination == 0;
    }

    /// @dev All wallets of an investor count together. The number is kept with the position: an account that is entered
    ///      anew meanwhile must still get back what it paid in.
    function _investorKey(address account, uint64 investor) private pure returns (uint256) {
        return investor == 0 ? uint160(account) : uint256(investor) << 160;
    }

    function _investorNow(address account) private view returns (uint64) {
        // The word's field has 64 bits.
        return uint64(StatusWord.investor(registry.statusOf(account)));
    }
}
