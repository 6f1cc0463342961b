// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {ISignerSet} from "./ISignerSet.sol";
import {Parties} from "./Parties.sol";

/// @title The signers of a deal and the check of their signatures
abstract contract SignerSet is ISignerSet {
    uint256 private constant MAX_SIGNERS = 32;

    mapping(address account => uint8) private _partiesOf;
    Signer[] private _signers;
    uint8 private _threshold;

    /// @inheritdoc ISignerSet
    function requireQuorum(bytes32 digest, Signature[] calldata signatures) external view {
        _require(digest, signatures, _threshold, Parties.SERVICER | Parties.TRUSTEE);
    }

    /// @inheritdoc ISignerSet
    function requireSigned(bytes32 digest, Signature[] calldata signatures, uint8 needed) external view {
        _require(digest, signatures, 0, needed);
    }

    /// @inheritdoc ISignerSet
    function requireParty(address account, uint8 anyOf) external view {
        uint8 parties = _partiesOf[account];
        require(parties != 0, NotSigner(account));
        require(parties & anyOf != 0, NotParty(account, anyOf));
    }

    /// @inheritdoc ISignerSet
    function signers() external view returns (Quorum memory) {
        return Quorum(_signers, _threshold);
    }

    /// @inheritdoc ISignerSet
    function partiesOf(address account) external view returns (uint8) {
        return _partiesOf[account];
    }

    /// @dev Replaces the whole set.
    function _setSigners(Quorum memory quorum) internal {
        for (uint256 i; i < _signers.length; ++i) delete _partiesOf[_signers[i].account];
        delete _signers;
        uint256 count = quorum.signers.length;
        address last;
        uint8 present;
        for (uint256 i; i < count; ++i) {
            Signer memory signer = quorum.signers[i];
            require(signer.account > last && Parties.areValid(signer.parties), SignerInvalid(i));
            last = signer.account;
            present |= signer.parties;
            _signers.push(signer);
            _partiesOf[signer.account] = signer.parties;
        }
        bool reachable = quorum.threshold >= 2 && quorum.threshold <= count && count <= MAX_SIGNERS;
        require(reachable && Parties.includes(present, Parties.REQUIRED), QuorumInvalid(count, quorum.threshold));
        _threshold = quorum.threshold;
        emit SignersSet(quorum);
    }

    function _require(bytes32 digest, Signature[] calldata signatures, uint256 threshold, uint8 needed) private view {
        address last;
        uint8 signed;
        for (uint256 i; i < signatures.length; ++i) {
            address signer = signatures[i].signer;
            require(signer > last, SignersNotInOrder(signer));
            last = signer;
            uint8 parties = _partiesOf[signer];
            require(parties != 0, NotSigner(signer));
            bool valid = SignatureChecker.isValidSignatureNowCalldata(signer, digest, signatures[i].signature);
            require(valid, BadSignature(signer, digest));
            signed |= parties;
        }
        bool enough = signatures.length >= threshold && Parties.includes(signed, needed);
        require(enough, QuorumMissing(signatures.length, threshold, signed, needed));
    }
}
