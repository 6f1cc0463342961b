import { TypedDataEncoder } from 'ethers';
import type { Hex } from './hex.js';

/** What independent signers find of a deal, as contracts/src/collateral/IReserveAttestor.sol has it. Cents; instants in seconds. */
export interface AttestationMessage {
  vault: string;
  poolRoot: Hex;
  collateral: bigint;
  reserve: bigint;
  asOf: number;
  validUntil: number;
}

/** EIP-712 domain of a deal's attestor. */
export interface AttestationDomain {
  name: 'Weir Reserve';
  version: '1';
  chainId: bigint;
  verifyingContract: string;
}

/** EIP-712 types of an attestation. */
export const attestationTypes = {
  Attestation: [
    { name: 'vault', type: 'address' },
    { name: 'poolRoot', type: 'bytes32' },
    { name: 'collateral', type: 'uint128' },
    { name: 'reserve', type: 'uint128' },
    { name: 'asOf', type: 'uint40' },
    { name: 'validUntil', type: 'uint40' },
  ],
};

/** The domain in which a deal's collateral is attested. */
export function attestationDomain(chainId: bigint | number, attestor: string): AttestationDomain {
  return { name: 'Weir Reserve', version: '1', chainId: BigInt(chainId), verifyingContract: attestor };
}

/** The digest that the signers sign. */
export function attestationDigest(domain: AttestationDomain, attestation: AttestationMessage): Hex {
  return TypedDataEncoder.hash(domain, attestationTypes, attestation) as Hex;
}
