// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What the 32-byte header of a program says: how many slots of each kind, and the sizes of its parts
/// @dev Slot order in memory: constants, row, inputs, cash, accounts, state, sinks, scratch (docs/waterfall-program.md).
struct Layout {
    uint256 version;
    uint256 constants;
    uint256 row;
    uint256 inputs;
    uint256 cash;
    uint256 accounts;
    uint256 state;
    uint256 sinks;
    uint256 scratch;
    uint256 rows;
    uint256 codeLength;
    uint256 pays;
    uint256 tranches;
}

/// @title Reads a program's header
library Layouts {
    /// @dev The code of a stored program begins with one zero byte (STOP) and the header, whether it lies in pages or not.
    uint256 internal constant PREFIX = 1;
    uint256 internal constant HEADER = 32;
    uint256 internal constant ROW_WORD = 16;

    /// @notice Takes a header word apart
    function decode(uint256 header) internal pure returns (Layout memory sizes) {
        sizes.version = header >> 248;
        sizes.constants = uint16(header >> 224);
        sizes.row = uint16(header >> 208);
        sizes.inputs = uint16(header >> 192);
        sizes.cash = uint16(header >> 176);
        sizes.accounts = uint16(header >> 160);
        sizes.state = uint16(header >> 144);
        sizes.sinks = uint16(header >> 128);
        sizes.scratch = uint16(header >> 112);
        sizes.rows = uint16(header >> 96);
        sizes.codeLength = uint24(header >> 72);
        sizes.pays = uint16(header >> 56);
        sizes.tranches = uint16(header >> 40);
    }

    /// @notice The layout of a stored program
    function read(address program) internal view returns (Layout memory) {
        uint256 header;
        assembly ("memory-safe") {
            extcodecopy(program, 0, PREFIX, HEADER)
            header := mload(0)
        }
        return decode(header);
    }

    /// @notice Bytes of header, constants and code
    function headSize(Layout memory sizes) internal pure returns (uint256) {
        // Counts have 16 bits and the length of the code 24.
        unchecked {
            return HEADER + 32 * sizes.constants + sizes.codeLength;
        }
    }

    /// @notice Bytes of the whole program
    function size(Layout memory sizes) internal pure returns (uint256) {
        unchecked {
            return headSize(sizes) + ROW_WORD * sizes.row * sizes.rows;
        }
    }

    /// @notice Number of memory slots of one run
    function slots(Layout memory sizes) internal pure returns (uint256) {
        unchecked {
            uint256 given = sizes.constants + sizes.row + sizes.inputs + sizes.cash;
            return given + sizes.accounts + sizes.state + sizes.sinks + sizes.scratch;
        }
    }
}
