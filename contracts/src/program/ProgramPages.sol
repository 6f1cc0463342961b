// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {CodeStorage} from "./CodeStorage.sol";
import {Layout, Layouts} from "./Layout.sol";

/// @title Where the bytes of a stored program lie
/// @notice A program that fits the code of one contract is that code, after a leading zero byte. A larger one lies in
///         pages: its address holds a zero byte, the header and the pages' addresses. The pages are contracts with a
///         leading zero byte, first those of the head (header, constants, code), cut every 24,575 bytes, then those of the
///         rows, each with as many whole rows as fit. So a run loads the head and the one page with its row.
/// @dev Which of the two it is follows from the size that the header states.
library ProgramPages {
    /// @dev What fits into the code of one contract beside its leading zero byte.
    uint256 internal constant PAGE = 24_575;
    uint256 private constant ADDRESS = 20;
    uint256 private constant ADDRESSES = Layouts.PREFIX + Layouts.HEADER;

    /// @notice A page's code could not be put on chain
    error PageNotStored();

    /// @notice Whether a program of this layout lies in pages
    function isPaged(Layout memory sizes) internal pure returns (bool) {
        return Layouts.size(sizes) > PAGE;
    }

    /// @notice Number of pages of the head and of all pages of a paged program
    function count(Layout memory sizes) internal pure returns (uint256 head, uint256 all) {
        uint256 headSize = Layouts.headSize(sizes);
        head = (headSize + PAGE - 1) / PAGE;
        uint256 size = _rowPage(sizes);
        all = head + (Layouts.size(sizes) - headSize + size - 1) / size;
    }

    /// @notice Where a page's bytes begin in the program and how many they are
    function span(Layout memory sizes, uint256 page) internal pure returns (uint256 start, uint256 length) {
        (uint256 head, ) = count(sizes);
        uint256 headSize = Layouts.headSize(sizes);
        bool ofHead = page < head;
        uint256 size = ofHead ? PAGE : _rowPage(sizes);
        start = ofHead ? page * size : headSize + (page - head) * size;
        uint256 end = ofHead ? headSize : Layouts.size(sizes);
        length = end - start < size ? end - start : size;
    }

    /// @notice Copies bytes of header, constants or code into memory
    function copyHead(address program, Layout memory sizes, uint256 offset, uint256 length, uint256 to) internal view {
        if (!isPaged(sizes)) return _copyOne(program, offset, length, to);
        _copy(program, 0, PAGE, offset, length, to);
    }

    /// @notice Copies the row with this index, from 0, into memory
    function copyRow(address program, Layout memory sizes, uint256 row, uint256 to) internal view {
        uint256 length = Layouts.ROW_WORD * sizes.row;
        uint256 offset = row * length;
        if (!isPaged(sizes)) return _copyOne(program, Layouts.headSize(sizes) + offset, length, to);
        (uint256 head, ) = count(sizes);
        _copy(program, head, _rowPage(sizes), offset, length, to);
    }

    /// @notice Creates the contract that names a paged program's pages; returns zero when that failed
    function bind(bytes32 header, address[] memory pages) internal returns (address program) {
        bytes memory data = new bytes(Layouts.HEADER + ADDRESS * pages.length);
        assembly ("memory-safe") {
            mstore(add(data, 32), header)
        }
        for (uint256 i; i < pages.length; ++i) {
            address page = pages[i];
            assembly ("memory-safe") {
                let to := add(add(data, 64), mul(ADDRESS, i))
                // Twelve bytes after the address are kept as they are: they may lie beyond the array.
                mstore(to, or(shl(96, page), shr(160, shl(160, mload(to)))))
            }
        }
        return CodeStorage.store(data);
    }

    /// @dev Bytes of a page of rows: whole rows, unless one row is larger than a page.
    function _rowPage(Layout memory sizes) private pure returns (uint256) {
        uint256 row = Layouts.ROW_WORD * sizes.row;
        return row == 0 || row > PAGE ? PAGE : PAGE - (PAGE % row);
    }

    function _copyOne(address from, uint256 offset, uint256 length, uint256 to) private view {
        assembly ("memory-safe") {
            extcodecopy(from, to, add(offset, 1), length)
        }
    }

    /// @dev Copies from the pages of one part of the program, whose first page is `first` and whose pages have `size` bytes.
    function _copy(
        address program,
        uint256 first,
        uint256 size,
        uint256 offset,
        uint256 length,
        uint256 to
    ) private view {
        while (length != 0) {
            uint256 within = offset % size;
            uint256 part = size - within < length ? size - within : length;
            _copyOne(_pageAt(program, first + offset / size), within, part, to);
            offset += part;
            to += part;
            length -= part;
        }
    }

    function _pageAt(address program, uint256 index) private view returns (address page) {
        uint256 offset = ADDRESSES + ADDRESS * index;
        assembly ("memory-safe") {
            extcodecopy(program, 0, offset, ADDRESS)
            page := shr(96, mload(0))
        }
    }
}
