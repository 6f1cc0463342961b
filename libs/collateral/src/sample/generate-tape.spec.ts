import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildServicerReport,
  closingsAfter,
  generateTape,
  readTape,
  rollDifference,
  SampleOptionsInvalid,
  selectPool,
  type PlantedError,
  type TapeReading,
} from '../index.js';
import { levelPayment, simpleInterest } from './sample-loan.js';

const KEY = { loanKey: ['assetNumber', 'originalLoanAmount', 'obligorCreditScore'] };
const OPEN = {
  id: 'open',
  field: 'openingBalance',
  op: '>',
  value: '0',
  reason: 'no balance at the cut-off date',
} as const;
const tapeOf = (seed: number, month: number, stressMonth?: number) =>
  readTape(generateTape({ seed, month, stressMonth }), KEY);
const poolOf = (tape: TapeReading) => selectPool(tape.loans, [OPEN]).pool;
const sum = (amounts: (bigint | null)[]) => amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);

describe('the figures of a sample loan', () => {
  it('are level payments: 1,000.00 over 12 months at 12 % pay 88.85 (88.8488 rounded up)', () => {
    expect(levelPayment(100_000n, 120_000_000_000n, 12)).toBe(8_885n);
  });

  it('and simple interest: 10,000.00 × 7.3 % × 31 ÷ 365 = 62.00', () => {
    expect(simpleInterest(1_000_000n, 73_000_000_000n, 31)).toBe(6_200n);
  });
});

describe('a sample tape', () => {
  const first = tapeOf(7, 1);
  const second = tapeOf(7, 2);
  const third = tapeOf(7, 3);

  it('is 2,000 loans of July 2020, the same bytes for the same seed and others for another', () => {
    expect(first).toMatchObject({
      rows: 2000,
      distinctKeys: 2000,
      reportingFrom: '2020-07-01',
      reportingTo: '2020-07-31',
    });
    expect(third).toMatchObject({ reportingFrom: '2020-09-01', reportingTo: '2020-09-30' });
    expect(generateTape({ seed: 7, month: 1 })).toBe(generateTape({ seed: 7, month: 1 }));
    expect(generateTape({ seed: 7, month: 1 })).not.toBe(generateTape({ seed: 8, month: 1 }));
  });

  it('has what a real file may lack: payoffs, charge-offs, repurchases, both reversals, extensions, late boarding', () => {
    const has = (test: (loan: TapeReading['loans'][number]) => boolean) => first.loans.filter(test).length;
    expect(has((loan) => loan.zeroBalanceCode === '1')).toBeGreaterThan(5);
    expect(has((loan) => loan.zeroBalanceCode === '4' && loan.chargeOff === loan.opening)).toBeGreaterThan(0);
    expect(has((loan) => loan.zeroBalanceCode === '3' && (loan.repurchase ?? 0n) >= loan.opening)).toBeGreaterThan(0);
    expect(has((loan) => loan.principal < 0n)).toBeGreaterThan(0);
    expect(has((loan) => loan.opening > 0n && loan.otherPrincipalAdjustment < 0n)).toBeGreaterThan(0);
    expect(has((loan) => (loan.extensionMonths ?? 0) > 0)).toBeGreaterThan(0);
    expect(has((loan) => loan.opening === 0n && loan.otherPrincipalAdjustment < 0n)).toBe(29);
    expect(has((loan) => (loan.daysPastDue ?? 0) > 30)).toBeGreaterThan(0);
    expect(first.missing.loanMaturityDate).toBe(5);
    expect(sum(second.loans.map((loan) => loan.recovery))).toBeGreaterThan(0n);
  });

  it('opens where the month before closed; prepaid loans are gone, charged-off ones stay', () => {
    const keys = new Set(poolOf(first).map((loan) => loan.key));
    const afterFirst = closingsAfter(null, first, keys);
    const afterSecond = closingsAfter(afterFirst, second, keys);
    expect(buildServicerReport(second, keys, { previousClosings: afterFirst }).findings).toEqual([]);
    expect(buildServicerReport(third, keys, { previousClosings: afterSecond }).findings).toEqual([]);
    const later = new Set(second.loans.map((loan) => loan.key));
    const left = first.loans.filter((loan) => !later.has(loan.key));
    expect(left.length).toBeGreaterThan(5);
    expect(left.every((loan) => loan.closing === 0n && ['1', '3'].includes(loan.zeroBalanceCode ?? ''))).toBe(true);
    const chargedOff = first.loans.filter((loan) => loan.zeroBalanceCode === '4');
    expect(chargedOff.every((loan) => later.has(loan.key))).toBe(true);
  });

  it('loses more than 1.5 % of the cut-off pool in a stress month, and less over three ordinary ones', () => {
    const pool = poolOf(first);
    const keys = new Set(pool.map((loan) => loan.key));
    const lossOf = (tape: TapeReading) => {
      const { chargeOffs, recoveries } = buildServicerReport(tape, keys, { previousClosings: null });
      return chargeOffs.net - recoveries.net;
    };
    const threshold = (sum(pool.map((loan) => loan.opening)) * 15n) / 1000n;
    expect(lossOf(tapeOf(7, 2, 2))).toBeGreaterThan(threshold);
    expect(lossOf(first) + lossOf(second) + lossOf(third)).toBeLessThan(threshold);
  });

  it('goes on from a stress month', () => {
    const stressed = tapeOf(7, 2, 2);
    const keys = new Set(poolOf(first).map((loan) => loan.key));
    const previousClosings = closingsAfter(closingsAfter(null, first, keys), stressed, keys);
    expect(buildServicerReport(tapeOf(7, 3, 2), keys, { previousClosings }).findings).toEqual([]);
  });

  it('rolls and sums in every row, and nothing in it blocks, for any seed and month', () => {
    const options = fc.record({
      seed: fc.nat(2 ** 31 - 1),
      month: fc.integer({ min: 1, max: 4 }),
      stressMonth: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(options, (own) => {
        const tape = readTape(generateTape({ ...own, loans: 1000 }), KEY);
        expect(tape.blocked).toEqual([]);
        expect(tape.findingCounts['payment-split']).toBeUndefined();
        expect(tape.loans.filter((loan) => rollDifference(loan) !== 0n)).toEqual([]);
        expect(sum(tape.loans.map((loan) => loan.closing))).toBe(tape.sums.reportingPeriodActualEndBalanceAmount);
      }),
      { numRuns: 8 },
    );
  });

  it.each<Exclude<PlantedError, 'missing-column'>>([
    'missing-cell',
    'not-a-number',
    'not-a-date',
    'negative-balance',
    'duplicate-key',
    'does-not-roll',
  ])('has the error %s when it is planted', (error) => {
    const tape = readTape(generateTape({ seed: 7, month: 1, loans: 50, plant: [error] }), KEY);
    expect(tape.findingCounts[error]).toBe(error === 'duplicate-key' ? 2 : 1);
  });

  it('lacks a column when that is planted', () => {
    const text = generateTape({ seed: 7, month: 1, loans: 50, plant: ['missing-column'] });
    expect(() => readTape(text, KEY)).toThrow(/actualPrincipalCollectedAmount/);
  });

  it.each([
    { seed: -1, month: 1 },
    { seed: 1, month: 0 },
    { seed: 1.5, month: 1 },
    { seed: 1, month: 1, loans: 3 },
  ])('refuses %j', (options) => {
    expect(() => generateTape(options)).toThrow(SampleOptionsInvalid);
  });
});
