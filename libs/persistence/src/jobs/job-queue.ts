import PgBoss from 'pg-boss';
import { setTimeout as sleep } from 'node:timers/promises';
import { HeldJobs } from './held-jobs.js';
import { JobConnection } from './job-connection.js';
import { WaitingJobs } from './waiting-jobs.js';

/** Pause between two looks for jobs whose process ended. */
const ORPHANS_EVERY_MS = 500;

/** A job as its handler gets it. Delivery is at least once: the handler must be idempotent by `naturalKey`. */
export interface Job<T> {
  id: string;
  naturalKey: string;
  data: T;
  /** 1 for the first attempt. */
  attempt: number;
}

export interface WorkOptions {
  /** Jobs of this queue that this process runs at once; 1 unless given. */
  concurrency?: number;
}

export interface JobQueueOptions {
  /** Connection of the application role. */
  url: string;
  /** Pause between two looks for waiting jobs of all queues; 100 ms unless given. */
  pauseMs?: number;
  /** Told of failed handlers and lost connections; the queue goes on by itself. */
  onError?: (error: unknown, queue: string | null) => void;
}

/**
 * Takes jobs from queues that migrate() created. The loops are Weir's own, because pg-boss's worker does not await the
 * write that completes a job, which a graceful stop needs.
 */
export class JobQueue {
  private readonly boss: PgBoss;
  private readonly loops: Promise<void>[] = [];
  private readonly stopping = new AbortController();
  private readonly onError: NonNullable<JobQueueOptions['onError']>;
  private readonly connection: JobConnection;
  private readonly held: HeldJobs;
  private readonly waiting: WaitingJobs;
  private readonly queues = new Set<string>();

  constructor(options: JobQueueOptions) {
    this.onError = options.onError ?? (() => undefined);
    this.boss = new PgBoss({ connectionString: options.url, max: 4, migrate: false, schedule: false, supervise: true });
    this.boss.on('error', (error) => this.onError(error, null));
    const tell = (error: unknown): void => this.onError(error, null);
    this.connection = new JobConnection(options.url, tell);
    this.held = new HeldJobs(this.connection, tell);
    this.waiting = new WaitingJobs(this.connection, options.pauseMs ?? 100);
  }

  async start(): Promise<void> {
    await this.boss.start();
    this.loops.push(
      this.tendOrphans(),
      this.waiting.watch(this.stopping.signal, (error) => this.onError(error, null)),
    );
  }

  /** Starts handling a queue. A handler that throws leaves the job to the queue's retry policy. */
  workOn<T extends object>(queue: string, handler: (job: Job<T>) => Promise<void>, options: WorkOptions = {}): void {
    this.queues.add(queue);
    for (let i = 0; i < (options.concurrency ?? 1); i++) this.loops.push(this.loop(queue, handler));
  }

  /** Takes no further job, waits for the running handlers and closes the connections. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.waiting.wakeAll();
    await Promise.all(this.loops);
    await this.connection.close();
    await this.boss.stop({ graceful: false });
  }

  private async loop<T extends object>(queue: string, handler: (job: Job<T>) => Promise<void>) {
    while (!this.stopping.signal.aborted) {
      const found = await this.takeOne(queue, handler).catch((error: unknown) => {
        this.onError(error, queue);
        return false;
      });
      if (!found) await this.waiting.until(queue, this.stopping.signal);
    }
  }

  /** Gives back what a process that ended, however it ended, was running. */
  private async tendOrphans(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.held.releaseOrphans([...this.queues]).catch((error: unknown) => this.onError(error, null));
      await sleep(ORPHANS_EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async takeOne<T extends object>(queue: string, handler: (job: Job<T>) => Promise<void>): Promise<boolean> {
    const [job] = await this.boss.fetch<T>(queue, { batchSize: 1, includeMetadata: true });
    if (!job) return false;
    const { id, data } = job;
    const given = { id, data, naturalKey: job.singletonKey ?? id, attempt: job.retryCount + 1 };
    try {
      await this.held.whileHeld(id, () => handler(given));
    } catch (error) {
      this.onError(error, queue);
      await this.boss.fail(queue, job.id, { message: error instanceof Error ? error.message : String(error) });
      return true;
    }
    await this.boss.complete(queue, job.id);
    return true;
  }
}
