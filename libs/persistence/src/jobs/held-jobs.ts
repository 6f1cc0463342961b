import { setTimeout as sleep } from 'node:timers/promises';
import type { JobConnection } from './job-connection.js';
import { JobHeldElsewhere } from './jobs.errors.js';

/** Session lock of a job: Postgres lets it go by itself when the process that runs the job ends, however it ends. */
const LOCK = `hashtextextended('weir.job.' || $1::text, 0)`;

/** Looks for a lock that another session has, and the pause between two: one that tends orphans has it for a moment only. */
const [LOOKS, PAUSE_MS] = [50, 100];

/** A job between being taken and being held is held by nobody for a moment. */
const GRACE = `interval '1 second'`;

/**
 * Shows which jobs are being run by a process that lives. Without it a job whose worker was killed would count as running
 * until it expires, which for long jobs is an hour.
 */
export class HeldJobs {
  private readonly running = new Set<string>();

  /** @param connection whose session the locks belong to */
  constructor(
    private readonly connection: JobConnection,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Runs the work of a job while the job is held. @throws JobHeldElsewhere */
  async whileHeld<T>(jobId: string, work: () => Promise<T>): Promise<T> {
    this.running.add(jobId);
    try {
      await this.lock(jobId);
      try {
        return await work();
      } finally {
        await this.connection.query(`SELECT pg_advisory_unlock(${LOCK})`, [jobId]).catch(this.onError);
      }
    } finally {
      this.running.delete(jobId);
    }
  }

  /**
   * Gives the jobs of these queues that nobody holds back to their queue at once, as a further attempt; one that has had
   * all its attempts fails. Gives how many.
   */
  async releaseOrphans(queues: readonly string[]): Promise<number> {
    const active = await this.connection.query<{ id: string }>(
      `SELECT id FROM pgboss.job WHERE state = 'active' AND name = ANY ($1) AND started_on < now() - ${GRACE}`,
      [queues],
    );
    let released = 0;
    for (const { id } of active) if (!this.running.has(id) && (await this.release(id))) released += 1;
    return released;
  }

  /** Never waits in the database: on this connection others would wait behind it. */
  private async lock(jobId: string): Promise<void> {
    for (let look = 1; !(await this.tryLock(jobId)); look += 1) {
      if (look === LOOKS) throw new JobHeldElsewhere(jobId);
      await sleep(PAUSE_MS);
    }
  }

  private async tryLock(jobId: string): Promise<boolean> {
    const [lock] = await this.connection.query<{ got: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS got`, [
      jobId,
    ]);
    return lock?.got ?? false;
  }

  private async release(id: string): Promise<boolean> {
    if (!(await this.tryLock(id))) return false;
    try {
      const rows = await this.connection.query(
        `UPDATE pgboss.job SET start_after = now(),
            state = (CASE WHEN retry_count < retry_limit THEN 'retry' ELSE 'failed' END)::pgboss.job_state,
            completed_on = CASE WHEN retry_count < retry_limit THEN NULL ELSE now() END,
            output = '{"message":"the process that ran it ended"}'
          WHERE id = $1 AND state = 'active' RETURNING id`,
        [id],
      );
      return rows.length === 1;
    } finally {
      await this.connection.query(`SELECT pg_advisory_unlock(${LOCK})`, [id]);
    }
  }
}
