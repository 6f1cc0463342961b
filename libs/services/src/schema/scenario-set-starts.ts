import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where a set takes its deal up, by which program and on which files. Sets of before these columns began at closing; the program that they were
 * compiled to was not kept, so that it stays unknown.
 */
export class ScenarioSetStarts1700000006100 implements MigrationInterface {
  readonly name = 'ScenarioSetStarts1700000006100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table weir.scenario_set
        add column from_period integer not null default 0 check (from_period >= 0),
        add column program_hash text,
        add column state_hash text,
        add column tape_sha256 text,
        add column fixings_sha256 text,
        add column collections_sha256 text,
        add column underlying jsonb not null default '[]',
        add check ((from_period > 0) = (state_hash is not null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table weir.scenario_set
        drop column from_period, drop column program_hash, drop column state_hash, drop column tape_sha256,
        drop column fixings_sha256, drop column collections_sha256, drop column underlying`);
  }
}
