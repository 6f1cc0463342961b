import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An investor's rate of withholding tax, which the registry on chain carries; those recorded before have none. */
export class InvestorWithholding1700000006200 implements MigrationInterface {
  readonly name = 'InvestorWithholding1700000006200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table weir.investor add column withholding_bps integer not null default 0
      check (withholding_bps between 0 and 10000)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table weir.investor drop column withholding_bps');
  }
}
