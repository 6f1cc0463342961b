// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Test} from "./Vm.sol";

/// @notice Callers who have no role, and what they may not do
abstract contract Strangers is Test {
    /// @dev One of so many accounts that no test knows.
    function someone(uint256 seed) internal pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("someone", seed)))));
    }

    /// @dev Somebody without a role is refused, whatever it says.
    function unauthorised(uint256 seed, address target, bytes memory data) internal {
        address by = someone(seed);
        refusedTo(by, target, data, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, by));
    }

    function refusedTo(address by, address target, bytes memory data, bytes memory failure) internal {
        vm.prank(by);
        (bool done, bytes memory reason) = target.call(data);
        isTrue(!done && keccak256(reason) == keccak256(failure), "refused, and for this reason");
    }

    /// @dev The authority is replaced by itself only, and by a contract only.
    function authorityStays(uint256 seed, address target) internal {
        address manager = IAccessManaged(target).authority();
        address next = someone(seed >> 1);
        unauthorised(seed, target, abi.encodeCall(IAccessManaged.setAuthority, (address(this))));
        bytes4 invalid = IAccessManaged.AccessManagedInvalidAuthority.selector;
        refusedTo(
            manager,
            target,
            abi.encodeCall(IAccessManaged.setAuthority, (next)),
            abi.encodeWithSelector(invalid, next)
        );
        isTrue(IAccessManaged(target).authority() == manager, "as it was");
        vm.prank(manager);
        IAccessManaged(target).setAuthority(address(this));
        isTrue(IAccessManaged(target).authority() == address(this), "by itself");
    }
}
