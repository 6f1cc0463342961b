import { keccak_256 } from '@noble/hashes/sha3';
import { concatBytes } from '@noble/hashes/utils';
import { bytesOf, canonicalJson, hexOf, type Hex } from '@weir/money';

/** An audit record: JSON without bigint (amounts as decimal strings). */
export type AuditRecord = { [field: string]: unknown };

/** What the first record follows: keccak256 of the utf-8 of "Weir audit log, version 1". */
export const AUDIT_GENESIS: Hex = hexOf(keccak_256(new TextEncoder().encode('Weir audit log, version 1')));

/** A record with its place in the chain. */
export interface ChainedRecord {
  previous: Hex;
  record: AuditRecord;
  hash: Hex;
}

/**
 * Chains a record: hash = keccak256(previous hash ‖ utf-8 of the record's canonical JSON).
 * @throws NotCanonical when the record has no canonical JSON (a bigint, a date, a class instance)
 */
export function chainRecord(previous: Hex, record: AuditRecord): ChainedRecord {
  const text = new TextEncoder().encode(canonicalJson(record));
  return { previous, record, hash: hexOf(keccak_256(concatBytes(bytesOf(previous), text))) };
}

/** A value as one line of JSON in canonical key order. */
function line(value: unknown): string {
  return JSON.stringify(JSON.parse(canonicalJson(value)));
}

/** One line of an exported log, without its line feed. */
export function auditLine(chained: ChainedRecord): string {
  return line(chained);
}

/** The first line of an exported log, without its line feed. */
export const AUDIT_HEADER: string = line({ format: 'weir-audit-log', version: 1, genesis: AUDIT_GENESIS });

/** Exports chained records as JSON lines: a header that names the genesis, then a line a record. */
export function exportAuditLog(records: Iterable<ChainedRecord>): string {
  let text = `${AUDIT_HEADER}\n`;
  for (const record of records) text += `${auditLine(record)}\n`;
  return text;
}
