import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PARTIES, SYSTEM } from './policies.js';

/** The tables of pledges: what the registry of pledges says of each deal. Pledge keys tell nobody which loan they are of. */
export const PLEDGE_TABLES: Readonly<Record<string, string>> = {
  loan_pledge: `
    deal_id uuid not null references weir.deal,
    pledge_key text not null,
    transaction_hash text not null,
    released_in integer,
    primary key (deal_id, pledge_key)`,
  pledge_root: `
    deal_id uuid not null references weir.deal,
    period integer not null,
    root text not null,
    transaction_hash text not null,
    final boolean not null,
    releases_asked boolean not null default false,
    primary key (deal_id, period)`,
};

/** Creates the tables of pledges. */
export class Pledges1700000006600 implements MigrationInterface {
  readonly name = 'Pledges1700000006600';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(PLEDGE_TABLES)) {
      await runner.query(`create table weir.${table} (${columns})`);
      await runner.query(protectTable(`weir.${table}`, { reads: PARTIES, writes: SYSTEM }));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(PLEDGE_TABLES).reverse()) await runner.query(`drop table weir.${table}`);
  }
}
