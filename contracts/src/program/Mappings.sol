// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Frame, Frames} from "./Frame.sol";
import {Layout, Layouts} from "./Layout.sol";
import {WaterfallVM} from "./WaterfallVM.sol";

/// @title Runs the mapping of an amendment: from the words that one program left to those that the next opens with
/// @notice docs/waterfall-program.md, Amendments. A mapping takes the old state as input, the old accounts with their cash
///         as its first accounts, and has the new program's accounts and state behind them. It has no sinks, so that the
///         laws of a run keep all cash.
library Mappings {
    using Frames for Frame;

    /// @notice The mapping does not fit the two programs: `what` names the part that has the wrong size
    error MappingMismatch(string what, uint256 expected, uint256 given);
    /// @notice The mapping was compiled for other programs or another period
    error MappingOfAnother(bytes32 oldHash, bytes32 newHash, uint256 fromPeriod);
    /// @notice The mapping left cash in the old account of this index
    error CashLeftBehind(uint256 account, uint256 cents);

    /// @param oldHash the program whose words are mapped
    /// @param newHash the program that pays from then on
    /// @param fromPeriod the first period that it pays
    struct Step {
        bytes32 oldHash;
        bytes32 newHash;
        uint256 fromPeriod;
    }

    /// @notice The new program's account and state words
    /// @param mapping_ address of the stored mapping
    /// @param oldProgram address of the stored old program
    /// @param newProgram address of the stored new program
    function run(
        address mapping_,
        address oldProgram,
        address newProgram,
        Step calldata step,
        uint256[] calldata words
    ) internal view returns (uint256[] memory) {
        Layout memory old = Layouts.read(oldProgram);
        Layout memory next = Layouts.read(newProgram);
        Frame memory frame = Frames.load(mapping_, 1);
        _requireShape(frame.sizes, old, next, words.length);
        _requireNamed(frame, step);
        uint256 cents = frame.setMapped(words, old.accounts);
        WaterfallVM.execute(frame);
        frame.requireWidth();
        frame.requireConserved(cents);
        for (uint256 i; i < old.accounts; ++i) {
            uint256 left = Frames.word(frame.accounts, i);
            require(left == 0, CashLeftBehind(i, left));
        }
        return Frames.copyWords(frame.accounts + 32 * old.accounts, next.accounts + next.state);
    }

    function _requireShape(Layout memory its, Layout memory old, Layout memory next, uint256 words) private pure {
        uint256 count = old.accounts + old.state;
        require(words == count, MappingMismatch("words", count, words));
        require(its.inputs == old.state, MappingMismatch("inputs", old.state, its.inputs));
        uint256 accounts = old.accounts + next.accounts;
        require(its.accounts == accounts, MappingMismatch("accounts", accounts, its.accounts));
        require(its.state == next.state, MappingMismatch("state", next.state, its.state));
        require(its.sinks == 0, MappingMismatch("sinks", 0, its.sinks));
    }

    /// @dev The first constants are both programs' hashes, each in two halves, and the period.
    function _requireNamed(Frame memory frame, Step calldata step) private pure {
        require(frame.sizes.constants >= 5, MappingMismatch("constants", 5, frame.sizes.constants));
        uint256 base = frame.base;
        bytes32 oldHash = bytes32((Frames.word(base, 0) << 128) | Frames.word(base, 1));
        bytes32 newHash = bytes32((Frames.word(base, 2) << 128) | Frames.word(base, 3));
        uint256 from = Frames.word(base, 4);
        bool named = oldHash == step.oldHash && newHash == step.newHash && from == step.fromPeriod;
        require(named, MappingOfAnother(oldHash, newHash, from));
    }
}
