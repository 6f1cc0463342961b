/** Queue of the jobs that run a shard each. */
export const RUN_SHARD_QUEUE = 'scenario-shard';

/** What a shard's job says. */
export interface ShardJob {
  readonly setId: string;
  readonly shard: number;
}

/** The natural key of a shard's job. */
export const shardKey = (setId: string, shard: number): string => `${setId}/${shard}`;

/** Times that a shard is begun before its set fails: a worker that dies of it must not take all others along. */
export const MOST_ATTEMPTS = 4;

/** While a worker is alive it says so; a shard whose worker has been silent for so long is another's. */
export const LEASE_SECONDS = 10;
