// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Layout, Layouts} from "./Layout.sol";

/// @title Checks a program before it is stored, so that the machine that runs it need not
/// @dev Runs once per program; clearness goes before gas.
library ProgramValidator {
    error HeaderInvalid(bytes32 header);
    error TooManySlots(uint256 slots);
    /// @notice State must hold a balance per tranche and the remittance, sinks an interest and a principal per tranche
    error TrancheSlots(uint256 tranches, uint256 state, uint256 sinks);
    error NoPaymentDate();
    error CodeLengthInvalid(uint256 codeLength);
    error ProgramLength(uint256 expected, uint256 given);
    error ConstantTooWide(uint256 index);
    error UnknownOpcode(uint256 offset, uint8 opcode);
    error OperandInvalid(uint256 offset, uint256 operand);
    error PayToItself(uint256 offset);
    error JumpInvalid(uint256 offset, uint256 target);
    error JumpInsideInstruction(uint256 target);
    error EndMisplaced(uint256 offset);
    error PayCount(uint256 expected, uint256 found);

    uint256 private constant MAX_SLOTS = 2047;
    uint256 private constant MAX_CODE = 65535;
    uint256 private constant LAST_OPCODE = 19;
    uint256 private constant PAY = 3;
    uint256 private constant JZ = 15;
    uint256 private constant JMP = 16;

    /// @dev Number of operands by opcode, one hex digit each, opcode 0 rightmost.
    uint256 private constant OPERANDS = 0x32312433233444334330;

    /// @dev First slot byte offset of each region that instructions may write, and where the frame ends.
    struct Bounds {
        uint256 cash;
        uint256 state;
        uint256 sinks;
        uint256 scratch;
        uint256 end;
    }

    /// @notice Reverts unless the program obeys every rule of docs/waterfall-program.md
    function validate(bytes memory program) internal pure {
        require(program.length > Layouts.HEADER, ProgramLength(Layouts.HEADER + 1, program.length));
        uint256 header = _word(program, 0);
        Layout memory sizes = Layouts.decode(header);
        bool reserved = uint8(header >> 240) != 0 || uint40(header) != 0;
        require(sizes.version == 1 && sizes.cash == 1 && !reserved, HeaderInvalid(bytes32(header)));
        uint256 slots = Layouts.slots(sizes);
        require(slots <= MAX_SLOTS, TooManySlots(slots));
        bool held = sizes.state > sizes.tranches && sizes.sinks >= 2 * sizes.tranches;
        require(held, TrancheSlots(sizes.tranches, sizes.state, sizes.sinks));
        require(sizes.rows != 0, NoPaymentDate());
        require(sizes.codeLength != 0 && sizes.codeLength <= MAX_CODE, CodeLengthInvalid(sizes.codeLength));
        uint256 codeStart = Layouts.HEADER + 32 * sizes.constants;
        uint256 expected = codeStart + sizes.codeLength + sizes.rows * sizes.row * Layouts.ROW_WORD;
        require(program.length == expected, ProgramLength(expected, program.length));
        for (uint256 i; i < sizes.constants; ++i) {
            require(_word(program, Layouts.HEADER + 32 * i) >> 128 == 0, ConstantTooWide(i));
        }
        _validateCode(program, codeStart, sizes);
    }

    function _validateCode(bytes memory program, uint256 codeStart, Layout memory sizes) private pure {
        Bounds memory bounds = _bounds(sizes);
        // One byte per byte of code: 1 where a jump lands. Jumps go forward, so that each landing is met later on the walk.
        bytes memory landings = new bytes(sizes.codeLength);
        uint256 open;
        uint256 pays;
        uint256 offset;
        uint256 length = sizes.codeLength;
        // Offsets stay below 2^17, and a landing is only taken off that was put on.
        unchecked {
            while (true) {
                uint256 word = _word(program, codeStart + offset);
                uint256 opcode = word >> 248;
                require(opcode <= LAST_OPCODE, UnknownOpcode(offset, uint8(opcode)));
                if (landings[offset] != 0) --open;
                uint256 size = 1 + 2 * operandCount(opcode);
                if (opcode == 0) {
                    require(offset + 1 == length, EndMisplaced(offset));
                    break;
                }
                // END is still to come, so an instruction may not reach the end of the code.
                require(offset + size < length, EndMisplaced(offset));
                if (opcode == PAY) ++pays;
                if (opcode == JZ || opcode == JMP) {
                    uint256 target = uint16(word >> (opcode == JZ ? 216 : 232));
                    require(target > offset && target < length, JumpInvalid(offset, target));
                    if (landings[target] == 0) ++open;
                    landings[target] = 0x01;
                }
                _validateOperands(word, offset, bounds);
                offset += size;
            }
        }
        // A landing inside an instruction was never met.
        require(open == 0, JumpInsideInstruction(_firstInside(program, codeStart, landings)));
        require(pays == sizes.pays, PayCount(sizes.pays, pays));
    }

    function _validateOperands(uint256 word, uint256 offset, Bounds memory bounds) private pure {
        uint256 opcode = word >> 248;
        if (opcode == JMP) return;
        uint256 count = opcode == JZ ? 1 : operandCount(opcode);
        uint256 end = bounds.end;
        // Operands have 16 bits, and there are at most four.
        unchecked {
            for (uint256 i; i < count; ++i) {
                uint256 operand = (word >> (232 - 16 * i)) & 0xffff;
                require(operand & 31 == 0 && operand < end, OperandInvalid(offset, i));
            }
            uint256 first = (word >> 232) & 0xffff;
            if (opcode == PAY) return _validatePay(word, first, offset, bounds);
            require(opcode == JZ || _isStateOrScratch(first, bounds), OperandInvalid(offset, 0));
        }
    }

    /// @dev From the cash slot or an account, to an account or a sink; what is short goes into state or scratch.
    function _validatePay(uint256 word, uint256 from, uint256 offset, Bounds memory bounds) private pure {
        uint256 to = (word >> 216) & 0xffff;
        require(from >= bounds.cash && from < bounds.state, OperandInvalid(offset, 0));
        require(_isAccountOrSink(to, bounds), OperandInvalid(offset, 1));
        require(_isStateOrScratch((word >> 184) & 0xffff, bounds), OperandInvalid(offset, 3));
        require(from != to, PayToItself(offset));
    }

    /// @notice Number of two-byte operands of an opcode
    function operandCount(uint256 opcode) internal pure returns (uint256) {
        return (OPERANDS >> (opcode << 2)) & 0xf;
    }

    function _bounds(Layout memory sizes) private pure returns (Bounds memory bounds) {
        bounds.cash = 32 * (sizes.constants + sizes.row + sizes.inputs);
        bounds.state = bounds.cash + 32 * (sizes.cash + sizes.accounts);
        bounds.sinks = bounds.state + 32 * sizes.state;
        bounds.scratch = bounds.sinks + 32 * sizes.sinks;
        bounds.end = bounds.scratch + 32 * sizes.scratch;
    }

    function _isStateOrScratch(uint256 operand, Bounds memory bounds) private pure returns (bool) {
        return (operand >= bounds.state && operand < bounds.sinks) || operand >= bounds.scratch;
    }

    /// @dev The one cash slot comes before the accounts and may only be paid from.
    function _isAccountOrSink(uint256 operand, Bounds memory bounds) private pure returns (bool) {
        bool account = operand > bounds.cash && operand < bounds.state;
        return account || (operand >= bounds.sinks && operand < bounds.scratch);
    }

    /// @dev Offset of the first landing that is not the start of an instruction, for the error only.
    function _firstInside(
        bytes memory program,
        uint256 codeStart,
        bytes memory landings
    ) private pure returns (uint256 inside) {
        uint256 next;
        for (uint256 where; where < landings.length; ++where) {
            if (where == next) next += 1 + 2 * operandCount(uint8(program[codeStart + where]));
            else if (landings[where] != 0) return where;
        }
    }

    function _word(bytes memory data, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 32), offset))
        }
    }
}
