import type { EntityManager } from 'typeorm';

/** Natural keys of a queue's jobs that wait, run, or are to be tried again. */
export async function unfinishedJobs(manager: EntityManager, queue: string): Promise<Set<string>> {
  const rows: { singleton_key: string | null }[] = await manager.query(
    `SELECT singleton_key FROM pgboss.job WHERE name = $1 AND state IN ('created', 'retry', 'active')`,
    [queue],
  );
  return new Set(rows.flatMap((row) => (row.singleton_key === null ? [] : [row.singleton_key])));
}
