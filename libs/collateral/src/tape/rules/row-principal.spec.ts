import { describe, expect, it } from '@jest/globals';
import { type CellsByField, placesOf, readRows } from '../../testing/read-rows.js';

/** 10,000.00 at 12 %: a month's interest on 4,000.00 is 40.00, and 888.49 − 40.00 = 848.49 leave 3,151.51. */
const LOAN = {
  loanNumber: 'L1',
  originalLoanAmount: '10000.00',
  originalTerm: '12',
  interestRate: '0.12',
  openingBalance: '4000.00',
  closingBalance: '3151.51',
  scheduledPayment: '888.49',
  interestCollected: '40.00',
  principalCollected: '848.49',
};

function judge(changed: CellsByField, without: readonly (keyof typeof LOAN)[] = [], className = 'consumer-loan') {
  const cells = Object.entries({ ...LOAN, ...changed }).filter(([name]) => !(without as string[]).includes(name));
  const result = readRows(className, [Object.fromEntries(cells)]);
  const told = result.findings.find(({ rule }) => rule === 'principal-above-owed');
  const [place] = placesOf(result, 'principal-above-owed');
  return {
    column: place?.column,
    value: place?.value,
    weight: place?.weight,
    message: told?.message,
    blocked: result.blocked,
  };
}

describe('principal above what a loan owed', () => {
  it('is as it must be up to the balance', () => {
    expect(judge({}).message).toBeUndefined();
    expect(judge({ principalCollected: '4000.00', closingBalance: '0.00' }).message).toBeUndefined();
    expect(judge({}, ['openingBalance']).message).toBeUndefined();
  });

  it('blocks where it is above the opening balance', () => {
    expect(judge({ principalCollected: '84849.00' })).toEqual({
      ...{ column: 'principalCollected', value: '84849.00', weight: 'blocks', blocked: [{ row: 2, key: 'L1' }] },
      message: 'row 2: principal of 84849.00 is more than the 4000.00 owed',
    });
  });

  it('warns where fees or capitalised interest may explain it: up to a tenth, or 10.00', () => {
    expect(judge({ principalCollected: '4400.00', closingBalance: '0.00' }).weight).toBe('warns');
    expect(judge({ principalCollected: '4400.01', closingBalance: '0.00' }).weight).toBe('blocks');
    const small = { openingBalance: '5.00', closingBalance: '0.00' };
    expect(judge({ ...small, principalCollected: '15.00' }).weight).toBe('warns');
    expect(judge({ ...small, principalCollected: '15.01' }).weight).toBe('blocks');
    // A cent of rounding is none.
    expect(judge({ principalCollected: '4000.01', closingBalance: '0.00' }).message).toBeUndefined();
  });

  it('is held against what was lent where no opening balance is stated', () => {
    // 848.49 a hundredfold and 3,151.51 are 88,000.51 of 10,000.00; 6,848.49 and 3,151.51 are 10,000.00.
    expect(judge({ principalCollected: '84849.00' }, ['openingBalance'])).toMatchObject({
      ...{ column: 'principalCollected', value: '84849.00', weight: 'blocks' },
      message:
        'row 2: principal of 84849.00 and the 3151.51 still owed come to 88000.51, which is more than the 10000.00 lent',
    });
    expect(judge({ principalCollected: '6848.49' }, ['openingBalance']).message).toBeUndefined();
    expect(judge({ principalCollected: '7848.49' }, ['openingBalance']).weight).toBe('warns');
    expect(judge({ principalCollected: '7848.50' }, ['openingBalance']).weight).toBe('blocks');
  });

  it('is reckoned from the total paid where no principal is stated', () => {
    const total = { totalPaid: '88849.00' };
    expect(judge(total, ['principalCollected'])).toMatchObject({
      ...{ column: 'totalPaid', value: '88849.00', weight: 'blocks' },
      message: 'row 2: principal of 88809.00 is more than the 4000.00 owed',
    });
    expect(judge({ totalPaid: '888.49' }, ['principalCollected']).message).toBeUndefined();
  });

  it('of a loan that began in the month is held against what was lent', () => {
    const began = { openingBalance: '0.00', closingBalance: '9151.51' };
    expect(judge(began).message).toBeUndefined();
    expect(judge({ ...began, principalCollected: '84849.00' }).weight).toBe('blocks');
  });

  it('where nothing says what was owed warns from thirty instalments on', () => {
    const without = ['openingBalance', 'originalLoanAmount'] as const;
    // 30 × 888.49 = 26,654.70
    expect(judge({ principalCollected: '26654.70' }, without).message).toBeUndefined();
    expect(judge({ principalCollected: '26654.71' }, without)).toMatchObject({ weight: 'warns', blocked: [] });
  });
});
