import { decryptKeystoreJson, encryptKeystoreJson, Wallet } from 'ethers';
import { link, mkdir, readFile, readdir, unlink, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { KeystoreLocked, SignerExists, SignerNameRefused, SignerNotFound } from './signer.errors.js';
import { OfflineAccounts } from './offline-accounts.js';
import type { Hex, Signer, SignerSource } from './signer.js';
import { WalletSigner } from './wallet-signer.js';

export interface KeystoreOptions {
  /** Folder of one JSON keystore (version 3) a signer, named `<name>.json`. */
  directory: string;
  passphrase: string;
  /** Cost of the key derivation, a power of two; 8192 unless given (about 0.1 s to open). */
  scryptN?: number;
}

const NAME = /^[a-z0-9][a-z0-9-]*$/;

/** Encrypted keystores in a directory, and beside them accounts whose keys lie elsewhere. A keystore once opened stays open in memory. */
export class KeystoreSigners implements SignerSource {
  private readonly opened = new Map<string, Promise<Signer>>();

  private readonly offline: OfflineAccounts;

  constructor(private readonly options: KeystoreOptions) {
    this.offline = new OfflineAccounts(options.directory);
  }

  /** Makes a new key. The file appears whole or not at all. @throws SignerExists, SignerNameRefused */
  async create(name: string): Promise<Signer> {
    const file = this.fileOf(name);
    if (await this.offline.find(name)) throw new SignerExists(name);
    const { directory, passphrase, scryptN } = this.options;
    const wallet = Wallet.createRandom();
    const scrypt = { N: scryptN ?? 8192, r: 8, p: 1 };
    const json = await encryptKeystoreJson({ address: wallet.address, privateKey: wallet.privateKey }, passphrase, {
      scrypt,
    });
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const draft = path.join(directory, `.${randomUUID()}.draft`);
    await writeFile(draft, json, { mode: 0o600 });
    try {
      await link(draft, file);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? new SignerExists(name) : error;
    } finally {
      await unlink(draft);
    }
    return this.open(name);
  }

  /**
   * Enters an account whose key lies elsewhere under a name that has no keystore; the same address again changes nothing.
   * @throws SignerExists, SignerNameRefused, AddressRefused
   */
  async enterOffline(name: string, address: string): Promise<Signer> {
    this.fileOf(name);
    if ((await this.names()).includes(name)) throw new SignerExists(name);
    return this.offline.enter(name, address);
  }

  async isOffline(address: Hex): Promise<boolean> {
    return (await this.offline.at(address)) !== null;
  }

  /** @throws SignerNotFound, KeystoreLocked, SignerNameRefused */
  open(name: string): Promise<Signer> {
    const known = this.opened.get(name);
    if (known) return known;
    const opening = this.decrypt(name);
    this.opened.set(name, opening);
    opening.catch(() => this.opened.delete(name));
    return opening;
  }

  /** The signer of that name, made when it is not there yet. */
  async openOrCreate(name: string): Promise<Signer> {
    try {
      return await this.open(name);
    } catch (error) {
      if (!(error instanceof SignerNotFound)) throw error;
      return this.create(name).catch((lost: unknown) => {
        if (lost instanceof SignerExists) return this.open(name);
        throw lost;
      });
    }
  }

  async signerOf(address: Hex): Promise<Signer> {
    for (const name of await this.names()) {
      const json = JSON.parse(await readFile(this.fileOf(name), 'utf8')) as { address: string };
      if (`0x${json.address.toLowerCase().replace(/^0x/, '')}` === address.toLowerCase()) return this.open(name);
    }
    const offline = await this.offline.at(address);
    if (offline) return offline;
    throw new SignerNotFound(address);
  }

  private async names(): Promise<string[]> {
    const files = await readdir(this.options.directory).catch(() => []);
    return files.filter((file) => file.endsWith('.json') && !file.startsWith('.')).map((file) => file.slice(0, -5));
  }

  private fileOf(name: string): string {
    if (!NAME.test(name)) throw new SignerNameRefused(name);
    return path.join(this.options.directory, `${name}.json`);
  }

  private async decrypt(name: string): Promise<Signer> {
    const file = this.fileOf(name);
    const offline = await this.offline.find(name);
    if (offline) return offline;
    const json = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new SignerNotFound(name) : error;
    });
    try {
      const account = await decryptKeystoreJson(json, this.options.passphrase);
      return new WalletSigner(new Wallet(account.privateKey));
    } catch (error) {
      throw new KeystoreLocked(name, error instanceof Error ? error.message : String(error));
    }
  }
}
