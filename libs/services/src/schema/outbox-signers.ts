import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OUTBOX_SIGNER_POLICY } from './policies.js';

/** Ties the outbox to the accounts of organisations; it runs after both tables were created. */
export class OutboxSigners1700000002000 implements MigrationInterface {
  readonly name = 'OutboxSigners1700000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OUTBOX_SIGNER_POLICY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY own_signer ON weir.outbox_transaction');
  }
}
