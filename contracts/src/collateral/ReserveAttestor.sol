// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IPledgedDeal} from "./IPledgedDeal.sol";
import {IReserveAttestor} from "./IReserveAttestor.sol";

/// @title ReserveAttestor
contract ReserveAttestor is IReserveAttestor, AccessManaged, EIP712 {
    bytes32 private constant ATTESTATION_TYPE = keccak256(
        "Attestation(address vault,bytes32 poolRoot,uint128 collateral,uint128 reserve,uint40 asOf,uint40 validUntil)"
    );

    mapping(address account => bool) public isSigner;
    mapping(address vault => Attestation) private _attestations;
    uint128 private _threshold;
    uint128 private _signers;

    /// @param signers the first signers
    /// @param threshold how many of them must sign
    constructor(
        address authority,
        address[] memory signers,
        uint256 threshold
    ) AccessManaged(authority) EIP712("Weir Reserve", "1") {
        for (uint256 i; i < signers.length; ++i) _setSigner(signers[i], true);
        _setThreshold(threshold);
    }

    /// @inheritdoc IReserveAttestor
    function setSigner(address signer, bool admitted) external restricted {
        _setSigner(signer, admitted);
        // A quorum that can no longer be reached would stop every issue.
        require(_signers >= _threshold, ThresholdInvalid(_threshold, _signers));
    }

    /// @inheritdoc IReserveAttestor
    function setThreshold(uint256 threshold) external restricted {
        _setThreshold(threshold);
    }

    /// @inheritdoc IReserveAttestor
    function attest(
        Attestation calldata attestation,
        address[] calldata signers,
        bytes[] calldata signatures
    ) external {
        (uint40 asOf, uint40 validUntil) = (attestation.asOf, attestation.validUntil);
        bool later = asOf > _attestations[attestation.vault].asOf && asOf <= block.timestamp;
        require(later && validUntil > block.timestamp, DatesInvalid(asOf, validUntil));
        require(signers.length == _threshold, SignatureCount(_threshold, signers.length));
        require(signatures.length == signers.length, SignatureCount(signers.length, signatures.length));
        bytes32 digest = attestationDigest(attestation);
        address before;
        for (uint256 i; i < signers.length; ++i) {
            address signer = signers[i];
            require(signer > before, SignersUnordered(i));
            before = signer;
            require(isSigner[signer], NotSigner(signer));
            require(IPledgedDeal(attestation.vault).partiesOf(signer) == 0, NotIndependent(signer));
            bool valid = SignatureChecker.isValidSignatureNowCalldata(signer, digest, signatures[i]);
            require(valid, BadSignature(signer, digest));
        }
        _attestations[attestation.vault] = attestation;
        emit Attested(attestation.vault, digest, attestation);
    }

    /// @inheritdoc IReserveAttestor
    function requireCovered(address vault, uint256 face) external view {
        Attestation memory last = _attestations[vault];
        require(last.validUntil > block.timestamp, NotAttested(vault));
        uint256 attested = uint256(last.collateral) + last.reserve;
        require(face <= attested, ExceedsCollateral(face, attested));
    }

    /// @inheritdoc IReserveAttestor
    function attestationOf(address vault) external view returns (Attestation memory) {
        return _attestations[vault];
    }

    /// @inheritdoc IReserveAttestor
    function attestationDigest(Attestation calldata attestation) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(ATTESTATION_TYPE, attestation)));
    }

    /// @inheritdoc IReserveAttestor
    function quorum() external view returns (uint256 threshold, uint256 signers) {
        return (_threshold, _signers);
    }

    function _setSigner(address signer, bool admitted) private {
        require(signer != address(0), ZeroAddress());
        require(isSigner[signer] != admitted, SignerUnchanged(signer));
        isSigner[signer] = admitted;
        _signers = admitted ? _signers + 1 : _signers - 1;
        emit SignerSet(signer, admitted);
    }

    function _setThreshold(uint256 threshold) private {
        require(threshold != 0 && threshold <= _signers, ThresholdInvalid(threshold, _signers));
        // At most the number of signers.
        _threshold = uint128(threshold);
        emit ThresholdSet(threshold);
    }
}
