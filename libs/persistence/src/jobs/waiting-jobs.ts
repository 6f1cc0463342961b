import { setTimeout as sleep } from 'node:timers/promises';
import type { JobConnection } from './job-connection.js';

/** Looks for jobs of all queues at once: what takes a job out of a queue is a write, too dear to ask every queue with. */
export class WaitingJobs {
  private readonly idle = new Map<string, (() => void)[]>();

  constructor(
    private readonly connection: JobConnection,
    private readonly pauseMs: number,
  ) {}

  /** Waits until a job of the queue may be there, or until all are woken; no longer once the signal says to stop. */
  async until(queue: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => this.idle.set(queue, [...(this.idle.get(queue) ?? []), resolve]));
  }

  /** Looks again and again until the signal says to stop. */
  async watch(signal: AbortSignal, onError: (error: unknown) => void): Promise<void> {
    while (!signal.aborted) {
      await this.look().catch(onError);
      await sleep(this.pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Ends every wait. */
  wakeAll(): void {
    for (const queue of [...this.idle.keys()]) this.wake(queue);
  }

  private async look(): Promise<void> {
    if (this.idle.size === 0) return;
    const found = await this.connection.query<{ queue: string }>(
      `SELECT queue FROM unnest($1::text[]) AS queue
        WHERE EXISTS (SELECT 1 FROM pgboss.job WHERE name = queue AND state < 'active' AND start_after <= now())`,
      [[...this.idle.keys()]],
    );
    for (const { queue } of found) this.wake(queue);
  }

  private wake(queue: string): void {
    const waiting = this.idle.get(queue) ?? [];
    this.idle.delete(queue);
    for (const resolve of waiting) resolve();
  }
}
