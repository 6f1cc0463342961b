import type { TransactionLike, TypedDataDomain, TypedDataField } from 'ethers';

export type Hex = `0x${string}`;

/** Somebody who can sign. Where the key lies (keystore, cloud service, device) is the implementation's affair. */
export interface Signer {
  /** Lower case. */
  readonly address: Hex;
  /** The signed, serialised transaction. */
  signTransaction(transaction: TransactionLike<string>): Promise<Hex>;
  /** An EIP-712 signature (65 bytes). */
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<Hex>;
}

/** Finds the signer of an address for the outbox. */
export interface SignerSource {
  /** @throws SignerNotFound */
  signerOf(address: Hex): Promise<Signer>;
  /** Whether the key of this address lies elsewhere: its transactions are laid out, and come back signed. */
  isOffline(address: Hex): Promise<boolean>;
}
