import { describe, expect, it } from '@jest/globals';
import { journalForAmendment } from './amendment.js';

const CONTEXT = { deal: 'auto', unitsPerCent: 10_000n };

describe('entries of an amendment', () => {
  it('owe notes that are issued further, for loans that the tape brings', () => {
    const issues = [{ tranche: 'A', balance: 140_000n }];
    const entries = journalForAmendment(CONTEXT, { date: '2026-11-22', fromPeriod: 2, moves: [], issues });
    // 1,400.00 in base units of a coin with six decimals.
    expect(entries).toEqual([
      {
        id: 'auto/amendment/2/issue/A',
        date: '2026-11-22',
        description: 'Notes A issued further, from period 2 on',
        lines: [
          { account: 'adjustment:principal', debit: 1_400_000_000n, credit: 0n },
          { account: 'note:A', debit: 0n, credit: 1_400_000_000n },
        ],
      },
    ]);
  });
});
