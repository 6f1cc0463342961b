// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Reasons} from "../access/Reasons.sol";
import {ISignerSet} from "../control/ISignerSet.sol";
import {Parties} from "../control/Parties.sol";
import {Frame, Frames} from "../program/Frame.sol";
import {WaterfallVM} from "../program/WaterfallVM.sol";

import {Amendments} from "./Amendments.sol";
import {IDealVault} from "./IDealVault.sol";
import {IStoppable} from "./IStoppable.sol";
import {PackedWords} from "./PackedWords.sol";
import {ReportBook} from "./ReportBook.sol";
import {SinkWords} from "./SinkWords.sol";
import {VaultState} from "./VaultState.sol";
import {VaultTerms} from "./VaultTerms.sol";

/// @title DealVault: cash and settlement of one deal
contract DealVault is Amendments {
    using Frames for Frame;
    using PackedWords for uint256[];
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev Base units of a tranche token (six decimals) in a cent of original face.
    uint256 private constant FACE_PER_CENT = 10_000;

    uint256[] private _originalBalances;
    /// @dev The last tape's root with every bit turned over, so that the word never is zero: leaving zero would cost the first
    ///      settlement, and one after a report without a tape, a fourteenth of its gas.
    bytes32 private _turnedRoot = ~bytes32(0);

    constructor(DealTerms memory terms) VaultTerms(terms) VaultState(terms) ReportBook(terms.disputeDelay) {
        for (uint256 i; i < terms.tokens.length; ++i) {
            _originalBalances.push(terms.initialState[_inForce.accounts + i]);
        }
    }

    /// @inheritdoc IDealVault
    function open() external nonReentrant {
        require(msg.sender == offering && _status.flags & OPEN == 0, OpeningRefused(msg.sender));
        for (uint256 i; i < _tokens.length; ++i) {
            uint256 face = _originalBalances[i] * FACE_PER_CENT;
            uint256 supply = _tokens[i].totalSupply();
            require(supply == face, SupplyMismatch(i, face, supply));
        }
        _status.flags |= OPEN;
        emit Opened(stateHash(), state());
        _receive(initialFunding());
    }

    /// @inheritdoc IDealVault
    function deposit(uint256 amount) external nonReentrant {
        _requireRunning();
        control.requireParty(msg.sender, Parties.SERVICER | Parties.TRUSTEE);
        // Reverts after the last period, when nothing would ever pay a deposit out.
        paymentDate(_nextPeriod());
        require(amount != 0 && amount % unit == 0, DepositNotWholeCents(amount, unit));
        uint256 pending = _status.pending + amount / unit;
        _status.pending = pending.toUint64();
        emit Deposited(msg.sender, amount, pending * unit);
        _receive(amount);
    }

    /// @inheritdoc IDealVault
    function settle(ServicerReport calldata report, bytes32 expectedResultHash) external nonReentrant {
        (Frame memory frame, bytes32 digest) = _prepare(report);
        uint256 held = _status.pending;
        (uint256 kept, uint256 paid) = _run(frame, held);
        uint256 remittance = frame.remittance();
        require(held == remittance, DepositDiffers(remittance, held));
        _finish(report, frame, Outcome(digest, expectedResultHash, false, held, kept, paid));
    }

    /// @inheritdoc IDealVault
    function settleJointly(
        ServicerReport calldata report,
        JointSettlement calldata joint,
        ISignerSet.Signature[] calldata signatures,
        bytes32 expectedResultHash
    ) external nonReentrant {
        (Frame memory frame, bytes32 digest) = _prepare(report);
        uint256 held = _status.pending;
        require(joint.reportDigest == digest && joint.cashHeld == held, JointSettlementDiffers(digest, held));
        _requireJoint(jointDigest(joint), signatures);
        (uint256 kept, uint256 paid) = _run(frame, held);
        _finish(report, frame, Outcome(digest, expectedResultHash, true, held, kept, paid));
    }

    /// @inheritdoc IDealVault
    function simulate(
        uint256[] calldata inputs,
        uint256 depositCents
    )
        external
        view
        returns (uint256[] memory slots, uint256[] memory transfers, bytes32 resultHash, bytes32 newStateHash)
    {
        Frame memory frame = _load(_nextPeriod(), inputs);
        _run(frame, depositCents);
        return (frame.allSlots(), frame.transferLog(), frame.resultHash(), frame.stateHash());
    }

    /// @inheritdoc IDealVault
    function withdraw(uint256 payee) external nonReentrant returns (uint256 amount) {
        require(payee < _payees.length, NoSuchPayee(payee));
        uint256 cents = _owed.get(payee);
        require(cents != 0, NothingOwed(payee));
        Payee memory to = _payees[payee];
        uint8 code = to.mustBeRegistered ? registry.canReceive(to.to) : Reasons.OK;
        require(code == Reasons.OK, PayeeRefused(to.to, code));
        _owed.set(payee, 0);
        // The sum of what all payees are owed has 64 bits, so each has.
        _status.owed -= uint64(cents);
        amount = cents * unit;
        emit Withdrawn(payee, to.to, amount);
        cash.safeTransfer(to.to, amount);
    }

    /// @inheritdoc IDealVault
    function liabilities() public view returns (uint256) {
        return (_accountCents() + _status.pending + _status.owed) * unit;
    }

    /// @inheritdoc IDealVault
    function pendingDeposit() external view returns (uint256) {
        return _status.pending * unit;
    }

    /// @inheritdoc IDealVault
    function owed(uint256 payee) external view returns (uint256) {
        return _owed.get(payee) * unit;
    }

    /// @inheritdoc IStoppable
    function setStopped(bool stopped_) external {
        require(msg.sender == address(control), NotControl(msg.sender));
        bool is_ = _status.flags & STOPPED != 0;
        require(is_ != stopped_, StoppedAlready(is_));
        _status.flags ^= STOPPED;
        emit StoppedSet(stopped_);
    }

    /// @inheritdoc IDealVault
    function initialFunding() public view returns (uint256) {
        require(_status.period == 0, NotNextPeriod(_nextPeriod(), 0));
        return _accountCents() * unit;
    }

    /// @inheritdoc IDealVault
    function settledTape() external view returns (uint32, bytes32) {
        return (_status.period, ~_turnedRoot);
    }

    /// @inheritdoc IDealVault
    function originalBalance(uint256 tranche) external view returns (uint256) {
        require(tranche < _originalBalances.length, NoSuchTranche(tranche));
        return _originalBalances[tranche];
    }

    /// @dev What settles a run, beside the report and the frame.
    /// @param resultHash the one expected
    /// @param kept cents in the accounts after the run
    /// @param paid cents in the sinks
    struct Outcome {
        bytes32 digest;
        bytes32 resultHash;
        bool joint;
        uint256 deposit;
        uint256 kept;
        uint256 paid;
    }

    /// @dev Reverts unless the report is pending and nothing holds it up, and its payment date has come; loads the frame of
    ///      its period with the state, which must be the one that the report was made on.
    function _prepare(ServicerReport calldata report) private view returns (Frame memory frame, bytes32 digest) {
        _requireRunning();
        digest = reportDigest(report);
        _requireSettleable(digest);
        uint256 date = paymentDate(report.period);
        require(block.timestamp >= date, BeforePaymentDate(report.period, date));
        frame = _load(report.period, report.inputs);
        bytes32 hash = frame.stateHash();
        require(report.previousStateHash == hash, WrongState(hash, report.previousStateHash));
    }

    /// @dev A frame with the row of a period, inputs and the stored state.
    function _load(uint256 period_, uint256[] calldata inputs) private view returns (Frame memory frame) {
        frame = Frames.load(_inForce.program, period_);
        frame.setInputs(inputs);
        _state.load(frame.accounts, frame.stateCount());
    }

    /// @dev The one way in which the program is run, by `settle` and `simulate` alike.
    function _run(Frame memory frame, uint256 depositCents) private pure returns (uint256 kept, uint256 paid) {
        frame.setDeposit(depositCents);
        uint256 before = frame.accountSum() + depositCents;
        WaterfallVM.execute(frame);
        frame.requireWidth();
        return frame.requireConserved(before);
    }

    /// @dev Writes the result of a run. The deposit is in the accounts and sinks now.
    function _finish(ServicerReport calldata report, Frame memory frame, Outcome memory outcome) private {
        bytes32 resultHash = frame.resultHash();
        require(resultHash == outcome.resultHash, ResultDiffers(outcome.resultHash, resultHash));
        _state.save(frame.accounts, frame.stateCount());
        // All ones, which no tree has for a root, are kept as all ones but the last.
        _turnedRoot = report.tapeRoot == ~bytes32(0) ? bytes32(uint256(1)) : ~report.tapeRoot;
        (uint256 toPayees, uint256 outstanding) = _book(frame, report.period);
        _emitSettled(report, frame, outcome);
        // The sinks that are not a payee's are a class's.
        _payClasses(frame, report.period, outcome.paid - toPayees);
        uint256 held = cash.balanceOf(address(this));
        uint256 owes = outcome.kept * unit + outstanding;
        require(held >= owes, Insolvent(held, owes));
    }

    function _emitSettled(ServicerReport calldata report, Frame memory frame, Outcome memory outcome) private {
        SinkWords.emitSettled(
            abi.encode(
                outcome.digest,
                outcome.resultHash,
                frame.stateHash(),
                report.tapeRoot,
                outcome.joint,
                outcome.deposit,
                report.inputs,
                new uint256[](0)
            ),
            frame.sinks,
            frame.sizes.sinks,
            report.period
        );
    }

    /// @dev Turns the payees' sinks into what they may take, and the deposit into nothing pending; returns what they were paid,
    ///      in cents, and what they are owed, in base units.
    function _book(Frame memory frame, uint32 period_) private returns (uint256 toPayees, uint256 outstanding) {
        Status memory status = _status;
        toPayees = _bookPayees(frame);
        status.period = uint256(period_).toUint16();
        status.pending = 0;
        status.owed = (status.owed + toPayees).toUint64();
        _status = status;
        outstanding = status.owed * unit;
    }

    /// @dev Sends what the classes are paid to the Distributor, sees that all of it came, and has it booked.
    function _payClasses(Frame memory frame, uint32 period_, uint256 cents) private {
        if (cents == 0) return;
        uint256 before = cash.balanceOf(address(distributor));
        cash.safeTransfer(address(distributor), cents * unit);
        uint256 received = cash.balanceOf(address(distributor)) - before;
        require(received == cents * unit, CashNotReceived(cents * unit, received));
        SinkWords.book(distributor, period_, frame.sinks, 2 * frame.sizes.tranches);
    }

    /// @dev Adds what the program paid to each payee to what it is owed; returns the sum of the payments in cents.
    function _bookPayees(Frame memory frame) private returns (uint256 cents) {
        uint256 paid = frame.sinks + 64 * frame.sizes.tranches;
        uint256[] memory all = new uint256[](frame.sizes.sinks - 2 * frame.sizes.tranches);
        uint256 owed_ = _pointer(all);
        _owed.load(owed_, all.length);
        // Both are below 2^128.
        assembly ("memory-safe") {
            let end := add(owed_, shl(5, mload(all)))
            for {
                let at := owed_
            } lt(at, end) {
                at := add(at, 32)
            } {
                let amount := mload(paid)
                cents := add(cents, amount)
                mstore(at, add(mload(at), amount))
                paid := add(paid, 32)
            }
        }
        uint256 wide = Frames.firstTooWide(owed_, all.length);
        require(wide == all.length, Frames.Width(frame.stateCount() + wide));
        _owed.save(owed_, all.length);
    }

    /// @dev Takes cash from the caller and makes sure that all of it came.
    function _receive(uint256 amount) private {
        uint256 before = cash.balanceOf(address(this));
        cash.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = cash.balanceOf(address(this)) - before;
        require(received == amount, CashNotReceived(amount, received));
    }
}
