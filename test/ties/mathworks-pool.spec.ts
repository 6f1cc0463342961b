import { describe, expect, it } from '@jest/globals';
import { monthsOf } from './plain-pool.js';
import { recordsOf } from './projected.js';
import { tableOf } from './replayed.js';

describe('a pool of 100,000, three months old, at 100 % PSA', () => {
  const { flows } = monthsOf('100000.00,8.125 %,7.5 %,357,3', 'prepayment: 100 % PSA\n');
  const { closingBalance, scheduledPrincipal, grossInterest } = flows;
  const columns = {
    balance: closingBalance.map((cents) => cents / 1_000_000),
    payment: scheduledPrincipal.map((cents, month) => (cents + (grossInterest[month] ?? 0)) / 100),
    principal: scheduledPrincipal.map((cents) => cents / 100),
    interest: grossInterest.map((cents) => cents / 100),
  };

  it.each(Object.entries(columns))('has the published %s of its first ten months', (name, values) => {
    const rows = recordsOf(tableOf('mathworks-pool', 'published'));
    expect(rows).toHaveLength(10);
    expect(rows.map(({ month }) => values[Number(month) - 1]?.toFixed(4))).toEqual(rows.map((row) => row[name]));
  });
});
