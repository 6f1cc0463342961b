import { describe, expect, it } from '@jest/globals';
import { addMonths, dateOfDay, dayNumber, monthsBetween } from '@weir/calendar';
import { compileDocument, Construct, documentOf } from '../../../fixtures/construct.js';
import { payAll, smallDeal, valuesOf } from '../../../fixtures/small-deal.js';

const SCALE = 10n ** 12n;
const three = [{}, {}, {}];

describe('dates in formulas', () => {
  it('are day numbers', () => {
    // 15 January 2025 is day 20,103: 55 years of 365 days, 14 leap days from 1972 to 2024 and 14 days
    expect(55 * 365 + 14 + 14).toBe(20_103);
    expect(valuesOf('closingDate', three)).toEqual([20_103n, 20_103n, 20_103n]);
    // 31 days of January after the 15th, then 28 of February, then 31 of March
    expect(valuesOf('paymentDate', three)).toEqual([20_134n, 20_162n, 20_193n]);
    expect(valuesOf('previousPaymentDate', three)).toEqual([20_103n, 20_134n, 20_162n]);
    // 1 January to 31 January is day 20,089 to 20,119
    expect(valuesOf('collectionFrom', three)).toEqual([20_089n, 20_120n, 20_148n]);
    expect(valuesOf('collectionTo', three)).toEqual([20_119n, 20_147n, 20_178n]);
  });

  it('give days, and take days', () => {
    expect(valuesOf('daysInPeriod', three)).toEqual([31n * SCALE, 28n * SCALE, 31n * SCALE]);
    expect(valuesOf('paymentDate - previousPaymentDate', three)).toEqual([31n * SCALE, 28n * SCALE, 31n * SCALE]);
    expect(valuesOf('previousPaymentDate - paymentDate', three)).toEqual([-31n * SCALE, -28n * SCALE, -31n * SCALE]);
    expect(valuesOf('paymentDate - closingDate - 1', three)).toEqual([30n * SCALE, 58n * SCALE, 89n * SCALE]);
    expect(valuesOf('paymentDate + 2', [{}])).toEqual([20_136n]);
    expect(valuesOf('paymentDate - daysInPeriod', [{}])).toEqual([20_103n]);
    expect(valuesOf('1000.00 EUR * (paymentDate - closingDate) / 31', [{}])).toEqual([100_000n]);
  });

  it('add months and count them', () => {
    // Payment on 15 February, 15 March and 15 April 2025: day 20,134, 20,162 and 20,193.
    expect(valuesOf('addMonths(closingDate, 3)', [{}])).toEqual([20_193n]);
    expect(valuesOf('addMonths(paymentDate, 0 - 1)', three)).toEqual([20_103n, 20_134n, 20_162n]);
    expect(valuesOf('monthsBetween(closingDate, paymentDate)', three)).toEqual([SCALE, 2n * SCALE, 3n * SCALE]);
    // The 16th is not reached on the 15th, and the other way about the months are negative.
    expect(valuesOf('monthsBetween(2025-01-16, paymentDate)', three)).toEqual([0n, SCALE, 2n * SCALE]);
    expect(valuesOf('monthsBetween(paymentDate, 2025-01-16)', three)).toEqual([0n, -SCALE, -2n * SCALE]);
    expect(valuesOf('100.00 EUR * monthsBetween(closingDate, paymentDate)', three)).toEqual([
      10_000n,
      20_000n,
      30_000n,
    ]);
  });

  it('tell their year and month', () => {
    expect(valuesOf('yearOf(paymentDate)', [{}])).toEqual([2025n * SCALE]);
    expect(valuesOf('monthOf(paymentDate)', three)).toEqual([2n * SCALE, 3n * SCALE, 4n * SCALE]);
    // They are numbers to whatever is done with them.
    expect(valuesOf('yearOf(paymentDate) * 1.00 EUR', [{}])).toEqual([202_500n]);
    expect(valuesOf('yearOf(paymentDate) + 1', [{}])).toEqual([2026n * SCALE]);
    expect(valuesOf('yearOf(paymentDate) - yearOf(2023-05-01)', [{}])).toEqual([2n * SCALE]);
    expect(valuesOf('if(monthOf(paymentDate) + 1 = 4, 1, 0)', three)).toEqual([0n, SCALE, 0n]);
    const parts = (d: string): bigint[] =>
      ['yearOf(d)', 'monthOf(d)'].map((formula) => valuesOf(formula, [{ d }], { report: ['d: date'] })[0] as bigint);
    expect(parts('2024-12-31')).toEqual([2024n * SCALE, 12n * SCALE]);
    expect(parts('2025-01-01')).toEqual([2025n * SCALE, SCALE]);
    expect(parts('2024-02-29')).toEqual([2024n * SCALE, 2n * SCALE]);
    expect(parts('2024-03-01')).toEqual([2024n * SCALE, 3n * SCALE]);
  });

  it('reckon with their year and month as with numbers', () => {
    // February, March and April 2025, two, three and four months into the year
    const hundreds = [20_000n, 30_000n, 40_000n];
    expect(valuesOf('monthOf(paymentDate) * 100.00 EUR', three)).toEqual(hundreds);
    expect(valuesOf('1200.00 EUR / monthOf(paymentDate)', three)).toEqual([60_000n, 40_000n, 30_000n]);
    expect(valuesOf('monthOf(paymentDate) / 4', three)).toEqual([SCALE / 2n, (3n * SCALE) / 4n, SCALE]);
    expect(valuesOf('yearOf(paymentDate) - 2000', [{}])).toEqual([25n * SCALE]);
    expect(valuesOf('1 + monthOf(paymentDate)', three)).toEqual([3n * SCALE, 4n * SCALE, 5n * SCALE]);
    expect(valuesOf('monthOf(paymentDate) - monthOf(closingDate)', three)).toEqual([SCALE, 2n * SCALE, 3n * SCALE]);
    // Two days after 15 February is day 20,136, three after 15 March 20,165, four after 15 April 20,197.
    expect(valuesOf('paymentDate + monthOf(paymentDate)', three)).toEqual([20_136n, 20_165n, 20_197n]);
  });

  it('keep a day that a month lacks to its last', () => {
    const report = ['d: date', 'n: ratio'];
    const added = (d: string, n: string): bigint => valuesOf('addMonths(d, n)', [{ d, n }], { report })[0] as bigint;
    const between = (from: string, to: string): bigint =>
      valuesOf('monthsBetween(d, e)', [{ d: from, e: to }], { report: ['d: date', 'e: date'] })[0] as bigint;
    // 28 February 2025 is day 20,147, 29 February 2024 is 19,782, 28 February 2100 is 47,540.
    expect(added('2025-01-31', '1')).toBe(20_147n);
    expect(added('2023-08-31', '6')).toBe(19_782n);
    expect(added('2099-11-30', '3')).toBe(47_540n);
    expect(between('2025-01-31', '2025-02-28')).toBe(SCALE);
    expect(between('2025-01-31', '2025-02-27')).toBe(0n);
    expect(between('2024-02-29', '2025-02-28')).toBe(12n * SCALE);
  });

  it('are those of the calendar on every day of two centuries', () => {
    const compiled = smallDeal({
      report: ['d: date', 'n: ratio', 'e: date'],
      formulas: ['x: addMonths(d, n)', 'y: monthsBetween(d, e)', 'year: yearOf(d)', 'month: monthOf(d)'],
    });
    const found: bigint[][] = [];
    const expected: bigint[][] = [];
    for (let day = 0; day < 80_000; day += 7) {
      const [n, e] = [(day * 7) % 130, (day * 31) % 80_000];
      const [summary] = payAll(compiled, [{ d: BigInt(day), n: BigInt(n) * SCALE, e: BigInt(e) }]);
      found.push(['x', 'y', 'year', 'month'].map((name) => summary?.values[name]?.value ?? -1n));
      const months = monthsBetween(dateOfDay(day), dateOfDay(e));
      const [year, month] = dateOfDay(day)
        .split('-')
        .map((part) => BigInt(part) * SCALE) as [bigint, bigint];
      expected.push([BigInt(dayNumber(addMonths(dateOfDay(day), n))), BigInt(months) * SCALE, year, month]);
    }
    expect(found).toEqual(expected);
  });

  it('compare with literals', () => {
    expect(valuesOf('if(paymentDate >= 2025-03-15, 1, 0)', three)).toEqual([0n, SCALE, SCALE]);
    expect(valuesOf('max(paymentDate, 2025-03-01)', three)).toEqual([20_148n, 20_162n, 20_193n]);
    expect(valuesOf('period', three)).toEqual([SCALE, 2n * SCALE, 3n * SCALE]);
  });

  it('come in reports', () => {
    const report = ['d: date'];
    expect(valuesOf('d - paymentDate', [{ d: '2025-02-17' }], { report })).toEqual([2n * SCALE]);
  });
});

describe('schedules', () => {
  it('hold their last value', () => {
    const schedules = ['pac: {unit: money, values: [100.00, 90.00]}', 'spread: {unit: rate, values: [1 %, -0.5 %]}'];
    expect(valuesOf('pac', three, { schedules })).toEqual([10_000n, 9_000n, 9_000n]);
    expect(valuesOf('spread', three, { schedules })).toEqual([10_000_000_000n, -5_000_000_000n, -5_000_000_000n]);
  });

  it('step on a date or a payment date', () => {
    const schedules = ['n: {unit: money, values: {2: 5.00, 3: 7.00}}', 'd: {unit: money, values: {2025-03-15: 5.00}}'];
    expect(valuesOf('n', three, { schedules })).toEqual([0n, 500n, 700n]);
    expect(valuesOf('d', three, { schedules })).toEqual([0n, 500n, 500n]);
  });

  it('share a column when they are equal and take none when they never change', () => {
    const schedules = ['a: {unit: money, values: [1.00, 2.00]}', 'b: {unit: money, values: [1.00, 2.00]}'];
    const { program } = smallDeal({
      schedules: [...schedules, 'c: {unit: money, values: [3.00]}'],
      formulas: ['x: a + b + c'],
    });
    expect(program.rows.slice(0, 3)).toEqual([[100n], [200n], [200n]]);
  });
});

const HOLDER = { tranches: '- {name: A, amount: 365.00 USD, coupon: 10 %, dayCount: ACT/365F, accrual: adjusted}' };
const STEPS = `- {step: payA, interest: A, from: [collection]}
- {step: repayA, principal: A.balance, to: A, from: [collection], when: period = 3}
- {step: rest, residual: sponsor, from: [collection]}`;

describe('payment dates written one by one', () => {
  const dates = (more: string): string => `cutOff: 2024-12-31
closing: 2025-01-15
businessDays: following
calendar: us-federal-reserve
paymentDates: [2025-02-15, {date: 2025-04-26, collectedTo: 2025-04-15}, {date: 2025-07-02, collectedTo: 2025-06-30}]
${more}`;

  it('collection periods follow each other, and each date moves to a business day', () => {
    const recordDate = 'recordDate: 15 days before the payment date';
    const { periods } = compileDocument(documentOf({ ...HOLDER, steps: STEPS, dates: dates(recordDate) }));
    // 15 February and 26 April 2025 are Saturdays, 17 February is Washington's birthday.
    expect(
      periods.map(({ collectionFrom, collectionTo, recordDate: record, paymentDate }) => [
        collectionFrom,
        collectionTo,
        record,
        paymentDate,
      ]),
    ).toEqual([
      ['2025-01-01', '2025-01-31', '2025-02-03', '2025-02-18'],
      ['2025-02-01', '2025-04-15', '2025-04-13', '2025-04-28'],
      ['2025-04-16', '2025-06-30', '2025-06-17', '2025-07-02'],
    ]);
  });

  it('interest accrues between them', () => {
    const deal = new Construct({ ...HOLDER, steps: STEPS, dates: dates('recordDate: payment date') });
    // 36.50 a year is 0.10 a day: 34 days to 18 February, 69 to 28 April, 65 to 2 July.
    const paid = [3, 3, 3].map(() => deal.pay({ cash: 400_00n }).paid('A interest'));
    expect(paid).toEqual([340n, 690n, 650n]);
  });

  it('record and determination dates', () => {
    const rules = 'recordDate: determination date\ndeterminationDate: last day of the month before the payment date';
    const { periods } = compileDocument(documentOf({ ...HOLDER, steps: STEPS, dates: dates(rules) }));
    const ends = ['2025-01-31', '2025-03-31', '2025-06-30'];
    expect(periods.map(({ determinationDate }) => determinationDate)).toEqual(ends);
    expect(periods.map(({ recordDate }) => recordDate)).toEqual(ends);
  });
});
