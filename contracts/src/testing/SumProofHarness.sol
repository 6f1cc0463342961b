// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {SumProofs} from "../collateral/SumProofs.sol";

/// @title Follows paths in tapes' trees, for tests that compare them with those made off chain
/// @dev For local chains only.
contract SumProofHarness {
    /// @notice Where a leaf's path leads
    function rootOf(
        SumProofs.Leaf calldata leaf,
        SumProofs.Proof calldata proof
    ) external pure returns (bytes32 root, uint128[] memory totals) {
        return SumProofs.rootOf(leaf, proof);
    }
}
