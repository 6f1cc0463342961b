import {
  linesOf,
  mergeShards,
  openSet,
  type SetRequest,
  type SetResult,
  type Shard,
  type ShardResult,
  shardSize,
  shardsOf,
} from '@weir/valuation';
import { ScenarioRunStopped } from './errors.js';
import { ScenarioRunner, THREAD_SCRIPT } from './scenario-runner.js';

/** How a set is run on this machine. */
export interface LocalRun {
  readonly threads: number;
  /** Hears how many scenarios of how many are done. */
  readonly onProgress?: (done: number, count: number) => void;
  readonly signal?: AbortSignal;
  /** What the threads run, the compiled `scenario-thread.js`. */
  readonly script?: URL;
}

/** Shards that each thread gets at least, so that none waits long for the last. */
const SHARDS_A_THREAD = 8;

/**
 * Runs a set on threads of this process, without a database; the result is that of the workers to the byte, however many
 * threads there are. @throws as `openSet` @throws ScenarioFailed @throws ScenarioRunStopped when the signal says so
 */
export async function runScenarioSet(request: SetRequest, how: LocalRun): Promise<SetResult> {
  const { plan, months } = openSet(request);
  const { count } = plan;
  const even = Math.ceil(count / (SHARDS_A_THREAD * how.threads));
  const shards = shardsOf(count, Math.min(even, shardSize(count, linesOf(request).length, months)));
  const script = how.script ?? THREAD_SCRIPT;
  const runners = Array.from(
    { length: Math.min(how.threads, shards.length) },
    () => new ScenarioRunner(request, script),
  );
  const stop = (): void => void Promise.all(runners.map((runner) => runner.close()));
  how.signal?.addEventListener('abort', stop, { once: true });
  try {
    if (how.signal?.aborted) throw new ScenarioRunStopped();
    return mergeShards(shards, await shared(shards, runners, (done) => how.onProgress?.(done, count)));
  } finally {
    how.signal?.removeEventListener('abort', stop);
    await Promise.all(runners.map((runner) => runner.close()));
  }
}

/** Each runner takes the next shard when it is done with one. */
async function shared(
  shards: readonly Shard[],
  runners: readonly ScenarioRunner[],
  onProgress: (done: number) => void,
): Promise<ShardResult[]> {
  const results: ShardResult[] = [];
  const running = new Map<ScenarioRunner, number>();
  let [next, finished] = [0, 0];
  const tell = (): void => onProgress(finished + [...running.values()].reduce((sum, done) => sum + done, 0));
  const work = async (runner: ScenarioRunner): Promise<void> => {
    for (let shard = shards[next++]; shard; shard = shards[next++]) {
      results.push(
        await runner.run(shard, (done) => {
          running.set(runner, done);
          tell();
        }),
      );
      running.delete(runner);
      finished += shard.to - shard.from;
      tell();
    }
  };
  await Promise.all(runners.map(work));
  return results;
}
