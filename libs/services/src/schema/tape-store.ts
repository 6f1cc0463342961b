import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LOAN_PARTITIONS, MOVE_LOANS } from './loan-partitions.sql.js';
import { TAPE_LOAN_POLICY, TAPE_POLICIES } from './policies.js';
import { LOAN_COLUMNS, TAPE_COLUMNS_ADDED, TAPE_TABLES } from './tape-tables.sql.js';

/** Mappings, versions of tapes, and loans by month. */
export class TapeStore1700000003000 implements MigrationInterface {
  readonly name = 'TapeStore1700000003000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(TAPE_TABLES))
      await runner.query(`create table weir.${table} (${columns})`);
    await runner.query(TAPE_COLUMNS_ADDED);
    await runner.query(`
      drop trigger append_only on weir.tape_loan;
      alter table weir.tape_loan no force row level security;
      alter table weir.tape_loan rename to tape_loan_whole;
      alter table weir.tape_loan_whole rename constraint tape_loan_pkey to tape_loan_whole_pkey;
      alter table weir.tape no force row level security;
      create table weir.tape_loan (${LOAN_COLUMNS}) partition by range (month)`);
    await runner.query(LOAN_PARTITIONS);
    // The owner moves the rows as Weir itself, for which months are opened.
    await runner.query(`select set_config('weir.roles', 'system', true)`);
    await runner.query(MOVE_LOANS);
    await runner.query(`select set_config('weir.roles', '', true)`);
    await runner.query(`drop table weir.tape_loan_whole; alter table weir.tape force row level security`);
    await runner.query([TAPE_LOAN_POLICY, ...TAPE_POLICIES].join('\n'));
    await runner.query('create index on weir.tape (deal_id, month)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table weir.tape_loan, weir.tape_choice, weir.mapping_proposal cascade;
      drop schema weir_month cascade;
      alter table weir.tape drop column mapping_id, drop column read_by;
      drop table weir.tape_mapping cascade;
      drop function weir.open_tape_month, weir.refuse_unless_system`);
  }
}
