import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Actor, Idempotency, Tx } from '@weir/persistence';
import { linesOf, shardSize, shardsOf, type Shard } from '@weir/valuation';
import type { ServiceContext } from '../context.js';
import { dealAs, dealFor } from '../deals/party.js';
import { NotFound, OutOfOrder } from '../problem.js';
import { checkedSet } from './check-request.js';
import { ScenarioSetRecord, type SetStatus, type StoredSetFile } from './entities.js';
import { SetTooLarge } from './errors.js';
import { readOrder } from './read-order.js';
import type { SetBasis, SetOrder } from './set-order.js';
import { RUN_SHARD_QUEUE, shardKey } from './shard-queue.js';

/** Most scenarios that the platform runs as one set: their results are merged in memory. */
const MOST_SCENARIOS_OF_SET = 100_000;

/** Who runs a deal may run scenarios over it. */
const RUNS_SETS = ['issuer', 'servicer', 'trustee', 'calculation-agent'] as const;

/** What a caller sees of a set. */
export interface ScenarioSetView extends SetBasis {
  readonly setId: string;
  readonly kind: ScenarioSetRecord['kind'];
  readonly status: SetStatus;
  readonly documentHash: string;
  /** Hash of the program that the document was compiled to; null of sets of before it was kept. */
  readonly programHash: string | null;
  /** SHA-256 of all that its outcomes depend on, as it was kept. */
  readonly requestSha256: string;
  readonly scenarios: number;
  readonly scenariosDone: number;
  readonly shards: number;
  readonly shardsDone: number;
  readonly failure: string | null;
  /** What did not stop it, but should be known of its collateral: a tape of another month than it begins with. */
  readonly warnings: readonly string[];
  readonly askedAt: string;
  readonly endedAt: string | null;
  readonly files: readonly StoredSetFile[];
}

/** Sets of scenarios over a deal: asked for, watched, cancelled, downloaded. Workers run them. */
export class ScenarioSetsService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Asks for a set over the deal's document as it now is, from closing or from its actual state after a settled period. It is
   * checked whole, kept with all that it depends on, and split into shards, each a job.
   * @throws PoolNotChosen, ScenarioSetRefused, SetTooLarge, OutOfOrder, NotFound, Forbidden, TapeNotImported
   */
  async start(
    actor: Actor,
    dealId: string,
    order: SetOrder,
    idempotency: Idempotency,
  ): Promise<{ setId: string; scenarios: number; shards: number; warnings: readonly string[] }> {
    const command = { name: 'scenario-set.start', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, ...RUNS_SETS);
      const { request, basis, warnings } = await readOrder(tx.manager, deal, order);
      const { kind, plan, months, programHash } = checkedSet(request);
      if (plan.count > MOST_SCENARIOS_OF_SET) throw new SetTooLarge(plan.count, MOST_SCENARIOS_OF_SET);
      const bytes = new TextEncoder().encode(JSON.stringify(request));
      const requestSha256 = await this.context.blobs.put(tx.manager, bytes, 'application/json');
      const setId = randomUUID();
      const { documentHash } = deal;
      const facts = { dealId, kind, scenarios: plan.count, documentHash, programHash, ...basis, requestSha256 };
      await tx.manager.insert(ScenarioSetRecord, {
        setId,
        ...facts,
        warnings: [...warnings],
        status: 'running',
        failure: null,
        files: [],
      });
      const shards = shardsOf(plan.count, shardSize(plan.count, linesOf(request).length, months));
      await enqueue(tx, setId, dealId, shards);
      tx.record({ object: `scenario-set:${setId}`, before: null, after: { ...facts, shards: shards.length } });
      return { setId, scenarios: plan.count, shards: shards.length, warnings };
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
  const { setId, kind, status, documentHash, programHash, requestSha256, scenarios, failure, files } = set;
  const { fromPeriod, stateHash, tapeId, tapeSha256, fixingsSha256, collectionsSha256, underlying } = set;
  return {
    ...{ setId, kind, status, documentHash, programHash, requestSha256, scenarios },
    ...{ fromPeriod, stateHash, tapeId, tapeSha256, fixingsSha256, collectionsSha256, underlying },
    ...(rows[0] ?? { shards: 0, shardsDone: 0, scenariosDone: 0 }),
    failure,
    warnings: set.warnings,
    askedAt: set.askedAt.toISOString(),
    endedAt: set.endedAt?.toISOString() ?? null,
    files,
  };
}
