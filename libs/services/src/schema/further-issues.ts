import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Amendments with which more of a class is issued: the terms of the issue, and its contract once it is deployed. */
export class FurtherIssues1700000006840 implements MigrationInterface {
  readonly name = 'FurtherIssues1700000006840';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table weir.deal_amendment add column issue jsonb, add column issue_address text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table weir.deal_amendment drop column issue, drop column issue_address');
  }
}
