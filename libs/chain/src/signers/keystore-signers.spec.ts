import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Transaction, verifyTypedData } from 'ethers';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KeystoreSigners } from './keystore-signers.js';
import {
  AddressRefused,
  KeyElsewhere,
  KeystoreLocked,
  SignerExists,
  SignerNameRefused,
  SignerNotFound,
} from './signer.errors.js';

describe('KeystoreSigners', () => {
  let directory: string;
  let signers: KeystoreSigners;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'weir-keys-'));
    signers = new KeystoreSigners({ directory, passphrase: 'correct horse' });
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('opens a key again by name and by address, and keeps no key in clear', async () => {
    const made = await signers.create('trustee');
    const later = new KeystoreSigners({ directory, passphrase: 'correct horse' });
    expect((await later.open('trustee')).address).toBe(made.address);
    expect((await later.signerOf(made.address)).address).toBe(made.address);

    expect(await readdir(directory)).toEqual(['trustee.json']);
    const stored = JSON.parse(await readFile(path.join(directory, 'trustee.json'), 'utf8'));
    expect(stored).toMatchObject({ version: 3, Crypto: { cipher: 'aes-128-ctr', kdf: 'scrypt' } });
  });

  it('derives the key at the cost it was told', async () => {
    const costOf = async (file: string) =>
      JSON.parse(await readFile(path.join(directory, file), 'utf8')).Crypto.kdfparams.n;
    await signers.create('trustee');
    await new KeystoreSigners({ directory, passphrase: 'x', scryptN: 1024 }).create('cheap');
    expect([await costOf('trustee.json'), await costOf('cheap.json')]).toEqual([8192, 1024]);
  });

  it('signs transactions and typed data that recover to its address', async () => {
    const signer = await signers.openOrCreate('servicer');
    const raw = await signer.signTransaction({ type: 2, chainId: 1n, nonce: 0, gasLimit: 21_000n, to: signer.address });
    expect(Transaction.from(raw).from?.toLowerCase()).toBe(signer.address);

    const domain = { name: 'Weir', version: '1', chainId: 31337n };
    const types = { Report: [{ name: 'period', type: 'uint32' }] };
    const signature = await signer.signTypedData(domain, types, { period: 1 });
    expect(verifyTypedData(domain, types, { period: 1 }, signature).toLowerCase()).toBe(signer.address);
  });

  it('makes one key when two ask for the same name at once', async () => {
    const other = new KeystoreSigners({ directory, passphrase: 'correct horse' });
    const made = await Promise.all([signers.openOrCreate('issuer'), other.openOrCreate('issuer')]);
    expect(made[0]?.address).toBe(made[1]?.address);
    expect(await readdir(directory)).toEqual(['issuer.json']);
  });

  it('says what is wrong', async () => {
    await signers.create('trustee');
    await expect(signers.create('trustee')).rejects.toThrow(SignerExists);
    await expect(signers.open('../trustee')).rejects.toThrow(SignerNameRefused);
    await expect(signers.open('servicer')).rejects.toThrow(SignerNotFound);
    await expect(signers.signerOf(`0x${'0'.repeat(40)}`)).rejects.toThrow(SignerNotFound);
    const thief = new KeystoreSigners({ directory, passphrase: 'guess' });
    await expect(thief.open('trustee')).rejects.toThrow(KeystoreLocked);
  });

  it('knows accounts whose keys lie elsewhere by name and address, and signs nothing for them', async () => {
    const address = '0x52908400098527886E0F7030069857D2E4169EE7';
    const lower = address.toLowerCase() as `0x${string}`;
    expect((await signers.enterOffline('custodian', address)).address).toBe(lower);
    expect((await signers.enterOffline('custodian', lower)).address).toBe(lower);
    const later = new KeystoreSigners({ directory, passphrase: 'correct horse' });
    expect((await later.openOrCreate('custodian')).address).toBe(lower);
    expect(await later.isOffline(lower)).toBe(true);
    const found = await later.signerOf(lower);
    await expect(found.signTransaction({})).rejects.toThrow(KeyElsewhere);
    await expect(found.signTypedData({}, {}, {})).rejects.toThrow(KeyElsewhere);

    const trustee = await signers.create('trustee');
    expect(await signers.isOffline(trustee.address)).toBe(false);
    await expect(signers.enterOffline('trustee', lower)).rejects.toThrow(SignerExists);
    await expect(signers.enterOffline('custodian', trustee.address)).rejects.toThrow(SignerExists);
    await expect(signers.create('custodian')).rejects.toThrow(SignerExists);
    await expect(signers.enterOffline('../x', lower)).rejects.toThrow(SignerNameRefused);
    await expect(signers.enterOffline('other', '0x12')).rejects.toThrow(AddressRefused);
    expect((await readdir(directory)).sort()).toEqual(['custodian.offline', 'trustee.json']);
  });
});
