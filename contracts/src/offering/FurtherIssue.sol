// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Reasons} from "../access/Reasons.sol";
import {IDealControl} from "../control/IDealControl.sol";
import {IInvestorRegistry} from "../registry/IInvestorRegistry.sol";
import {StatusWord} from "../registry/StatusWord.sol";
import {ITokenTerms} from "../token/ITokenTerms.sol";
import {ITrancheToken} from "../token/ITrancheToken.sol";
import {IAmendments} from "../vault/IAmendments.sol";
import {IDealVault} from "../vault/IDealVault.sol";
import {Allotments} from "./Allotments.sol";
import {IFurtherIssue} from "./IFurtherIssue.sol";
import {ISubscription} from "./ISubscription.sol";
import {PositionBook} from "./PositionBook.sol";

/// @title FurtherIssue
contract FurtherIssue is IFurtherIssue, ReentrancyGuardTransient {
    using Allotments for Allotments.Allotment;
    using PositionBook for PositionBook.Book;
    using SafeERC20 for IERC20;

    /// @dev Base units of a tranche token (six decimals) in a cent of original face.
    uint256 private constant FACE_PER_CENT = 10_000;
    /// @dev Notes of so many subscribers are minted, and all of them owed a refund, for less than the 2^24 gas that EIP-7825 lets
    ///      a transaction use.
    uint256 private constant MOST_SUBSCRIBERS = 100;

    /// @inheritdoc IFurtherIssue
    IERC20 public immutable cash;
    /// @inheritdoc IFurtherIssue
    uint256 public immutable lotCost;
    IInvestorRegistry private immutable REGISTRY;
    IDealControl private immutable CONTROL;
    ITrancheToken private immutable TOKEN;

    IssueTerms private _terms;
    /// @inheritdoc IFurtherIssue
    Phase public phase;
    /// @inheritdoc IFurtherIssue
    uint256 public raised;
    PositionBook.Book private _book;
    mapping(uint256 investor => uint256) private _byInvestor;
    /// @dev Cash of positions that ended, or were not allotted. What a failed issue owes is counted in `refund`.
    mapping(address account => uint256) private _released;
    Allotments.Allotment private _allotment;

    modifier inPhase(Phase expected) {
        require(phase == expected, WrongPhase(phase));
        _;
    }

    modifier onlyIssuer() {
        require(msg.sender == _terms.issuer, CallerRefused(msg.sender));
        _;
    }

    constructor(IssueTerms memory given) {
        IDealVault vault = given.vault;
        require(vault.isOpen(), IDealVault.NotOpen());
        ITrancheToken[] memory tokens = vault.tokens();
        require(given.tranche < tokens.length, IDealVault.NoSuchTranche(given.tranche));
        TOKEN = tokens[given.tranche];
        _requireSizes(given);
        _requireTimes(given);
        require(given.issuer != address(0), TermsInvalid("issuer"));
        require(given.seller != address(0), TermsInvalid("seller"));
        require(given.price != 0, TermsInvalid("price"));
        cash = vault.cash();
        REGISTRY = vault.registry();
        CONTROL = vault.control();
        lotCost = (uint256(given.price) + given.accrued) * vault.unit();
        _terms = given;
    }

    /// @inheritdoc IFurtherIssue
    function subscribe(uint256 lots) external nonReentrant {
        _subscribe(lots);
    }

    /// @inheritdoc IFurtherIssue
    function subscribeWithPermit(uint256 lots, ISubscription.Permit calldata permit) external nonReentrant {
        IERC20Permit token = IERC20Permit(address(cash));
        uint256 amount = lots * lotCost;
        // Whoever brings the permit first leaves the same allowance; without one the transfer says so.
        try token.permit(msg.sender, address(this), amount, permit.deadline, permit.v, permit.r, permit.s) {} catch {}
        _subscribe(lots);
    }

    /// @inheritdoc IFurtherIssue
    function withdraw() external inPhase(Phase.Open) {
        _release(msg.sender);
    }

    /// @inheritdoc IFurtherIssue
    function removeSubscriber(address account) external onlyIssuer inPhase(Phase.Open) {
        _release(account);
    }

    /// @inheritdoc IFurtherIssue
    function complete(IAmendments.Amendment calldata amendment) external nonReentrant onlyIssuer inPhase(Phase.Open) {
        IssueTerms memory its = _terms;
        require(block.timestamp >= its.issueDate, BeforeIssueDate(its.issueDate));
        require(block.timestamp <= its.deadline, DeadlinePassed(its.deadline));
        if (raised < its.lots) revert BelowSize(its.lots - raised);
        phase = Phase.Issuing;
        CONTROL.applyIssue(amendment);
        // Set by `mintNotes`, without which the control has not raised the class.
        require(phase == Phase.Completed, WrongPhase(phase));
        uint256 proceeds = its.lots * lotCost;
        emit IssueCompleted(uint256(its.lots) * its.lot, proceeds);
        cash.safeTransfer(its.seller, proceeds);
    }

    /// @inheritdoc IFurtherIssue
    function mintNotes() external inPhase(Phase.Issuing) {
        require(msg.sender == address(CONTROL), CallerRefused(msg.sender));
        phase = Phase.Completed;
        // At most `maximum`, which has 64 bits.
        _allotment = Allotments.Allotment(_terms.lots, uint128(raised));
        ISubscription.Position[] memory list = _book.list;
        for (uint256 i; i < list.length; ++i) _allot(list[i]);
    }

    /// @inheritdoc IFurtherIssue
    function fail() external inPhase(Phase.Open) {
        if (msg.sender != _terms.issuer && block.timestamp <= _terms.deadline) {
            (bytes32 proposal, ) = CONTROL.issueOf(address(this));
            // Nobody subscribes before the control agrees: what was subscribed was agreed to.
            require(proposal == 0 && raised != 0, StillAgreed(proposal));
        }
        phase = Phase.Failed;
        emit IssueFailed();
    }

    /// @inheritdoc IFurtherIssue
    function refund(address account) external nonReentrant returns (uint256 amount) {
        if (phase == Phase.Failed && subscribed(account) != 0) _release(account);
        amount = _released[account];
        require(amount != 0, NothingToRefund(account));
        _released[account] = 0;
        // A lapsed admission keeps nobody's own cash; a lost wallet's goes where its replacement's goes.
        (, address to, ) = REGISTRY.payoutOf(account);
        emit Refunded(account, to, amount);
        cash.safeTransfer(to, amount);
    }

    /// @inheritdoc IFurtherIssue
    function refundable(address account) external view returns (uint256 amount) {
        amount = _released[account];
        if (phase == Phase.Failed) amount += subscribed(account) * lotCost;
    }

    /// @inheritdoc IFurtherIssue
    function positions(uint256 from, uint256 most) external view returns (ISubscription.Position[] memory) {
        return _book.page(from, most);
    }

    /// @inheritdoc IFurtherIssue
    function terms() external view returns (IssueTerms memory) {
        return _terms;
    }

    /// @inheritdoc IFurtherIssue
    function issued() external view returns (IDealVault vault, uint256 tranche, uint32 fromPeriod, uint256 face) {
        IssueTerms memory its = _terms;
        return (its.vault, its.tranche, its.fromPeriod, uint256(its.lots) * its.lot);
    }

    /// @inheritdoc IFurtherIssue
    function subscribed(address account) public view returns (uint256) {
        return phase == Phase.Completed ? 0 : _book.amountOf(account, _terms.tranche);
    }

    function _subscribe(uint256 lots) private inPhase(Phase.Open) {
        IssueTerms memory its = _terms;
        require(block.timestamp <= its.deadline, DeadlinePassed(its.deadline));
        (, uint256 readyAt) = CONTROL.issueOf(address(this));
        require(readyAt != 0, NotAgreed());
        require(lots != 0, NoLots());
        uint8 code = REGISTRY.canReceive(msg.sender);
        require(code == Reasons.OK, SubscriberRefused(msg.sender, code));
        uint256 left = its.maximum - raised;
        require(lots <= left, Oversubscribed(left));
        raised += lots;
        // The registry's field has 64 bits, and `lots` is at most `maximum`.
        uint64 now_ = uint64(StatusWord.investor(REGISTRY.statusOf(msg.sender)));
        uint64 kept = _book.add(ISubscription.Position(msg.sender, its.tranche, uint128(lots), now_));
        require(_book.list.length <= MOST_SUBSCRIBERS, TooManySubscribers(MOST_SUBSCRIBERS));
        uint256 investor = _investorKey(msg.sender, kept);
        uint256 already = _byInvestor[investor];
        uint256 limit = its.perInvestor == 0 ? type(uint256).max : its.perInvestor;
        require(lots <= limit - already, InvestorLimit(limit - already));
        _byInvestor[investor] = already + lots;
        emit Subscribed(msg.sender, lots, lots * lotCost);
        _receive(lots * lotCost);
    }

    function _release(address account) private {
        ISubscription.Position memory position = _book.remove(account, _terms.tranche);
        uint256 lots = position.amount;
        raised -= lots;
        _byInvestor[_investorKey(account, position.investor)] -= lots;
        _released[account] += lots * lotCost;
        emit SubscriptionWithdrawn(account, lots, lots * lotCost);
    }

    /// @dev Mints what a position gets and releases the rest. An account that the token refuses stops everything: the issuer
    ///      removes it, and completes again.
    function _allot(ISubscription.Position memory position) private {
        uint256 lots = _allotment.next(position.amount);
        uint256 refunded = (position.amount - lots) * lotCost;
        if (refunded != 0) _released[position.account] += refunded;
        emit Allotted(position.account, lots, refunded);
        if (lots != 0) TOKEN.mint(position.account, _faceOf(lots));
    }

    /// @dev Takes cash that the caller approved, and sees that all of it came.
    function _receive(uint256 amount) private {
        uint256 before = cash.balanceOf(address(this));
        cash.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = cash.balanceOf(address(this)) - before;
        require(received == amount, CashNotReceived(amount, received));
    }

    /// @dev Base units of the token in so many lots.
    function _faceOf(uint256 lots) private view returns (uint256) {
        return lots * _terms.lot * FACE_PER_CENT;
    }

    /// @dev What is allotted is whole lots and never less than one.
    function _requireSizes(IssueTerms memory given) private view {
        (uint256 minimum, uint256 denomination) = ITokenTerms(address(TOKEN)).sizes();
        uint256 lot = uint256(given.lot) * FACE_PER_CENT;
        require(lot != 0 && lot >= minimum && lot % denomination == 0, TermsInvalid("lot"));
        require(given.lots != 0, TermsInvalid("lots"));
        require(given.maximum >= given.lots, TermsInvalid("maximum"));
    }

    /// @dev The new notes are issued between two record dates, and their coupon begins with the last payment date.
    function _requireTimes(IssueTerms memory given) private view {
        uint256 period = given.fromPeriod;
        // Reverts for a period that the vault does not have.
        given.vault.paymentDate(period);
        bool inTime = given.deadline > block.timestamp && given.deadline >= given.issueDate;
        require(inTime && given.deadline < TOKEN.recordDates()[period - 1], TermsInvalid("deadline"));
        if (period == 1) return;
        uint256 last = given.vault.paymentDate(period - 1);
        require(given.issueDate >= last, TermsInvalid("issueDate"));
        require(given.accrued == 0 || given.issueDate != last, TermsInvalid("accrued"));
    }

    /// @dev All wallets of an investor count together, by the number that it had when it subscribed.
    function _investorKey(address account, uint64 investor) private pure returns (uint256) {
        return investor == 0 ? uint160(account) : uint256(investor) << 160;
    }
}
