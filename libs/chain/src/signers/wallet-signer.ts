import type { BaseWallet, TransactionLike, TypedDataDomain, TypedDataField } from 'ethers';
import type { Hex, Signer } from './signer.js';

/** A signer whose key is in this process's memory. */
export class WalletSigner implements Signer {
  readonly address: Hex;

  constructor(private readonly wallet: BaseWallet) {
    this.address = wallet.address.toLowerCase() as Hex;
  }

  async signTransaction(transaction: TransactionLike<string>): Promise<Hex> {
    return (await this.wallet.signTransaction(transaction)) as Hex;
  }

  async signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<Hex> {
    return (await this.wallet.signTypedData(domain, types, value)) as Hex;
  }
}
