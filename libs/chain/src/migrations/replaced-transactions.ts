import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the transactions that count as replaced: they are looked for in every turn of the outbox, among all that failed. */
export class ReplacedTransactions1700000006830 implements MigrationInterface {
  readonly name = 'ReplacedTransactions1700000006830';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX outbox_replaced ON weir.outbox_transaction (signer)
        WHERE state = 'failed' AND nonce IS NOT NULL AND block_number IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX weir.outbox_replaced');
  }
}
