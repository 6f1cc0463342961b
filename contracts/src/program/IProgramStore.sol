// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Mappings} from "./Mappings.sol";

/// @title Waterfall programs as contract code, by content hash
/// @notice Anybody may store a program: it is validated, never changes, and its hash is its name.
interface IProgramStore {
    /// @notice A program was stored at an address
    event ProgramStored(bytes32 indexed programHash, address program);

    /// @notice A page was stored at an address
    event PageStored(bytes32 indexed pageHash, address page);

    /// @notice One transaction registers at most 24,575 bytes: store a larger program's pages and register those. No program
    ///         is larger than 1,048,576 bytes.
    error ProgramTooLarge(uint256 size);
    /// @notice A program of this size does not lie in pages: register it whole
    error ProgramNotPaged(uint256 size);
    /// @notice A page has 1 to 24,575 bytes
    error PageSize(uint256 size);
    /// @notice No page of this hash is stored: store it first
    error PageUnknown(uint256 index, bytes32 pageHash);
    /// @notice The header asks for another number of pages
    error PageCount(uint256 expected, uint256 given);
    /// @notice A page does not have the length that the header asks for
    error PageLength(uint256 index, uint256 expected, uint256 given);
    /// @notice No program of this hash is stored: register it first
    error ProgramUnknown(bytes32 programHash);
    /// @notice The program's code could not be put on chain
    error ProgramNotStored();

    /// @notice Validates and stores a program of at most 24,575 bytes; storing one that is there already changes nothing
    /// @return program address whose code is 0x00 and then the program
    function register(bytes calldata blob) external returns (address program);

    /// @notice Stores a page of a larger program; storing one that is there already changes nothing
    function storePage(bytes calldata data) external returns (address page);

    /// @notice Validates a larger program from its stored pages and binds them together; binding it again changes nothing
    /// @param pageHashes keccak256 of each page: header, constants and code cut every 24,575 bytes, then the rows, as many
    ///        whole ones to a page as fit
    /// @return program address whose code is 0x00, the header and the pages' addresses
    function registerPages(bytes32[] calldata pageHashes) external returns (address program);

    /// @notice Address of a stored program; reverts when it is not stored
    function programOf(bytes32 programHash) external view returns (address program);

    /// @notice Runs a stored mapping on the words that an old program left
    /// @param mappingHash the mapping, which must have been compiled for this step
    /// @param words the old program's account words and then its state words
    /// @return mapped the new program's account words and then its state words
    function map(
        bytes32 mappingHash,
        Mappings.Step calldata step,
        uint256[] calldata words
    ) external view returns (uint256[] memory mapped);

    /// @notice Address of a stored page, zero when it is not stored
    function pageOf(bytes32 pageHash) external view returns (address page);
}
