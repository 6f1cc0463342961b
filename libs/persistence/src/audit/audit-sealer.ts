import type { DataSource, EntityManager } from 'typeorm';
import { systemTransaction } from '../work/system-transaction.js';
import { auditEntry, type AuditRow } from './audit-entry.js';

type Hex = `0x${string}`;

/** How records are chained: `AUDIT_GENESIS` and `chainRecord` of @weir/audit. */
export interface AuditChain {
  /** The hash that the first record follows. */
  genesis: Hex;
  chainRecord(previous: Hex, record: { [field: string]: unknown }): { hash: Hex };
}

const LOCK = `hashtextextended('weir.audit_seal', 0)`;

// Every transaction below the horizon has ended, so nothing can appear among these records any more: a transaction that
// began early and commits late holds the horizon back and is sealed in its turn instead of being skipped.
const UNSEALED = `SELECT r.*, r.txid::text AS txid FROM weir.audit_record r
  WHERE r.txid < pg_snapshot_xmin(pg_current_snapshot())
    AND NOT EXISTS (SELECT 1 FROM weir.audit_seal s WHERE s.record_id = r.id)
  ORDER BY r.txid, r.ordinal LIMIT $1`;

/** Chains committed audit records, one sealer at a time whatever the number of processes. */
export class AuditSealer {
  constructor(
    private readonly dataSource: DataSource,
    private readonly chain: AuditChain,
    private readonly batchSize = 1000,
  ) {}

  /** Seals what is committed, at most one batch; gives the number of records sealed. */
  async seal(): Promise<number> {
    return systemTransaction(this.dataSource, async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
      let { position, hash } = await this.last(manager);
      const rows: AuditRow[] = await manager.query(UNSEALED, [this.batchSize]);
      for (const row of rows) {
        const previous = hash;
        position += 1n;
        hash = this.chain.chainRecord(previous, { ...auditEntry(row) }).hash;
        await manager.query(
          'INSERT INTO weir.audit_seal (position, record_id, txid, previous, hash) VALUES ($1, $2, $3, $4, $5)',
          [position.toString(), row.id, row.txid, previous, hash],
        );
      }
      return rows.length;
    });
  }

  private async last(manager: EntityManager): Promise<{ position: bigint; hash: Hex }> {
    const rows: { position: string; hash: Hex }[] = await manager.query(
      'SELECT position, hash FROM weir.audit_seal ORDER BY position DESC LIMIT 1',
    );
    return rows[0]
      ? { position: BigInt(rows[0].position), hash: rows[0].hash }
      : { position: 0n, hash: this.chain.genesis };
  }
}
