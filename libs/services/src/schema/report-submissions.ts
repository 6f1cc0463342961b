import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PARTIES, SYSTEM } from './policies.js';

/** The tables of reports on chain. */
export const REPORT_SUBMISSION_TABLES: Readonly<Record<string, string>> = {
  report_submission: `
    deal_id uuid not null references weir.deal,
    digest text not null,
    period integer not null,
    revision integer not null,
    settle_after bigint not null,
    dispute text not null check (dispute in ('none','standing','dismissed')),
    reason_hash text,
    withdrawn boolean not null,
    transaction_hash text not null,
    primary key (deal_id, digest),
    check ((dispute = 'none') = (reason_hash is null))`,
};

/** What a report has more: its number among those of the period, and what was signed to dismiss a dispute of it. */
const REPORT_COLUMNS = [
  'revision integer not null default 0',
  'dismissal_reason_hash text',
  'dismissal_trustee_signature text',
  'dismissal_trustee_signed_by uuid',
  'dismissal_calculation_agent_signature text',
  'dismissal_calculation_agent_signed_by uuid',
];

/** Creates the table of reports on chain, and gives reports what they need there. */
export class ReportSubmissions1700000006400 implements MigrationInterface {
  readonly name = 'ReportSubmissions1700000006400';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(REPORT_SUBMISSION_TABLES))
      await runner.query(`create table weir.${table} (${columns})`);
    await runner.query(protectTable('weir.report_submission', { reads: PARTIES, writes: SYSTEM }));
    await runner.query(
      `alter table weir.servicer_report ${REPORT_COLUMNS.map((column) => `add column ${column}`).join(', ')}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = REPORT_COLUMNS.map((column) => column.split(' ')[0]);
    await runner.query(`alter table weir.servicer_report ${names.map((name) => `drop column ${name}`).join(', ')}`);
    await runner.query('drop table weir.report_submission');
  }
}
