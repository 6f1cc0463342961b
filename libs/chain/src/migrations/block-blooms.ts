import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which addresses have no log in a block; null for blocks read before it was kept, whose logs are asked for one by one. */
export class BlockBlooms1700000006810 implements MigrationInterface {
  readonly name = 'BlockBlooms1700000006810';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE weir.chain_block ADD COLUMN logs_bloom text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE weir.chain_block DROP COLUMN logs_bloom');
  }
}
