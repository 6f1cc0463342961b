// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Writes bytes as the code of a new account
library CodeStorage {
    /// @notice Creates an account whose code is 0x00 and then the data, so that calling it does nothing
    /// @return account its address, or zero when the creation failed
    function store(bytes memory data) internal returns (address account) {
        // PUSH2 size, DUP1, PUSH1 10, RETURNDATASIZE (0), CODECOPY, RETURNDATASIZE (0), RETURN: returns what follows.
        bytes memory creation = abi.encodePacked(hex"61", uint16(data.length + 1), hex"80600a3d393df3", hex"00", data);
        assembly ("memory-safe") {
            account := create(0, add(creation, 32), mload(creation))
        }
    }
}
