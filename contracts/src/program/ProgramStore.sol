// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IProgramStore} from "./IProgramStore.sol";
import {CodeStorage} from "./CodeStorage.sol";
import {ProgramValidator} from "./ProgramValidator.sol";

/// @title ProgramStore
contract ProgramStore is IProgramStore {
    uint256 private constant MAX_SIZE = 24_575;

    mapping(bytes32 programHash => address) private _programs;

    /// @inheritdoc IProgramStore
    function register(bytes calldata blob) external returns (address program) {
        require(blob.length <= MAX_SIZE, ProgramTooLarge(blob.length));
        bytes32 programHash = keccak256(blob);
        program = _programs[programHash];
        if (program != address(0)) return program;
        ProgramValidator.validate(blob);
        program = CodeStorage.store(blob);
        require(program != address(0), ProgramNotStored());
        _programs[programHash] = program;
        emit ProgramStored(programHash, program);
    }

    /// @inheritdoc IProgramStore
    function programOf(bytes32 programHash) external view returns (address program) {
        program = _programs[programHash];
        require(program != address(0), ProgramUnknown(programHash));
    }
}
