// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Inclusion of one loan's row in a published Merkle-sum tree
/// @notice The tree of a tape: leaf keccak256(0x00 ‖ id ‖ sums), node keccak256(0x01 ‖ left hash ‖ left sums ‖ right hash ‖
///         right sums), root keccak256(0x02 ‖ count (8 bytes) ‖ number of sums (2 bytes) ‖ top hash ‖ total sums). Sums are
///         unsigned cents of 16 bytes, big-endian. An odd last node moves up as it is. The root commits to every total, so
///         that a proof also shows what all rows add up to.
library SumProofs {
    /// @param id salted id of the loan
    /// @param sums the row's money columns
    struct Leaf {
        bytes32 id;
        uint128[] sums;
    }

    /// @param hash of a subtree
    /// @param sums its totals by column
    struct Node {
        bytes32 hash;
        uint128[] sums;
    }

    /// @param index place of the leaf, from 0
    /// @param count number of leaves of the tree
    /// @param siblings from the leaf upwards; a level on which the node moves up alone has none
    struct Proof {
        uint64 index;
        uint64 count;
        Node[] siblings;
    }

    /// @notice The path does not fit its index and count, or a sibling has another number of sums
    error ProofMalformed();

    /// @notice The root that a leaf and its path lead to, and the totals that it commits to
    /// @dev A total that reaches 2^128 panics: no tree has one.
    function rootOf(
        Leaf calldata leaf,
        Proof calldata proof
    ) internal pure returns (bytes32 root, uint128[] memory totals) {
        require(proof.index < proof.count, ProofMalformed());
        bytes32 hash = keccak256(abi.encodePacked(uint8(0), leaf.id, _packed(leaf.sums)));
        totals = leaf.sums;
        uint256 index = proof.index;
        uint256 next;
        for (uint256 width = proof.count; width > 1; width = (width + 1) / 2) {
            if (index != width - 1 || width % 2 == 0) {
                require(next < proof.siblings.length, ProofMalformed());
                Node calldata sibling = proof.siblings[next++];
                require(sibling.sums.length == totals.length, ProofMalformed());
                bytes memory mine = abi.encodePacked(hash, _packed(totals));
                bytes memory other = abi.encodePacked(sibling.hash, _packed(sibling.sums));
                hash =
                    index % 2 == 0
                        ? keccak256(abi.encodePacked(uint8(1), mine, other))
                        : keccak256(abi.encodePacked(uint8(1), other, mine));
                for (uint256 i; i < totals.length; ++i) totals[i] += sibling.sums[i];
            }
            index /= 2;
        }
        require(next == proof.siblings.length, ProofMalformed());
        // No row has 65,536 columns: the calldata would not fit a block.
        root = keccak256(abi.encodePacked(uint8(2), proof.count, uint16(totals.length), hash, _packed(totals)));
    }

    /// @dev 16 bytes a sum. `abi.encodePacked` would pad the elements of an array to 32.
    function _packed(uint128[] memory sums) private pure returns (bytes memory data) {
        data = new bytes(16 * sums.length);
        for (uint256 i; i < sums.length; ++i) {
            uint256 sum = sums[i];
            assembly ("memory-safe") {
                // The upper half of the word is this sum; the lower half belongs to the next one, or to nobody yet.
                let to := add(add(data, 32), shl(4, i))
                mstore(to, or(shl(128, sum), shr(128, shl(128, mload(to)))))
            }
        }
    }
}
