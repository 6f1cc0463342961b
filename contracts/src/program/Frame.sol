// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Layout, Layouts} from "./Layout.sol";
import {ProgramPages} from "./ProgramPages.sol";

/// @notice The memory of one run: pointers to the first slot of each region, the transfer log and the code
/// @dev The word before `base` holds the number of slots, so that `base - 32` is a `uint256[]` of all slots.
///      The log follows the slots without a gap: one hash covers both.
struct Frame {
    uint256 base;
    uint256 inputs;
    uint256 cash;
    uint256 accounts;
    uint256 state;
    uint256 sinks;
    uint256 log;
    uint256 logEnd;
    uint256 code;
    Layout sizes;
}

/// @title Prepares a run and reads its results
library Frames {
    /// @notice The program has no row for this period
    error NoSuchPeriod(uint256 period, uint256 periods);
    /// @notice The report has another number of inputs than the program
    error InputCount(uint256 expected, uint256 given);
    /// @notice The stored state has another number of words than the program
    error StateCount(uint256 expected, uint256 given);
    /// @notice An input or the deposit is 2^128 or more
    error InputTooWide(uint256 value);
    /// @notice An account or state word is 2^85 or more after the run
    error Width(uint256 index);
    /// @notice Cash was left where it arrived, or more or less came out than went in
    error NotConserved(uint256 undistributed, uint256 before, uint256 afterwards);

    /// @dev Bits of a packed account or state word: three fit into one storage word.
    uint256 internal constant WIDTH = 85;

    /// @notice Loads a program's constants, code and the row of a period; sinks and scratch are zero
    function load(address program, uint256 period) internal view returns (Frame memory frame) {
        Layout memory sizes = Layouts.read(program);
        require(period != 0 && period <= sizes.rows, NoSuchPeriod(period, sizes.rows));
        frame.sizes = sizes;
        _reserve(frame);
        _copyCode(frame, program);
        _copyRow(frame, program, period - 1);
        uint256 sinks = frame.sinks;
        uint256 log = frame.log;
        assembly ("memory-safe") {
            // Copying from beyond the end of calldata writes zeros.
            calldatacopy(sinks, calldatasize(), sub(log, sinks))
        }
    }

    /// @notice Puts the report's inputs into their slots
    function setInputs(Frame memory frame, uint256[] calldata inputs) internal pure {
        require(inputs.length == frame.sizes.inputs, InputCount(frame.sizes.inputs, inputs.length));
        uint256 to = frame.inputs;
        uint256 size = 32 * inputs.length;
        assembly ("memory-safe") {
            calldatacopy(to, inputs.offset, size)
        }
        if (_or(to, inputs.length) >> 128 != 0) revert InputTooWide(inputs[_firstOver(to, 128)]);
    }

    /// @notice Prepares the frame of a mapping: the old accounts lead the accounts, the old state is the input, all else is
    ///         zero; the caller has held the sizes against the words
    /// @return cents sum of the old accounts
    function setMapped(
        Frame memory frame,
        uint256[] calldata words,
        uint256 oldAccounts
    ) internal pure returns (uint256 cents) {
        setInputs(frame, words[oldAccounts:]);
        uint256 from = frame.cash;
        uint256 to = frame.accounts;
        uint256 end = frame.sinks;
        assembly ("memory-safe") {
            // Copying from beyond the end of calldata writes zeros.
            calldatacopy(from, calldatasize(), sub(end, from))
            calldatacopy(to, words.offset, shl(5, oldAccounts))
        }
        return _sum(to, oldAccounts);
    }

    /// @notice Puts the deposit, in cents, into the cash slot
    function setDeposit(Frame memory frame, uint256 deposit) internal pure {
        require(deposit >> 128 == 0, InputTooWide(deposit));
        uint256 to = frame.cash;
        assembly ("memory-safe") {
            mstore(to, deposit)
        }
    }

    /// @notice Number of account and state words together
    function stateCount(Frame memory frame) internal pure returns (uint256) {
        return frame.sizes.accounts + frame.sizes.state;
    }

    /// @notice Reverts unless every account and state word fits its packed width
    function requireWidth(Frame memory frame) internal pure {
        uint256 count = stateCount(frame);
        uint256 wide = firstTooWide(frame.accounts, count);
        require(wide == count, Width(wide));
    }

    /// @notice Reverts unless all cash has left the cash slot and accounts and sinks hold what went in
    /// @param before sum of the accounts before the run and of the deposit
    /// @return kept what the accounts hold after the run
    /// @return paid what the sinks hold
    function requireConserved(Frame memory frame, uint256 before) internal pure returns (uint256 kept, uint256 paid) {
        kept = accountSum(frame);
        paid = _sum(frame.sinks, frame.sizes.sinks);
        uint256 afterwards = kept + paid;
        uint256 undistributed = word(frame.cash, 0);
        require(undistributed == 0 && afterwards == before, NotConserved(undistributed, before, afterwards));
    }

    /// @notice Sum of the account balances
    function accountSum(Frame memory frame) internal pure returns (uint256) {
        return _sum(frame.accounts, frame.sizes.accounts);
    }

    /// @notice What the servicer had to deposit for this period, in cents (state word number `tranches`)
    function remittance(Frame memory frame) internal pure returns (uint256) {
        return word(frame.state, frame.sizes.tranches);
    }

    /// @notice keccak256 of all slots after the run and of the transfer log
    function resultHash(Frame memory frame) internal pure returns (bytes32 hash) {
        uint256 base = frame.base;
        uint256 end = frame.logEnd;
        assembly ("memory-safe") {
            hash := keccak256(base, sub(end, base))
        }
    }

    /// @notice keccak256 of the account and state words
    function stateHash(Frame memory frame) internal pure returns (bytes32 hash) {
        uint256 from = frame.accounts;
        uint256 end = frame.sinks;
        assembly ("memory-safe") {
            hash := keccak256(from, sub(end, from))
        }
    }

    /// @notice All slots, without copying
    function allSlots(Frame memory frame) internal pure returns (uint256[] memory slots) {
        uint256 base = frame.base;
        assembly ("memory-safe") {
            slots := sub(base, 32)
        }
    }

    /// @notice A copy of the transfer log: from operand << 240 | to operand << 224 | amount
    function transferLog(Frame memory frame) internal pure returns (uint256[] memory transfers) {
        return copyWords(frame.log, (frame.logEnd - frame.log) / 32);
    }

    /// @notice Copies words from memory into a new array
    function copyWords(uint256 from, uint256 count) internal pure returns (uint256[] memory copy) {
        copy = new uint256[](count);
        assembly ("memory-safe") {
            mcopy(add(copy, 32), from, shl(5, count))
        }
    }

    /// @notice The word at an index from a pointer
    function word(uint256 from, uint256 index) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := mload(add(from, shl(5, index)))
        }
    }

    /// @notice Index of the first of these words that is too wide to be packed, or their number when none is
    function firstTooWide(uint256 from, uint256 count) internal pure returns (uint256) {
        uint256 all;
        assembly ("memory-safe") {
            let end := add(from, shl(5, count))
            let at := from
            // Three at a time, as they are packed: that costs little more than one.
            for {} lt(add(at, 64), end) {
                at := add(at, 96)
            } {
                all := or(all, or(mload(at), or(mload(add(at, 32)), mload(add(at, 64)))))
            }
            for {} lt(at, end) {
                at := add(at, 32)
            } {
                all := or(all, mload(at))
            }
        }
        return all >> WIDTH == 0 ? count : _firstOver(from, WIDTH);
    }

    /// @dev Index of the first word from there on that has more than so many bits; there must be one.
    function _firstOver(uint256 from, uint256 bits) private pure returns (uint256 index) {
        while (word(from, index) >> bits == 0) ++index;
    }

    function _or(uint256 from, uint256 count) private pure returns (uint256 all) {
        assembly ("memory-safe") {
            for {
                let end := add(from, shl(5, count))
            } lt(from, end) {
                from := add(from, 32)
            } {
                all := or(all, mload(from))
            }
        }
    }

    function _sum(uint256 from, uint256 count) private pure returns (uint256 sum) {
        // Words are below 2^128 and there are at most 2047: no overflow.
        assembly ("memory-safe") {
            for {
                let end := add(from, shl(5, count))
            } lt(from, end) {
                from := add(from, 32)
            } {
                sum := add(sum, mload(from))
            }
        }
    }

    /// @dev Constants into their slots, and the code.
    function _copyCode(Frame memory frame, address program) private view {
        Layout memory sizes = frame.sizes;
        uint256 constantBytes = 32 * sizes.constants;
        ProgramPages.copyHead(program, sizes, Layouts.HEADER, constantBytes, frame.base);
        ProgramPages.copyHead(program, sizes, Layouts.HEADER + constantBytes, sizes.codeLength, frame.code);
    }

    /// @dev The row's 16-byte words lie behind the code until each is spread into its slot.
    function _copyRow(Frame memory frame, address program, uint256 row) private view {
        Layout memory sizes = frame.sizes;
        uint256 packed = frame.code + sizes.codeLength;
        uint256 slot = frame.base + 32 * sizes.constants;
        uint256 end = slot + 32 * sizes.row;
        ProgramPages.copyRow(program, sizes, row, packed);
        assembly ("memory-safe") {
            for {} lt(slot, end) {
                slot := add(slot, 32)
            } {
                mstore(slot, shr(128, mload(packed)))
                packed := add(packed, 16)
            }
        }
    }

    /// @dev Lays out: number of slots, slots, log, code, row, and a word so that reading 32 bytes at END stays inside.
    function _reserve(Frame memory frame) private pure {
        Layout memory sizes = frame.sizes;
        uint256 slots = Layouts.slots(sizes);
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
            mstore(free, slots)
        }
        uint256 end;
        // Counts have 16 bits and the length of the code 24.
        unchecked {
            frame.base = free + 32;
            frame.inputs = frame.base + 32 * (sizes.constants + sizes.row);
            frame.cash = frame.inputs + 32 * sizes.inputs;
            frame.accounts = frame.cash + 32 * sizes.cash;
            frame.state = frame.accounts + 32 * sizes.accounts;
            frame.sinks = frame.state + 32 * sizes.state;
            frame.log = frame.base + 32 * slots;
            frame.logEnd = frame.log;
            frame.code = frame.log + 32 * sizes.pays;
            end = frame.code + sizes.codeLength + Layouts.ROW_WORD * sizes.row + 63;
        }
        assembly ("memory-safe") {
            mstore(0x40, and(end, not(31)))
        }
    }
}
