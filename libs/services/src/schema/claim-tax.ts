import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tax withheld from what a holder was paid, in base units; claims recorded before had none. */
export class ClaimTax1700000006500 implements MigrationInterface {
  readonly name = 'ClaimTax1700000006500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table weir.claim add column tax numeric(38,0) not null default 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table weir.claim drop column tax');
  }
}
