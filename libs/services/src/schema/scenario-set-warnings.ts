import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a set was started in spite of. Sets of before this column were not asked. */
export class ScenarioSetWarnings1700000006820 implements MigrationInterface {
  readonly name = 'ScenarioSetWarnings1700000006820';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table weir.scenario_set add column warnings jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table weir.scenario_set drop column warnings');
  }
}
