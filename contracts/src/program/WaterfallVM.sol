// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Frame} from "./Frame.sol";

/// @title Runs a validated waterfall program on a frame
/// @notice Instructions are described in docs/waterfall-program.md. Every value written is below 2^128 or the run
///         reverts; a product of two values therefore fits a word. Jumps go forward only, so every run ends.
/// @dev Dispatch is a tree of comparisons with the frequent opcodes near its root. These compare the instruction's word whole,
///      whose highest byte is the opcode, and read operands where they use them: a local costs more than it saves. The
///      program was validated when it was stored, so operands and jump targets are not checked again.
library WaterfallVM {
    /// @notice A value of 2^128 or more, or below zero, at this offset of the code
    error Range(uint256 offset);
    /// @notice Division by zero at this offset of the code
    error DivisionByZero(uint256 offset);

    /// @dev The two operands, from and to, in a word of the transfer log.
    uint256 private constant PATHS = 0xffffffff << 224;
    /// @dev The greatest words that begin with the opcodes 0 (END), 1 (ADD), 2 (SUB), 3 (PAY), 4 (SSUB) and 5 (MIN).
    uint256 private constant LAST_0 = (1 << 248) - 1;
    uint256 private constant LAST_1 = (2 << 248) - 1;
    uint256 private constant LAST_2 = (3 << 248) - 1;
    uint256 private constant LAST_3 = (4 << 248) - 1;
    uint256 private constant LAST_4 = (5 << 248) - 1;
    uint256 private constant LAST_5 = (6 << 248) - 1;
    uint256 private constant FAULT_RANGE = 1;
    uint256 private constant FAULT_DIVISION = 2;

    /// @notice Runs to END; slots and the transfer log of the frame hold the result
    function execute(Frame memory frame) internal pure {
        uint256 base = frame.base;
        uint256 ip = frame.code;
        uint256 log = frame.log;
        uint256 fault;
        // Jumps read the start of the code from the frame, where it is the ninth field (at 0x100), because the stack
        // has no room for another local.
        assembly ("memory-safe") {
            for {} 1 {} {
                let w := mload(ip)

                // `iszero(gt())` compiles to a jump over the block, `lt()` to one more instruction.
                if iszero(gt(w, LAST_3)) {
                    if iszero(gt(w, LAST_1)) {
                        if iszero(gt(w, LAST_0)) {
                            break
                        }
                        // ADD
                        let r := add(
                            mload(add(base, and(shr(216, w), 0xffff))),
                            mload(add(base, and(shr(200, w), 0xffff)))
                        )
                        if shr(128, r) {
                            fault := FAULT_RANGE
                            break
                        }
                        mstore(add(base, and(shr(232, w), 0xffff)), r)
                        ip := add(ip, 7)
                        continue
                    }
                    if iszero(gt(w, LAST_2)) {
                        // SUB: below zero is far above the limit.
                        let r := sub(
                            mload(add(base, and(shr(216, w), 0xffff))),
                            mload(add(base, and(shr(200, w), 0xffff)))
                        )
                        if shr(128, r) {
                            fault := FAULT_RANGE
                            break
                        }
                        mstore(add(base, and(shr(232, w), 0xffff)), r)
                        ip := add(ip, 7)
                        continue
                    }
                    // PAY: d = from, p = to, b = due, rest = what is left of it, v = what is paid
                    let d := add(base, and(shr(232, w), 0xffff))
                    let p := add(base, and(shr(216, w), 0xffff))
                    let b := mload(add(base, and(shr(200, w), 0xffff)))
                    let a := mload(d)
                    let rest := mul(gt(b, a), sub(b, a))
                    let v := sub(b, rest)
                    let r := add(mload(p), v)
                    if shr(128, r) {
                        fault := FAULT_RANGE
                        break
                    }
                    mstore(d, sub(a, v))
                    mstore(p, r)
                    mstore(add(base, and(shr(184, w), 0xffff)), rest)
                    mstore(log, or(and(shl(8, w), PATHS), v))
                    log := add(log, 32)
                    ip := add(ip, 9)
                    continue
                }

                if iszero(gt(w, LAST_5)) {
                    let a := mload(add(base, and(shr(216, w), 0xffff)))
                    let b := mload(add(base, and(shr(200, w), 0xffff)))
                    // By how much a is above b.
                    let r := mul(gt(a, b), sub(a, b))
                    ip := add(ip, 7)
                    if iszero(gt(w, LAST_4)) {
                        // SSUB
                        mstore(add(base, and(shr(232, w), 0xffff)), r)
                        continue
                    }
                    // MIN
                    mstore(add(base, and(shr(232, w), 0xffff)), sub(a, r))
                    continue
                }

                let op := byte(0, w)
                // Pointers to the slots of the first two operands; the others are read where they are needed.
                let d := add(base, and(shr(232, w), 0xffff))
                let p := add(base, and(shr(216, w), 0xffff))

                if iszero(gt(op, 8)) {
                    // MULF, MULN, MULC
                    let c := mload(add(base, and(shr(184, w), 0xffff)))
                    if iszero(c) {
                        fault := FAULT_DIVISION
                        break
                    }
                    let r := mul(mload(p), mload(add(base, and(shr(200, w), 0xffff))))
                    if eq(op, 7) {
                        r := add(r, shr(1, c))
                    }
                    if eq(op, 8) {
                        r := add(r, sub(c, 1))
                    }
                    r := div(r, c)
                    if shr(128, r) {
                        fault := FAULT_RANGE
                        break
                    }
                    mstore(d, r)
                    ip := add(ip, 9)
                    continue
                }

                if iszero(gt(op, 14)) {
                    if eq(op, 11) {
                        // MOV
                        mstore(d, mload(p))
                        ip := add(ip, 5)
                        continue
                    }
                    let a := mload(p)
                    let b := mload(add(base, and(shr(200, w), 0xffff)))
                    if eq(op, 14) {
                        // SEL: a = condition, b = value when it holds
                        let c := mload(add(base, and(shr(184, w), 0xffff)))
                        mstore(d, xor(c, mul(xor(b, c), iszero(iszero(a)))))
                        ip := add(ip, 9)
                        continue
                    }
                    ip := add(ip, 7)
                    if eq(op, 9) {
                        // MAX
                        mstore(d, xor(b, mul(xor(a, b), gt(a, b))))
                        continue
                    }
                    if eq(op, 10) {
                        // OR
                        mstore(d, iszero(iszero(or(a, b))))
                        continue
                    }
                    if eq(op, 12) {
                        // LT
                        mstore(d, lt(a, b))
                        continue
                    }
                    // LE
                    mstore(d, iszero(gt(a, b)))
                    continue
                }

                if eq(op, 15) {
                    // JZ
                    switch mload(d)
                    case 0 {
                        ip := add(mload(add(frame, 0x100)), and(shr(216, w), 0xffff))
                    }
                    default {
                        ip := add(ip, 5)
                    }
                    continue
                }
                if eq(op, 16) {
                    // JMP
                    ip := add(mload(add(frame, 0x100)), and(shr(232, w), 0xffff))
                    continue
                }
                if eq(op, 18) {
                    // NOT
                    mstore(d, iszero(mload(p)))
                    ip := add(ip, 5)
                    continue
                }
                let a := mload(p)
                let b := mload(add(base, and(shr(200, w), 0xffff)))
                ip := add(ip, 7)
                if eq(op, 17) {
                    // AND
                    mstore(d, mul(iszero(iszero(a)), iszero(iszero(b))))
                    continue
                }
                // EQ
                mstore(d, eq(a, b))
            }
        }
        require(fault != FAULT_RANGE, Range(ip - frame.code));
        require(fault != FAULT_DIVISION, DivisionByZero(ip - frame.code));
        frame.logEnd = log;
    }
}
