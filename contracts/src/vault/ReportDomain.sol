// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title The EIP-712 domain in which a vault's parties sign: "Weir", version "1", this chain, this vault
/// @dev OpenZeppelin's EIP712 keeps names of any length and describes its domain in a view, which costs the vault a fortieth of
///      the code that a contract may have. The domain of a vault is the same in all of them but chain and address.
abstract contract ReportDomain {
    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    uint256 private immutable CHAIN = block.chainid;
    bytes32 private immutable SEPARATOR = _separator();

    /// @dev The digest that is signed of a struct's hash; on a forked chain it is that of the fork.
    function _digestOf(bytes32 structHash) internal view returns (bytes32) {
        bytes32 separator = block.chainid == CHAIN ? SEPARATOR : _separator();
        return MessageHashUtils.toTypedDataHash(separator, structHash);
    }

    function _separator() private view returns (bytes32) {
        bytes32 name = keccak256("Weir");
        return keccak256(abi.encode(DOMAIN_TYPE, name, keccak256("1"), block.chainid, address(this)));
    }
}
