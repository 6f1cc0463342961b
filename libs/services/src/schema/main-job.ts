import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DEAL_POLICIES, PLATFORM_POLICIES } from './policies.js';
import { DEAL_TABLES, PLATFORM_TABLES } from './tables.sql.js';

/** Creates the tables of the use cases, each under forced row-level security. */
export class MainJob1700000000100 implements MigrationInterface {
  readonly name = 'MainJob1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries({ ...DEAL_TABLES, ...PLATFORM_TABLES }))
      await runner.query(`create table weir.${table} (${columns})`);
    await runner.query([...DEAL_POLICIES, ...PLATFORM_POLICIES].join('\n'));
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [...Object.keys(PLATFORM_TABLES), ...Object.keys(DEAL_TABLES)].reverse();
    await runner.query(`drop table ${tables.map((table) => `weir.${table}`).join(', ')} cascade`);
  }
}
