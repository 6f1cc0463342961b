// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Asm} from "./Asm.sol";

/// @notice Mappings of the sample program to one of the same shape, which keep every word
library SampleMapping {
    // Constants 0 to 4, then the slots below.
    uint16 private constant OLD_STATE = 5; // inputs
    uint16 private constant OLD_COLLECTION = 9; // accounts
    uint16 private constant OLD_RESERVE = 10;
    uint16 private constant COLLECTION = 11;
    uint16 private constant RESERVE = 12;
    uint16 private constant STATE = 13;
    uint16 private constant SHORT = 16; // scratch

    /// @notice Everything goes over as it is
    function blob(bytes32 oldHash, bytes32 newHash, uint256 fromPeriod) internal pure returns (bytes memory) {
        bytes memory cash = abi.encodePacked(
            Asm.op4(Asm.PAY, OLD_COLLECTION, COLLECTION, OLD_COLLECTION, SHORT),
            Asm.op4(Asm.PAY, OLD_RESERVE, RESERVE, OLD_RESERVE, SHORT)
        );
        return _blob(shape(), oldHash, newHash, fromPeriod, cash);
    }

    /// @notice The reserve is forgotten: its cash stays in the old account
    function forgetting(bytes32 oldHash, bytes32 newHash, uint256 fromPeriod) internal pure returns (bytes memory) {
        bytes memory cash = abi.encodePacked(
            Asm.op4(Asm.PAY, OLD_COLLECTION, COLLECTION, OLD_COLLECTION, SHORT),
            Asm.op4(Asm.PAY, OLD_COLLECTION, RESERVE, OLD_COLLECTION, SHORT)
        );
        return _blob(shape(), oldHash, newHash, fromPeriod, cash);
    }

    /// @notice Everything goes over as it is, and a class's balance grows by so many cents
    /// @dev The amount is a constant more: all slots come one later.
    function raising(
        bytes32 oldHash,
        bytes32 newHash,
        uint256 fromPeriod,
        uint16 tranche,
        uint256 cents
    ) internal pure returns (bytes memory) {
        Asm.Shape memory its = shape();
        its.constants = 6;
        bytes memory code = abi.encodePacked(
            Asm.op4(Asm.PAY, OLD_COLLECTION + 1, COLLECTION + 1, OLD_COLLECTION + 1, SHORT + 1),
            Asm.op4(Asm.PAY, OLD_RESERVE + 1, RESERVE + 1, OLD_RESERVE + 1, SHORT + 1),
            Asm.op2(Asm.MOV, STATE + 1, OLD_STATE + 1),
            Asm.op2(Asm.MOV, STATE + 2, OLD_STATE + 2),
            Asm.op2(Asm.MOV, STATE + 3, OLD_STATE + 3),
            Asm.op3(Asm.ADD, STATE + 1 + tranche, OLD_STATE + 1 + tranche, 5),
            Asm.END
        );
        return abi.encodePacked(Asm.header(its, code.length), _named(oldHash, newHash, fromPeriod), cents, code);
    }

    function shape() internal pure returns (Asm.Shape memory) {
        return
            Asm.Shape({
                constants: 5,
                row: 0,
                inputs: 3,
                accounts: 4,
                state: 3,
                sinks: 0,
                scratch: 1,
                rows: 1,
                pays: 2,
                tranches: 0
            });
    }

    function _blob(
        Asm.Shape memory its,
        bytes32 oldHash,
        bytes32 newHash,
        uint256 fromPeriod,
        bytes memory cash
    ) private pure returns (bytes memory) {
        bytes memory code = abi.encodePacked(
            cash,
            Asm.op2(Asm.MOV, STATE, OLD_STATE),
            Asm.op2(Asm.MOV, STATE + 1, OLD_STATE + 1),
            Asm.op2(Asm.MOV, STATE + 2, OLD_STATE + 2),
            Asm.END
        );
        return abi.encodePacked(Asm.header(its, code.length), _named(oldHash, newHash, fromPeriod), code);
    }

    /// @dev The constants that every mapping begins with.
    function _named(bytes32 oldHash, bytes32 newHash, uint256 fromPeriod) private pure returns (bytes memory) {
        return
            abi.encodePacked(
                uint256(oldHash) >> 128,
                uint256(uint128(uint256(oldHash))),
                uint256(newHash) >> 128,
                uint256(uint128(uint256(newHash))),
                fromPeriod
            );
    }
}
