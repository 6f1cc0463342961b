// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What independent signers found to stand behind a deal's notes
/// @notice A quorum of signers (a custodian, an auditor, a verification agent) attests a deal's collateral and reserve. Notes
///         are minted only against an attestation that is still valid and covers their face.
interface IReserveAttestor {
    /// @notice What is signed as EIP-712 typed data; amounts in cents
    /// @param vault the deal's vault
    /// @param poolRoot root of the pool's rows at the cut-off date, under which each loan can be shown
    /// @param collateral balance of the pledged loans
    /// @param reserve cash held for the deal outside its vault (prefunding, reserve with the account bank)
    /// @param asOf instant (seconds) of the finding
    /// @param validUntil instant (seconds) from which it no longer counts
    struct Attestation {
        address vault;
        bytes32 poolRoot;
        uint128 collateral;
        uint128 reserve;
        uint40 asOf;
        uint40 validUntil;
    }

    /// @notice A signer was admitted or removed
    event SignerSet(address indexed signer, bool admitted);
    /// @notice How many signers must sign
    event ThresholdSet(uint256 threshold);
    /// @notice A quorum attested
    event Attested(address indexed vault, bytes32 digest, Attestation attestation);

    /// @notice A required address is zero
    error ZeroAddress();
    /// @notice The signer is one already, or is none
    error SignerUnchanged(address signer);
    /// @notice The threshold must lie between one and the number of signers
    error ThresholdInvalid(uint256 threshold, uint256 signers);
    /// @notice The attestation must be of the past, later than the last one, and still valid
    error DatesInvalid(uint40 asOf, uint40 validUntil);
    /// @notice Another number of signatures than the threshold was given
    error SignatureCount(uint256 expected, uint256 given);
    /// @notice Signers are listed in strictly increasing order, so that none counts twice
    error SignersUnordered(uint256 index);
    /// @notice The account is not an admitted signer
    error NotSigner(address account);
    /// @notice A party of the deal does not attest its own collateral
    error NotIndependent(address signer);
    /// @notice The signature is not this signer's over this digest
    error BadSignature(address signer, bytes32 digest);
    /// @notice No valid attestation is on record for the vault: let the signers attest
    error NotAttested(address vault);
    /// @notice The face to be minted passes what was attested, in cents
    error ExceedsCollateral(uint256 face, uint256 attested);

    /// @notice Admits or removes a signer. Restricted to the admin.
    function setSigner(address signer, bool admitted) external;

    /// @notice Sets how many signers must sign. Restricted to the admin.
    function setThreshold(uint256 threshold) external;

    /// @notice Puts a signed attestation on record. Anybody may bring it.
    /// @param signers strictly increasing
    /// @param signatures of the signers in their order; contract accounts by ERC-1271
    function attest(Attestation calldata attestation, address[] calldata signers, bytes[] calldata signatures) external;

    /// @notice Reverts unless a valid attestation covers this face (cents) of the vault's notes
    function requireCovered(address vault, uint256 face) external view;

    /// @notice The last attestation of a vault
    function attestationOf(address vault) external view returns (Attestation memory);

    /// @notice EIP-712 digest of an attestation
    function attestationDigest(Attestation calldata attestation) external view returns (bytes32);

    /// @notice Whether the account is an admitted signer
    function isSigner(address account) external view returns (bool);

    /// @notice How many signers must sign, and how many there are
    function quorum() external view returns (uint256 threshold, uint256 signers);
}
