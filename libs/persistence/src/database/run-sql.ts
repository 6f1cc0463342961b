import type { EntityManager } from 'typeorm';

/** Runs a statement on a transaction's connection and gives its rows, whatever kind of statement it is. */
export async function runSql(manager: EntityManager, text: string, values: unknown[] = []): Promise<any[]> {
  const runner = manager.queryRunner ?? manager.dataSource.createQueryRunner();
  const result = await runner.query(text, values, true);
  if (!manager.queryRunner) await runner.release();
  return result.records;
}
