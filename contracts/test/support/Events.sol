// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @dev The cheatcode of forge that expects the event emitted next in the test.
interface EventVm {
    function expectEmit(bool topic1, bool topic2, bool topic3, bool data, address emitter) external;
}

/// @notice Expects events to the last byte
library Events {
    EventVm private constant VM = EventVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @notice The next call must emit, from this contract, the event that the test emits after this line
    function expect(address emitter) internal {
        VM.expectEmit(true, true, true, true, emitter);
    }
}
