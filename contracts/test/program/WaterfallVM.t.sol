// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Frames} from "../../src/program/Frame.sol";
import {WaterfallVM} from "../../src/program/WaterfallVM.sol";
import {ProgramHarness} from "../../src/testing/ProgramHarness.sol";
import {Asm} from "../support/Asm.sol";
import {SampleProgram} from "../support/SampleProgram.sol";
import {Test} from "../support/Vm.sol";

/// @notice Each opcode with results computed by hand, the edges of the range law, and a whole small waterfall
contract WaterfallVMTest is Test {
    // Frame of the opcode tests: cash 0, account 1, state a b c 2..4, sink 5, scratch result 6 and short 7.
    uint16 private constant CASH = 0;
    uint16 private constant ACCOUNT = 1;
    uint16 private constant A = 2;
    uint16 private constant B = 3;
    uint16 private constant C = 4;
    uint16 private constant SINK = 5;
    uint16 private constant RESULT = 6;
    uint16 private constant SHORT = 7;
    uint256 private constant LARGEST = 2 ** 85 - 1;

    ProgramHarness private _harness;

    function setUp() public {
        _harness = new ProgramHarness();
    }

    function _blob(bytes memory code, uint16 pays) private pure returns (bytes memory) {
        bytes memory whole = abi.encodePacked(code, Asm.END);
        Asm.Shape memory shape = Asm.Shape(0, 0, 0, 1, 3, 1, 2, 1, pays, 0);
        return abi.encodePacked(Asm.header(shape, whole.length), whole);
    }

    function _run(bytes memory code, uint256 a, uint256 b, uint256 c) private returns (ProgramHarness.Outcome memory) {
        return _runOn(code, 0, _words(0, a, b, c));
    }

    function _words(uint256 account, uint256 a, uint256 b, uint256 c) private pure returns (uint256[] memory state) {
        state = new uint256[](4);
        (state[0], state[1], state[2], state[3]) = (account, a, b, c);
    }

    function _runOn(
        bytes memory code,
        uint16 pays,
        uint256[] memory state
    ) private returns (ProgramHarness.Outcome memory) {
        ProgramHarness.Case[] memory cases = new ProgramHarness.Case[](1);
        cases[0] = ProgramHarness.Case(1, new uint256[](0), 0, state);
        return _harness.runMany(_blob(code, pays), cases)[0];
    }

    function _expect3(uint8 op, uint256 a, uint256 b, uint256 expected) private {
        equal(_run(Asm.op3(op, RESULT, A, B), a, b, 0).slots[RESULT], expected, "three-operand result");
    }

    function _expect4(uint8 op, uint256 a, uint256 b, uint256 c, uint256 expected) private {
        equal(_run(Asm.op4(op, RESULT, A, B, C), a, b, c).slots[RESULT], expected, "four-operand result");
    }

    function test_arithmetic() public {
        _expect3(Asm.ADD, 7, 5, 12);
        _expect3(Asm.SUB, 7, 5, 2);
        _expect3(Asm.SUB, 5, 5, 0);
        _expect3(Asm.SSUB, 7, 5, 2);
        _expect3(Asm.SSUB, 5, 7, 0);
        _expect3(Asm.MIN, 7, 5, 5);
        _expect3(Asm.MIN, 5, 7, 5);
        _expect3(Asm.MAX, 7, 5, 7);
        _expect3(Asm.MAX, 5, 7, 7);
    }

    function test_comparisonAndLogic() public {
        _expect3(Asm.LT, 5, 7, 1);
        _expect3(Asm.LT, 7, 7, 0);
        _expect3(Asm.LE, 7, 7, 1);
        _expect3(Asm.LE, 8, 7, 0);
        _expect3(Asm.EQ, 7, 7, 1);
        _expect3(Asm.EQ, 7, 8, 0);
        // Any value but zero counts as true, and the result is 1.
        _expect3(Asm.AND, 4, 2, 1);
        _expect3(Asm.AND, 4, 0, 0);
        _expect3(Asm.AND, 0, 4, 0);
        _expect3(Asm.OR, 4, 2, 1);
        _expect3(Asm.OR, 0, 2, 1);
        _expect3(Asm.OR, 0, 0, 0);
        equal(_run(Asm.op2(Asm.NOT, RESULT, A), 0, 0, 0).slots[RESULT], 1, "not 0");
        equal(_run(Asm.op2(Asm.NOT, RESULT, A), 9, 0, 0).slots[RESULT], 0, "not 9");
        equal(_run(Asm.op2(Asm.MOV, RESULT, A), 9, 0, 0).slots[RESULT], 9, "mov");
        _expect4(Asm.SEL, 3, 10, 20, 10);
        _expect4(Asm.SEL, 0, 10, 20, 20);
    }

    function test_multiplyDivideRounding() public {
        // 7 × 5 ÷ 2 = 17.5 and 7 × 5 ÷ 4 = 8.75 and 7 × 5 ÷ 3 = 11.67 and 7 × 4 ÷ 3 = 9.33.
        _expect4(Asm.MULF, 7, 5, 2, 17);
        _expect4(Asm.MULN, 7, 5, 2, 18);
        _expect4(Asm.MULC, 7, 5, 2, 18);
        _expect4(Asm.MULN, 7, 4, 3, 9);
        _expect4(Asm.MULC, 7, 4, 3, 10);
        _expect4(Asm.MULN, 7, 5, 3, 12);
        _expect4(Asm.MULC, 6, 4, 3, 8);
        // The largest products of the range law do not wrap: (2^85-1)^2 ÷ (2^85-1).
        _expect4(Asm.MULN, LARGEST, LARGEST, LARGEST, LARGEST);
    }

    function test_payTakesTheLesserAndSaysWhatIsShort() public {
        bytes memory pay = Asm.op4(Asm.PAY, ACCOUNT, SINK, A, SHORT);
        ProgramHarness.Outcome memory full = _runOn(pay, 1, _words(100, 30, 0, 0));
        equal(full.slots[ACCOUNT], 70, "account after a full payment");
        equal(full.slots[SINK], 30, "sink");
        equal(full.slots[SHORT], 0, "short");
        equal(full.transfers.length, 1, "log");
        equal(full.transfers[0], (uint256(ACCOUNT * 32) << 240) | (uint256(SINK * 32) << 224) | 30, "log word");
        ProgramHarness.Outcome memory part = _runOn(pay, 1, _words(20, 30, 0, 0));
        equal(part.slots[ACCOUNT], 0, "account after a partial payment");
        equal(part.slots[SINK], 20, "sink of a partial payment");
        equal(part.slots[SHORT], 10, "short of a partial payment");
        // Nothing there to pay from: logged all the same.
        equal(_runOn(pay, 1, _words(0, 30, 0, 0)).transfers.length, 1, "log of an empty payment");
        // The balance is due and keeps what is short of it.
        bytes memory principal = Asm.op4(Asm.PAY, ACCOUNT, SINK, A, A);
        equal(_runOn(principal, 1, _words(20, 30, 0, 0)).slots[A], 10, "balance after principal");
        // Due is the account itself: all of it, although it is written.
        bytes memory all = Asm.op4(Asm.PAY, ACCOUNT, SINK, ACCOUNT, SHORT);
        equal(_runOn(all, 1, _words(20, 30, 0, 0)).slots[SHORT], 0, "short when all was due");
    }

    function test_jumps() public {
        // JZ over MOV when a = 0: 5 bytes of JZ, 5 of MOV.
        bytes memory code = abi.encodePacked(Asm.jz(A, 10), Asm.op2(Asm.MOV, RESULT, B));
        equal(_run(code, 0, 9, 0).slots[RESULT], 0, "jumped");
        equal(_run(code, 1, 9, 0).slots[RESULT], 9, "not jumped");
        bytes memory always = abi.encodePacked(Asm.jmp(8), Asm.op2(Asm.MOV, RESULT, B));
        equal(_run(always, 1, 9, 0).slots[RESULT], 0, "jmp");
    }

    function _expectFailure(bytes memory code, uint256[] memory state, bytes memory failure) private {
        _same(_runOn(code, 0, state).failure, failure);
    }

    function test_faultsNameTheirOffset() public {
        bytes memory mov = Asm.op2(Asm.MOV, RESULT, A);
        bytes memory sub = abi.encodePacked(mov, Asm.op3(Asm.SUB, RESULT, A, B));
        _expectFailure(sub, _words(0, 5, 7, 0), abi.encodeWithSelector(WaterfallVM.Range.selector, 5));
        bytes memory div = abi.encodePacked(mov, mov, Asm.op4(Asm.MULF, RESULT, A, B, C));
        _expectFailure(div, _words(0, 5, 7, 0), abi.encodeWithSelector(WaterfallVM.DivisionByZero.selector, 10));
        // (2^85-1)^2 does not fit 128 bits.
        bytes memory mul = Asm.op4(Asm.MULF, RESULT, A, B, C);
        _expectFailure(mul, _words(0, LARGEST, LARGEST, 1), abi.encodeWithSelector(WaterfallVM.Range.selector, 0));
        // (2^85-1) × 2^43 = 2^128 - 2^43 is still in range; added to itself it is not.
        bytes memory add = abi.encodePacked(mul, Asm.op3(Asm.ADD, RESULT, RESULT, RESULT));
        _expectFailure(add, _words(0, LARGEST, 2 ** 43, 1), abi.encodeWithSelector(WaterfallVM.Range.selector, 9));
        bytes memory wide = Asm.op3(Asm.ADD, A, A, B);
        // State word 1: after the one account word.
        _expectFailure(wide, _words(0, LARGEST, 1, 0), abi.encodeWithSelector(Frames.Width.selector, 1));
    }

    function test_aPaymentNeverPassesTheRange() public {
        // The account and what is due may have 128 bits inside a run; the sink then holds 2^128 - 1, and one more is a fault.
        uint256 most = 2 ** 128 - 1;
        bytes memory pay = Asm.op4(Asm.PAY, ACCOUNT, SINK, A, SHORT);
        bytes memory twice = abi.encodePacked(pay, Asm.op2(Asm.MOV, RESULT, B), Asm.op4(Asm.PAY, CASH, SINK, B, SHORT));
        ProgramHarness.Case[] memory cases = new ProgramHarness.Case[](1);
        cases[0] = ProgramHarness.Case(1, new uint256[](0), 1, _words(most, most, 1, 0));
        ProgramHarness.Outcome memory outcome = _harness.runMany(_blob(twice, 2), cases)[0];
        bytes memory failure = abi.encodeWithSelector(WaterfallVM.Range.selector, 14);
        // The second payment stands behind 9 bytes of the first and 5 of MOV.
        _same(outcome.failure, failure);
    }

    function test_refusesPeriodsAndDepositsThatARunCannotHold() public {
        ProgramHarness.Case[] memory cases = new ProgramHarness.Case[](3);
        cases[0] = ProgramHarness.Case(0, new uint256[](0), 0, _words(0, 0, 0, 0));
        cases[1] = ProgramHarness.Case(2, new uint256[](0), 0, _words(0, 0, 0, 0));
        cases[2] = ProgramHarness.Case(1, new uint256[](0), 2 ** 128, _words(0, 0, 0, 0));
        ProgramHarness.Outcome[] memory outcomes = _harness.runMany(_blob("", 0), cases);
        bytes4 none = Frames.NoSuchPeriod.selector;
        _same(outcomes[0].failure, abi.encodeWithSelector(none, 0, 1));
        _same(outcomes[1].failure, abi.encodeWithSelector(none, 2, 1));
        _same(outcomes[2].failure, abi.encodeWithSelector(Frames.InputTooWide.selector, 2 ** 128));
    }

    function _same(bytes memory actual, bytes memory expected) private pure {
        equal(uint256(keccak256(actual)), uint256(keccak256(expected)), "revert data");
    }

    function test_sampleWaterfallByHand() public {
        ProgramHarness.Case[] memory cases = new ProgramHarness.Case[](1);
        uint256[] memory inputs = new uint256[](1);
        inputs[0] = 110_000;
        cases[0] = ProgramHarness.Case(1, inputs, 110_000, SampleProgram.initialState());
        ProgramHarness.Outcome memory outcome = _harness.runMany(SampleProgram.blob(), cases)[0];
        equal(outcome.slots[SampleProgram.FEE_PAID], 100, "fee");
        equal(outcome.slots[SampleProgram.SENIOR_INTEREST], 8_000, "1 % of 800,000");
        equal(outcome.slots[SampleProgram.JUNIOR_INTEREST], 2_000, "1 % of 200,000");
        equal(outcome.slots[SampleProgram.SENIOR_PRINCIPAL], 99_900, "110,000 - 100 - 8,000 - 2,000");
        equal(outcome.slots[SampleProgram.SENIOR], 700_100, "800,000 - 99,900");
        equal(outcome.slots[SampleProgram.RESIDUAL], 0, "residual");
        equal(outcome.slots[SampleProgram.RESERVE], 50_000, "reserve untouched");
        bytes32 whole = keccak256(abi.encodePacked(outcome.slots, outcome.transfers));
        equal(uint256(outcome.resultHash), uint256(whole), "result hash covers slots and transfers");
    }

    /// @dev The machine against plain Solidity on random operands.
    function testFuzz_multiplyDivide(uint256 a, uint256 b, uint256 c) public {
        (a, b, c) = (bound(a, 0, 2 ** 64), bound(b, 0, 2 ** 60), bound(c, 1, 2 ** 85 - 1));
        _expect4(Asm.MULF, a, b, c, (a * b) / c);
        _expect4(Asm.MULC, a, b, c, (a * b + c - 1) / c);
        _expect4(Asm.MULN, a, b, c, (a * b + c / 2) / c);
    }
}
