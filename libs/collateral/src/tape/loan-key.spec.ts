import { describe, expect, it } from '@jest/globals';
import { FINDINGS_KEPT_PER_RULE, readTape } from '../index.js';
import { smallTape } from '../testing/small-tape.js';
import { ofRows } from '../testing/of-rows.js';

describe('the loan key', () => {
  it('that two rows share blocks both, names both, and says which columns may help', () => {
    const tape = readTape(smallTape({ assetNumber: '7' }, {}, { assetNumber: '7' }), { loanKey: ['assetNumber'] });
    expect(tape.loans.map((loan) => loan.row)).toEqual([3]);
    expect(tape.distinctKeys).toBe(2);
    const [hint, ...duplicates] = ofRows(tape.findings);
    expect(hint).toMatchObject({
      row: null,
      value: '2',
      rule: 'key-not-distinct',
      weight: 'warns',
      message: 'the loan key assetNumber has only 2 distinct values in 3 rows',
      remedy: expect.stringContaining('originalLoanAmount, obligorCreditScore'),
    });
    const named = expect.stringContaining('rows 2 and 4 have the same loan key 7');
    expect(duplicates).toEqual([
      expect.objectContaining({ row: 2, rule: 'duplicate-key', weight: 'blocks', message: named }),
      expect.objectContaining({ row: 4, rule: 'duplicate-key', weight: 'blocks', message: named }),
    ]);
  });

  it('of several columns tells loans apart, and is the same however an amount is written', () => {
    const loanKey = ['assetNumber', 'originalLoanAmount', 'obligorCreditScore'];
    const keysOf = (amount: string) =>
      readTape(
        smallTape({ assetNumber: '7', originalLoanAmount: amount }, { assetNumber: '7', obligorCreditScore: '701' }),
        {
          loanKey,
        },
      ).loans.map((loan) => loan.key);
    expect(keysOf('7500')).toEqual(['7|7500.00|700', '7|2000.00|701']);
    expect(keysOf('7500.00')).toEqual(keysOf('7500'));
  });

  it('is never the same for different cells', () => {
    const tape = readTape(
      smallTape({ assetNumber: 'a|b', originationDate: '01/2020' }, { assetNumber: 'a\\', originationDate: '01/2020' }),
      { loanKey: ['assetNumber', 'originationDate'] },
    );
    expect(tape.loans.map((loan) => loan.key)).toEqual(['a\\|b|01/2020', 'a\\\\|01/2020']);
  });

  it('in scientific notation is pointed out', () => {
    const tape = readTape(smallTape({ assetNumber: '9.9899E+17' }), { loanKey: ['assetNumber'] });
    expect(ofRows(tape.findings)).toEqual([
      expect.objectContaining({ rule: 'key-precision', row: 2, value: '9.9899E+17', weight: 'warns' }),
    ]);
  });

  it('keeps a bounded number of findings and counts the rest', () => {
    const rows = Array.from({ length: FINDINGS_KEPT_PER_RULE + 5 }, () => ({ assetNumber: '7' }));
    const tape = readTape(smallTape(...rows), { loanKey: ['assetNumber'] });
    expect(tape.findings.filter((finding) => finding.rule === 'duplicate-key')).toHaveLength(FINDINGS_KEPT_PER_RULE);
    expect(tape.findingCounts['duplicate-key']).toBe(FINDINGS_KEPT_PER_RULE + 5);
    expect(tape.loans).toEqual([]);
  });
});
