import { APP_ROLE, protectTable, systemOnly } from '../database/row-security.js';

const own = 'organisation_id = weir.current_organisation()';

/** Who sees and writes the rows of the foundation. */
export const FOUNDATION_POLICIES = [
  // Institutions are a public directory; investors are seen by those who run a deal with them and by compliance.
  protectTable('weir.organisation', {
    reads: `weir.reads_all() OR weir.has_role('compliance-officer') OR id = weir.current_organisation()
      OR (kind <> 'investor' AND weir.current_organisation() IS NOT NULL)
      OR weir.runs_deal_with(id)`,
    writes: `weir.runs_platform() OR (weir.has_role('compliance-officer') AND kind = 'investor')`,
  }),
  protectTable('weir.person', {
    reads: `weir.reads_all() OR weir.has_role('compliance-officer') OR id = weir.current_person()
      OR weir.is_colleague(id)`,
    writes: 'weir.runs_platform()',
  }),
  protectTable('weir.app_user', {
    reads: `weir.reads_all() OR weir.has_role('compliance-officer') OR ${own}`,
    writes: 'weir.runs_platform()',
  }),
  `REVOKE SELECT ON weir.app_user FROM ${APP_ROLE};
   GRANT SELECT (id, person_id, organisation_id, email, roles, disabled) ON weir.app_user TO ${APP_ROLE};`,
  // Investors of a deal do not see each other. The first party of a deal is its issuer, who then names the others.
  protectTable('weir.deal_party', {
    reads: `weir.reads_all() OR ${own} OR (role <> 'investor' AND weir.is_party(deal_id)) OR weir.runs_deal(deal_id)`,
    writes: `weir.has_role('system') OR weir.acts_as(deal_id, '{issuer}')
      OR (weir.may_change() AND weir.has_role('issuer') AND role = 'issuer' AND ${own} AND NOT weir.has_parties(deal_id))`,
    changes: `weir.has_role('system')`,
  }),
  // Everybody, the auditor too, leaves records of what they do themselves and of nothing else.
  protectTable('weir.audit_record', {
    reads: 'weir.reads_all() OR actor_organisation = weir.current_organisation()',
    writes: `actor_organisation = weir.current_organisation() AND actor_user = weir.current_app_user()
      AND actor_person = weir.current_person()`,
    appendOnly: true,
  }),
  systemOnly('weir.audit_seal', { appendOnly: true }),
  protectTable('weir.idempotency_key', {
    reads: `weir.has_role('system') OR (${own} AND user_id = weir.current_app_user())`,
    writes: `weir.has_role('system') OR (${own} AND user_id = weir.current_app_user())`,
  }),
  // A blob is found by its address only: the reader names the hash first, so nobody can list what is stored.
  protectTable('weir.blob', {
    reads: `sha256 = current_setting('weir.blob', true)`,
    writes: `sha256 = current_setting('weir.blob', true)`,
    appendOnly: true,
  }),
  ...['weir.app_user', 'weir.deal_party'].map(
    (table) => `CREATE POLICY definer_reads ON ${table} FOR SELECT TO CURRENT_USER USING (true);`,
  ),
].join('\n');
