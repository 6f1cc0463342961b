import type { MigrationInterface, QueryRunner } from 'typeorm';
import { OUTBOX_SIGNER_POLICY, PLATFORM_SIGNER_POLICY } from './policies.js';

/** Keeps whether a deal is stopped, and lets the operator queue what belongs to no deal. */
export class Stops1700000006750 implements MigrationInterface {
  readonly name = 'Stops1700000006750';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table weir.deal add column stopped boolean not null default false');
    await runner.query('drop policy own_signer on weir.outbox_transaction');
    await runner.query(PLATFORM_SIGNER_POLICY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop policy own_signer on weir.outbox_transaction');
    await runner.query(OUTBOX_SIGNER_POLICY);
    await runner.query('alter table weir.deal drop column stopped');
  }
}
