import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SYSTEM_ACTOR, systemTransaction } from '@weir/persistence';
import type { SetRequest, ShardResult } from '@weir/valuation';
import type { ServiceContext } from '../context.js';
import { endSet } from './end-set.js';
import { ScenarioRunStopped } from './errors.js';
import { ScenarioRunner, THREAD_SCRIPT } from './scenario-runner.js';
import { MOST_ATTEMPTS, type ShardJob } from './shard-queue.js';
import { finishShard, keepShard, releaseShard, takeShard, type TakenShard } from './shard-rows.js';

/** Time between two signs of life; far below the lease. */
const BEAT_MS = 1_000;

/** Thread of the set that was run last, kept because the next shard is most often of the same set. */
interface Held {
  readonly setId: string;
  readonly runner: ScenarioRunner;
}

/**
 * Runs shards in a thread of this process, one at a time, and tells the database that it is alive; a worker that is killed
 * falls silent, and its shard is run again elsewhere.
 */
export class ShardWorker {
  private held: Held | null = null;
  private isStopping = false;

  constructor(
    private readonly context: ServiceContext,
    private readonly dataSource: DataSource,
    private readonly options: { readonly script?: URL; readonly beatMs?: number } = {},
  ) {}

  /** Job: runs a shard and keeps its result. A shard that is done, taken or of a set that ended is left alone. */
  async run(job: ShardJob): Promise<void> {
    if (this.isStopping) return;
    const me = randomUUID();
    const taken = await systemTransaction(this.dataSource, (manager) => takeShard(manager, job, me));
    if (taken === null) return;
    try {
      const result = await this.resultOf(job, me, taken);
      await systemTransaction(this.dataSource, async (manager) => {
        const bytes = new TextEncoder().encode(JSON.stringify(result));
        await finishShard(manager, job, me, await this.context.blobs.put(manager, bytes, 'application/json'));
      });
    } catch (error) {
      await this.letGo();
      await this.failed(job, me, taken, error);
    }
  }

  /** Takes no further shard; one that runs is given back. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.letGo();
  }

  private async resultOf(job: ShardJob, me: string, taken: TakenShard): Promise<ShardResult> {
    const runner = await this.runnerOf(job.setId, taken.requestSha256);
    let done = 0;
    const beat = setInterval(() => {
      const keep = systemTransaction(this.dataSource, (manager) => keepShard(manager, job, me, done));
      // A database that does not answer for a moment costs a sign of life, not the shard.
      keep.then((goOn) => (goOn ? undefined : this.letGo())).catch(() => undefined);
    }, this.options.beatMs ?? BEAT_MS);
    try {
      const shard = { index: job.shard, from: taken.first, to: taken.past };
      return await runner.run(shard, (scenarios) => (done = scenarios));
    } finally {
      clearInterval(beat);
    }
  }

  private async runnerOf(setId: string, requestSha256: string): Promise<ScenarioRunner> {
    if (this.held?.setId === setId) return this.held.runner;
    await this.letGo();
    const { bytes } = await systemTransaction(this.dataSource, (manager) =>
      this.context.blobs.get(manager, requestSha256),
    );
    const request = JSON.parse(new TextDecoder().decode(bytes)) as SetRequest;
    if (this.isStopping) throw new ScenarioRunStopped();
    const runner = new ScenarioRunner(request, this.options.script ?? THREAD_SCRIPT);
    this.held = { setId, runner };
    return runner;
  }

  private async letGo(): Promise<void> {
    const { held } = this;
    this.held = null;
    await held?.runner.close();
  }

  /** @throws what failed, so that the queue tries again, unless the set failed with it */
  private async failed(job: ShardJob, me: string, { attempts }: TakenShard, error: unknown): Promise<void> {
    const stopped = error instanceof ScenarioRunStopped;
    const reason = error instanceof Error ? error.message : String(error);
    await systemTransaction(this.dataSource, (manager) => releaseShard(manager, job, me, stopped ? null : reason));
    if (stopped) return;
    if (attempts < MOST_ATTEMPTS) throw error;
    const { setId, shard } = job;
    const failure = `shard ${shard} failed ${attempts} times: ${reason}`;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'scenario-set.fail', object: `scenario-set:${setId}` }, (tx) =>
      endSet(tx, setId, { status: 'failed', failure }),
    );
  }
}
