import type { Scenario } from '../scenario/scenario.js';
import { ScenarioSetCancelled, ShardsDoNotMerge } from './errors.js';
import type { ScenarioPlan } from './plan.js';

/** A part of a set that one job runs: scenarios from `from` up to `to`, exclusive. */
export interface Shard {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** What a scenario comes to, by name; null where there is no such figure (the life of a class that is never paid). */
export type Outcome = Readonly<Record<string, number | null>>;

/** What a shard came to; plain data that a job may keep. */
export interface ShardResult extends Shard {
  readonly names: readonly string[];
  readonly outcomes: readonly Outcome[];
}

/** The outcomes of a whole set, in the order of its scenarios. */
export interface SetResult {
  readonly names: readonly string[];
  readonly outcomes: readonly Outcome[];
}

/** Loan-months of a shard: some seconds' work, so that little is lost with a worker and jobs are worth their cost. */
const LOAN_MONTHS_OF_SHARD = 40_000_000;
/** Scenarios of a shard at most, however small the pool. */
const MOST_OF_SHARD = 500;
/** Shards of a set at most, however large the pool. */
const MOST_SHARDS = 2_000;

/** How many scenarios of a set a shard takes, by the work of one: its lines and their months. */
export function shardSize(count: number, lines: number, months: number): number {
  const byWork = Math.floor(LOAN_MONTHS_OF_SHARD / Math.max(1, lines * months));
  return Math.max(1, Math.min(MOST_OF_SHARD, byWork), Math.ceil(count / MOST_SHARDS));
}

/** The shards of a set of so many scenarios. */
export function shardsOf(count: number, size: number): Shard[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => ({
    index,
    from: index * size,
    to: Math.min((index + 1) * size, count),
  }));
}

/** How a shard may be watched and stopped. */
export interface ShardWatch {
  /** Scenarios of the shard that are done. */
  readonly onProgress?: (done: number) => void;
  /** Asked before each scenario. */
  readonly shouldStop?: () => boolean;
}

/** Runs a shard: the same plan, shard and measure give the same result. @throws ScenarioSetCancelled */
export function runShard(
  plan: ScenarioPlan,
  shard: Shard,
  measure: (scenario: Scenario) => Outcome,
  { onProgress, shouldStop }: ShardWatch = {},
): ShardResult {
  const [names, outcomes]: [string[], Outcome[]] = [[], []];
  for (let index = shard.from; index < shard.to; index++) {
    if (shouldStop?.()) throw new ScenarioSetCancelled(outcomes.length);
    const scenario = plan.at(index);
    names.push(scenario.name);
    outcomes.push(measure(scenario));
    onProgress?.(outcomes.length);
  }
  return { ...shard, names, outcomes };
}

const sameResult = (a: ShardResult, b: ShardResult): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Puts the results of all shards together, in whatever order they come; a shard that two jobs ran counts once.
 * @throws ShardsDoNotMerge
 */
export function mergeShards(shards: readonly Shard[], results: readonly ShardResult[]): SetResult {
  const found = new Map<number, ShardResult>();
  const differing = new Set<number>();
  for (const result of results) {
    const known = found.get(result.index);
    if (known && !sameResult(known, result)) differing.add(result.index);
    found.set(result.index, result);
  }
  const fits = ({ index, from, to }: Shard): boolean => {
    const result = found.get(index);
    return result?.from === from && result.to === to && result.outcomes.length === to - from;
  };
  const missing = shards.filter((shard) => !fits(shard)).map(({ index }) => index);
  if (missing.length > 0 || differing.size > 0) throw new ShardsDoNotMerge(missing, [...differing]);
  const inOrder = shards.map(({ index }) => found.get(index) as ShardResult);
  return { names: inOrder.flatMap(({ names }) => names), outcomes: inOrder.flatMap(({ outcomes }) => outcomes) };
}
