// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IPledgeRegistry} from "../../src/collateral/IPledgeRegistry.sol";
import {SumProofs} from "../../src/collateral/SumProofs.sol";

/// @notice A tape of three loans whose tree is hashed by hand
abstract contract TapeFixture {
    bytes32 internal constant LEAF_SALT = keccak256("leaf salt");
    bytes32 internal constant PLEDGE_SALT = keccak256("pledge salt");

    function keyOf(string memory loan) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(PLEDGE_SALT, loan));
    }

    function keysOf(string memory first, string memory second) internal pure returns (bytes32[] memory keys) {
        keys = new bytes32[](2);
        (keys[0], keys[1]) = (keyOf(first), keyOf(second));
    }

    function leafOf(
        string memory loan,
        uint128 opening,
        uint128 closing
    ) internal pure returns (SumProofs.Leaf memory) {
        uint128[] memory sums = new uint128[](2);
        (sums[0], sums[1]) = (opening, closing);
        return SumProofs.Leaf(keccak256(abi.encodePacked(LEAF_SALT, loan)), sums);
    }

    function hashOf(SumProofs.Leaf memory leaf) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), leaf.id, leaf.sums[0], leaf.sums[1]));
    }

    /// @notice Loan A has paid off, B and C have not; C is promoted alone on the first level
    function tape()
        internal
        pure
        returns (bytes32 root, SumProofs.Leaf[3] memory leaves, SumProofs.Proof[3] memory proofs)
    {
        leaves[0] = leafOf("A", 100, 0);
        leaves[1] = leafOf("B", 200, 150);
        leaves[2] = leafOf("C", 300, 290);
        bytes32 ab = keccak256(
            abi.encodePacked(
                uint8(1),
                hashOf(leaves[0]),
                uint128(100),
                uint128(0),
                hashOf(leaves[1]),
                uint128(200),
                uint128(150)
            )
        );
        bytes32 top = keccak256(
            abi.encodePacked(uint8(1), ab, uint128(300), uint128(150), hashOf(leaves[2]), uint128(300), uint128(290))
        );
        // 100 + 200 + 300 and 0 + 150 + 290.
        root = keccak256(abi.encodePacked(uint8(2), uint64(3), uint16(2), top, uint128(600), uint128(440)));
        SumProofs.Node memory ofA = SumProofs.Node(hashOf(leaves[0]), leaves[0].sums);
        SumProofs.Node memory ofB = SumProofs.Node(hashOf(leaves[1]), leaves[1].sums);
        SumProofs.Node memory ofC = SumProofs.Node(hashOf(leaves[2]), leaves[2].sums);
        uint128[] memory sums = new uint128[](2);
        (sums[0], sums[1]) = (300, 150);
        proofs[0] = _proof(0, _two(ofB, ofC));
        proofs[1] = _proof(1, _two(ofA, ofC));
        SumProofs.Node[] memory one = new SumProofs.Node[](1);
        one[0] = SumProofs.Node(ab, sums);
        proofs[2] = _proof(2, one);
    }

    function _proof(uint64 index, SumProofs.Node[] memory siblings) private pure returns (SumProofs.Proof memory) {
        return SumProofs.Proof(index, 3, siblings);
    }

    function _two(
        SumProofs.Node memory first,
        SumProofs.Node memory second
    ) private pure returns (SumProofs.Node[] memory list) {
        list = new SumProofs.Node[](2);
        (list[0], list[1]) = (first, second);
    }

    function rowOf(
        string memory loan,
        SumProofs.Leaf memory leaf,
        SumProofs.Proof memory proof
    ) internal pure returns (IPledgeRegistry.LoanRow memory) {
        return IPledgeRegistry.LoanRow(loan, LEAF_SALT, leaf, proof);
    }
}
