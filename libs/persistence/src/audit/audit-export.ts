import type { EntityManager } from 'typeorm';
import { auditEntry, type AuditRow } from './audit-entry.js';

interface SealedRow extends AuditRow {
  position: string;
  previous: string;
  hash: string;
}

/**
 * The sealed audit log as JSON lines `{ position, previous, hash, record }` in order of the chain, each line ending in
 * a newline. It holds what the actor of the manager's transaction may see; a chain without gaps needs the role
 * auditor, operator or system.
 */
export async function exportAuditLog(manager: EntityManager): Promise<string> {
  const rows: SealedRow[] = await manager.query(
    `SELECT r.*, r.txid::text AS txid, s.position, s.previous, s.hash
      FROM weir.audit_seal s JOIN weir.audit_record r ON r.id = s.record_id ORDER BY s.position`,
  );
  return rows.map((row) => `${JSON.stringify(auditLine(row))}\n`).join('');
}

function auditLine(row: SealedRow) {
  return { position: Number(row.position), previous: row.previous, hash: row.hash, record: auditEntry(row) };
}
