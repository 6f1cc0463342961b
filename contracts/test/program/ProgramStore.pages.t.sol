// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Frame, Frames} from "../../src/program/Frame.sol";
import {IProgramStore} from "../../src/program/IProgramStore.sol";
import {ProgramStore} from "../../src/program/ProgramStore.sol";
import {ProgramValidator} from "../../src/program/ProgramValidator.sol";
import {Asm} from "../support/Asm.sol";
import {Test} from "../support/Vm.sol";

/// @notice Programs of more bytes than a contract holds: stored in pages, bound when the pages are the program's
contract ProgramStorePagesTest is Test {
    using Frames for Frame;

    uint16 private constant ROWS = 40;
    uint16 private constant WORDS = 80;
    /// @dev 80 words are 1,280 bytes, of which 19 fit a page.
    uint256 private constant ROW = 1_280;
    uint256 private constant ROW_PAGE = 19 * ROW;

    ProgramStore private _store;

    function setUp() public {
        _store = new ProgramStore();
    }

    /// @dev `constants` constants, each its index; word w of row r is 1,000 r + w; the code is END.
    function _program(uint16 constants, bytes memory code) private pure returns (bytes memory head, bytes memory rows) {
        Asm.Shape memory shape = Asm.Shape(constants, WORDS, 0, 1, 1, 1, 1, ROWS, 0, 0);
        uint256[] memory words = new uint256[](constants);
        for (uint256 i; i < constants; ++i) words[i] = i;
        head = abi.encodePacked(Asm.header(shape, code.length), words, code);
        rows = new bytes(ROWS * ROW);
        for (uint256 i; i < ROWS * WORDS; ++i) {
            uint256 value = 1_000 * (i / WORDS) + (i % WORDS);
            rows[16 * i + 14] = bytes1(uint8(value >> 8));
            rows[16 * i + 15] = bytes1(uint8(value));
        }
    }

    function _part(bytes memory data, uint256 from, uint256 to) private pure returns (bytes memory part) {
        part = new bytes(to - from);
        for (uint256 i; i < part.length; ++i) part[i] = data[from + i];
    }

    /// @dev Stores the pieces of one part, cut every `size` bytes, and adds their hashes to the list.
    function _storePart(bytes32[] memory list, bytes memory data, uint256 size) private returns (bytes32[] memory all) {
        uint256 count = (data.length + size - 1) / size;
        all = new bytes32[](list.length + count);
        for (uint256 i; i < list.length; ++i) all[i] = list[i];
        for (uint256 i; i < count; ++i) {
            uint256 end = (i + 1) * size < data.length ? (i + 1) * size : data.length;
            bytes memory page = _part(data, i * size, end);
            _store.storePage(page);
            all[list.length + i] = keccak256(page);
        }
    }

    function _pages(bytes memory head, bytes memory rows) private returns (bytes32[] memory hashes) {
        hashes = _storePart(_storePart(new bytes32[](0), head, 24_575), rows, ROW_PAGE);
    }

    function _refuse(bytes32[] memory hashes, bytes memory failure) private {
        vm.expectRevert(failure);
        _store.registerPages(hashes);
    }

    function test_aPagedProgramIsKnownByTheHashOfAllItsBytes() public {
        (bytes memory head, bytes memory rows) = _program(3, hex"00");
        bytes32[] memory hashes = _pages(head, rows);
        equal(hashes.length, 4, "one page of head, 19 + 19 + 2 rows");
        address program = _store.registerPages(hashes);
        isTrue(_store.programOf(keccak256(abi.encodePacked(head, rows))) == program, "found by hash");
        isTrue(_store.registerPages(hashes) == program, "second registration finds the first");
        equal(program.code.length, 1 + 32 + 4 * 20, "header and addresses");
    }

    function test_aRunFindsConstantsCodeAndEveryRow() public {
        // 900 constants are 28,800 bytes: the head takes two pages, the code lies in the second.
        (bytes memory head, bytes memory rows) = _program(900, abi.encodePacked(Asm.op2(Asm.MOV, 982, 0), hex"00"));
        address program = _store.registerPages(_pages(head, rows));
        for (uint256 period = 1; period <= ROWS; ++period) {
            Frame memory frame = Frames.load(program, period);
            equal(Frames.word(frame.base, 899), 899, "last constant");
            equal(Frames.word(frame.base, 900), 1_000 * (period - 1), "first word of the row");
            equal(Frames.word(frame.base, 979), 1_000 * (period - 1) + 79, "last word of the row");
            equal(Frames.word(frame.base, 980), 0, "cash");
            equal(Frames.word(frame.code, 0) >> 208, uint256(0x0b7ac0000000), "MOV 982 0, END");
        }
    }

    function test_pagesAreStoredOnce() public {
        address page = _store.storePage(hex"01");
        isTrue(_store.storePage(hex"01") == page && _store.pageOf(keccak256(hex"01")) == page, "one page");
        isTrue(_store.pageOf(keccak256("")) == address(0), "unknown page");
        vm.expectRevert(abi.encodeWithSelector(IProgramStore.PageSize.selector, 0));
        _store.storePage("");
        vm.expectRevert(abi.encodeWithSelector(IProgramStore.PageSize.selector, 24_576));
        _store.storePage(new bytes(24_576));
    }

    /// @dev Anybody's bytes of any size: known by their hash, and no others.
    function testFuzz_storePage(bytes calldata data, uint16 size, bytes32 other) public {
        bytes memory page = abi.encodePacked(data, new bytes(size % 8 == 0 ? uint256(size) % 30_000 : 0));
        bool fits = page.length != 0 && page.length < 24_576;
        if (!fits) vm.expectRevert(abi.encodeWithSelector(IProgramStore.PageSize.selector, page.length));
        address kept = _store.storePage(page);
        isTrue(_store.pageOf(keccak256(page)) == (fits ? kept : address(0)), "known by its hash");
        if (fits) isTrue(keccak256(kept.code) == keccak256(abi.encodePacked(hex"00", page)), "its bytes");
        isTrue(other == keccak256(page) || _store.pageOf(other) == address(0), "and no other");
    }

    /// @dev Any of the pages left out, doubled or put elsewhere: refused by name, or a program. Pages 1 and 2 are as long as each
    ///      other, so that any order of them is one.
    /// forge-config: default.fuzz.runs = 32
    function testFuzz_registerPages(uint256 one, uint256 other, uint8 how) public {
        (bytes memory head, bytes memory rows) = _program(3, hex"00");
        bytes32[] memory right = _pages(head, rows);
        bytes32[] memory hashes = new bytes32[](4);
        for (uint256 i; i < 4; ++i) hashes[i] = right[i];
        (one, other) = (one % 4, other % 4);
        if (how % 4 == 0) (hashes[one], hashes[other]) = (hashes[other], hashes[one]);
        if (how % 4 == 1) hashes[one] = hashes[other];
        if (how % 4 == 2) hashes[one] = keccak256(abi.encode(other));
        bool fits = hashes[0] == right[0] && hashes[3] == right[3];
        for (uint256 i = 1; i < 3; ++i) fits = fits && (hashes[i] == right[1] || hashes[i] == right[2]);
        try _store.registerPages(hashes) returns (address program) {
            isTrue(fits && program.code.length == 1 + 32 + 4 * 20, "header and addresses");
        } catch (bytes memory failure) {
            isTrue(!fits && bytes4(failure) != 0x4e487b71, "a named error, no panic");
        }
    }

    function test_refusesPagesThatAreNotCutWhereARunLooks() public {
        (bytes memory head, bytes memory rows) = _program(3, hex"00");
        bytes32[] memory hashes = _pages(head, rows);
        _refuse(new bytes32[](0), abi.encodeWithSelector(IProgramStore.PageCount.selector, 2, 0));
        bytes32 last = hashes[3];
        hashes[3] = keccak256("nobody stored this");
        _refuse(hashes, abi.encodeWithSelector(IProgramStore.PageUnknown.selector, 3, hashes[3]));
        hashes[3] = hashes[2];
        _refuse(hashes, abi.encodeWithSelector(IProgramStore.PageLength.selector, 3, 2 * ROW, ROW_PAGE));
        (hashes[3], hashes[2]) = (hashes[2], last);
        _refuse(hashes, abi.encodeWithSelector(IProgramStore.PageLength.selector, 2, ROW_PAGE, 2 * ROW));
        bytes32[] memory three = new bytes32[](3);
        (three[0], three[1], three[2]) = (hashes[0], hashes[1], hashes[3]);
        _refuse(three, abi.encodeWithSelector(IProgramStore.PageCount.selector, 4, 3));
    }

    function test_rowsInAnotherOrderAreAnotherProgram() public {
        (bytes memory head, bytes memory rows) = _program(3, hex"00");
        bytes32[] memory hashes = _pages(head, rows);
        (hashes[1], hashes[2]) = (hashes[2], hashes[1]);
        address swapped = _store.registerPages(hashes);
        vm.expectPartialRevert(IProgramStore.ProgramUnknown.selector);
        _store.programOf(keccak256(abi.encodePacked(head, rows)));
        equal(Frames.word(Frames.load(swapped, 1).base, 3), 19_000, "its first row is the twentieth");
    }

    function test_refusesProgramsThatNeedNoPagesOrTooMany() public {
        Asm.Shape memory shape = Asm.Shape(0, WORDS, 0, 1, 1, 1, 1, 2, 0, 0);
        bytes memory small = abi.encodePacked(Asm.header(shape, 1), hex"00");
        bytes32[] memory hashes = _storePart(new bytes32[](0), small, 24_575);
        _refuse(hashes, abi.encodeWithSelector(IProgramStore.ProgramNotPaged.selector, 33 + 2 * ROW));
        shape.rows = 820;
        hashes = _storePart(new bytes32[](0), abi.encodePacked(Asm.header(shape, 1), hex"00"), 24_575);
        _refuse(hashes, abi.encodeWithSelector(IProgramStore.ProgramTooLarge.selector, 33 + 820 * ROW));
    }

    function test_aPagedProgramIsValidatedAsAnyOther() public {
        (bytes memory head, bytes memory rows) = _program(3, hex"14");
        bytes32[] memory hashes = _pages(head, rows);
        _refuse(hashes, abi.encodeWithSelector(ProgramValidator.UnknownOpcode.selector, 0, 20));
        // MOV into a constant.
        (head, rows) = _program(3, abi.encodePacked(Asm.op2(Asm.MOV, 0, 1), hex"00"));
        hashes = _pages(head, rows);
        _refuse(hashes, abi.encodeWithSelector(ProgramValidator.OperandInvalid.selector, 0, 0));
    }
}
