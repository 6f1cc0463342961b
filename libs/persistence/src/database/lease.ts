import type { DataSource } from 'typeorm';

/**
 * Runs `work` while this process alone holds the named lease, on a connection of its own; gives null at once when
 * another process holds it. Postgres frees the lease when the connection ends, so a killed process blocks nobody.
 */
export async function withLease<T>(dataSource: DataSource, name: string, work: () => Promise<T>): Promise<T | null> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    const [lock] = await runner.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got', [name]);
    if (!lock.got) return null;
    try {
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
    }
  } finally {
    await runner.release();
  }
}
