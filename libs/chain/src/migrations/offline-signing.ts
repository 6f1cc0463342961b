import { protectTable } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATES = (extra: string) => `
  ALTER TABLE weir.outbox_transaction DROP CONSTRAINT outbox_transaction_state_check;
  ALTER TABLE weir.outbox_transaction ADD CONSTRAINT outbox_transaction_state_check
    CHECK (state IN ('queued', ${extra}'signed', 'sent', 'mined', 'final', 'failed'));`;

const TABLES = `
  -- What an account whose key lies elsewhere is asked to sign: one row a form of the transaction, as with attempts.
  CREATE TABLE weir.outbox_payload (
    transaction_id text NOT NULL REFERENCES weir.outbox_transaction,
    unsigned text NOT NULL,
    gas_limit bigint NOT NULL,
    max_fee_per_gas numeric NOT NULL,
    max_priority_fee_per_gas numeric NOT NULL,
    laid_out_at timestamptz NOT NULL,
    PRIMARY KEY (transaction_id, max_fee_per_gas)
  );
  -- Signed bytes that came back; the sender turns them into an attempt.
  CREATE TABLE weir.outbox_handed_in (
    hash text PRIMARY KEY,
    transaction_id text NOT NULL REFERENCES weir.outbox_transaction,
    raw text NOT NULL,
    max_fee_per_gas numeric NOT NULL,
    handed_in_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX outbox_handed_in_transaction ON weir.outbox_handed_in (transaction_id);
  -- What a call would do if it were sent now, by a sender that only tries.
  CREATE TABLE weir.outbox_trial (
    transaction_id text PRIMARY KEY REFERENCES weir.outbox_transaction,
    tried_at timestamptz NOT NULL,
    gas bigint,
    max_fee_per_gas numeric NOT NULL,
    failure text,
    CHECK ((gas IS NULL) <> (failure IS NULL))
  );
`;

/** Whoever sees a transaction sees what is asked of its account. */
const SEEN = `EXISTS (SELECT 1 FROM weir.outbox_transaction t WHERE t.id = transaction_id)`;

/** Accounts whose keys lie elsewhere, and senders that only try. */
export class OfflineSigning1700000006800 implements MigrationInterface {
  readonly name = 'OfflineSigning1700000006800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATES(`'laid-out', `));
    await runner.query(TABLES);
    await runner.query(protectTable('weir.outbox_payload', { reads: SEEN, writes: 'weir.runs_platform()' }));
    await runner.query(protectTable('weir.outbox_trial', { reads: SEEN, writes: 'weir.runs_platform()' }));
    // The bytes prove by themselves who signed them, so whoever sees the transaction may bring them.
    await runner.query(
      protectTable('weir.outbox_handed_in', {
        reads: SEEN,
        writes: `${SEEN} AND (weir.may_change() OR weir.has_role('system'))`,
        changes: 'weir.runs_platform()',
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE weir.outbox_trial, weir.outbox_handed_in, weir.outbox_payload');
    await runner.query(STATES(''));
  }
}
