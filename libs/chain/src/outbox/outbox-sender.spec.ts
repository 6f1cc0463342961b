import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SYSTEM_ACTOR, type UnitOfWork } from '@weir/persistence';
import { getCreateAddress, Wallet } from 'ethers';
import type { DataSource } from 'typeorm';
import type { TestChain } from '../../../../test/anvil.js';
import { openChainHouse, type ChainHouse } from '../../../../test/chain-house.js';
import { ping, PINGER, pingerDeployment } from '../../../../test/pinger.js';
import { CHAIN_MIGRATIONS } from '../migrations/index.js';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex, Signer } from '../signers/signer.js';
import { WalletSigner } from '../signers/wallet-signer.js';
import { enqueueTransaction, type TransactionRequest } from './enqueue-transaction.js';
import type { OutboxOptions } from './outbox-context.js';
import { OutboxConflict, WrongSigner } from './outbox.errors.js';
import { OutboxSender } from './outbox-sender.js';
import { CHAIN_ENTITIES, OutboxTransaction } from './outbox-transaction.entity.js';

const ALL = '0xffffffffffffffffffff';

class ConnectionLost extends Error {}

/** A node that does not take what it is sent: the process died, or the network is gone. */
const deaf = (rpc: Rpc, methods: string[]): Rpc => ({
  send: (method, params) =>
    methods.includes(method) ? Promise.reject(new ConnectionLost(method)) : rpc.send(method, params),
});

describe('OutboxSender', () => {
  let house: ChainHouse;
  let chain: TestChain;
  let app: DataSource;
  let units: UnitOfWork;
  let signer: Signer;
  let pinger: Hex;
  let errors: unknown[];

  beforeAll(async () => {
    house = await openChainHouse(CHAIN_MIGRATIONS, CHAIN_ENTITIES);
    ({ chain, app, units } = house);
  }, 60_000);

  afterAll(() => house.close());

  beforeEach(async () => {
    errors = [];
    signer = new WalletSigner(new Wallet(Wallet.createRandom().privateKey));
    await chain.provider.send('anvil_setBalance', [signer.address, ALL]);
    await enqueue({ id: `deploy:${signer.address}`, to: null, data: pingerDeployment() });
    await sender().tick();
    pinger = getCreateAddress({ from: signer.address, nonce: 0 }).toLowerCase() as Hex;
  });

  const sender = (options: Partial<OutboxOptions> = {}) =>
    new OutboxSender({
      dataSource: app,
      rpc: chain.provider,
      chainId: 31337,
      signers: { signerOf: async () => signer, isOffline: async () => false },
      finalityDepth: 0,
      errors: [PINGER],
      onError: (error) => errors.push(error),
      ...options,
    });

  const enqueue = (part: Partial<TransactionRequest> & { id: string }) =>
    units.run(SYSTEM_ACTOR, { name: 'enqueue', object: part.id }, ({ manager }) =>
      enqueueTransaction(manager, { signer: signer.address, to: pinger, data: ping(1n), purpose: 'test', ...part }),
    );

  const row = (id: string) => units.read(SYSTEM_ACTOR, (m) => m.findOneByOrFail(OutboxTransaction, { id }));
  const idOf = (name: string) => `${name}:${signer.address}`;
  const pings = async () =>
    (await chain.provider.getLogs({ address: pinger, fromBlock: 0 })).map((log) => BigInt(log.data));

  it('deploys and calls, with receipts in the row', async () => {
    const deployed = await row(`deploy:${signer.address}`);
    expect(deployed).toMatchObject({
      state: 'final',
      nonce: 0,
      succeeded: true,
      contractAddress: pinger,
      failure: null,
    });

    await enqueue({ id: idOf('a'), data: ping(7n) });
    await sender().tick();
    const called = await row(idOf('a'));
    const receipt = await chain.provider.getTransactionReceipt(called.hash ?? '');
    expect(called).toMatchObject({ state: 'final', nonce: 1, blockHash: receipt?.blockHash });
    expect(called.gasUsed).toBe(Number(receipt?.gasUsed));
    expect(await pings()).toEqual([7n]);
    expect(errors).toEqual([]);
  });

  it('takes the same transaction twice as one and refuses other content under its id', async () => {
    await enqueue({ id: idOf('a') });
    await sender().tick();
    await enqueue({ id: idOf('a') });
    await expect(enqueue({ id: idOf('a'), data: ping(2n) })).rejects.toThrow(OutboxConflict);
    await sender().tick();
    expect(await pings()).toEqual([1n]);
  });

  it('loses and repeats nothing when it dies between storing and sending', async () => {
    await enqueue({ id: idOf('a'), data: ping(7n) });
    await sender({ rpc: deaf(chain.provider, ['eth_sendRawTransaction']) }).tick();
    const stored = await row(idOf('a'));
    expect(stored).toMatchObject({ state: 'signed', nonce: 1 });
    expect(await pings()).toEqual([]);

    await sender().tick();
    await sender().tick();
    const sent = await row(idOf('a'));
    expect(sent).toMatchObject({ state: 'final', nonce: 1, hash: stored.hash });
    expect(await pings()).toEqual([7n]);
  });

  it('loses and repeats nothing when it dies between sending and noting it', async () => {
    await enqueue({ id: idOf('a'), data: ping(7n) });
    const rpc: Rpc = {
      send: async (method, params) => {
        const answer = await chain.provider.send(method, params);
        if (method === 'eth_sendRawTransaction') throw new ConnectionLost('after the node took it');
        return answer;
      },
    };
    await sender({ rpc }).tick();
    expect(await row(idOf('a'))).toMatchObject({ state: 'signed' });
    await sender().tick();
    expect(await row(idOf('a'))).toMatchObject({ state: 'final', nonce: 1 });
    expect(await pings()).toEqual([7n]);
  });

  it('loses and repeats nothing at whichever answer of the node it dies', async () => {
    const sent: bigint[] = [];
    for (const after of [false, true]) {
      for (let fatal = 0; fatal < 16; fatal++) {
        let count = 0;
        const rpc: Rpc = {
          send: async (method, params) => {
            const ours = method !== 'eth_getTransactionCount' || params[0] === signer.address;
            const dies = ours && count++ === fatal;
            if (dies && !after) throw new ConnectionLost(method);
            const answer = await chain.provider.send(method, params);
            if (dies) throw new ConnectionLost(method);
            return answer;
          },
        };
        for (const _ of [1, 2]) {
          const value = BigInt(sent.length + 1);
          sent.push(value);
          await enqueue({ id: idOf(`k${value}`), data: ping(value) });
        }
        await sender({ rpc })
          .tick()
          .catch((error: unknown) => errors.push(error));
        await sender().tick();
        await sender().tick();
      }
    }
    expect(await pings()).toEqual(sent);
    expect(errors.every((error) => error instanceof ConnectionLost)).toBe(true);
    expect(errors.length).toBeGreaterThan(20);
  }, 60_000);

  it('sends each of twelve transactions once, in order, with two senders at work', async () => {
    const values = Array.from({ length: 12 }, (_, i) => BigInt(i + 1));
    for (const value of values) await enqueue({ id: idOf(`n${value}`), data: ping(value) });
    for (let i = 0; i < 4; i++) await Promise.all([sender().tick(), sender().tick()]);

    expect(await pings()).toEqual(values);
    const nonces = await Promise.all(values.map(async (value) => (await row(idOf(`n${value}`))).nonce));
    expect(nonces).toEqual(values.map(Number));
    expect(errors).toEqual([]);
  });

  it('fails a call that would revert, with the reason in words and no nonce, and goes on', async () => {
    await enqueue({ id: idOf('bad'), data: ping(0n) });
    await enqueue({ id: idOf('good'), data: ping(5n) });
    await sender().tick();
    expect(await row(idOf('bad'))).toMatchObject({ state: 'failed', failure: 'ZeroPing()', nonce: null });
    expect(await row(idOf('good'))).toMatchObject({ state: 'final', nonce: 1 });
  });

  it('takes no bytes that another account signed', async () => {
    const stranger = new WalletSigner(new Wallet(Wallet.createRandom().privateKey));
    await enqueue({ id: idOf('a') });
    await sender({ signers: { signerOf: async () => stranger, isOffline: async () => false } }).tick();
    expect(errors).toEqual([new WrongSigner(signer.address, stranger.address)]);
    expect(await row(idOf('a'))).toMatchObject({ state: 'queued', nonce: null });
    await sender().tick();
    expect(await row(idOf('a'))).toMatchObject({ state: 'final', nonce: 1 });
  });

  it('says so when a transaction reverts on chain', async () => {
    await enqueue({ id: idOf('bad'), data: ping(0n), gasLimit: 100_000 });
    await sender().tick();
    const failed = await row(idOf('bad'));
    expect(failed).toMatchObject({ state: 'failed', succeeded: false, nonce: 1 });
    expect(failed.failure).toContain(`reverted in block ${failed.blockNumber}`);
  });

  it('sends the stored bytes again when a reorganisation or a cut chain drops them', async () => {
    const snapshot = await chain.provider.send('evm_snapshot', []);
    for (const value of [3n, 4n]) await enqueue({ id: idOf(`r${value}`), data: ping(value) });
    await sender().tick();
    const before = [await row(idOf('r3')), await row(idOf('r4'))];
    expect(before.map(({ state }) => state)).toEqual(['final', 'final']);

    await chain.provider.send('evm_revert', [snapshot]);
    expect(await pings()).toEqual([]);
    await sender().tick();
    await sender().tick();
    const after = [await row(idOf('r3')), await row(idOf('r4'))];
    expect(after.map(({ state, nonce, hash }) => ({ state, nonce, hash }))).toEqual(
      before.map(({ nonce, hash }) => ({ state: 'final', nonce, hash })),
    );
    expect(await pings()).toEqual([3n, 4n]);
  });

  it('waits for finality and raises the fee under the same nonce when a transaction is stuck', async () => {
    await chain.provider.send('evm_setAutomine', [false]);
    try {
      let now = Date.now();
      const patient = sender({ finalityDepth: 2, bumpAfterMs: 1000, clock: () => new Date(now) });
      await enqueue({ id: idOf('slow'), data: ping(9n) });
      await patient.tick();
      const first = await row(idOf('slow'));
      expect(first).toMatchObject({ state: 'sent', nonce: 1 });

      now += 2000;
      await patient.tick();
      const second = await row(idOf('slow'));
      expect(second).toMatchObject({ state: 'sent', nonce: 1 });
      expect(second.hash).not.toBe(first.hash);

      await chain.provider.send('anvil_mine', ['0x1']);
      await patient.tick();
      expect(await row(idOf('slow'))).toMatchObject({ state: 'mined', succeeded: true, hash: second.hash });
      await chain.provider.send('anvil_mine', ['0x2']);
      await patient.tick();
      expect(await row(idOf('slow'))).toMatchObject({ state: 'final' });
      expect(await pings()).toEqual([9n]);
    } finally {
      await chain.provider.send('evm_setAutomine', [true]);
    }
  });
});
