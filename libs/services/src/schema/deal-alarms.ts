import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RUNNERS, SYSTEM } from './policies.js';

/** The tables of the continuous audit. */
export const DEAL_ALARM_TABLES: Readonly<Record<string, string>> = {
  deal_alarm: `
    alarm_id uuid primary key,
    deal_id uuid references weir.deal,
    letter text not null check (letter ~ '^[A-Z]$'),
    place text not null,
    answered boolean not null,
    actual text not null,
    expected text not null,
    since_block bigint not null,
    since timestamptz not null,
    cleared_block bigint,
    cleared_at timestamptz,
    check ((cleared_block is null) = (cleared_at is null))`,
  deal_audit: `
    deal_id uuid primary key references weir.deal,
    block_number bigint not null,
    block_hash text not null,
    audited_at timestamptz not null,
    letters text[] not null,
    next_period integer not null check (next_period >= 1),
    books_mark text`,
};

/** Those who run the deal, who reads everything, and compliance; never its investors. */
const WATCHERS = `${RUNNERS} OR weir.has_role('compliance-officer')`;

/** Creates the tables of alarms and audits. One alarm is open at a place at a time. */
export class DealAlarms1700000006700 implements MigrationInterface {
  readonly name = 'DealAlarms1700000006700';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(DEAL_ALARM_TABLES)) {
      await runner.query(`create table weir.${table} (${columns})`);
      await runner.query(protectTable(`weir.${table}`, { reads: WATCHERS, writes: SYSTEM }));
    }
    await runner.query(
      'create unique index deal_alarm_open on weir.deal_alarm (deal_id, letter, place) nulls not distinct where cleared_block is null',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table weir.deal_audit, weir.deal_alarm');
  }
}
