import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FOUNDATION_FUNCTIONS, PARTY_FUNCTIONS } from './foundation-functions.js';
import { FOUNDATION_POLICIES } from './foundation-policies.js';
import { FOUNDATION_TABLES } from './foundation-tables.js';

/** Organisations, accounts, deal membership, audit, idempotency and blobs, with what protects them. */
export class Foundation1700000000000 implements MigrationInterface {
  readonly name = 'Foundation1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FOUNDATION_FUNCTIONS);
    await runner.query(FOUNDATION_TABLES);
    await runner.query(PARTY_FUNCTIONS);
    await runner.query(FOUNDATION_POLICIES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE weir.blob, weir.idempotency_key, weir.audit_seal, weir.audit_record,
      weir.deal_party, weir.app_user, weir.person, weir.organisation CASCADE`);
    await runner.query(`DROP FUNCTION weir.sign_in_lookup, weir.is_colleague, weir.changes_deal, weir.sees_deal,
      weir.runs_deal_with, weir.runs_deal, weir.acts_as, weir.has_parties, weir.is_party, weir.refuse_change,
      weir.may_change,
      weir.reads_all, weir.runs_platform, weir.has_role, weir.current_roles, weir.current_app_user,
      weir.current_person, weir.current_organisation CASCADE`);
  }
}
