import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate, openAppDataSource, SYSTEM_ACTOR, UnitOfWork } from '@weir/persistence';
import type { Interface } from 'ethers';
import type { DataSource } from 'typeorm';
import { startAnvil, type TestChain } from '../../../../test/anvil.js';
import { ping, PINGER, pingerDeployment } from '../../../../test/pinger.js';
import { startPostgres, type TestPostgres } from '../../../../test/postgres.js';
import { CHAIN_MIGRATIONS } from '../migrations/index.js';
import { WrongChain } from '../rpc/wrong-chain.js';
import type { Hex } from '../signers/signer.js';
import { Indexer, type IndexerOptions } from './indexer.js';
import type { ChainEvent, Projection } from './projection.js';

const appPassword = 'secret';

class ProjectionRefused extends Error {}

describe('Indexer', () => {
  let server: TestPostgres;
  let chain: TestChain;
  let app: DataSource;
  let units: UnitOfWork;
  let from: string;
  let pinger: Hex;
  let contracts: Map<Hex, Interface>;
  let calls: string[];

  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);

  afterAll(() => server.stop());

  beforeEach(async () => {
    chain = await startAnvil();
    const { ownerUrl, appUrl } = await server.createDatabase(appPassword);
    await migrate(ownerUrl, { appPassword, migrations: CHAIN_MIGRATIONS });
    app = await openAppDataSource(appUrl, []);
    units = new UnitOfWork(app);
    [from] = (await chain.provider.send('eth_accounts', [])) as [string];
    const receipt = await mine({ data: pingerDeployment() });
    pinger = receipt.contractAddress.toLowerCase() as Hex;
    contracts = new Map([[pinger, PINGER]]);
    calls = [];
  }, 60_000);

  afterEach(async () => {
    await app.destroy();
    await chain.stop();
  });

  const mine = async (transaction: { to?: Hex; data: Hex }) => {
    const hash = await chain.provider.send('eth_sendTransaction', [{ from, ...transaction }]);
    for (;;) {
      const receipt = await chain.provider.send('eth_getTransactionReceipt', [hash]);
      if (receipt !== null) return receipt;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const emit = (value: bigint) => mine({ to: pinger, data: ping(value) });

  const note = (what: string) => async (event: ChainEvent) => {
    calls.push(`${what} ${String(event.args['value'])}${event.final ? ' final' : ''}`);
  };
  const recorder: Projection = { apply: note('apply'), unwind: note('unwind'), finalise: note('finalise') };

  const indexer = (options: Partial<IndexerOptions> = {}) =>
    new Indexer({
      dataSource: app,
      rpc: chain.provider,
      chainId: 31337,
      contracts: async () => contracts,
      projections: [recorder],
      finalityDepth: 100,
      ...options,
    });

  const stored = () =>
    units.read(SYSTEM_ACTOR, async (manager) => ({
      values: (
        await manager.query(`SELECT args->>'value' AS value FROM weir.chain_event ORDER BY block_number, log_index`)
      ).map((row: { value: string }) => row.value),
      blocks: (await manager.query('SELECT number, hash FROM weir.chain_block ORDER BY number')).map(
        (row: { number: string; hash: string }) => [Number(row.number), row.hash],
      ),
    }));

  it('follows the chain in bounded batches, each event once, and goes on after a restart', async () => {
    for (const value of [1n, 2n, 3n]) await emit(value);
    // Genesis, the deployment and three calls: blocks 0 to 4.
    expect(await indexer({ batchSize: 3 }).tick()).toMatchObject({ indexed: 2, head: 4, applied: 1 });
    expect(await indexer({ batchSize: 3 }).tick()).toMatchObject({ indexed: 4, applied: 2 });
    expect(await indexer({ batchSize: 3 }).tick()).toMatchObject({ indexed: 4, applied: 0 });
    expect(calls).toEqual(['apply 1', 'apply 2', 'apply 3']);
  });

  it('lets one of two indexers work at a time', async () => {
    await emit(1n);
    await Promise.all([indexer().tick(), indexer().tick(), indexer().tick()]);
    expect(calls).toEqual(['apply 1']);
  });

  it('finalises an event once, when enough blocks lie on top of it', async () => {
    const shallow = indexer({ finalityDepth: 2 });
    await emit(1n);
    await shallow.tick();
    await emit(2n);
    await shallow.tick();
    expect(calls).toEqual(['apply 1', 'apply 2']);
    await emit(3n);
    await shallow.tick();
    await shallow.tick();
    expect(calls).toEqual(['apply 1', 'apply 2', 'apply 3', 'finalise 1 final']);
  });

  it('unwinds a reorganisation, latest event first, and indexes what the chain has now', async () => {
    await emit(1n);
    const snapshot = await chain.provider.send('evm_snapshot', []);
    await emit(2n);
    await emit(3n);
    await indexer().tick();
    await chain.provider.send('evm_revert', [snapshot]);
    for (const value of [4n, 5n, 6n]) await emit(value);

    expect(await indexer().tick()).toMatchObject({ unwound: 2, applied: 3, indexed: 5 });
    expect(calls.slice(3)).toEqual(['unwind 3', 'unwind 2', 'apply 4', 'apply 5', 'apply 6']);
    const { values, blocks } = await stored();
    expect(values).toEqual(['1', '4', '5', '6']);
    for (const [number, hash] of blocks) expect((await chain.provider.getBlock(number))?.hash).toBe(hash);
  });

  it('takes a chain shorter than the checkpoint for a reorganisation, final events included', async () => {
    const snapshot = await chain.provider.send('evm_snapshot', []);
    await emit(1n);
    await emit(2n);
    await indexer({ finalityDepth: 1 }).tick();
    await chain.provider.send('evm_revert', [snapshot]);
    expect(await indexer({ finalityDepth: 1 }).tick()).toMatchObject({ head: 1, indexed: 1, unwound: 2 });
    expect(calls).toEqual(['apply 1', 'apply 2', 'finalise 1 final', 'unwind 2', 'unwind 1 final']);

    await emit(7n);
    await indexer({ finalityDepth: 1 }).tick();
    expect((await stored()).values).toEqual(['7']);
  });

  it('starts over on another chain with nothing in common', async () => {
    await emit(1n);
    await indexer().tick();
    const other = await startAnvil(['--timestamp', '1600000000']);
    expect(await indexer({ rpc: other.provider }).tick()).toMatchObject({ unwound: 1, indexed: 0 });
    await other.stop();
    expect((await stored()).values).toEqual([]);
  });

  it('refuses a node of another chain before it unwinds anything', async () => {
    await emit(1n);
    await indexer().tick();
    const other = await startAnvil(['--chain-id', '5']);
    await expect(indexer({ rpc: other.provider }).tick()).rejects.toThrow(WrongChain);
    await other.stop();
    expect((await stored()).values).toEqual(['1']);
  });

  it('gives a contract that becomes known later its earlier events', async () => {
    contracts = new Map();
    await emit(1n);
    await indexer().tick();
    contracts = new Map([[pinger, PINGER]]);
    await emit(2n);
    await indexer().tick();
    expect(calls).toEqual(['apply 1', 'apply 2']);
  });

  it('changes nothing when a projection fails', async () => {
    await emit(1n);
    await emit(2n);
    const refusing: Projection = {
      ...recorder,
      apply: async (event, manager) => {
        await manager.query(`INSERT INTO weir.organisation VALUES (gen_random_uuid(), 'made by apply', 'sponsor')`);
        if (event.args['value'] === '2') throw new ProjectionRefused('the second event');
      },
    };
    await expect(indexer({ projections: [refusing] }).tick()).rejects.toThrow(ProjectionRefused);
    const made = await units.read(SYSTEM_ACTOR, (manager) => manager.query('SELECT * FROM weir.organisation'));
    expect(made).toEqual([]);
    expect(await stored()).toEqual({ values: [], blocks: [] });
  });
});
