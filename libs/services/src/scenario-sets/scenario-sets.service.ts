import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Actor, Idempotency, Tx } from '@weir/persistence';
import { formatMoney } from '@weir/money';
import { balanceOf, shardSize, shardsOf, type SetRequest, type Shard } from '@weir/valuation';
import type { ServiceContext } from '../context.js';
import { readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { dealAs, dealFor } from '../deals/party.js';
import { NotFound, OutOfOrder } from '../problem.js';
import { checkedSet, readPoolAndSet } from './check-request.js';
import { ScenarioSetRecord, type SetStatus, type StoredSetFile } from './entities.js';
import { PoolNotChosen, SetTooLarge } from './errors.js';
import { linesOfTape } from './set-collateral.js';
import { RUN_SHARD_QUEUE, shardKey } from './shard-queue.js';

/** Most scenarios that the platform runs as one set: their results are merged in memory. */
const MOST_SCENARIOS_OF_SET = 100_000;

/** Who runs a deal may run scenarios over it. */
const RUNS_SETS = ['issuer', 'servicer', 'trustee', 'calculation-agent'] as const;

/** What a set is asked with; the collateral is one of `pool` and `tapeId`. */
export interface SetOrder {
  /** Text of the set file. */
  readonly set: string;
  /** Lines as CSV or YAML. */
  readonly pool: string | null;
  readonly tapeId: string | null;
  /** Report items that nothing gives are zero. */
  readonly assumeZero: boolean;
}

/** What a caller sees of a set. */
export interface ScenarioSetView {
  readonly setId: string;
  readonly kind: ScenarioSetRecord['kind'];
  readonly status: SetStatus;
  readonly documentHash: string;
  readonly tapeId: string | null;
  readonly scenarios: number;
  readonly scenariosDone: number;
  readonly shards: number;
  readonly shardsDone: number;
  readonly failure: string | null;
  readonly askedAt: string;
  readonly endedAt: string | null;
  readonly files: readonly StoredSetFile[];
}

/** Sets of scenarios over a deal: asked for, watched, cancelled, downloaded. Workers run them. */
export class ScenarioSetsService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Asks for a set over the deal's document as it now is. It is checked whole, kept with all that it depends on, and split
   * into shards, each a job.
   * @throws PoolNotChosen, ScenarioSetRefused, SetTooLarge, NotFound, Forbidden, TapeNotImported
   */
  async start(
    actor: Actor,
    dealId: string,
    order: SetOrder,
    idempotency: Idempotency,
  ): Promise<{ setId: string; scenarios: number; shards: number }> {
    if ((order.pool === null) === (order.tapeId === null)) throw new PoolNotChosen();
    const command = { name: 'scenario-set.start', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, ...RUNS_SETS);
      const request = await requestOf(tx.manager, deal, order);
      const { kind, plan, months } = checkedSet(request);
      if (plan.count > MOST_SCENARIOS_OF_SET) throw new SetTooLarge(plan.count, MOST_SCENARIOS_OF_SET);
      const bytes = new TextEncoder().encode(JSON.stringify(request));
      const requestSha256 = await this.context.blobs.put(tx.manager, bytes, 'application/json');
      const setId = randomUUID();
      const { documentHash } = deal;
      const { tapeId } = order;
      const facts = { dealId, kind, scenarios: plan.count, documentHash, tapeId, requestSha256 };
      await tx.manager.insert(ScenarioSetRecord, { setId, ...facts, status: 'running', failure: null, files: [] });
      const shards = shardsOf(plan.count, shardSize(plan.count, request.lines.length, months));
      await enqueue(tx, setId, dealId, shards);
      tx.record({ object: `scenario-set:${setId}`, before: null, after: { ...facts, shards: shards.length } });
      return { setId, scenarios: plan.count, shards: shards.length };
    });
  }

  /** Stops a set: what has not begun does not begin, what runs stops soon. @throws NotFound, Forbidden, OutOfOrder */
  cancel(actor: Actor, dealId: string, setId: string, idempotency: Idempotency): Promise<{ setId: string }> {
    const command = { name: 'scenario-set.cancel', object: `scenario-set:${setId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      await dealAs(tx.manager, actor, dealId, ...RUNS_SETS);
      const lock = { mode: 'pessimistic_write' as const };
      const set = await tx.manager.findOne(ScenarioSetRecord, { where: { setId, dealId }, lock });
      if (set === null) throw new NotFound('scenario set', setId);
      const { status } = set;
      if (status !== 'running')
        throw new OutOfOrder(`The set is ${status} and cannot be cancelled any more.`, { status });
      await tx.manager.update(ScenarioSetRecord, setId, { status: 'cancelled', endedAt: () => 'now()' });
      tx.record({ object: `scenario-set:${setId}`, before: { status }, after: { status: 'cancelled' } });
      return { setId };
    });
  }

  /** One set: how far it is, and its files once it is done. @throws NotFound */
  get(actor: Actor, dealId: string, setId: string): Promise<ScenarioSetView> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      return viewOf(manager, await setOf(manager, dealId, setId));
    });
  }

  /** The deal's sets, the latest first; at most 100. */
  list(actor: Actor, dealId: string): Promise<ScenarioSetView[]> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const order = { askedAt: 'DESC', setId: 'ASC' } as const;
      const sets = await manager.find(ScenarioSetRecord, { where: { dealId }, order, take: 100 });
      const views: ScenarioSetView[] = [];
      for (const set of sets) views.push(await viewOf(manager, set));
      return views;
    });
  }

  /** One file of a set that is done. @throws NotFound */
  file(actor: Actor, dealId: string, setId: string, name: string): Promise<{ bytes: Uint8Array; mediaType: string }> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const { files } = await setOf(manager, dealId, setId);
      const found = files.find((file) => file.name === name);
      if (found === undefined) throw new NotFound('file', name);
      const { bytes } = await this.context.blobs.get(manager, found.sha256);
      return { bytes, mediaType: found.mediaType };
    });
  }
}

/** All that the set depends on, as it is now. */
async function requestOf(manager: EntityManager, deal: DealRecord, order: SetOrder): Promise<SetRequest> {
  const { document } = deal;
  const { set, pool, tapeId, assumeZero } = order;
  const lines = tapeId === null ? readPoolAndSet(document, pool ?? '', set) : await linesOfTape(manager, deal, tapeId);
  const written = readDocument(document).cutOffPool;
  const cutOffPool = deal.cutOffPool ?? (written === null ? balanceOf(lines) : formatMoney(written));
  return { document, cutOffPool, lines, set, state: null, fixings: null, assumeZero };
}

async function enqueue(tx: Tx, setId: string, dealId: string, shards: readonly Shard[]): Promise<void> {
  await tx.manager.query(
    `insert into weir.scenario_shard (set_id, deal_id, shard, first, past, status)
     select $1, $2, s.index, s."from", s."to", 'waiting'
     from jsonb_to_recordset($3) as s (index int, "from" int, "to" int)`,
    [setId, dealId, JSON.stringify(shards)],
  );
  for (const { index } of shards) await tx.job(RUN_SHARD_QUEUE, { setId, shard: index }, shardKey(setId, index));
}

async function setOf(manager: EntityManager, dealId: string, setId: string): Promise<ScenarioSetRecord> {
  const set = await manager.findOneBy(ScenarioSetRecord, { dealId, setId });
  if (set === null) throw new NotFound('scenario set', setId);
  return set;
}

async function viewOf(manager: EntityManager, set: ScenarioSetRecord): Promise<ScenarioSetView> {
  const rows: { shards: number; shardsDone: number; scenariosDone: number }[] = await manager.query(
    `select count(*)::int as shards, count(*) filter (where status = 'done')::int as "shardsDone",
            coalesce(sum(done), 0)::int as "scenariosDone"
     from weir.scenario_shard where set_id = $1`,
    [set.setId],
  );
  const { setId, kind, status, documentHash, tapeId, scenarios, failure, files } = set;
  return {
    ...{ setId, kind, status, documentHash, tapeId, scenarios },
    ...(rows[0] ?? { shards: 0, shardsDone: 0, scenariosDone: 0 }),
    failure,
    askedAt: set.askedAt.toISOString(),
    endedAt: set.endedAt?.toISOString() ?? null,
    files,
  };
}
