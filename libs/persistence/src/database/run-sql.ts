import type { EntityManager } from 'typeorm';

/** Runs a statement on a transaction's own connection and gives its rows, whatever kind of statement it is. */
export async function runSql(manager: EntityManager, text: string, values: unknown[] = []): Promise<unknown[]> {
  const answer: unknown = await manager.query(text, values);
  // The driver gives rows alone, but for UPDATE and DELETE the pair [rows, count].
  const [rows, count] = answer as [unknown, unknown];
  return (Array.isArray(rows) && typeof count === 'number' ? rows : answer) as unknown[];
}
