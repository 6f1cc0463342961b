import type { EntityManager } from 'typeorm';
import { auditEntry, type AuditRow } from './audit-entry.js';

type Hex = `0x${string}`;

/** A record with its place in the chain, as @weir/audit exports and verifies it. */
export interface SealedRecord {
  previous: Hex;
  record: { [field: string]: unknown };
  hash: Hex;
}

interface SealedRow extends AuditRow {
  previous: Hex;
  hash: Hex;
}

/**
 * The sealed audit log in order of the chain, for `exportAuditLog` of @weir/audit. It holds what the actor of the
 * manager's transaction may see; a chain without gaps needs the role auditor, operator or system.
 */
export async function sealedRecords(manager: EntityManager): Promise<SealedRecord[]> {
  const rows: SealedRow[] = await manager.query(
    `SELECT r.*, r.txid::text AS txid, s.previous, s.hash
      FROM weir.audit_seal s JOIN weir.audit_record r ON r.id = s.record_id ORDER BY s.position`,
  );
  return rows.map((row) => ({ previous: row.previous, record: { ...auditEntry(row) }, hash: row.hash }));
}

/** Hash of the last sealed record and how many there are; null when nothing is sealed. Needs the role auditor. */
export async function sealedHead(manager: EntityManager): Promise<{ head: Hex; count: number } | null> {
  const rows: { hash: Hex; position: string }[] = await manager.query(
    'SELECT hash, position FROM weir.audit_seal ORDER BY position DESC LIMIT 1',
  );
  return rows[0] ? { head: rows[0].hash, count: Number(rows[0].position) } : null;
}
