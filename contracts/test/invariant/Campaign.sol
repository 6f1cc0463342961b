// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "../support/Vm.sol";

/// @notice Tells forge which functions of which contract it plays; it calls no others
abstract contract Campaign is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @dev The contract that plays the actors, and its functions.
    function played() internal view virtual returns (address, bytes4[] memory);

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        (targets[0].addr, targets[0].selectors) = played();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        (targets[0], ) = played();
    }
}
