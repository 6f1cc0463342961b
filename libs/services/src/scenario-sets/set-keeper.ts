import type { EntityManager } from 'typeorm';
import { BlobDamaged, BlobNotFound, SYSTEM_ACTOR, unfinishedJobs, type Tx } from '@weir/persistence';
import { mergeShards, setFiles, ShardsDoNotMerge, type Shard, type ShardResult } from '@weir/valuation';
import type { ServiceContext } from '../context.js';
import { endSet } from './end-set.js';
import type { StoredSetFile } from './entities.js';
import { MOST_ATTEMPTS, RUN_SHARD_QUEUE, shardKey } from './shard-queue.js';

interface StuckShard {
  readonly setId: string;
  readonly shard: number;
  readonly attempts: number;
  readonly status: 'waiting' | 'running';
}

/** Shards that one look takes care of at most. */
const AT_ONCE = 500;

const SILENT = `s.status = 'running' and s.lease_until < now()`;

/** What no single job does for a set: jobs for shards that lost theirs, and the merge of shards that are all done. */
export class SetKeeper {
  constructor(private readonly context: ServiceContext) {}

  /** One look; any number of workers may look at once. */
  async tend(): Promise<void> {
    await this.resume();
    await this.merge();
  }

  /** Asks again for shards whose worker fell silent, or that wait and have no job. */
  private async resume(): Promise<void> {
    const stuck = await this.context.uow.read(SYSTEM_ACTOR, stuckShards);
    if (stuck.length === 0) return;
    const command = { name: 'scenario-set.resume', object: 'scenario-sets' };
    await this.context.uow.run(SYSTEM_ACTOR, command, async (tx) => {
      for (const shard of stuck) await askAgain(tx, shard);
    });
  }

  /** Puts together the shards of sets that are whole, and writes their files. */
  private async merge(): Promise<void> {
    const whole = await this.context.uow.read(SYSTEM_ACTOR, wholeSets);
    for (const setId of whole) {
      const command = { name: 'scenario-set.merge', object: `scenario-set:${setId}` };
      await this.context.uow.run(SYSTEM_ACTOR, command, async (tx) => {
        const locked: unknown[] = await tx.manager.query(
          `select 1 from weir.scenario_set where set_id = $1 and status = 'running' for update skip locked`,
          [setId],
        );
        // Another worker is at it, or the set was cancelled meanwhile.
        if (locked.length > 0) await this.mergeOne(tx, setId);
      });
    }
  }

  private async mergeOne(tx: Tx, setId: string): Promise<void> {
    try {
      const files = await this.store(tx.manager, await this.filesOf(tx.manager, setId));
      await endSet(tx, setId, { status: 'done', files });
    } catch (error) {
      const lost = error instanceof ShardsDoNotMerge || error instanceof BlobNotFound || error instanceof BlobDamaged;
      if (!lost) throw error;
      await endSet(tx, setId, { status: 'failed', failure: error.message });
    }
  }

  private async filesOf(manager: EntityManager, setId: string): Promise<ReturnType<typeof setFiles>> {
    const rows: (Shard & { sha256: string })[] = await manager.query(
      `select shard as index, first as "from", past as "to", result_sha256 as sha256
       from weir.scenario_shard where set_id = $1 order by shard`,
      [setId],
    );
    const results: ShardResult[] = [];
    for (const { sha256 } of rows) {
      const { bytes } = await this.context.blobs.get(manager, sha256);
      results.push(JSON.parse(new TextDecoder().decode(bytes)) as ShardResult);
    }
    return setFiles(mergeShards(rows, results));
  }

  private async store(manager: EntityManager, files: ReturnType<typeof setFiles>): Promise<StoredSetFile[]> {
    const stored: StoredSetFile[] = [];
    for (const { name, mediaType, text } of files) {
      const bytes = new TextEncoder().encode(text);
      const sha256 = await this.context.blobs.put(manager, bytes, mediaType);
      stored.push({ name, mediaType, bytes: bytes.length, sha256 });
    }
    return stored;
  }
}

async function stuckShards(manager: EntityManager): Promise<StuckShard[]> {
  const rows: StuckShard[] = await manager.query(
    `select s.set_id as "setId", s.shard, s.attempts, s.status
       from weir.scenario_shard s join weir.scenario_set t on t.set_id = s.set_id
      where t.status = 'running' and (s.status = 'waiting' or (${SILENT}))
      order by t.asked_at, s.set_id, s.shard`,
  );
  if (rows.length === 0) return [];
  const known = await unfinishedJobs(manager, RUN_SHARD_QUEUE);
  // The job of a worker that was killed counts as running for a while yet.
  const isStuck = (row: StuckShard): boolean => row.status === 'running' || !known.has(shardKey(row.setId, row.shard));
  return rows.filter(isStuck).slice(0, AT_ONCE);
}

async function askAgain(tx: Tx, { setId, shard, attempts, status }: StuckShard): Promise<void> {
  if (status === 'running') {
    const [, count] = (await tx.manager.query(
      `update weir.scenario_shard s set status = 'waiting', done = 0, runner = null, lease_until = null
        where s.set_id = $1 and s.shard = $2 and ${SILENT}`,
      [setId, shard],
    )) as [unknown, number];
    // It spoke again, or another worker saw it first.
    if (count === 0) return;
  }
  if (attempts >= MOST_ATTEMPTS) {
    const failure = `shard ${shard} was begun ${attempts} times and its worker ended each time without a result`;
    return endSet(tx, setId, { status: 'failed', failure });
  }
  await tx.job(RUN_SHARD_QUEUE, { setId, shard }, shardKey(setId, shard));
  tx.record({ object: `scenario-set:${setId}`, before: { shard, status }, after: { shard, status: 'waiting' } });
}

async function wholeSets(manager: EntityManager): Promise<string[]> {
  const rows: { setId: string }[] = await manager.query(
    `select t.set_id as "setId" from weir.scenario_set t
      where t.status = 'running'
        and not exists (select 1 from weir.scenario_shard s where s.set_id = t.set_id and s.status <> 'done')
      order by t.asked_at, t.set_id limit 10`,
  );
  return rows.map(({ setId }) => setId);
}
