import { describe, expect, it } from '@jest/globals';
import { concat, id, keccak256, toUtf8Bytes } from 'ethers';
import type { Hex } from '@weir/money';
import { AUDIT_GENESIS, auditLine, chainRecord, exportAuditLog, verifyAuditLog, type ChainedRecord } from '../index.js';

function chainOf(records: Record<string, unknown>[]): ChainedRecord[] {
  const chained: ChainedRecord[] = [];
  for (const record of records) chained.push(chainRecord(chained.at(-1)?.hash ?? AUDIT_GENESIS, record));
  return chained;
}

const RECORDS = [
  { who: 'ida', what: 'deal.close', object: 'deal/1' },
  { who: 'olu', what: 'report.sign', object: 'report/1', after: { amount: '12.50' } },
  { who: 'ida', what: 'period.settle', object: 'period/1', why: 'payment date' },
];
const CHAIN = chainOf(RECORDS);
const SEALED = { head: CHAIN[2]?.hash as Hex, count: 3 };
const LOG = exportAuditLog(CHAIN);
const LINES = LOG.trimEnd().split('\n');
const logOf = (...lines: (string | undefined)[]): string => `${lines.join('\n')}\n`;

describe('the audit log', () => {
  it('chains keccak256(previous ‖ canonical JSON) from a named genesis', () => {
    const canonical = '{\n  "object": "deal/1",\n  "what": "deal.close",\n  "who": "ida"\n}\n';
    expect(AUDIT_GENESIS).toBe(id('Weir audit log, version 1'));
    expect(CHAIN[0]?.hash).toBe(keccak256(concat([AUDIT_GENESIS, toUtf8Bytes(canonical)])));
  });

  it('verifies as exported, with and without its seal, and with records after the seal', () => {
    expect(verifyAuditLog(LOG)).toEqual({ ok: true, count: 3, head: SEALED.head });
    expect(verifyAuditLog(LOG, SEALED).ok).toBe(true);
    expect(verifyAuditLog(LOG, { head: CHAIN[1]?.hash as Hex, count: 2 }).ok).toBe(true);
    expect(verifyAuditLog(exportAuditLog([]), { head: AUDIT_GENESIS, count: 0 }).ok).toBe(true);
  });

  const [header, first, second, third] = LINES;
  const inserted = auditLine(chainRecord(CHAIN[0]?.hash as Hex, { who: 'eve' }));
  it.each([
    ['an edited value', LOG.replace('12.50', '12.51'), 3, 'edited'],
    ['an edited space', LOG.replace('"amount":', '"amount": '), 3, 'canonical'],
    ['a removed record', logOf(header, first, third), 3, 'removed'],
    ['swapped records', logOf(header, second, first, third), 2, 'moved'],
    ['an inserted record', logOf(header, first, inserted, second, third), 4, 'inserted'],
    ['a repeated record', logOf(header, first, first, second, third), 3, 'inserted'],
    ['a line that is no record', logOf(header, first, '{}'), 3, 'not a record'],
    ['another header', logOf(first, second, third), 1, 'header'],
    ['half a last line', LOG.slice(0, -40), 4, 'line feed'],
    ['nothing in it', '', 1, 'header'],
  ])('breaks on %s', (_, text, brokenAt, reason) => {
    expect(text).not.toBe(LOG);
    expect(verifyAuditLog(text)).toMatchObject({ ok: false, brokenAt, reason: expect.stringContaining(reason) });
  });

  it('shows a tail that was cut off only against the seal', () => {
    const cut = logOf(header, first, second);
    expect(verifyAuditLog(cut).ok).toBe(true);
    expect(verifyAuditLog(cut, SEALED)).toMatchObject({ ok: false, count: 2, brokenAt: 4 });
  });

  it('shows a log that was rewritten and chained anew only against the seal', () => {
    const rewritten = exportAuditLog(chainOf([...RECORDS.slice(0, 2), { who: 'eve', what: 'period.settle' }]));
    expect(verifyAuditLog(rewritten).ok).toBe(true);
    expect(verifyAuditLog(rewritten, SEALED)).toMatchObject({ ok: false, brokenAt: 4 });
  });
});
