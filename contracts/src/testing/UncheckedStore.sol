// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {CodeStorage} from "../program/CodeStorage.sol";
import {Layout, Layouts} from "../program/Layout.sol";
import {ProgramPages} from "../program/ProgramPages.sol";

/// @title Stores programs without validating them, so that tests can run what the program store would refuse
/// @dev For local chains only.
library UncheckedStore {
    /// @notice Puts a program's bytes on chain, in pages when it needs them
    function store(bytes memory blob) internal returns (address program) {
        if (blob.length <= ProgramPages.PAGE) return CodeStorage.store(blob);
        Layout memory sizes = Layouts.decode(uint256(bytes32(blob)));
        (, uint256 all) = ProgramPages.count(sizes);
        address[] memory pages = new address[](all);
        for (uint256 i; i < all; ++i) {
            (uint256 start, uint256 length) = ProgramPages.span(sizes, i);
            bytes memory data = new bytes(length);
            assembly ("memory-safe") {
                mcopy(add(data, 32), add(add(blob, 32), start), length)
            }
            pages[i] = CodeStorage.store(data);
            require(pages[i] != address(0), ProgramPages.PageNotStored());
        }
        return ProgramPages.bind(bytes32(blob), pages);
    }
}
