import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PlainDate } from '@weir/calendar';
import {
  type Batch,
  batchesOf,
  type EnginePlan,
  FlowSums,
  type IndexCurves,
  type LoanColumns,
  planProjection,
  type PoolAssumptions,
  type SegmentedFlows,
} from '@weir/collateral';
import { ProjectionCancelled, ThreadsBusy } from './errors.js';

/** What a thread is told: the plan of a projection, and then batch by batch. */
export type ThreadRequest =
  { readonly kind: 'plan'; readonly plan: EnginePlan } | ({ readonly kind: 'batch'; readonly index: number } & Batch);

interface BatchSums {
  readonly index: number;
  readonly sums: Float64Array;
}

/** Batches that each thread may be ahead of the slowest: what bounds the sums that wait to be merged. */
const AHEAD = 4;

/** How a projection may be watched and stopped. */
export interface ProjectionWatch {
  /** Loans projected so far. */
  readonly onProgress?: (loans: number) => void;
  readonly signal?: AbortSignal;
}

/** Batches of one projection: who gets which, and their sums merged in order. */
class Run {
  readonly done: Promise<SegmentedFlows>;
  private readonly batches: readonly Batch[];
  private readonly sums: FlowSums;
  private readonly waiting = new Map<number, Float64Array>();
  private readonly idle: Worker[] = [];
  private next = 0;
  private merged = 0;
  private resolve!: (flows: SegmentedFlows) => void;
  reject!: (error: unknown) => void;

  constructor(
    pool: LoanColumns,
    plan: EnginePlan,
    private readonly threads: number,
    private readonly watch: ProjectionWatch,
  ) {
    this.batches = batchesOf(pool);
    this.sums = new FlowSums(plan);
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    if (this.batches.length === 0) this.resolve(this.sums.flows());
  }

  /** Gives an idle thread its next batch, unless it would run too far ahead. */
  give(worker: Worker): void {
    const batch = this.batches[this.next];
    if (!batch) return;
    if (this.next >= this.merged + AHEAD * this.threads) {
      this.idle.push(worker);
      return;
    }
    worker.postMessage({ kind: 'batch', index: this.next, ...batch } satisfies ThreadRequest);
    this.next += 1;
  }

  /** Takes a batch's sums; merges all that are in turn. */
  take({ index, sums }: BatchSums): void {
    this.waiting.set(index, sums);
    for (let turn = this.waiting.get(this.merged); turn; turn = this.waiting.get(this.merged)) {
      this.waiting.delete(this.merged);
      this.sums.add(turn);
      this.watch.onProgress?.(this.batches[this.merged]?.to ?? 0);
      this.merged += 1;
    }
    for (const worker of this.idle.splice(0)) this.give(worker);
    if (this.merged === this.batches.length) this.resolve(this.sums.flows());
  }
}

/**
 * Threads that project one pool, as often as they are asked. Their answer is that of `projectLoans` to the bit, however many
 * they are. Columns in shared memory (`emptyColumns`, `loanColumns` with `shared`) are read where they lie; others are
 * copied once into each thread. Close them at the end.
 */
export class LoanThreads {
  private run: Run | null = null;
  private isClosed = false;

  private constructor(
    private readonly pool: LoanColumns,
    private readonly workers: readonly Worker[],
  ) {
    for (const worker of workers) {
      worker.on('message', (sums: BatchSums) => {
        const { run } = this;
        run?.take(sums);
        run?.give(worker);
      });
      worker.on('error', (error) => this.run?.reject(error));
    }
  }

  /** Starts so many threads; `script` is what they run, the compiled `loan-thread.js`. */
  static async start(
    pool: LoanColumns,
    threads: number,
    script: URL = new URL('./loan-thread.js', import.meta.url),
  ): Promise<LoanThreads> {
    const workers = Array.from({ length: threads }, () => new Worker(script, { workerData: pool }));
    await Promise.all(workers.map((worker) => once(worker, 'online')));
    return new LoanThreads(pool, workers);
  }

  /**
   * Projects the pool, as `projectLoans` does. One projection at a time. A thread that fails, and a cancellation, close all
   * of them. @throws PoolAssumptionInvalid @throws IndexMissing @throws FirstMonthMissing @throws ProjectionCancelled
   * @throws ThreadsBusy
   */
  async project(
    segments: readonly PoolAssumptions[],
    indices: IndexCurves = {},
    watch: ProjectionWatch = {},
    firstMonth?: PlainDate,
  ): Promise<SegmentedFlows> {
    if (this.run) throw new ThreadsBusy();
    if (this.isClosed || watch.signal?.aborted) throw new ProjectionCancelled();
    const plan = planProjection(this.pool, segments, indices, firstMonth);
    const run = new Run(this.pool, plan, this.workers.length, watch);
    this.run = run;
    const cancel = (): void => run.reject(new ProjectionCancelled());
    watch.signal?.addEventListener('abort', cancel, { once: true });
    for (const worker of this.workers) {
      worker.postMessage({ kind: 'plan', plan } satisfies ThreadRequest);
      run.give(worker);
    }
    try {
      return await run.done;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      watch.signal?.removeEventListener('abort', cancel);
      this.run = null;
    }
  }

  /** Ends the threads; a projection that runs is cancelled. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.run?.reject(new ProjectionCancelled());
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}
