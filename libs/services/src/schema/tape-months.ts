import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RUNNERS, SYSTEM } from './policies.js';

/** What is kept of later judgements of a tape, beside what its import found. */
export const TAPE_MONTH_TABLES: Readonly<Record<string, string>> = {
  tape_judgement: `
    tape_id uuid not null references weir.tape,
    deal_id uuid not null references weir.deal,
    version integer not null check (version >= 2),
    first_finding integer not null,
    findings jsonb not null,
    quality jsonb,
    why text not null,
    judged_at timestamptz not null default now(),
    primary key (tape_id, version)`,
};

/**
 * Files of several months, each month a tape that is part of the one that was handed in; and judgements of a tape's history
 * anew, after an earlier month was corrected. Nothing of a judgement is ever changed.
 */
export class TapeMonths1700000006300 implements MigrationInterface {
  readonly name = 'TapeMonths1700000006300';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(TAPE_MONTH_TABLES))
      await runner.query(`create table weir.${table} (${columns})`);
    await runner.query(protectTable('weir.tape_judgement', { reads: RUNNERS, writes: SYSTEM, appendOnly: true }));
    await runner.query(`
      alter table weir.tape
        add column part_of uuid references weir.tape,
        drop constraint tape_status_check,
        add constraint tape_status_check check (status in ('received','imported','rejected','divided'));
      create index tape_part_of on weir.tape (part_of) where part_of is not null;
      drop index weir.tape_same_file;
      create unique index tape_same_file on weir.tape
        (deal_id, period, file_sha256, loan_key, mapping_id, requested_class, requested_kind, requested_month, part_of)
        nulls not distinct`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table weir.tape_judgement;
      drop index weir.tape_same_file;
      alter table weir.tape drop column part_of, drop constraint tape_status_check,
        add constraint tape_status_check check (status in ('received','imported','rejected'));
      create unique index tape_same_file on weir.tape
        (deal_id, period, file_sha256, loan_key, mapping_id, requested_class, requested_kind, requested_month)
        nulls not distinct`);
  }
}
