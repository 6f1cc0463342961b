import { Wallet, getCreateAddress } from 'ethers';
import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import {
  CHAIN_MIGRATIONS,
  Indexer,
  NonceGap,
  OutboxSender,
  OutboxTransaction,
  WalletSigner,
  enqueueTransaction,
  type ChainEvent,
  type Hex,
  type Projection,
  type Rpc,
} from '@weir/chain';
import { SYSTEM_ACTOR, UnitOfWork, migrate, openAppDataSource } from '@weir/persistence';
import { startAnvil, type TestChain } from '../../anvil.js';
import { Random } from '../../laws/random.js';
import { PINGER, ping, pingerDeployment } from '../../pinger.js';
import { startPostgres, type TestPostgres } from '../../postgres.js';
import { FaultyRpc } from './faulty-rpc.js';

const APP_PASSWORD = 'secret';
/** As on a public chain; reorganisations of the storm are as deep at most. */
export const FINALITY_DEPTH = 64;

/** What a storm did so far, by name: faults of the node, reorganisations by depth, transactions dropped or replaced. */
export type StormCounts = Record<string, number>;

interface Indexed {
  readonly events: string[];
  readonly ledger: string[];
}

/** What the chain, the outbox and the database say after a storm; all must tell the same. */
export interface Aftermath {
  /** Values on the chain, sorted; one that stands twice was sent twice. */
  readonly onChain: string[];
  /** Values of transactions that the outbox says were mined, sorted. */
  readonly mined: string[];
  /** Of those that the outbox gave up: why, and those among their values that the chain has all the same. */
  readonly failures: string[];
  readonly failedYetOnChain: string[];
  /** Events of the chain, and of the database, in order. */
  readonly chainEvents: string[];
  readonly storedEvents: string[];
  /** What a projection made of them: value and block. */
  readonly ledger: string[];
  /** Final events that were taken back. */
  readonly finalUnwound: number;
  /** Failures of the sender and the indexer while the node was well. */
  readonly calmErrors: string[];
}

/** A signer, a contract, an outbox and an indexer on a chain that reorganises and a node that fails, by a seed. */
export class ChainStorm {
  readonly counts: StormCounts = {};
  private next = 1;
  private finalUnwound = 0;
  private calmErrors: string[] = [];
  private readonly random: Random;

  private constructor(
    seed: number,
    private readonly server: TestPostgres,
    private readonly chain: TestChain,
    private readonly app: DataSource,
    private readonly wallet: Wallet,
    private readonly pinger: Hex,
  ) {
    this.random = new Random(seed);
  }

  static async start(seed: number): Promise<ChainStorm> {
    const [server, chain] = await Promise.all([startPostgres(), startAnvil(['--no-mining'])]);
    const app = await database(server);
    const wallet = new Wallet(Wallet.createRandom().privateKey);
    await chain.provider.send('anvil_setBalance', [wallet.address, '0xffffffffffffffffffff']);
    const [deployer] = (await chain.provider.send('eth_accounts', [])) as [Hex];
    await chain.provider.send('eth_sendTransaction', [{ from: deployer, data: pingerDeployment() }]);
    // Deeper than any reorganisation: the contract itself stays.
    await chain.provider.send('anvil_mine', ['0x50']);
    const pinger = getCreateAddress({ from: deployer, nonce: 0 }).toLowerCase() as Hex;
    return new ChainStorm(seed, server, chain, app, wallet, pinger);
  }

  async stop(): Promise<void> {
    await this.app.destroy();
    await Promise.all([this.server.stop(), this.chain.stop()]);
  }

  /** A gust: transactions are asked for while the node fails and the chain moves; then the node is well until all is done. */
  async gust(): Promise<void> {
    const faulty = new FaultyRpc(this.chain.provider, this.random, 5 + this.random.below(30), this.counts);
    for (let turn = 0; turn < 4; turn += 1) {
      await this.enqueue(1 + this.random.below(2));
      await Promise.all([this.send(faulty), this.random.chance(50) ? this.send(faulty) : null, this.index(faulty)]);
      await this.trouble();
    }
    await this.calm();
  }

  /** Makes all that is mined final. */
  async finality(): Promise<void> {
    await this.mine(FINALITY_DEPTH + 1);
    await this.calm();
  }

  async aftermath(): Promise<Aftermath> {
    const rows = await this.read((manager) => manager.find(OutboxTransaction));
    const valuesOf = (states: readonly string[]) =>
      rows
        .filter(({ state, to }) => states.includes(state) && to === this.pinger)
        .map(({ data }) => String(BigInt(data)));
    const logs = await this.chain.provider.getLogs({ address: this.pinger, fromBlock: 0 });
    const onChain = logs.map(({ data }) => String(BigInt(data)));
    const { events, ledger } = await indexed(this.app);
    return {
      onChain: [...onChain].sort(),
      mined: valuesOf(['mined', 'final']).sort(),
      failures: rows.filter(({ state }) => state === 'failed').map(({ failure }) => failure ?? ''),
      failedYetOnChain: valuesOf(['failed']).filter((value) => onChain.includes(value)),
      chainEvents: logs.map(({ blockNumber, blockHash, data }) => `${blockNumber} ${blockHash} ${BigInt(data)}`),
      storedEvents: events,
      ledger,
      finalUnwound: this.finalUnwound,
      calmErrors: this.calmErrors,
    };
  }

  /** What a fresh database holds when it reads the same chain from block 0. */
  async backfilled(): Promise<Indexed> {
    const fresh = await database(this.server);
    const indexer = this.indexer(this.chain.provider, fresh);
    const head = await this.chain.provider.getBlockNumber();
    for (;;) if ((await indexer.tick())?.indexed === head) break;
    const found = await indexed(fresh);
    await fresh.destroy();
    return found;
  }

  /** What the database that followed the chain through all of it holds. */
  followed(): Promise<Indexed> {
    return indexed(this.app);
  }

  private async enqueue(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      const value = this.next++;
      const [signer, to, data] = [this.wallet.address as Hex, this.pinger, ping(BigInt(value))];
      await new UnitOfWork(this.app).run(SYSTEM_ACTOR, { name: 'storm', object: `${value}` }, ({ manager }) =>
        enqueueTransaction(manager, { id: `ping:${value}`, signer, to, data, gasLimit: 60_000, purpose: 'storm' }),
      );
    }
  }

  /** A sender that lives for one turn, as if its process ended after it. What fails in a storm is expected. */
  private async send(rpc: Rpc, onError: (error: unknown) => void = () => undefined): Promise<void> {
    const signer = new WalletSigner(this.wallet);
    const sender = new OutboxSender({
      ...{ dataSource: this.app, rpc, chainId: 31_337, finalityDepth: FINALITY_DEPTH, bumpAfterMs: 300 },
      signers: { signerOf: async () => signer, isOffline: async () => false },
      onError,
    });
    await sender.tick().catch(onError);
  }

  private async index(rpc: Rpc): Promise<void> {
    await this.indexer(rpc, this.app)
      .tick()
      .catch(() => undefined);
  }

  private indexer(rpc: Rpc, dataSource: DataSource): Indexer {
    return new Indexer({
      ...{ dataSource, rpc, chainId: 31_337, finalityDepth: FINALITY_DEPTH },
      contracts: async () => new Map([[this.pinger, PINGER]]),
      projections: [
        ledgerOf((event) => {
          if (event.final) this.finalUnwound += 1;
        }),
      ],
    });
  }

  /** Blocks are mined; sometimes the chain reorganises, or the pool drops a transaction, or takes another in its place. */
  private async trouble(): Promise<void> {
    if (this.random.chance(40)) await this.drop();
    if (this.random.chance(10)) await this.replace();
    await this.mine(this.random.below(4));
    if (!this.random.chance(60)) return;
    const depth = 1 + this.random.below(this.random.chance(50) ? 6 : FINALITY_DEPTH);
    this.count('reorganisations');
    this.counts['deepest reorganisation'] = Math.max(depth, this.counts['deepest reorganisation'] ?? 0);
    await this.chain.provider.send('anvil_reorg', [depth, []]);
  }

  private async drop(): Promise<void> {
    const [hash] = await this.pending();
    if (hash === undefined) return;
    await this.chain.provider.send('anvil_dropTransaction', [hash]);
    this.count('dropped transactions');
  }

  /** Somebody with the same key sends another transaction under the nonce of a pending one. */
  private async replace(): Promise<void> {
    const nonce = Number(await this.chain.provider.send('eth_getTransactionCount', [this.wallet.address, 'latest']));
    const fee = 10n ** 14n;
    const raw = await this.wallet.signTransaction({
      ...{ type: 2, chainId: 31_337, nonce, to: this.wallet.address, gasLimit: 21_000n },
      ...{ maxFeePerGas: fee, maxPriorityFeePerGas: fee },
    });
    const taken = await this.chain.provider.send('eth_sendRawTransaction', [raw]).catch(() => null);
    if (taken !== null) this.count('replaced transactions');
  }

  private async pending(): Promise<Hex[]> {
    const rows = await this.read((manager) => manager.find(OutboxTransaction, { where: { state: 'sent' } }));
    return rows.flatMap(({ hash }) => (hash === null ? [] : [hash]));
  }

  /** Ticks with a node that is well until nothing is open and the indexer is at the head. */
  private async calm(): Promise<void> {
    const failed = (error: unknown) => {
      // A reorganisation may have taken what somebody else sent with the key: told, then filled.
      if (!(error instanceof NonceGap)) this.calmErrors.push(String(error));
      else this.counts['nonces told lost'] = (this.counts['nonces told lost'] ?? 0) + 1;
    };
    for (let turn = 0; turn < 60; turn += 1) {
      await this.send(this.chain.provider, failed);
      await this.mine(1);
      const states = (await this.read((manager) => manager.find(OutboxTransaction))).map(({ state }) => state);
      if (states.every((state) => ['mined', 'final', 'failed'].includes(state))) break;
      // Another transaction may have taken a nonce: it is known for good when its block is final.
      if (turn > 20) await this.mine(FINALITY_DEPTH);
    }
    await this.send(this.chain.provider, failed);
    const head = await this.chain.provider.getBlockNumber();
    const indexer = this.indexer(this.chain.provider, this.app);
    for (let turn = 0; turn < 60; turn += 1) {
      const report = await indexer.tick().catch(failed);
      if (typeof report === 'object' && report?.indexed === head) break;
    }
  }

  private async mine(blocks: number): Promise<void> {
    if (blocks > 0) await this.chain.provider.send('anvil_mine', [`0x${blocks.toString(16)}`]);
  }

  private count(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  private read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return new UnitOfWork(this.app).read(SYSTEM_ACTOR, work);
  }
}

/** A migrated database with a table for what the projection below makes of events. */
async function database(server: TestPostgres): Promise<DataSource> {
  const { ownerUrl, appUrl } = await server.createDatabase(APP_PASSWORD);
  await migrate(ownerUrl, { appPassword: APP_PASSWORD, migrations: CHAIN_MIGRATIONS });
  const app = await openAppDataSource(appUrl, [OutboxTransaction], { maxConnections: 8 });
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `CREATE TABLE weir.storm_ledger (value bigint PRIMARY KEY, block bigint NOT NULL, final boolean NOT NULL);
     GRANT SELECT, INSERT, UPDATE, DELETE ON weir.storm_ledger TO weir_app`,
  );
  await owner.end();
  return app;
}

/** Posts each value once, under its primary key: an event applied twice would fail. */
function ledgerOf(unwinding: (event: ChainEvent) => void): Projection {
  const valueOf = (event: ChainEvent) => String(event.args['value']);
  return {
    apply: (event, manager) =>
      manager.query('INSERT INTO weir.storm_ledger VALUES ($1, $2, false)', [valueOf(event), event.blockNumber]),
    unwind: (event, manager) => {
      unwinding(event);
      return manager.query('DELETE FROM weir.storm_ledger WHERE value = $1', [valueOf(event)]);
    },
    finalise: (event, manager) =>
      manager.query('UPDATE weir.storm_ledger SET final = true WHERE value = $1', [valueOf(event)]),
  };
}

async function indexed(dataSource: DataSource): Promise<Indexed> {
  return new UnitOfWork(dataSource).read(SYSTEM_ACTOR, async (manager) => {
    const events: { block_number: string; block_hash: string; args: { value: string } }[] = await manager.query(
      'SELECT block_number, block_hash, args FROM weir.chain_event ORDER BY block_number, log_index',
    );
    const ledger: { value: string; block: string; final: boolean }[] = await manager.query(
      'SELECT * FROM weir.storm_ledger ORDER BY value',
    );
    return {
      events: events.map(({ block_number, block_hash, args }) => `${block_number} ${block_hash} ${args.value}`),
      ledger: ledger.map(({ value, block, final }) => `${value} in ${block}${final ? ' final' : ''}`),
    };
  });
}
