import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getAddress } from 'ethers';
import { AddressRefused, KeyElsewhere, SignerExists } from './signer.errors.js';
import type { Hex, Signer } from './signer.js';

const SUFFIX = '.offline';

/** Accounts whose keys lie elsewhere (a custodian, a hardware wallet): `<name>.offline` in the keystore directory names the address. */
export class OfflineAccounts {
  constructor(private readonly directory: string) {}

  /**
   * Enters an account under a name; the same address again changes nothing. `name` is checked by the caller.
   * @throws AddressRefused, SignerExists when the name stands for another address
   */
  async enter(name: string, given: string): Promise<Signer> {
    const address = checked(given);
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const draft = path.join(this.directory, `.${randomUUID()}.draft`);
    await writeFile(draft, JSON.stringify({ address }), { mode: 0o600 });
    try {
      await link(draft, this.fileOf(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if ((await this.find(name))?.address !== address) throw new SignerExists(name);
    } finally {
      await unlink(draft);
    }
    return new OfflineSigner(address);
  }

  /** The account of that name; null when there is none. */
  async find(name: string): Promise<Signer | null> {
    const text = await readFile(this.fileOf(name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return text === null ? null : new OfflineSigner(checked((JSON.parse(text) as { address: string }).address));
  }

  /** The account of that address; null when there is none. */
  async at(address: Hex): Promise<Signer | null> {
    const files = await readdir(this.directory).catch(() => []);
    const names = files.filter((file) => file.endsWith(SUFFIX) && !file.startsWith('.'));
    for (const name of names) {
      const account = await this.find(name.slice(0, -SUFFIX.length));
      if (account?.address === address.toLowerCase()) return account;
    }
    return null;
  }

  private fileOf(name: string): string {
    return path.join(this.directory, `${name}${SUFFIX}`);
  }
}

/** An account that can be named but not asked: what it signs is laid out for it. */
class OfflineSigner implements Signer {
  constructor(readonly address: Hex) {}

  signTransaction(): Promise<Hex> {
    return Promise.reject(new KeyElsewhere(this.address));
  }

  signTypedData(): Promise<Hex> {
    return Promise.reject(new KeyElsewhere(this.address));
  }
}

function checked(address: string): Hex {
  try {
    return getAddress(address).toLowerCase() as Hex;
  } catch {
    throw new AddressRefused(address);
  }
}
