import { describe, expect, it } from '@jest/globals';
import { AS_SCHEDULED, type PoolAssumptions, type PoolFlowColumn, projectPool } from '@weir/collateral';
import { recordsOf } from './projected.js';
import { tableOf } from './replayed.js';

const POOL = { balance: 100_000_000, grossRate: 0.08, netRate: 0.08, remainingTerm: 360, age: 0 };

/** 12 months to liquidation, 20 % lost, principal and interest advanced. */
const ADVANCED: PoolAssumptions = { ...AS_SCHEDULED, severity: 0.2, recoveryLag: 12, defaultedLoans: 'advanced' };

const CASH_FLOWS: readonly [table: string, assumptions: PoolAssumptions][] = [
  ['published-a', { ...ADVANCED, prepayment: { model: 'SMM', speed: 0.01 }, default: { model: 'MDR', speed: 0.01 } }],
  ['published-b', { ...ADVANCED, prepayment: { model: 'PSA', speed: 1.5 }, default: { model: 'SDA', speed: 1 } }],
];

/** Published columns, as the pool's are called. */
const COLUMNS: Readonly<Record<string, PoolFlowColumn>> = {
  newDefaults: 'defaults',
  expectedAmortization: 'scheduledPrincipal',
  prepayments: 'prepayments',
  expectedInterest: 'grossInterest',
  recovery: 'recoveries',
  loss: 'losses',
};

describe.each(CASH_FLOWS)('Uniform Practices SF, sample cash flow %s', (table, assumptions) => {
  const published = recordsOf(tableOf('standard-formulas', table));
  const flows = projectPool([POOL], assumptions);
  const months = published.filter((row) => row['month'] !== 'total');

  it.each(Object.entries(COLUMNS))('has the published dollars of %s', (column, name) => {
    const found = months.map((row) => [row['month'], Math.round(flows[name][Number(row['month']) - 1] ?? NaN)]);
    expect(found).toEqual(months.map((row) => [row['month'], Number(row[column])]));
  });

  it('has the published balance, performing and in foreclosure', () => {
    for (const { month, performing, inForeclosure } of months) {
      const balance = flows.closingBalance[Number(month) - 1] ?? NaN;
      // The sum of two amounts that were rounded to the dollar apart.
      expect(Math.abs(balance - Number(performing) - Number(inForeclosure))).toBeLessThanOrEqual(1);
    }
  });

  it('has the published totals of 360 months', () => {
    const totals = published.find((row) => row['month'] === 'total') ?? {};
    const summed = Object.entries(COLUMNS).filter(([column]) => totals[column]);
    const sum = (name: PoolFlowColumn): number => Math.round(flows[name].reduce((total, value) => total + value, 0));
    expect(summed).toHaveLength(5);
    expect(summed.map(([column, name]) => [column, sum(name)])).toEqual(
      summed.map(([column]) => [column, Number(totals[column])]),
    );
  });
});
