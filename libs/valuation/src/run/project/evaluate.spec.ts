import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { FormulaWithoutValue } from '../errors.js';
import { evaluateFormula } from './evaluate.js';

const DEAL = (from: string, unit: string) => `weir: 1
deal: { name: One item, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates: { cutOff: 2024-12-31, closing: 2025-01-01, firstCollectionPeriod: 2025-01, paymentDay: 1, businessDays: unadjusted, calendar: target, recordDate: 1 business day before the payment date, paymentDates: 3 }
report: { x: { unit: signed ${unit}, from: '${from}' }, cash: signed money }
accounts: { collection: {}, suspense: {} }
collections: { items: [cash], account: collection, suspense: suspense }
tranches: [{ name: A, amount: 100.00 USD, coupon: 1 %, dayCount: 30/360, accrual: unadjusted }]
priorityOfPayments:
  - { step: interest, interest: A, from: [collection] }
  - { step: principal, principal: 'max(0, cash)', to: [A], method: sequential, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`;

/** Three dates: cents and fractions. */
const COLUMNS: Record<string, number[]> = {
  poolOpening: [100_000, 70_000, 40_000],
  poolClosing: [70_000, 40_000, 0],
  chargeOffs: [1_000, 0, 500],
  averageRate: [0.06, 0.065, 0],
  loanCount: [10, 8, 0],
};

function valuesOf(from: string, unit = 'money'): number[] {
  const { deal, diagnostics } = parseDeal(DEAL(from, unit));
  const formula = deal?.report[0]?.from;
  if (!formula) throw new TypeError(`the document has errors: ${JSON.stringify(diagnostics)}`);
  return [...evaluateFormula(formula, (name, row) => COLUMNS[name]?.[row], 3)];
}

describe('from: formulas over the collateral’s columns', () => {
  it.each([
    // From 31 January to 28 February is a month: 20,147 is 28 February 2025, 1,000.00 for one month.
    ['1.00 USD * yearOf(2025-12-31)', [202_500, 202_500, 202_500]],
    ['1.00 USD * monthOf(2024-02-29)', [200, 200, 200]],
    ['1000.00 USD * monthsBetween(2025-01-31, addMonths(2025-01-31, 1))', [100_000, 100_000, 100_000]],
    ['poolOpening - poolClosing - chargeOffs', [29_000, 30_000, 39_500]],
    ['max(0, poolClosing - 500.00 USD)', [20_000, 0, 0]],
    ['if(chargeOffs > 0, chargeOffs, -(100.00 USD))', [1_000, -10_000, 500]],
    ['if(chargeOffs > 0 and not (poolClosing = 0), 1.00 USD, 0.00 USD)', [100, 0, 0]],
    // 1.2 % ÷ 12 of 1,000.00, 700.00 and 400.00
    ['1.2 % / 12 * poolOpening', [100, 70, 40]],
    // a third of a cent's part is cut off: 333.33, 233.33, 133.33
    ['roundDown(poolOpening / 3)', [33_333, 23_333, 13_333]],
    // a zero is of the unit of what stands beside it
    ['roundDown(if(chargeOffs > 0, 0, poolOpening / 3))', [0, 23_333, 0]],
    ['roundUp(max(0, poolClosing / 3))', [23_334, 13_334, 0]],
    // a number over an amount, times an amount, is a number; so many times an amount is one
    ['roundDown(2 / poolOpening * (poolOpening / 3) * 0.50 USD)', [33, 33, 33]],
    ['roundUp(poolClosing, 250.00 USD)', [75_000, 50_000, 0]],
  ])('%s', (from, expected) => {
    expect(valuesOf(from)).toEqual(expected.map((value) => expect.closeTo(value, 6)));
  });

  it('keep rates and ratios as they are', () => {
    expect(valuesOf('averageRate - 1 %', 'rate')).toEqual(
      [0.05, 0.055, -0.01].map((value) => expect.closeTo(value, 12)),
    );
    expect(valuesOf('loanCount / 2', 'ratio')).toEqual([5, 4, 0]);
  });

  it('name the payment date on which they have no value', () => {
    const divide = () => valuesOf('poolOpening / poolClosing', 'ratio');
    expect(divide).toThrow(FormulaWithoutValue);
    expect(divide).toThrow('on payment date 3: it divides by zero');
  });
});
