import { NotCanonical, type Hex } from '@weir/money';
import { AUDIT_GENESIS, AUDIT_HEADER, auditLine, chainRecord, type ChainedRecord } from './chain-record.js';

/** Where a log should end, from a seal kept elsewhere. Without it a tail cut off, or a log rewritten whole, stays unseen. */
export interface SealedHead {
  head: Hex;
  count: number;
}

export interface AuditLogCheck {
  ok: boolean;
  /** Records that are in order, counted from the start. */
  count: number;
  /** Hash of the last of them; the genesis when there is none. */
  head: Hex;
  /** Line of the file (the header being 1) on which the log breaks. */
  brokenAt?: number;
  reason?: string;
}

function readLine(text: string): ChainedRecord | null {
  try {
    const value = JSON.parse(text) as Partial<ChainedRecord> | null;
    const shaped =
      typeof value?.previous === 'string' && typeof value.hash === 'string' && typeof value.record === 'object';
    return shaped ? (value as ChainedRecord) : null;
  } catch {
    return null;
  }
}

/** Why a line does not follow `head`; null when it does. */
function breakOf(text: string, head: Hex): string | null {
  const chained = readLine(text);
  if (chained === null) return 'the line is not a record of an audit log';
  if (chained.previous !== head) {
    return 'the record does not follow the one before it: a record was removed, inserted or moved here';
  }
  try {
    const right = chainRecord(head, chained.record);
    if (right.hash !== chained.hash) return 'the record was edited: its hash is not that of its content';
    return auditLine(right) === text ? null : 'the line was edited: it is not in canonical form';
  } catch (error) {
    if (error instanceof NotCanonical) return `the record has no canonical form: ${error.message}`;
    throw error;
  }
}

function checkSeal(check: AuditLogCheck, sealed: SealedHead, hashes: readonly Hex[]): AuditLogCheck {
  if (check.count < sealed.count) {
    const reason = `the log ends after ${check.count} records and ${sealed.count} were sealed: its tail was cut off`;
    return { ...check, ok: false, brokenAt: check.count + 2, reason };
  }
  const head = sealed.count === 0 ? AUDIT_GENESIS : hashes[sealed.count - 1];
  if (head === sealed.head) return check;
  const reason = `record ${sealed.count} is not the one that was sealed: the log was rewritten`;
  return { ...check, ok: false, brokenAt: sealed.count + 1, reason };
}

/**
 * Checks an exported audit log line by line: an edit, a removal, an insertion or a move breaks the chain at its line.
 * With a sealed head and count it also shows a tail that was cut off and a log that was rewritten from some record on;
 * records after the sealed ones are fine.
 */
export function verifyAuditLog(jsonl: string, sealed?: SealedHead): AuditLogCheck {
  const [header, ...lines] = jsonl.split('\n');
  const broken = (brokenAt: number, reason: string, hashes: Hex[]): AuditLogCheck => ({
    ok: false,
    count: hashes.length,
    head: hashes.at(-1) ?? AUDIT_GENESIS,
    brokenAt,
    reason,
  });
  const hashes: Hex[] = [];
  if (header !== AUDIT_HEADER) return broken(1, 'the first line is not the header of an audit log, version 1', hashes);
  if (lines.pop() !== '') return broken(lines.length + 2, 'the last line does not end in a line feed', hashes);
  for (const [index, text] of lines.entries()) {
    const reason = breakOf(text, hashes.at(-1) ?? AUDIT_GENESIS);
    if (reason !== null) return broken(index + 2, reason, hashes);
    hashes.push((JSON.parse(text) as ChainedRecord).hash);
  }
  const check = { ok: true, count: hashes.length, head: hashes.at(-1) ?? AUDIT_GENESIS };
  return sealed ? checkSeal(check, sealed, hashes) : check;
}
