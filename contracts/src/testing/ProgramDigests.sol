// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Frame, Frames} from "../program/Frame.sol";
import {ProgramValidator} from "../program/ProgramValidator.sol";
import {WaterfallVM} from "../program/WaterfallVM.sol";
import {ProgramHarness} from "./ProgramHarness.sol";
import {UncheckedStore} from "./UncheckedStore.sol";

/// @title Runs many programs on any state in one call and tells each outcome by its hashes
/// @dev For local chains only, like ProgramHarness, which tells every word of the few runs whose hashes are not as expected.
contract ProgramDigests {
    using Frames for Frame;

    /// @param blob a program
    /// @param cases what to run it on
    struct Batch {
        bytes blob;
        ProgramHarness.Case[] cases;
    }

    /// @param failure the revert data of a run that failed, empty for one that did not
    /// @param resultHash over every slot and transfer
    /// @param stateHash over every stored word
    struct Digest {
        bytes failure;
        bytes32 resultHash;
        bytes32 stateHash;
    }

    /// @notice Validates programs and runs the cases of each, one list of cases after the other; call it with eth_call
    function digestMany(Batch[] calldata batches) external returns (Digest[] memory digests) {
        uint256 count;
        for (uint256 i; i < batches.length; ++i) {
            count += batches[i].cases.length;
        }
        digests = new Digest[](count);
        uint256 next;
        for (uint256 i; i < batches.length; ++i) {
            ProgramValidator.validate(batches[i].blob);
            address program = UncheckedStore.store(batches[i].blob);
            ProgramHarness.Case[] calldata cases = batches[i].cases;
            for (uint256 j; j < cases.length; ++j) {
                try this.digest(program, cases[j]) returns (bytes32 resultHash, bytes32 stateHash) {
                    digests[next].resultHash = resultHash;
                    digests[next].stateHash = stateHash;
                } catch (bytes memory failure) {
                    digests[next].failure = failure;
                }
                ++next;
            }
        }
    }

    /// @notice Runs one case on a stored program and tells its hashes; reverts as the vault would
    function digest(
        address program,
        ProgramHarness.Case calldata one
    ) external view returns (bytes32 resultHash, bytes32 stateHash) {
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
        return (frame.resultHash(), frame.stateHash());
    }
}
