// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IProgramStore} from "../../src/program/IProgramStore.sol";
import {ProgramPages} from "../../src/program/ProgramPages.sol";
import {ProgramStore} from "../../src/program/ProgramStore.sol";
import {ProgramValidator} from "../../src/program/ProgramValidator.sol";
import {Asm} from "../support/Asm.sol";
import {SampleProgram} from "../support/SampleProgram.sol";
import {Test} from "../support/Vm.sol";

/// @notice What may be stored, and one test for each rule that keeps the rest out
contract ProgramStoreTest is Test {
    // Frame: cash 0, account 1, state 2, sink 3, scratch 4; 5 slots.
    ProgramStore private _store;

    function setUp() public {
        _store = new ProgramStore();
    }

    function _with(bytes memory code, uint16 pays) private pure returns (bytes memory) {
        return abi.encodePacked(Asm.header(Asm.Shape(0, 0, 0, 1, 1, 1, 1, 1, pays, 0), code.length), code);
    }

    function _refuse(bytes memory blob, bytes memory failure) private {
        vm.expectRevert(failure);
        _store.register(blob);
    }

    function _refuseCode(bytes memory code, bytes memory failure) private {
        _refuse(_with(abi.encodePacked(code, Asm.END), 0), failure);
    }

    function test_storesOnceByHash() public {
        bytes memory blob = SampleProgram.blob();
        address program = _store.register(blob);
        isTrue(_store.register(blob) == program, "second registration finds the first");
        isTrue(_store.programOf(keccak256(blob)) == program, "found by hash");
        equal(uint256(keccak256(program.code)), uint256(keccak256(abi.encodePacked(hex"00", blob))), "code");
        vm.expectRevert(abi.encodeWithSelector(IProgramStore.ProgramUnknown.selector, bytes32(uint256(1))));
        _store.programOf(bytes32(uint256(1)));
    }

    function test_refusesWhatDoesNotFitAContract() public {
        _refuse(new bytes(24_576), abi.encodeWithSelector(IProgramStore.ProgramTooLarge.selector, 24_576));
    }

    function test_refusesHeaders() public {
        bytes memory blob = SampleProgram.blob();
        blob[0] = 0x02;
        vm.expectPartialRevert(ProgramValidator.HeaderInvalid.selector);
        _store.register(blob);
        blob = SampleProgram.blob();
        blob[31] = 0x01;
        vm.expectPartialRevert(ProgramValidator.HeaderInvalid.selector);
        _store.register(blob);
        blob = SampleProgram.blob();
        // Two cash slots.
        blob[9] = 0x02;
        vm.expectPartialRevert(ProgramValidator.HeaderInvalid.selector);
        _store.register(blob);
    }

    function test_refusesLengthsThatDoNotAddUp() public {
        bytes memory blob = SampleProgram.blob();
        _refuse(
            abi.encodePacked(blob, hex"00"),
            abi.encodeWithSelector(ProgramValidator.ProgramLength.selector, blob.length, blob.length + 1)
        );
    }

    function test_refusesLessThanAHeader() public {
        bytes4 length = ProgramValidator.ProgramLength.selector;
        _refuse("", abi.encodeWithSelector(length, 33, 0));
        _refuse(new bytes(32), abi.encodeWithSelector(length, 33, 32));
    }

    /// @dev Storing a page costs 200 gas a byte: what is left of a call for a program of 20,000 bytes does not create it, and
    ///      the refusal has a name.
    function test_saysThatAProgramCouldNotBeStored() public {
        Asm.Shape memory shape = Asm.Shape(0, 40, 0, 1, 1, 1, 1, 32, 0, 0);
        bytes memory blob = abi.encodePacked(Asm.header(shape, 1), Asm.END, new bytes(32 * 640));
        vm.expectRevert(abi.encodeWithSelector(IProgramStore.ProgramNotStored.selector));
        _store.register{gas: 4_000_000}(blob);
        vm.expectRevert(abi.encodeWithSelector(ProgramPages.PageNotStored.selector));
        _store.storePage{gas: 4_000_000}(blob);
    }

    function test_refusesAWideConstant() public {
        bytes memory blob = SampleProgram.blob();
        // The byte of the second constant that stands for 2^128.
        blob[32 + 32 + 15] = 0x01;
        _refuse(blob, abi.encodeWithSelector(ProgramValidator.ConstantTooWide.selector, 1));
    }

    function test_refusesTooManySlots() public {
        bytes memory code = abi.encodePacked(Asm.END);
        bytes memory blob = abi.encodePacked(Asm.header(Asm.Shape(0, 0, 0, 1, 1, 1, 2044, 1, 0, 0), 1), code);
        _refuse(blob, abi.encodeWithSelector(ProgramValidator.TooManySlots.selector, 2048));
    }

    function _refuseShape(Asm.Shape memory shape, bytes memory failure) private {
        _refuse(abi.encodePacked(Asm.header(shape, 1), Asm.END), failure);
    }

    function test_refusesFramesWithoutRoomForTheTranches() public {
        bytes4 tranches = ProgramValidator.TrancheSlots.selector;
        // One tranche needs two state words (balance, remittance) and two sinks; no tranche still needs the remittance.
        _refuseShape(Asm.Shape(0, 0, 0, 1, 1, 2, 1, 1, 0, 1), abi.encodeWithSelector(tranches, 1, 1, 2));
        _refuseShape(Asm.Shape(0, 0, 0, 1, 2, 1, 1, 1, 0, 1), abi.encodeWithSelector(tranches, 1, 2, 1));
        _refuseShape(Asm.Shape(0, 0, 0, 1, 0, 1, 1, 1, 0, 0), abi.encodeWithSelector(tranches, 0, 0, 1));
        _store.register(abi.encodePacked(Asm.header(Asm.Shape(0, 0, 0, 1, 2, 2, 1, 1, 0, 1), 1), Asm.END));
    }

    function test_refusesAProgramWithoutPaymentDates() public {
        bytes memory none = abi.encodeWithSelector(ProgramValidator.NoPaymentDate.selector);
        _refuseShape(Asm.Shape(0, 0, 0, 1, 2, 2, 1, 0, 0, 1), none);
    }

    function test_refusesOpcodesAndOperands() public {
        _refuseCode(hex"14", abi.encodeWithSelector(ProgramValidator.UnknownOpcode.selector, 0, 20));
        bytes4 operand = ProgramValidator.OperandInvalid.selector;
        // Outside the frame, not a multiple of 32, and every destination but state and scratch.
        _refuseCode(Asm.op2(Asm.MOV, 4, 5), abi.encodeWithSelector(operand, 0, 1));
        _refuseCode(hex"0b00800021", abi.encodeWithSelector(operand, 0, 1));
        _refuseCode(Asm.op2(Asm.MOV, 0, 4), abi.encodeWithSelector(operand, 0, 0));
        _refuseCode(Asm.op2(Asm.MOV, 1, 4), abi.encodeWithSelector(operand, 0, 0));
        _refuseCode(Asm.op2(Asm.MOV, 3, 4), abi.encodeWithSelector(operand, 0, 0));
        _refuseCode(Asm.op3(Asm.ADD, 3, 4, 4), abi.encodeWithSelector(operand, 0, 0));
        // A payment from a sink, from state, into cash, into state; what is short in an account.
        _refuseCode(Asm.op4(Asm.PAY, 3, 1, 4, 4), abi.encodeWithSelector(operand, 0, 0));
        _refuseCode(Asm.op4(Asm.PAY, 2, 1, 4, 4), abi.encodeWithSelector(operand, 0, 0));
        _refuseCode(Asm.op4(Asm.PAY, 1, 0, 4, 4), abi.encodeWithSelector(operand, 0, 1));
        _refuseCode(Asm.op4(Asm.PAY, 1, 2, 4, 4), abi.encodeWithSelector(operand, 0, 1));
        _refuseCode(Asm.op4(Asm.PAY, 0, 1, 4, 1), abi.encodeWithSelector(operand, 0, 3));
        _refuseCode(Asm.op4(Asm.PAY, 1, 1, 4, 4), abi.encodeWithSelector(ProgramValidator.PayToItself.selector, 0));
    }

    function test_refusesAWrongCountOfPayments() public {
        bytes memory code = abi.encodePacked(Asm.op4(Asm.PAY, 0, 3, 0, 4), Asm.END);
        _refuse(_with(code, 2), abi.encodeWithSelector(ProgramValidator.PayCount.selector, 2, 1));
    }

    function test_refusesJumps() public {
        bytes4 jump = ProgramValidator.JumpInvalid.selector;
        // To itself, backward, beyond the end, and into the middle of the MOV at 3 (3 + 2).
        _refuseCode(Asm.jmp(0), abi.encodeWithSelector(jump, 0, 0));
        bytes memory mov = Asm.op2(Asm.MOV, 4, 2);
        _refuseCode(abi.encodePacked(mov, Asm.jmp(0)), abi.encodeWithSelector(jump, 5, 0));
        _refuseCode(Asm.jmp(4), abi.encodeWithSelector(jump, 0, 4));
        bytes memory inside = abi.encodeWithSelector(ProgramValidator.JumpInsideInstruction.selector, 5);
        _refuseCode(abi.encodePacked(Asm.jmp(5), mov), inside);
        // To the start of an instruction and to END is right.
        _store.register(_with(abi.encodePacked(Asm.jmp(3), mov, Asm.END), 0));
        _store.register(_with(abi.encodePacked(Asm.jmp(8), mov, Asm.END), 0));
    }

    function test_refusesEndElsewhereThanLast() public {
        bytes memory mov = Asm.op2(Asm.MOV, 4, 2);
        bytes4 misplaced = ProgramValidator.EndMisplaced.selector;
        _refuseCode(abi.encodePacked(Asm.END, mov), abi.encodeWithSelector(misplaced, 0));
        _refuse(_with(mov, 0), abi.encodeWithSelector(misplaced, 0));
    }

    /// @dev A changed byte never makes the store break in another way than a named refusal.
    function testFuzz_register_anyByteChanged(uint256 position, uint8 value) public {
        bytes memory blob = SampleProgram.blob();
        blob[bound(position, 0, blob.length - 1)] = bytes1(value);
        try _store.register(blob) returns (address program) {
            isTrue(program.code.length == blob.length + 1, "stored whole");
        } catch (bytes memory failure) {
            isTrue(failure.length >= 4 && bytes4(failure) != 0x4e487b71, "a named error, no panic");
        }
    }
}
