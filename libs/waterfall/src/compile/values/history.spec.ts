import { describe, expect, it } from '@jest/globals';
import { payAll, smallDeal, valuesOf } from '../../../fixtures/small-deal.js';

const report = ['a: money', 's: signed money', 'r: rate'];
const amounts = (...values: bigint[]): { a: bigint }[] => values.map((a) => ({ a }));
const signed = (...values: bigint[]): { s: bigint }[] => values.map((s) => ({ s }));

describe('what was on earlier payment dates', () => {
  it('previous and lagged', () => {
    expect(valuesOf('previous(a)', amounts(5n, 7n, 9n), { report })).toEqual([0n, 5n, 7n]);
    expect(valuesOf('previous(a, 3.00 EUR)', amounts(5n, 7n, 9n), { report })).toEqual([300n, 5n, 7n]);
    expect(valuesOf('lagged(a, 2)', amounts(5n, 7n, 9n, 1n), { report })).toEqual([0n, 0n, 5n, 7n]);
    expect(valuesOf('lagged(a, 2, 1.00 EUR)', amounts(5n, 7n, 9n, 1n), { report })).toEqual([100n, 100n, 5n, 7n]);
    expect(valuesOf('previous(s)', signed(-5n, 7n, -9n), { report })).toEqual([0n, -5n, 7n]);
    expect(valuesOf('previous(s, -1.00 EUR)', signed(-5n, 7n), { report })).toEqual([-100n, -5n]);
  });

  it('of a formula that speaks of itself', () => {
    // 10, 10 + 10, …; and one that turns negative: 3, 6, 3 − 7 …
    expect(valuesOf('previous(x) + a', amounts(10n, 10n, 5n), { report })).toEqual([10n, 20n, 25n]);
    expect(valuesOf('previous(x) + s', signed(3n, -7n, -2n, 10n), { report })).toEqual([3n, -4n, -6n, 4n]);
    // a ratchet: never below its last value
    expect(valuesOf('max(a, previous(x))', amounts(10n, 4n, 12n), { report })).toEqual([10n, 10n, 12n]);
  });

  it('sums, averages and extremes', () => {
    expect(valuesOf('cumulative(a)', amounts(1n, 2n, 3n), { report })).toEqual([1n, 3n, 6n]);
    expect(valuesOf('cumulative(s)', signed(1n, -2n, -3n), { report })).toEqual([1n, -1n, -4n]);
    expect(valuesOf('total(a, 2)', amounts(1n, 2n, 3n, 4n), { report })).toEqual([1n, 3n, 5n, 7n]);
    // 1; 3 ÷ 2 = 1.5; 6 ÷ 3; 10 − 1 = 9 ÷ 3 — half a cent rounds up
    expect(valuesOf('average(a, 3)', amounts(1n, 2n, 3n, 4n), { report })).toEqual([1n, 2n, 2n, 3n]);
    expect(valuesOf('average(s, 2)', signed(-4n, 2n, -7n), { report })).toEqual([-4n, -1n, -3n]);
    expect(valuesOf('highest(a)', amounts(4n, 2n, 5n), { report })).toEqual([4n, 4n, 5n]);
    expect(valuesOf('lowest(a)', amounts(4n, 5n, 2n), { report })).toEqual([4n, 4n, 2n]);
    expect(valuesOf('highest(s)', signed(-4n, -5n, -2n), { report })).toEqual([-4n, -4n, -2n]);
    expect(valuesOf('lowest(s)', signed(4n, -5n, -2n), { report })).toEqual([4n, -5n, -5n]);
  });

  it('average of a rate', () => {
    const rates = ['4 %', '5 %', '6 %'].map((r) => ({ r }));
    expect(valuesOf('average(r, 3)', rates, { report })).toEqual([40n, 45n, 50n].map((rate) => rate * 10n ** 9n));
  });

  it('of balances and steps', () => {
    // 1,000.00 at 6 % over 30 days bears 5.00; 105.00 pay 5.00 and 100.00, then 4.50 of 900.00 and 100.50
    const cash: Record<string, bigint>[] = [{ collected: 10_500n }, { collected: 10_500n }, {}];
    expect(valuesOf('previous(A.balance, 1000.00 EUR)', cash)).toEqual([100_000n, 90_000n, 79_950n]);
    expect(valuesOf('previous(principal.paid)', cash)).toEqual([0n, 10_000n, 10_050n]);
    // before the step of this date
    expect(valuesOf('cumulative(principal.paid)', cash)).toEqual([0n, 10_000n, 20_050n].map((v) => v));
    expect(valuesOf('previous(interest.short)', [{ collected: 200n }, {}])).toEqual([0n, 300n]);
  });

  it('costs state only where it is used, two words where a value may be negative', () => {
    const words = (formula: string): string[] =>
      smallDeal({ report, formulas: [`x: ${formula}`] }).state.filter((name) => /before/.test(name));
    const accumulated = (formula: string): string[] =>
      smallDeal({ report, formulas: [`x: ${formula}`] }).state.filter((name) => /cumulative|highest/.test(name));
    expect(words('a + s')).toEqual([]);
    expect(words('lagged(a, 2)')).toEqual(['a.before1', 'a.before2']);
    expect(accumulated('cumulative(a)')).toEqual(['cumulative.a+']);
    expect(accumulated('cumulative(s)')).toEqual(['cumulative.s+', 'cumulative.s-']);
    expect(accumulated('highest(a)')).toEqual(['highest.a']);
    expect(words('previous(s)')).toEqual(['s.before1', 's.before1-']);
    expect(words('previous(a) + lagged(a, 2) + total(a, 3)')).toEqual(['a.before1', 'a.before2']);
  });

  it('keeps the names of values for readers of a run', () => {
    const compiled = smallDeal({ report, formulas: ['x: a - s'], priority: undefined });
    const [run] = payAll(compiled, [{ a: 3n, s: 5n }]);
    expect(run?.values['x']).toEqual({ unit: 'money', value: -2n });
    expect(run?.values['a']).toEqual({ unit: 'money', value: 3n });
    expect(run?.values['A.balance']).toEqual({ unit: 'money', value: 100_000n });
  });
});
