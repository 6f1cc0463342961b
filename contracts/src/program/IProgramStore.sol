// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Waterfall programs as contract code, by content hash
/// @notice Anybody may store a program: it is validated, never changes, and its hash is its name.
interface IProgramStore {
    /// @notice A program was stored at an address
    event ProgramStored(bytes32 indexed programHash, address program);

    /// @notice The program does not fit into the code of one contract (24,575 bytes beside the leading zero byte)
    error ProgramTooLarge(uint256 size);
    /// @notice No program of this hash is stored: register it first
    error ProgramUnknown(bytes32 programHash);
    /// @notice The program's code could not be put on chain
    error ProgramNotStored();

    /// @notice Validates and stores a program; storing one that is there already changes nothing
    /// @return program address whose code is 0x00 and then the program
    function register(bytes calldata blob) external returns (address program);

    /// @notice Address of a stored program; reverts when it is not stored
    function programOf(bytes32 programHash) external view returns (address program);
}
