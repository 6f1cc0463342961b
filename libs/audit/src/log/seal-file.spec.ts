import { describe, expect, it } from '@jest/globals';
import { AUDIT_GENESIS, chainRecord, exportAuditLog } from './chain-record.js';
import { SealUnreadable, sealFromJson, sealToJson } from './seal-file.js';
import { verifyAuditLog } from './verify-audit-log.js';

const first = chainRecord(AUDIT_GENESIS, { what: 'deal.create' });
const second = chainRecord(first.hash, { what: 'deal.approve' });
const seal = { head: second.hash, count: 2 };

describe('the seal of an audit log', () => {
  it('reads back as it was printed', () => expect(sealFromJson(sealToJson(seal))).toEqual(seal));

  it('refuses any changed byte', () => {
    const text = sealToJson(seal);
    for (const bad of [text.replace('"count": 2', '"count":2'), text.trimEnd(), text.replace('0x', '0X'), '[]', ''])
      expect(() => sealFromJson(bad)).toThrow(SealUnreadable);
  });

  it('shows a cut tail, a log of its header alone, and a log that was edited and chained anew', () => {
    const forged = chainRecord(first.hash, { what: 'deal.approve', by: 'somebody else' });
    for (const log of [[first], [], [first, forged]]) expect(verifyAuditLog(exportAuditLog(log), seal).ok).toBe(false);
    const third = chainRecord(second.hash, { what: 'report.sign' });
    expect(verifyAuditLog(exportAuditLog([first, second, third]), seal).ok).toBe(true);
  });
});
