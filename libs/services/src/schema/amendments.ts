import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { by, PARTIES, SYSTEM } from './policies.js';

/** Amendments of deals: what was proposed, and how far it is on chain. */
export const AMENDMENT_TABLES: Readonly<Record<string, string>> = {
  deal_amendment: `
    amendment_id uuid primary key,
    deal_id uuid not null references weir.deal,
    from_period integer not null check (from_period >= 1),
    document text not null,
    document_hash text not null,
    program_hash text not null,
    mapping_hash text not null,
    terms jsonb not null,
    proposal text not null,
    standing text not null check (standing in ('queued','proposed','approved','cancelled','applied')),
    ready_at bigint,
    applied_block bigint,
    applied_log integer,
    proposed_by uuid not null,
    approved_by uuid,
    check (approved_by is null or approved_by <> proposed_by),
    check ((standing = 'applied') = (applied_block is not null))`,
};

const PARTS = ['issuer', 'servicer', 'trustee', 'calculation-agent'];

/** Creates the table of amendments, and gives states the words with which the period after begins when it is amended. */
export class Amendments1700000006760 implements MigrationInterface {
  readonly name = 'Amendments1700000006760';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(AMENDMENT_TABLES)) {
      await runner.query(`create table weir.${table} (${columns})`);
      await runner.query(
        protectTable(`weir.${table}`, { reads: PARTIES, writes: by(...PARTS), changes: by(...PARTS), removes: SYSTEM }),
      );
    }
    await runner.query('alter table weir.deal_state add column opening text[], add column opening_hash text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table weir.deal_state drop column opening, drop column opening_hash');
    await runner.query('drop table weir.deal_amendment');
  }
}
