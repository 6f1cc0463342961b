import { everyoneReads, systemOnly } from '@weir/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  CREATE TABLE weir.outbox_transaction (
    id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    organisation_id uuid DEFAULT weir.current_organisation(),
    deal_id uuid,
    purpose text NOT NULL,
    signer text NOT NULL CHECK (signer ~ '^0x[0-9a-f]{40}$'),
    "to" text CHECK ("to" ~ '^0x[0-9a-f]{40}$'),
    data text NOT NULL CHECK (data ~ '^0x([0-9a-f]{2})*$'),
    gas_limit bigint CHECK (gas_limit > 0),
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'signed', 'sent', 'mined', 'final', 'failed')),
    nonce bigint,
    hash text,
    block_number bigint,
    block_hash text,
    succeeded boolean,
    gas_used bigint,
    contract_address text,
    failure text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (signer, nonce),
    CHECK (state IN ('queued', 'failed') OR nonce IS NOT NULL)
  );
  CREATE INDEX outbox_open ON weir.outbox_transaction (signer, position) WHERE state NOT IN ('final', 'failed');
  CREATE INDEX outbox_deal ON weir.outbox_transaction (deal_id);

  -- Every signed form of a transaction: a fee bump adds one with the same nonce, and any of them may be mined.
  CREATE TABLE weir.outbox_attempt (
    hash text PRIMARY KEY,
    transaction_id text NOT NULL REFERENCES weir.outbox_transaction,
    raw text NOT NULL,
    gas_limit bigint NOT NULL,
    max_fee_per_gas numeric NOT NULL,
    max_priority_fee_per_gas numeric NOT NULL,
    signed_at timestamptz NOT NULL
  );
  CREATE INDEX outbox_attempt_transaction ON weir.outbox_attempt (transaction_id);
  CREATE TABLE weir.signer_nonce (signer text PRIMARY KEY, next bigint NOT NULL);

  CREATE TABLE weir.chain_block (
    number bigint PRIMARY KEY,
    hash text NOT NULL,
    parent_hash text NOT NULL,
    timestamp bigint NOT NULL
  );
  CREATE TABLE weir.chain_event (
    block_number bigint NOT NULL,
    log_index integer NOT NULL,
    block_hash text NOT NULL,
    block_timestamp bigint NOT NULL,
    transaction_hash text NOT NULL,
    address text NOT NULL,
    name text NOT NULL,
    args jsonb NOT NULL,
    final boolean NOT NULL DEFAULT false,
    PRIMARY KEY (block_number, log_index)
  );
  CREATE INDEX chain_event_address ON weir.chain_event (address, name);
  CREATE INDEX chain_event_provisional ON weir.chain_event (block_number, log_index) WHERE NOT final;
  CREATE TABLE weir.chain_checkpoint (
    name text PRIMARY KEY,
    block_number bigint NOT NULL,
    block_hash text NOT NULL
  );
  CREATE TABLE weir.chain_watch (address text PRIMARY KEY, since timestamptz NOT NULL DEFAULT now());
`;

const OUTBOX_POLICIES = `
  ALTER TABLE weir.outbox_transaction ENABLE ROW LEVEL SECURITY;
  ALTER TABLE weir.outbox_transaction FORCE ROW LEVEL SECURITY;
  CREATE POLICY reads ON weir.outbox_transaction FOR SELECT USING (
    weir.reads_all() OR organisation_id = weir.current_organisation() OR weir.runs_deal(deal_id));
  CREATE POLICY inserts ON weir.outbox_transaction FOR INSERT WITH CHECK (
    weir.has_role('system') OR (state = 'queued' AND organisation_id = weir.current_organisation() AND weir.may_change()
      AND (deal_id IS NULL OR weir.changes_deal(deal_id))));
  CREATE POLICY updates ON weir.outbox_transaction FOR UPDATE
    USING (weir.has_role('system')) WITH CHECK (weir.has_role('system'));
  GRANT SELECT, INSERT, UPDATE ON weir.outbox_transaction TO weir_app;
`;

/** Outbox, signers' nonces and the indexed chain. */
export class ChainTables1700000001000 implements MigrationInterface {
  readonly name = 'ChainTables1700000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(OUTBOX_POLICIES);
    // Events name accounts and what they subscribed and claimed, which investors do not see of each other.
    const hidden = ['outbox_attempt', 'signer_nonce', 'chain_event'];
    await runner.query(hidden.map((table) => systemOnly(`weir.${table}`)).join('\n'));
    const chain = ['chain_block', 'chain_checkpoint', 'chain_watch'];
    await runner.query(chain.map((table) => everyoneReads(`weir.${table}`)).join('\n'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE weir.chain_watch, weir.chain_checkpoint, weir.chain_event, weir.chain_block,
      weir.signer_nonce, weir.outbox_attempt, weir.outbox_transaction`);
  }
}
