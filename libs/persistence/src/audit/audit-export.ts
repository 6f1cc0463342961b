import type { EntityManager } from 'typeorm';
import { exportAuditLog as exportChain } from '@weir/audit';
import type { Hex } from '@weir/money';
import { auditEntry, type AuditRow } from './audit-entry.js';

interface SealedRow extends AuditRow {
  previous: Hex;
  hash: Hex;
}

/**
 * The sealed audit log as JSON lines in order of the chain, in the form that verifyAuditLog of @weir/audit checks. It
 * holds what the actor of the manager's transaction may see; a chain without gaps needs the role auditor, operator or
 * system.
 */
export async function exportAuditLog(manager: EntityManager): Promise<string> {
  const rows: SealedRow[] = await manager.query(
    `SELECT r.*, r.txid::text AS txid, s.previous, s.hash
      FROM weir.audit_seal s JOIN weir.audit_record r ON r.id = s.record_id ORDER BY s.position`,
  );
  return exportChain(rows.map((row) => ({ previous: row.previous, hash: row.hash, record: { ...auditEntry(row) } })));
}
