import { parentPort, workerData } from 'node:worker_threads';
import { openSet, runShard, type SetRequest, type Shard } from '@weir/valuation';
import type { ThreadAnswer } from './scenario-runner.js';

// A thread that runs shards of one set: it makes the deal ready once and then answers each shard with its result.
const { plan, measure } = openSet(workerData as SetRequest);

/** Progress is told this often at most: a scenario of a small pool takes a millisecond. */
const TELL_EVERY_MS = 200;

const say = (answer: ThreadAnswer): void => parentPort?.postMessage(answer);

parentPort?.on('message', (shard: Shard) => {
  let told = performance.now();
  const onProgress = (done: number): void => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    say({ kind: 'progress', done });
  };
  try {
    say({ kind: 'result', result: runShard(plan, shard, measure, { onProgress }) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new TypeError(String(error));
    say({ kind: 'failed', name, message });
  }
});
