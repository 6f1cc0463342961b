// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Frame, Frames} from "../program/Frame.sol";
import {ProgramValidator} from "../program/ProgramValidator.sol";
import {WaterfallVM} from "../program/WaterfallVM.sol";
import {UncheckedStore} from "./UncheckedStore.sol";

/// @title Runs programs on any state, for tests that compare the machine with the exact executor
/// @dev For local chains only; it holds nothing and no contract of a deal uses it.
contract ProgramHarness {
    using Frames for Frame;

    /// @param period 1-based payment date
    /// @param inputs the report's inputs
    /// @param deposit cents
    /// @param state account words and then state words
    struct Case {
        uint32 period;
        uint256[] inputs;
        uint256 deposit;
        uint256[] state;
    }

    /// @param failure the revert data of a run that failed, empty for one that did not
    struct Outcome {
        bytes failure;
        uint256[] slots;
        uint256[] transfers;
        bytes32 resultHash;
        bytes32 stateHash;
    }

    /// @notice Validates a program, runs all cases on it and reports failures as revert data; call it with eth_call
    function runMany(bytes calldata blob, Case[] calldata cases) external returns (Outcome[] memory outcomes) {
        ProgramValidator.validate(blob);
        address program = UncheckedStore.store(blob);
        outcomes = new Outcome[](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            try this.run(program, cases[i]) returns (Outcome memory outcome) {
                outcomes[i] = outcome;
            } catch (bytes memory failure) {
                outcomes[i].failure = failure;
            }
        }
    }

    /// @notice Runs one case on a stored program; reverts as the vault would
    function run(address program, Case calldata one) external view returns (Outcome memory outcome) {
        Frame memory frame = Frames.load(program, one.period);
        frame.setInputs(one.inputs);
        frame.setDeposit(one.deposit);
        uint256 count = frame.stateCount();
        require(one.state.length == count, Frames.StateCount(count, one.state.length));
        uint256 to = frame.accounts;
        uint256[] calldata state = one.state;
        assembly ("memory-safe") {
            calldatacopy(to, state.offset, shl(5, count))
        }
        WaterfallVM.execute(frame);
        frame.requireWidth();
        outcome.slots = frame.allSlots();
        outcome.transfers = frame.transferLog();
        outcome.resultHash = frame.resultHash();
        outcome.stateHash = frame.stateHash();
    }

    /// @notice The revert data of each program that is refused, empty for one that is valid
    function validateMany(bytes[] calldata blobs) external view returns (bytes[] memory failures) {
        failures = new bytes[](blobs.length);
        for (uint256 i; i < blobs.length; ++i) {
            try this.validate(blobs[i]) {} catch (bytes memory failure) {
                failures[i] = failure;
            }
        }
    }

    /// @notice Reverts unless the program is valid
    function validate(bytes calldata blob) external pure {
        ProgramValidator.validate(blob);
    }

    /// @notice Stores a program's bytes as code without validating them
    function store(bytes calldata blob) external returns (address program) {
        return UncheckedStore.store(blob);
    }
}
