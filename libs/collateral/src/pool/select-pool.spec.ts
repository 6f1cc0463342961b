import { describe, expect, it } from '@jest/globals';
import type { EligibilityRule } from '@weir/deal';
import { EligibilityValueInvalid, readTape, selectPool } from '../index.js';
import { smallTape, type SmallRow } from '../testing/small-tape.js';

const loansOf = (...rows: SmallRow[]) => readTape(smallTape(...rows), { loanKey: ['assetNumber'] }).loans;
const rule = (field: EligibilityRule['field'], op: EligibilityRule['op'], value: string): EligibilityRule => ({
  id: field,
  field,
  op,
  value,
  reason: `fails ${field}`,
});

describe('selecting the pool', () => {
  it('takes the loans that meet every rule and gives each other loan all its reasons', () => {
    const loans = loansOf(
      {},
      { reportingPeriodBeginningLoanBalanceAmount: '0', obligorCreditScore: '499' },
      { obligorCreditScore: '500' },
    );
    const { pool, excluded } = selectPool(loans, [rule('openingBalance', '>', '0'), rule('creditScore', '>=', '500')]);
    expect(pool.map((loan) => loan.key)).toEqual(['1', '3']);
    expect(excluded).toEqual([
      {
        key: '2',
        row: 3,
        reasons: [
          'fails openingBalance (openingBalance is 0.00, > 0.00 is required)',
          'fails creditScore (creditScore is 499, >= 500 is required)',
        ],
      },
    ]);
  });

  // The quiet loan: 1000.00 open, 2000.00 original, 60 months, 6 %, score 700, 2019-08.
  it.each<[EligibilityRule, boolean]>([
    [rule('openingBalance', '>=', '1000.00'), true],
    [rule('openingBalance', '>', '1000'), false],
    [rule('originalAmount', '<=', '2000'), true],
    [rule('originalAmount', '<', '2000'), false],
    [rule('originalTerm', '=', '60'), true],
    [rule('originalTerm', '!=', '60'), false],
    [rule('originalRate', '<=', '6 %'), true],
    [rule('originalRate', '<', '0.06'), false],
    [rule('originationMonth', '<=', '2019-08'), true],
    [rule('originationMonth', '<', '2019-08'), false],
    [rule('originationMonth', '>', '2018-12'), true],
  ])('%j', (own, meets) => {
    expect(selectPool(loansOf({}), [own]).pool).toHaveLength(meets ? 1 : 0);
  });

  it('excludes a loan that does not state what a rule asks for', () => {
    const { excluded } = selectPool(loansOf({ obligorCreditScore: 'NONE' }), [rule('creditScore', '>', '0')]);
    expect(excluded[0]?.reasons).toEqual(['fails creditScore (creditScore is not stated, > 0 is required)']);
  });

  it.each([
    rule('openingBalance', '>', '1,000'),
    rule('originalTerm', '>', 'long'),
    rule('originalRate', '>', 'six'),
    rule('originationMonth', '>', '2019'),
  ])('refuses a value it cannot compare: %j', (own) => {
    expect(() => selectPool([], [own])).toThrow(EligibilityValueInvalid);
  });
});
