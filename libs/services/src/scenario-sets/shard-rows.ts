import type { EntityManager } from 'typeorm';
import { LEASE_SECONDS, type ShardJob } from './shard-queue.js';

/** A shard that a worker has taken, until it is silent for too long. */
export interface TakenShard {
  readonly first: number;
  readonly past: number;
  /** Times that it was begun, this one included. */
  readonly attempts: number;
  readonly requestSha256: string;
}

/** Rows that an UPDATE returns. */
async function updated<T>(manager: EntityManager, sql: string, values: unknown[]): Promise<T[]> {
  const [rows] = (await manager.query(sql, values)) as [T[], number];
  return rows;
}

/** Takes a shard that waits, or whose worker is silent; null when there is nothing to do: done, taken, or the set ended. */
export async function takeShard(manager: EntityManager, job: ShardJob, runner: string): Promise<TakenShard | null> {
  const rows = await updated<TakenShard>(
    manager,
    `update weir.scenario_shard s
        set status = 'running', runner = $3, attempts = s.attempts + 1, done = 0,
            lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
       from weir.scenario_set t
      where s.set_id = $1 and s.shard = $2 and t.set_id = s.set_id and t.status = 'running'
        and (s.status = 'waiting' or (s.status = 'running' and s.lease_until < now()))
      returning s.first, s.past, s.attempts, t.request_sha256 as "requestSha256"`,
    [job.setId, job.shard, runner],
  );
  return rows[0] ?? null;
}

/** Says that the runner is alive and how far it is; false when it is to stop: the set ended, or another has the shard. */
export async function keepShard(manager: EntityManager, job: ShardJob, runner: string, done: number): Promise<boolean> {
  const rows = await updated(
    manager,
    `update weir.scenario_shard s
        set done = $4, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
       from weir.scenario_set t
      where s.set_id = $1 and s.shard = $2 and s.runner = $3 and s.status = 'running'
        and t.set_id = s.set_id and t.status = 'running'
      returning 1`,
    [job.setId, job.shard, runner, done],
  );
  return rows.length > 0;
}

/** Keeps a shard's result, unless another has the shard: then that one's, which is the same. */
export async function finishShard(
  manager: EntityManager,
  job: ShardJob,
  runner: string,
  resultSha256: string,
): Promise<void> {
  await manager.query(
    `update weir.scenario_shard
        set status = 'done', done = past - first, result_sha256 = $4, runner = null, lease_until = null, failure = null
      where set_id = $1 and shard = $2 and runner = $3`,
    [job.setId, job.shard, runner, resultSha256],
  );
}

/** Gives a shard back; with a failure that attempt counts, without one it does not. */
export async function releaseShard(
  manager: EntityManager,
  job: ShardJob,
  runner: string,
  failure: string | null,
): Promise<void> {
  await manager.query(
    `update weir.scenario_shard
        set status = 'waiting', done = 0, runner = null, lease_until = null, failure = coalesce($4, failure),
            attempts = attempts - case when $4 is null then 1 else 0 end
      where set_id = $1 and shard = $2 and runner = $3`,
    [job.setId, job.shard, runner, failure],
  );
}
