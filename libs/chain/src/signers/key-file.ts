import { readFile } from 'node:fs/promises';
import { Wallet, isKeystoreJson } from 'ethers';
import { KeystoreLocked } from './signer.errors.js';
import { WalletSigner } from './wallet-signer.js';

/**
 * The signer of a key file: a JSON keystore (version 3) with its passphrase, or 32 bytes in hex.
 * @throws KeystoreLocked when the file is neither, or the passphrase does not open it
 */
export async function signerOfKeyFile(file: string, passphrase: string | null): Promise<WalletSigner> {
  const text = (await readFile(file, 'utf8')).trim();
  try {
    if (!isKeystoreJson(text)) return new WalletSigner(new Wallet(text));
    if (passphrase === null) throw new KeystoreLocked(file, 'a keystore needs its passphrase');
    return new WalletSigner(new Wallet((await Wallet.fromEncryptedJson(text, passphrase)).privateKey));
  } catch (error) {
    if (error instanceof KeystoreLocked) throw error;
    // The library's own message may quote what it was given.
    throw new KeystoreLocked(file, isKeystoreJson(text) ? 'the passphrase does not open it' : 'it is no key in hex');
  }
}
