// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice Assembles programs by hand for tests
library Asm {
    uint8 internal constant END = 0;
    uint8 internal constant ADD = 1;
    uint8 internal constant SUB = 2;
    uint8 internal constant PAY = 3;
    uint8 internal constant SSUB = 4;
    uint8 internal constant MIN = 5;
    uint8 internal constant MULF = 6;
    uint8 internal constant MULN = 7;
    uint8 internal constant MULC = 8;
    uint8 internal constant MAX = 9;
    uint8 internal constant OR = 10;
    uint8 internal constant MOV = 11;
    uint8 internal constant LT = 12;
    uint8 internal constant LE = 13;
    uint8 internal constant SEL = 14;
    uint8 internal constant JZ = 15;
    uint8 internal constant JMP = 16;
    uint8 internal constant AND = 17;
    uint8 internal constant NOT = 18;
    uint8 internal constant EQ = 19;

    /// @dev The fields of a header in the order of docs/waterfall-program.md; `cash` is always 1.
    struct Shape {
        uint16 constants;
        uint16 row;
        uint16 inputs;
        uint16 accounts;
        uint16 state;
        uint16 sinks;
        uint16 scratch;
        uint16 rows;
        uint16 pays;
        uint16 tranches;
    }

    function header(Shape memory s, uint256 codeLength) internal pure returns (bytes memory) {
        bytes memory counts = abi.encodePacked(s.constants, s.row, s.inputs, uint16(1), s.accounts, s.state, s.sinks);
        return
            abi.encodePacked(
                uint16(0x0100),
                counts,
                s.scratch,
                s.rows,
                uint24(codeLength),
                s.pays,
                s.tranches,
                bytes5(0)
            );
    }

    /// @dev Slot ids become byte offsets.
    function op2(uint8 op, uint16 d, uint16 a) internal pure returns (bytes memory) {
        return abi.encodePacked(op, d * 32, a * 32);
    }

    function op3(uint8 op, uint16 d, uint16 a, uint16 b) internal pure returns (bytes memory) {
        return abi.encodePacked(op, d * 32, a * 32, b * 32);
    }

    function op4(uint8 op, uint16 d, uint16 a, uint16 b, uint16 c) internal pure returns (bytes memory) {
        return abi.encodePacked(op, d * 32, a * 32, b * 32, c * 32);
    }

    function jz(uint16 condition, uint16 target) internal pure returns (bytes memory) {
        return abi.encodePacked(JZ, condition * 32, target);
    }

    function jmp(uint16 target) internal pure returns (bytes memory) {
        return abi.encodePacked(JMP, target);
    }
}
