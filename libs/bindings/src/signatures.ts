import type { Hex } from './hex.js';

/** A signer's signature, as the control takes it (contracts/src/control/ISignerSet.sol). */
export interface SignerSignature {
  signer: string;
  signature: Hex;
}

/** Parties as the bits of a signer's set (contracts/src/control/Parties.sol). */
export const PARTIES = { SERVICER: 1, TRUSTEE: 2, CALCULATION_AGENT: 4, OTHER: 8 } as const;

/** A signer of a deal's reports with the parties that it signs for, as a bit set. */
export interface ReportSigner {
  account: string;
  parties: number;
}

const byAddress = (one: string, other: string): number => {
  const [a, b] = [BigInt(one), BigInt(other)];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Signatures in increasing order of their signers' addresses, which the control demands. */
export function inSignerOrder(signatures: readonly SignerSignature[]): SignerSignature[] {
  return [...signatures].sort((one, other) => byAddress(one.signer, other.signer));
}

/**
 * The signers of a deal in increasing order of their addresses; an account that acts for several parties is one signer of
 * all of them.
 */
export function signersOf(parties: Readonly<Partial<Record<keyof typeof PARTIES, string>>>): ReportSigner[] {
  const bits = new Map<string, number>();
  for (const [party, account] of Object.entries(parties) as [keyof typeof PARTIES, string][])
    bits.set(account.toLowerCase(), (bits.get(account.toLowerCase()) ?? 0) | PARTIES[party]);
  return [...bits]
    .map(([account, parties]) => ({ account, parties }))
    .sort((one, other) => byAddress(one.account, other.account));
}
