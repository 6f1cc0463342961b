import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { Interface, Transaction, Wallet } from 'ethers';
import { artifacts } from '@weir/bindings';
import { startAnvil, type TestChain } from '../../../../test/anvil.js';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import { WalletSigner } from '../signers/wallet-signer.js';
import { checkManifest } from './check.js';
import { deployWithManifest } from './deploy-with-manifest.js';
import {
  AdminDeploys,
  DevelopmentTerms,
  ManifestDiffers,
  ManifestInUse,
  NobodyNamed,
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
    const nobody = { ...order.terms, guardian: account('0') };
    await expect(deployWithManifest({ ...order, terms: nobody })).rejects.toThrow(new NobodyNamed('guardian'));
    const deaf: Rpc = {
      send: async (method, params) => (method === 'eth_sendRawTransaction' ? null : order.rpc.send(method, params)),
    };
    await expect(deployWithManifest({ ...order, rpc: deaf, waitMs: 20 })).rejects.toThrow(StepNotMined);
    expect(await order.sent()).toBe(0);
  });

  it('goes on after receipts were lost, however often, and takes back what was given up too soon', async () => {
    const order = await deployer('receipts');
    const deaf: Rpc = {
      send: async (method, params) =>
        method === 'eth_getTransactionReceipt' && (await order.sent()) === STEPS
          ? null
          : order.rpc.send(method, params),
    };
    for (const _ of [1, 2])
      await expect(deployWithManifest({ ...order, rpc: deaf, waitMs: 50 })).rejects.toThrow(StepNotMined);
    expect((await order.stored()).steps.some(({ reverted }) => reverted)).toBe(false);
    const begun = await order.stored();
    const steps = begun.steps.map((step) => (step.name === 'hand-over' ? { ...step, reverted: true as const } : step));
    await writeFile(order.file, JSON.stringify({ ...begun, steps }));
    await deployWithManifest(order);
    expect(await order.sent()).toBe(STEPS);
    expect((await checkManifest(order.rpc, await order.stored())).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('keeps its bytes until they lie deep enough, and sends again what a reorganisation drops', async () => {
    const order = await deployer('reorganised');
    const before: unknown = await order.rpc.send('evm_snapshot', []);
    let dropped: Manifest | null = null;
    const shaken: Rpc = {
      send: async (method, params) => {
        if (method === 'eth_blockNumber' && (await order.sent()) === STEPS) {
          if (dropped === null) {
            dropped = await order.stored();
            await order.rpc.send('evm_revert', [before]);
          } else await order.rpc.send('evm_mine', []);
        }
        return order.rpc.send(method, params);
      },
    };
    await deployWithManifest({ ...order, rpc: shaken, confirmations: 3 });
    const kept = dropped as Manifest | null;
    expect([kept?.complete, kept?.steps.every(({ raw }) => raw !== undefined)]).toEqual([false, true]);
    const { steps, complete } = await order.stored();
    const head = await chain.provider.getBlockNumber();
    expect([complete, steps.every(({ block }) => block !== null && head - block >= 3)]).toEqual([true, true]);
    expect(await order.sent()).toBe(STEPS);
    expect((await checkManifest(order.rpc, await order.stored())).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('pays more for a step that waits too long, under the same nonce', async () => {
    const order = await deployer('dear');
    await order.rpc.send('evm_setAutomine', [false]);
    const first: bigint[] = [];
    const slow: Rpc = {
      send: async (method, params) => {
        const answer = await order.rpc.send(method, params);
        if (method !== 'eth_sendRawTransaction') return answer;
        const { nonce, maxFeePerGas } = Transaction.from(String(params[0]));
        if (nonce === 0) first.push(maxFeePerGas ?? 0n);
        if (first.length === 2 && nonce === 0) {
          await order.rpc.send('evm_mine', []);
          await order.rpc.send('evm_setAutomine', [true]);
        }
        return answer;
      },
    };
    await deployWithManifest({ ...order, rpc: slow, bumpAfterMs: 100 });
    const { steps } = await order.stored();
    const { maxFeePerGas } = (await chain.provider.getTransaction(steps[0]?.transaction ?? '')) ?? {};
    const [cheap = 0n, dear] = first;
    // A quarter more, and one.
    expect([first.length, dear, maxFeePerGas]).toEqual([2, (cheap * 5n) / 4n + 1n, dear]);
    expect(await order.sent()).toBe(STEPS);
  });

  it('is one process at a time, and takes over what one left that no longer runs', async () => {
    const order = await deployer('locked');
    const two = await Promise.allSettled([deployWithManifest(order), deployWithManifest(order)]);
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(two.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(ManifestInUse) });
    expect(await order.sent()).toBe(STEPS);
    const since = '2020-07-01T12:00:00Z';
    // Linux gives no process number above 2^22.
    await writeFile(`${order.file}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), since }));
    await deployWithManifest(order);
    await writeFile(`${order.file}.lock`, JSON.stringify({ pid: 1, host: 'elsewhere', since }));
    await expect(deployWithManifest(order)).rejects.toThrow(/process 1 on elsewhere since 2020/);
  });

  it('refuses terms of development on any other chain, unless it is told', async () => {
    const order = await deployer('public');
    const elsewhere: Rpc = {
      send: async (method, params) => (method === 'eth_chainId' ? '0x1' : order.rpc.send(method, params)),
    };
    const cash = account('7');
    for (const terms of [order.terms, { ...order.terms, cash, timelock: 0 }])
      await expect(deployWithManifest({ ...order, terms, rpc: elsewhere })).rejects.toThrow(DevelopmentTerms);
    // What is told goes on, as far as this chain takes transactions of another.
    const told = deployWithManifest({ ...order, rpc: elsewhere, developmentTerms: true });
    await expect(told).rejects.not.toThrow(DevelopmentTerms);
    expect(await order.sent()).toBe(0);
  });
});
