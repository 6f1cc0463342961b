import { describe, expect, it } from '@jest/globals';
import { addMonths, endOfMonth, type PlainDate } from '@weir/calendar';
import { AS_SCHEDULED, projectPool } from '@weir/collateral';
import type { CompiledDeal } from '@weir/waterfall';
import { soldOn, tableOfPool } from './collateral-table.js';

/** Quarterly dates; the first collection period has four months. */
const compiled = {
  program: { layout: { rows: 2 } },
  periods: [
    { collectionFrom: '2024-12-01', collectionTo: '2025-03-31' },
    { collectionFrom: '2025-04-01', collectionTo: '2025-06-30' },
  ],
} as unknown as CompiledDeal;

/** 700.00 over seven months without interest: 100.00 a month. */
const flows = projectPool(
  [{ balance: 70_000, grossRate: 0, netRate: 0, remainingTerm: 7, loanCount: 7 }],
  AS_SCHEDULED,
);

/** So many calendar months from January 2025. */
const monthly = (count: number): CompiledDeal['periods'] =>
  Array.from({ length: count }, (_, index) => {
    const collectionFrom = addMonths('2025-01-01' as PlainDate, index);
    return { collectionFrom, collectionTo: endOfMonth(collectionFrom) };
  }) as unknown as CompiledDeal['periods'];

const of = (table: ReturnType<typeof tableOfPool>, name: string): number[] =>
  [...(table.columns[name] ?? [])].map((value) => Math.round(value));

describe('monthly flows by collection period', () => {
  it('adds up the months of each period, and keeps what stands at its ends', () => {
    const table = tableOfPool(compiled, flows);
    expect(of(table, 'principalCollected')).toEqual([40_000, 30_000]);
    expect(of(table, 'poolOpening')).toEqual([70_000, 30_000]);
    expect(of(table, 'poolClosing')).toEqual([30_000, 0]);
    expect(of(table, 'delinquent60')).toEqual([0, 0]);
  });

  it('gives a month to the collection period in which it ends, also where periods end within a month', () => {
    const within = {
      program: { layout: { rows: 3 } },
      periods: [
        { collectionFrom: '2025-01-01', collectionTo: '2025-01-15' },
        { collectionFrom: '2025-01-16', collectionTo: '2025-03-15' },
        { collectionFrom: '2025-03-16', collectionTo: '2025-07-31' },
      ],
    } as unknown as CompiledDeal;
    const table = tableOfPool(within, flows);
    // No month ends by 15 January; January and February by 15 March; then the five from March to July.
    expect(of(table, 'principalCollected')).toEqual([0, 20_000, 50_000]);
    expect(of(table, 'poolOpening')).toEqual([70_000, 70_000, 50_000]);
    expect(of(table, 'poolClosing')).toEqual([70_000, 50_000, 0]);
  });

  it('begins with the first projected period in mid-life', () => {
    const table = tableOfPool(compiled, flows, 2);
    // The first entry of the flows is April.
    expect([table.rows, of(table, 'principalCollected')]).toEqual([1, [30_000]]);
  });

  it('rolls in cents on every date, over a pool’s whole life', () => {
    const months = { program: { layout: { rows: 360 } }, periods: monthly(360) } as unknown as CompiledDeal;
    const line = { balance: 12_345_678_90, grossRate: 0.06125, netRate: 0.05875, remainingTerm: 360 };
    const flow = projectPool([line], {
      ...AS_SCHEDULED,
      prepayment: { model: 'CPR', speed: 0.07 },
      default: { model: 'CDR', speed: 0.013 },
      severity: 0.37,
      recoveryLag: 5,
    });
    const { columns } = tableOfPool(months, flow);
    const at = (name: string, row: number): number => columns[name]?.[row] ?? 0;
    let last = line.balance;
    for (let row = 0; row < 360; row++) {
      expect(at('poolOpening', row)).toBe(last);
      expect(at('principalCollected', row)).toBe(at('scheduledPrincipal', row) + at('prepayments', row));
      last -= at('principalCollected', row) + at('chargeOffs', row);
      expect(at('poolClosing', row)).toBe(last);
      expect(at('interestCollected', row)).toBe(at('netInterest', row) + at('servicing', row));
      expect(at('recoveries', row) + at('losses', row)).toBe(row < 5 ? 0 : at('chargeOffs', row - 5));
    }
    expect(last).toBe(0);
  });

  it('tells a year’s rate of interest, and none of an empty pool', () => {
    const bearing = projectPool([{ balance: 70_000, grossRate: 0.06, netRate: 0.05, remainingTerm: 4 }], AS_SCHEDULED);
    const { columns } = tableOfPool(compiled, bearing);
    expect([...(columns['averageRate'] ?? [])]).toEqual([expect.closeTo(0.06, 10), 0]);
    expect([...(columns['averageNetRate'] ?? [])]).toEqual([expect.closeTo(0.05, 10), 0]);
  });

  it('of a pool that is sold, nothing is left on the date and nothing comes after it', () => {
    const table = soldOn(tableOfPool(compiled, flows), 0, ['poolOpening', 'poolClosing', 'principalCollected']);
    expect(of(table, 'principalCollected')).toEqual([40_000, 0]);
    expect(of(table, 'poolOpening')).toEqual([70_000, 0]);
    expect(of(table, 'poolClosing')).toEqual([0, 0]);
  });
});
