import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OUTBOX_SIGNER_POLICY, PLATFORM_SIGNER_POLICY, RUNNERS, SYSTEM } from './policies.js';

/** Accounts that ever got notes of a class: whom a distribution can be pushed to. */
export const HOLDER_TABLES: Readonly<Record<string, string>> = {
  note_account: `
    deal_id uuid not null references weir.deal,
    token text not null,
    account text not null,
    primary key (deal_id, token, account)`,
};

/** Keeps who holds notes and whether a deal is stopped, and lets the operator queue what belongs to no deal. */
export class HoldersAndStops1700000006700 implements MigrationInterface {
  readonly name = 'HoldersAndStops1700000006700';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(HOLDER_TABLES)) {
      await runner.query(`create table weir.${table} (${columns})`);
      await runner.query(protectTable(`weir.${table}`, { reads: RUNNERS, writes: SYSTEM }));
    }
    await runner.query('alter table weir.deal add column stopped boolean not null default false');
    await runner.query('drop policy own_signer on weir.outbox_transaction');
    await runner.query(PLATFORM_SIGNER_POLICY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop policy own_signer on weir.outbox_transaction');
    await runner.query(OUTBOX_SIGNER_POLICY);
    await runner.query('alter table weir.deal drop column stopped');
    await runner.query('drop table weir.note_account');
  }
}
