// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Asm} from "./Asm.sol";

/// @notice A two-tranche deal small enough for hand arithmetic: fee 100 cents, interest of the row's basis points on
///         each balance, then principal to the senior and then the junior tranche, and what remains to the residual
/// @dev Input 0 is what the report says was collected; it is the remittance.
library SampleProgram {
    // Slots in the order of the frame.
    uint16 internal constant FEE = 0; // constant
    uint16 internal constant BASIS = 1; // constant 10,000
    uint16 internal constant RATE = 2; // row, basis points
    uint16 internal constant COLLECTED = 3; // input
    uint16 internal constant DEPOSIT = 4; // cash
    uint16 internal constant COLLECTION = 5; // account
    uint16 internal constant RESERVE = 6; // account
    uint16 internal constant SENIOR = 7; // state
    uint16 internal constant JUNIOR = 8; // state
    uint16 internal constant REMITTANCE = 9; // state
    uint16 internal constant SENIOR_INTEREST = 10; // sinks
    uint16 internal constant SENIOR_PRINCIPAL = 11;
    uint16 internal constant JUNIOR_INTEREST = 12;
    uint16 internal constant JUNIOR_PRINCIPAL = 13;
    uint16 internal constant FEE_PAID = 14;
    uint16 internal constant RESIDUAL = 15;
    uint16 internal constant SHORT = 16; // scratch
    uint16 internal constant DUE = 17;

    uint16 internal constant PERIODS = 3;

    function code() internal pure returns (bytes memory) {
        bytes memory start = abi.encodePacked(
            Asm.op2(Asm.MOV, REMITTANCE, COLLECTED),
            Asm.op4(Asm.PAY, DEPOSIT, COLLECTION, DEPOSIT, SHORT),
            Asm.op4(Asm.PAY, COLLECTION, FEE_PAID, FEE, SHORT),
            Asm.op4(Asm.MULF, DUE, SENIOR, RATE, BASIS),
            Asm.op4(Asm.PAY, COLLECTION, SENIOR_INTEREST, DUE, SHORT),
            Asm.op4(Asm.MULF, DUE, JUNIOR, RATE, BASIS)
        );
        return
            abi.encodePacked(
                start,
                Asm.op4(Asm.PAY, COLLECTION, JUNIOR_INTEREST, DUE, SHORT),
                // What is short of the balance is the balance that remains.
                Asm.op4(Asm.PAY, COLLECTION, SENIOR_PRINCIPAL, SENIOR, SENIOR),
                Asm.op4(Asm.PAY, COLLECTION, JUNIOR_PRINCIPAL, JUNIOR, JUNIOR),
                Asm.op4(Asm.PAY, COLLECTION, RESIDUAL, COLLECTION, SHORT),
                Asm.END
            );
    }

    function blob() internal pure returns (bytes memory) {
        return blobWithFee(100);
    }

    /// @notice The same deal with another fee, in cents
    function blobWithFee(uint256 fee) internal pure returns (bytes memory) {
        Asm.Shape memory shape = Asm.Shape({
            constants: 2,
            row: 1,
            inputs: 1,
            accounts: 2,
            state: 3,
            sinks: 6,
            scratch: 2,
            rows: PERIODS,
            pays: 7,
            tranches: 2
        });
        bytes memory body = code();
        bytes memory constants = abi.encodePacked(fee, uint256(10_000));
        bytes memory rows = abi.encodePacked(uint128(100), uint128(100), uint128(100));
        return abi.encodePacked(Asm.header(shape, body.length), constants, body, rows);
    }

    /// @dev Reserve 500.00, senior 8,000.00, junior 2,000.00.
    function initialState() internal pure returns (uint256[] memory words) {
        words = new uint256[](5);
        words[1] = 50_000;
        words[2] = 800_000;
        words[3] = 200_000;
    }
}
