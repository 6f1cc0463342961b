import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Interface, Wallet } from 'ethers';
import { artifacts } from '@weir/bindings';
import { startAnvil, type TestChain } from '../../../../test/anvil.js';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import { WalletSigner } from '../signers/wallet-signer.js';
import { checkManifest } from './check.js';
import { deployWithManifest } from './deploy-with-manifest.js';
import {
  AdminDeploys,
  ManifestDiffers,
  NonceTaken,
  SignaturesNeeded,
  StepChanged,
  StepNotMined,
} from './deployment.errors.js';
import type { Manifest } from './manifest.js';
import type { PlatformTerms } from './platform.js';

const account = (digit: string): Hex => `0x${digit.repeat(40)}`;
const manager = new Interface(artifacts.AccessManager.abi);

/** Five contracts, two that need the manager, one that needs those, and the hand-over. */
const STEPS = 9;

let chain: TestChain;
let folder: string;
beforeAll(async () => {
  chain = await startAnvil();
  folder = await mkdtemp(path.join(tmpdir(), 'weir-manifest-'));
});
afterAll(async () => {
  await chain?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A funded account that deploys, its terms, and its manifest. */
async function deployer(name: string, terms: Partial<PlatformTerms> = {}) {
  const signer = new WalletSigner(Wallet.createRandom());
  await chain.provider.send('anvil_setBalance', [signer.address, '0x56bc75e2d63100000']);
  const powers = { admin: account('a'), operator: account('b'), compliance: account('c'), guardian: account('d') };
  const whole = { deployer: signer.address, ...powers, timelock: 172_800, cash: null, pledges: null, ...terms };
  const file = path.join(folder, `${name}.json`);
  const stored = async (): Promise<Manifest> => JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const sent = (): Promise<number> => chain.provider.getTransactionCount(signer.address);
  return { rpc: chain.provider as Rpc, file, terms: whole, signer, pollMs: 10, stored, sent };
}

class Killed extends Error {}

/** A node whose user is killed at its n-th sending: before the bytes are sent, or after, with the answer lost. */
function dyingAt(rpc: Rpc, n: number, afterwards: boolean): Rpc {
  let sendings = 0;
  return {
    send: async (method, params) => {
      if (method !== 'eth_sendRawTransaction') return rpc.send(method, params);
      sendings += 1;
      if (sendings !== n) return rpc.send(method, params);
      if (afterwards) await rpc.send(method, params);
      throw new Killed();
    },
  };
}

const ask = async (to: Hex, method: string, args: unknown[]): Promise<unknown[]> => {
  const data = manager.encodeFunctionData(method, args);
  return [
    ...manager.decodeFunctionResult(method, (await chain.provider.send('eth_call', [{ to, data }, 'latest'])) as Hex),
  ];
};

describe('a deployment with a manifest', () => {
  it('leaves the powers to those that were named, and none to the key that deployed', async () => {
    const order = await deployer('whole');
    const { contracts, steps } = await deployWithManifest(order);
    expect([steps.length, await order.sent()]).toEqual([STEPS, STEPS]);
    const access = contracts?.AccessManager.address ?? '0x';
    expect(await ask(access, 'hasRole', [0n, order.terms.admin])).toEqual([true, 172_800n]);
    expect(await ask(access, 'hasRole', [4n, order.terms.operator])).toEqual([true, 172_800n]);
    expect(await ask(access, 'hasRole', [3n, order.terms.operator])).toEqual([true, 0n]);
    expect(await ask(access, 'hasRole', [1n, order.terms.compliance])).toEqual([true, 0n]);
    expect(await ask(access, 'hasRole', [0n, order.terms.deployer])).toEqual([false, 0n]);
    expect(await ask(access, 'getRoleGuardian', [4n])).toEqual([10n]);
    const ticks = await checkManifest(order.rpc, await order.stored());
    expect(ticks.filter(({ ok }) => !ok)).toEqual([]);
    expect(JSON.stringify(await order.stored())).not.toContain('"raw"');
    await deployWithManifest(order);
    expect(await order.sent()).toBe(STEPS);
  });

  it('goes on after a kill at any sending, and sends nothing twice', async () => {
    const order = await deployer('killed');
    // Each life dies at its second sending, so that over the lives every round is cut somewhere.
    let lives = 0;
    for (let done = false; !done; lives += 1) {
      const rpc = dyingAt(order.rpc, 2, lives % 2 === 0);
      done = await deployWithManifest({ ...order, rpc }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Killed) return false;
          throw error;
        },
      );
    }
    expect(lives).toBeGreaterThan(4);
    expect(await order.sent()).toBe(STEPS);
    expect((await checkManifest(order.rpc, await order.stored())).every(({ ok }) => ok)).toBe(true);
  }, 60_000);

  it('is refused where it would go on as another one', async () => {
    const order = await deployer('changed');
    await expect(deployWithManifest({ ...order, rpc: dyingAt(order.rpc, 2, true) })).rejects.toThrow(Killed);
    const count = await order.sent();
    await expect(deployWithManifest({ ...order, terms: { ...order.terms, timelock: 60 } })).rejects.toThrow(
      new ManifestDiffers('timelock', '172800', '60'),
    );
    const elsewhere: Rpc = {
      send: async (method, params) => (method === 'eth_chainId' ? '0x1' : order.rpc.send(method, params)),
    };
    await expect(deployWithManifest({ ...order, rpc: elsewhere })).rejects.toThrow(
      new ManifestDiffers('chain id', '31337', '1'),
    );
    const begun = await order.stored();
    await writeFile(order.file, JSON.stringify({ ...begun, codeHash: `0x${'1'.repeat(64)}` }));
    await expect(deployWithManifest(order)).rejects.toThrow(ManifestDiffers);
    const [first, ...others] = begun.steps;
    const steps = [{ ...first, dataHash: `0x${'2'.repeat(64)}` }, ...others];
    await writeFile(order.file, JSON.stringify({ ...begun, steps }));
    await expect(deployWithManifest(order)).rejects.toThrow(StepChanged);
    expect(await order.sent()).toBe(count);
  });

  it('takes the next nonce for a step whose nonce went to something else', async () => {
    const order = await deployer('taken');
    await expect(deployWithManifest({ ...order, rpc: dyingAt(order.rpc, 1, false) })).rejects.toThrow(Killed);
    const stray = { to: account('e'), nonce: 0, gasLimit: 21_000, gasPrice: 10n ** 10n, chainId: 31_337, type: 0 };
    await order.rpc.send('eth_sendRawTransaction', [await order.signer.signTransaction(stray)]);
    await expect(deployWithManifest(order)).rejects.toThrow(NonceTaken);
    await deployWithManifest(order);
    // The stray, and the bytes that waited behind it under the nonces from 1 on.
    expect(await order.sent()).toBe(STEPS + 1);
    expect((await checkManifest(order.rpc, await order.stored())).every(({ ok }) => ok)).toBe(true);
  });

  it('is signed elsewhere, round by round', async () => {
    const { signer, ...order } = await deployer('elsewhere');
    let signed: Hex[] = [];
    let rounds = 0;
    for (let done = false; !done;) {
      const error = await deployWithManifest({ ...order, signer: null, signed }).catch((thrown: unknown) => thrown);
      done = !(error instanceof SignaturesNeeded);
      if (!(error instanceof SignaturesNeeded)) break;
      rounds += 1;
      const { Transaction } = await import('ethers');
      signed = await Promise.all(
        error.waiting.map(({ unsigned }) => signer.signTransaction(Transaction.from(unsigned))),
      );
    }
    expect([rounds, (await order.stored()).complete, await order.sent()]).toEqual([4, true, STEPS]);
  });

  it('names who must not be the admin, and waits no longer than it is told', async () => {
    const order = await deployer('admin');
    const terms = { ...order.terms, admin: order.terms.deployer };
    await expect(deployWithManifest({ ...order, terms })).rejects.toThrow(AdminDeploys);
    const deaf: Rpc = {
      send: async (method, params) => (method === 'eth_sendRawTransaction' ? null : order.rpc.send(method, params)),
    };
    await expect(deployWithManifest({ ...order, rpc: deaf, waitMs: 20 })).rejects.toThrow(StepNotMined);
    expect(await order.sent()).toBe(0);
  });
});

describe('the check of a manifest', () => {
  it('names code, arguments, roles and delays that are not what it says, and strangers with a role', async () => {
    const order = await deployer('tampered', { timelock: 0 });
    const whole = await deployWithManifest(order);
    const red = async (manifest: Manifest): Promise<string[]> =>
      (await checkManifest(order.rpc, manifest)).filter(({ ok }) => !ok).map(({ title }) => title);
    const { contracts, access } = whole;
    if (contracts === null || access === null) throw new TypeError('the manifest is not complete');
    const { AccessManager, DealHealth, InvestorRegistry } = contracts;
    const swapped = { ...contracts, DealHealth: { ...DealHealth, runtimeCodeHash: AccessManager.runtimeCodeHash } };
    expect(await red({ ...whole, contracts: swapped })).toEqual(['code of DealHealth']);
    const { made } = InvestorRegistry;
    const other = {
      ...InvestorRegistry,
      made: made && { ...made, constructorArguments: `0x${'0'.repeat(64)}` as Hex },
    };
    expect(await red({ ...whole, contracts: { ...contracts, InvestorRegistry: other } })).toEqual([
      'making of InvestorRegistry',
    ]);
    const [first, ...rest] = access.grants;
    const grants = first ? [{ ...first, executionDelay: 5 }, ...rest] : [];
    expect(await red({ ...whole, access: { ...access, grants } })).toEqual([`COMPLIANCE of ${order.terms.compliance}`]);
    expect(await red({ ...whole, chainId: 1 })).toEqual(['chain']);

    // The admin of this one waits for nothing and gives a role away.
    const admin = order.terms.admin;
    await chain.provider.send('anvil_impersonateAccount', [admin]);
    await chain.provider.send('anvil_setBalance', [admin, '0xde0b6b3a7640000']);
    const data = manager.encodeFunctionData('grantRole', [1n, account('f'), 0n]);
    await chain.provider.send('eth_sendTransaction', [{ from: admin, to: AccessManager.address, data }]);
    await chain.provider.send('evm_mine', []);
    expect(await red(whole)).toEqual(['nobody else holds a role']);
  });
});
