import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RUNNERS, SYSTEM, by } from './policies.js';

/** The tables of scenario sets, in the order in which they refer to each other. */
export const SCENARIO_SET_TABLES: Readonly<Record<string, string>> = {
  scenario_set: `
    set_id uuid primary key,
    deal_id uuid not null references weir.deal,
    kind text not null check (kind in ('list','grid','monte-carlo')),
    status text not null check (status in ('running','done','cancelled','failed')),
    scenarios integer not null check (scenarios >= 1),
    document_hash text not null,
    tape_id uuid references weir.tape,
    request_sha256 text not null,
    failure text,
    files jsonb not null default '[]',
    asked_at timestamptz not null default now(),
    ended_at timestamptz,
    check ((status = 'failed') = (failure is not null)),
    check ((status = 'running') = (ended_at is null))`,
  scenario_shard: `
    set_id uuid not null references weir.scenario_set,
    deal_id uuid not null,
    shard integer not null check (shard >= 0),
    first integer not null,
    past integer not null check (past > first),
    status text not null check (status in ('waiting','running','done')),
    done integer not null default 0,
    attempts integer not null default 0,
    runner uuid,
    lease_until timestamptz,
    result_sha256 text,
    failure text,
    primary key (set_id, shard),
    check ((status = 'running') = (runner is not null and lease_until is not null)),
    check ((status = 'done') = (result_sha256 is not null))`,
};

const STARTS = by('issuer', 'servicer', 'trustee', 'calculation-agent');

/** Sets are run over the loans themselves: who runs the deal reads them, its investors do not. */
const POLICIES = [
  protectTable('weir.scenario_set', { reads: RUNNERS, writes: STARTS, removes: SYSTEM }),
  protectTable('weir.scenario_shard', { reads: RUNNERS, writes: STARTS, changes: SYSTEM }),
];

/** Creates the tables of scenario sets, under forced row-level security. */
export class ScenarioSets1700000005000 implements MigrationInterface {
  readonly name = 'ScenarioSets1700000005000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(SCENARIO_SET_TABLES))
      await runner.query(`create table weir.${table} (${columns})`);
    await runner.query(POLICIES.join('\n'));
    await runner.query(`create index scenario_set_running on weir.scenario_set (asked_at) where status = 'running'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table weir.scenario_shard, weir.scenario_set');
  }
}
