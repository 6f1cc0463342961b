/** One audit record as it is hashed and exported. Ids are UUIDs, `at` is an ISO instant (UTC, milliseconds). */
export interface AuditEntry {
  id: string;
  at: string;
  actorUser: string;
  actorPerson: string;
  actorOrganisation: string;
  onBehalfOf: string | null;
  command: string;
  object: string;
  before: unknown;
  after: unknown;
  why: string | null;
}

/** A row of weir.audit_record as the driver gives it. */
export interface AuditRow {
  id: string;
  txid: string;
  at: Date;
  actor_user: string;
  actor_person: string;
  actor_organisation: string;
  on_behalf_of: string | null;
  command: string;
  object: string;
  before: unknown;
  after: unknown;
  why: string | null;
}

export function auditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actorUser: row.actor_user,
    actorPerson: row.actor_person,
    actorOrganisation: row.actor_organisation,
    onBehalfOf: row.on_behalf_of,
    command: row.command,
    object: row.object,
    before: row.before,
    after: row.after,
    why: row.why,
  };
}
