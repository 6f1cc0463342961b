// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "../support/Vm.sol";

/// @notice A call that reverts must say one of the reasons that its handler lists; any other fails the campaign
abstract contract Explained is Test {
    error Unexplained(bytes reason);

    /// @param selectors of the errors that may come, one after the other
    function explain(bytes memory reason, bytes memory selectors) internal pure {
        bytes4 given = bytes4(reason);
        for (uint256 i; i < selectors.length; i += 4) {
            bytes4 listed;
            assembly ("memory-safe") {
                listed := mload(add(add(selectors, 32), i))
            }
            if (reason.length >= 4 && listed == given) return;
        }
        revert Unexplained(reason);
    }
}
