import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dealVisible, everyoneReads, organisationVisible, protectTable } from '@weir/persistence';
import { DEAL_TABLES, PLATFORM_TABLES } from './tables.sql.js';

/** Tables of which a row, once written, is never changed. */
const APPEND_ONLY: ReadonlySet<string> = new Set(['tape_finding', 'tape_loan', 'journal_entry', 'journal_line']);

/** Creates the tables of the use cases, each under forced row-level security. */
export class MainJob1700000000100 implements MigrationInterface {
  readonly name = 'MainJob1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries({ ...DEAL_TABLES, ...PLATFORM_TABLES }))
      await runner.query(`create table weir.${table} (${columns})`);
    for (const table of Object.keys(DEAL_TABLES))
      await runner.query(dealVisible(`weir.${table}`, { appendOnly: APPEND_ONLY.has(table) }));
    await runner.query(
      [
        everyoneReads('weir.platform_contract'),
        organisationVisible('weir.organisation_account', { alsoRoles: ['compliance-officer'] }),
        organisationVisible('weir.investor', { alsoRoles: ['compliance-officer'] }),
        protectTable('weir.screening_entry', {
          reads: `weir.reads_all() or weir.has_role('compliance-officer')`,
          writes: `weir.runs_platform() or weir.has_role('compliance-officer')`,
        }),
      ].join('\n'),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [...Object.keys(PLATFORM_TABLES), ...Object.keys(DEAL_TABLES)].reverse();
    await runner.query(`drop table ${tables.map((table) => `weir.${table}`).join(', ')} cascade`);
  }
}
