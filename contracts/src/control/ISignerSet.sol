// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Who signs for the parties of a deal, and how many must
/// @notice Every signer acts for one party, or for servicer and calculation agent in one person. Signatures come in a list
///         in increasing order of the signers' addresses, so that nobody is counted twice. Accounts sign by ECDSA (65
///         bytes, low s), contracts by ERC-1271.
///         The set is replaced as a whole: proposed by one role, approved by another account in another role, and
///         applied by anybody once the change delay is over. Until then the old set signs; after it only the new one.
interface ISignerSet {
    /// @param account who signs
    /// @param parties bit set: 1 servicer, 2 trustee, 4 calculation agent, 8 another party (auditor, back-up servicer …)
    struct Signer {
        address account;
        uint8 parties;
    }

    /// @param signers in increasing order of their addresses, at most 32
    /// @param threshold how many of them sign a report, at least two; servicer and trustee are always among them
    struct Quorum {
        Signer[] signers;
        uint8 threshold;
    }

    /// @notice One signature of a list
    struct Signature {
        address signer;
        bytes signature;
    }

    /// @notice A new set was proposed
    event SignersProposed(bytes32 indexed proposal, Quorum quorum);
    /// @notice A set signs from now on
    event SignersSet(Quorum quorum);

    /// @notice The signer at this index does not lie after the one before it, is zero or acts for no party; a trustee acts
    ///         for nobody else
    error SignerInvalid(uint256 index);
    /// @notice The threshold is below two or above the number of signers, there are more than 32, or no signer for each
    ///         of servicer, trustee and calculation agent
    error QuorumInvalid(uint256 signers, uint8 threshold);
    /// @notice Signatures must come in increasing order of their signers' addresses, each once
    error SignersNotInOrder(address signer);
    /// @notice The account is no signer of the set that holds now
    error NotSigner(address account);
    /// @notice The account is a signer, but of no party that may do this; `anyOf` is a bit set of parties
    error NotParty(address account, uint8 anyOf);
    /// @notice The signature is not this signer's over this digest
    error BadSignature(address signer, bytes32 digest);
    /// @notice Too few signed, or a party is missing: `signed` and `needed` are bit sets of parties
    error QuorumMissing(uint256 signatures, uint256 threshold, uint8 signed, uint8 needed);

    /// @notice Proposes a new set. Restricted to CHANGE_PROPOSER.
    function proposeSigners(Quorum calldata quorum) external returns (bytes32 proposal);

    /// @notice Applies a set that was proposed and approved, once the delay is over; anybody may call
    function applySigners(Quorum calldata quorum) external;

    /// @notice Reverts unless a quorum signed: as many as the threshold, servicer and trustee among them
    function requireQuorum(bytes32 digest, Signature[] calldata signatures) external view;

    /// @notice Reverts unless all of these parties signed
    /// @param needed bit set of parties
    function requireSigned(bytes32 digest, Signature[] calldata signatures, uint8 needed) external view;

    /// @notice Reverts unless the account signs for one of these parties at least
    function requireParty(address account, uint8 anyOf) external view;

    /// @notice The set that signs now
    function signers() external view returns (Quorum memory);

    /// @notice Parties that an account signs for, as a bit set; zero when it is no signer
    function partiesOf(address account) external view returns (uint8);
}
