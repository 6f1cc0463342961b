// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {CodeStorage} from "./CodeStorage.sol";
import {IProgramStore} from "./IProgramStore.sol";
import {Layout, Layouts} from "./Layout.sol";
import {Mappings} from "./Mappings.sol";
import {ProgramPages} from "./ProgramPages.sol";
import {ProgramValidator} from "./ProgramValidator.sol";

/// @title ProgramStore
contract ProgramStore is IProgramStore {
    /// @dev All bytes are hashed at once in memory, whose price grows with the square of its size.
    uint256 private constant MAX_PROGRAM = 1 << 20;

    mapping(bytes32 programHash => address) private _programs;
    mapping(bytes32 pageHash => address) private _pages;

    /// @inheritdoc IProgramStore
    function register(bytes calldata blob) external returns (address program) {
        require(blob.length <= ProgramPages.PAGE, ProgramTooLarge(blob.length));
        bytes32 programHash = keccak256(blob);
        program = _programs[programHash];
        if (program != address(0)) return program;
        ProgramValidator.validate(blob);
        program = CodeStorage.store(blob);
        _keep(programHash, program);
    }

    /// @inheritdoc IProgramStore
    function storePage(bytes calldata data) external returns (address page) {
        require(data.length != 0 && data.length <= ProgramPages.PAGE, PageSize(data.length));
        bytes32 pageHash = keccak256(data);
        page = _pages[pageHash];
        if (page != address(0)) return page;
        page = CodeStorage.store(data);
        require(page != address(0), ProgramPages.PageNotStored());
        _pages[pageHash] = page;
        emit PageStored(pageHash, page);
    }

    /// @inheritdoc IProgramStore
    function registerPages(bytes32[] calldata pageHashes) external returns (address program) {
        address[] memory pages = new address[](pageHashes.length);
        for (uint256 i; i < pages.length; ++i) {
            pages[i] = _pages[pageHashes[i]];
            require(pages[i] != address(0), PageUnknown(i, pageHashes[i]));
        }
        bytes memory blob = _join(pages);
        bytes32 programHash = keccak256(blob);
        program = _programs[programHash];
        if (program != address(0)) return program;
        ProgramValidator.validate(blob);
        program = ProgramPages.bind(bytes32(blob), pages);
        _keep(programHash, program);
    }

    /// @inheritdoc IProgramStore
    function programOf(bytes32 programHash) public view returns (address program) {
        program = _programs[programHash];
        require(program != address(0), ProgramUnknown(programHash));
    }

    /// @inheritdoc IProgramStore
    function map(
        bytes32 mappingHash,
        Mappings.Step calldata step,
        uint256[] calldata words
    ) external view returns (uint256[] memory) {
        return Mappings.run(programOf(mappingHash), programOf(step.oldHash), programOf(step.newHash), step, words);
    }

    /// @inheritdoc IProgramStore
    function pageOf(bytes32 pageHash) external view returns (address) {
        return _pages[pageHash];
    }

    function _keep(bytes32 programHash, address program) private {
        require(program != address(0), ProgramNotStored());
        _programs[programHash] = program;
        emit ProgramStored(programHash, program);
    }

    /// @dev The program's bytes from its pages, which must be cut where a run will look for them.
    function _join(address[] memory pages) private view returns (bytes memory blob) {
        require(pages.length != 0, PageCount(2, 0));
        Layout memory sizes = Layouts.read(pages[0]);
        uint256 size = Layouts.size(sizes);
        require(size <= MAX_PROGRAM, ProgramTooLarge(size));
        require(size > ProgramPages.PAGE, ProgramNotPaged(size));
        (, uint256 count) = ProgramPages.count(sizes);
        require(pages.length == count, PageCount(count, pages.length));
        blob = new bytes(size);
        for (uint256 i; i < count; ++i) {
            (uint256 start, uint256 length) = ProgramPages.span(sizes, i);
            address page = pages[i];
            uint256 given = page.code.length - Layouts.PREFIX;
            require(given == length, PageLength(i, length, given));
            assembly ("memory-safe") {
                extcodecopy(page, add(add(blob, 32), start), 1, length)
            }
        }
    }
}
