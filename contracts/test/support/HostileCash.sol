// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TestStablecoin} from "../../src/testing/TestStablecoin.sol";

/// @notice A stablecoin that tells the receiver about each transfer, as ERC-777 does
contract HookedCash is TestStablecoin {
    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0) && to.code.length != 0) {
            (bool ok, bytes memory failure) = to.call(abi.encodeWithSignature("cashReceived()"));
            // Accounts without the hook are left alone; a hook that fails passes its reason on.
            if (!ok && failure.length != 0) {
                assembly ("memory-safe") {
                    revert(add(failure, 32), mload(failure))
                }
            }
        }
    }
}

/// @notice A stablecoin that keeps a hundredth of each transfer
contract FeeCash is TestStablecoin {
    function _update(address from, address to, uint256 amount) internal override {
        if (from == address(0)) return super._update(from, to, amount);
        super._update(from, address(0xFEEFEE), amount / 100);
        super._update(from, to, amount - amount / 100);
    }
}

/// @notice A stablecoin whose balances shrink by an issuer's factor
contract RebasingCash is TestStablecoin {
    uint256 public factor = 100;

    function setFactor(uint256 percent) external {
        factor = percent;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * factor) / 100;
    }
}
