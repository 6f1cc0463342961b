import { describe, expect, it } from '@jest/globals';
import { AS_SCHEDULED, type PoolAssumptions } from '../assumptions.js';
import { FirstMonthMissing, PoolLineInvalid } from '../errors.js';
import type { PoolFlowColumn } from '../pool-flows.js';
import type { PoolLine } from '../pool-line.js';
import { projectPool } from '../project-pool.js';
import type { ScheduleTerms } from '../schedule-terms.js';

/** Without interest, repaid in four equal parts. */
const PLAIN: PoolLine = { balance: 400, grossRate: 0, netRate: 0, remainingTerm: 4, age: 0 };
/** 1 % a month on 1,000. */
const DEAR: PoolLine = { balance: 1000, grossRate: 0.12, netRate: 0.06, remainingTerm: 2, age: 0 };

const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;

function columns(line: PoolLine, schedule: ScheduleTerms, ...names: PoolFlowColumn[]): number[][] {
  const flows = projectPool([{ ...line, schedule }], AS_SCHEDULED, {}, '2024-01-01');
  return names.map((name) => [...flows[name]].map(tidy));
}

describe('a lease', () => {
  it('pays down to its residual value, which its sale brings', () => {
    // 500 amortise over 2 months at 1 %: 500 ÷ 2.01 = 248.756219; 10 of interest at first, 1 % of 751.243781 then.
    const lease = { ...DEAR, schedule: { residual: 500 } };
    const assumed: PoolAssumptions = { ...AS_SCHEDULED, residualRealisation: 0.9 };
    const flows = projectPool([lease], assumed);
    expect([...flows.scheduledPrincipal].map(tidy)).toEqual([248.756219, 251.243781]);
    expect([...flows.grossInterest].map(tidy)).toEqual([10, 7.512438]);
    expect([...flows.residualsDue].map(tidy)).toEqual([0, 500]);
    expect([...flows.residualsSold].map(tidy)).toEqual([0, 450]);
    expect(flows.closingBalance[1]).toBe(0);
  });
});

describe('a balloon of an amount', () => {
  it('is left by the level payments, and is principal of the last', () => {
    // As the lease: 248.756219, and then 251.243781 with the 500
    expect(columns(DEAR, { balloon: 500 }, 'scheduledPrincipal', 'residualsDue')).toEqual([
      [248.756219, 751.243781],
      [0, 0],
    ]);
  });
});

describe('a commercial mortgage', () => {
  it('bears the interest that its trust reported, by the days of each month', () => {
    // UBS Commercial Mortgage Trust 2017-C1, loan 2, SEC ABS-EE files of July 2017 to February 2018: 4.65 %, ACT/360, a payment
    // of 235,130.38, 45,488,796 outstanding; the files print balances in whole dollars.
    const line: PoolLine = {
      balance: 45_488_796,
      grossRate: 0.0465,
      netRate: 0.0465,
      remainingTerm: 358,
      balloonMonth: 118,
      schedule: { payment: 235_130.38, dayCount: 'ACT/360' },
    };
    const flows = projectPool([line], AS_SCHEDULED, {}, '2017-06-01');
    const interest = [176269.08, 181909.03, 181695.92, 175627.7, 181243.7, 175188.31, 180787.9, 180570.31];
    const principal = [58861.3, 53221.35, 53434.46, 59502.68, 53886.68, 59942.06, 54342.47, 54560.06];
    interest.forEach((paid, at) => {
      expect(Math.abs(flows.grossInterest[at]! - paid)).toBeLessThan(5);
      expect(Math.abs(flows.scheduledPrincipal[at]! - principal[at]!)).toBeLessThan(5);
    });
    expect(Math.abs(flows.closingBalance[7]! - 45_041_044)).toBeLessThan(5);
  });
});

describe('an agreed payment', () => {
  it('that does not cover the interest adds the rest to the balance', () => {
    const line = { ...DEAR, remainingTerm: 4 };
    expect(columns(line, { payment: 8 }, 'capitalised', 'grossInterest', 'scheduledPrincipal', 'servicing')).toEqual([
      [2, 2.02, 2.0402, 0],
      [8, 8, 8, 10.060602],
      [0, 0, 0, 1006.0602],
      [5, 5.01, 5.0201, 5.030301],
    ]);
  });

  it('that is more than the level one repays the loan before its term', () => {
    expect(columns(PLAIN, { payment: 150 }, 'scheduledPrincipal')).toEqual([[150, 150, 100, 0]]);
  });

  it('is moved by no more than its cap, and set free by a recast or a balance that grew too far', () => {
    // Federal Reserve Board, Consumer Handbook on Adjustable-Rate Mortgages, "Payment caps": 200,000 over 30 years, 6 % in
    // year 1 and 8 % in year 2: 1,199.10; with a cap of 7.5 % 1,289.03 and without 1,461.72.
    const line: PoolLine = {
      balance: 200_000,
      grossRate: [...new Array<number>(12).fill(0.06), 0.08],
      netRate: 0,
      remainingTerm: 360,
      age: 0,
    };
    const paid = (schedule: ScheduleTerms): number[] => {
      const [interest, principal] = columns(line, schedule, 'grossInterest', 'scheduledPrincipal');
      return [1, 13, 14].map((month) => Math.round(100 * (interest![month - 1]! + principal![month - 1]!)) / 100);
    };
    expect(paid({ paymentResetEvery: 12, paymentCap: 0.075 })).toEqual([1199.1, 1289.03, 1289.03]);
    expect(paid({ paymentResetEvery: 12 })).toEqual([1199.1, 1461.72, 1461.72]);
    expect(paid({ paymentResetEvery: 12, paymentCap: 0.075, recastEvery: 12 })).toEqual([1199.1, 1461.72, 1461.72]);
    // 197,543.98 at 8 % bear 1,316.96, 27.93 more than the capped payment: a balance cap of 197,560 frees it at once.
    expect(paid({ paymentResetEvery: 12, paymentCap: 0.075, balanceCap: 197_560 })[1]).toBe(1461.72);
  });
});

describe('negative amortisation', () => {
  it('after a capped payment is that of a textbook', () => {
    // 100,000 over 30 years at 6 %, then 10 %, payment cap 5 %: 599.55, 98,771.99 after a year, 629.53, 101,204.32 after two.
    // Course notes on adjustable-rate mortgages, "Example: Payment Caps" (Brueggeman and Fisher, Real Estate Finance).
    const line: PoolLine = {
      balance: 100_000,
      grossRate: [...new Array<number>(12).fill(0.06), 0.1],
      netRate: 0,
      remainingTerm: 360,
      age: 0,
    };
    const terms = { paymentResetEvery: 12, paymentCap: 0.05 };
    const [closing, interest] = columns(line, terms, 'closingBalance', 'grossInterest');
    expect(closing![11]).toBeCloseTo(98_771.99, 2);
    expect(interest![12]).toBeCloseTo(629.53, 2);
    // The textbook pays the rounded 629.53; twelve payments of up to half a cent more or less.
    expect(Math.abs(closing![23]! - 101_204.32)).toBeLessThan(0.06);
  });
});

describe('principal', () => {
  it('follows a fixed schedule, and what is left falls due at the end', () => {
    expect(columns(PLAIN, { principal: [10, 0, 30] }, 'scheduledPrincipal')).toEqual([[10, 0, 30, 360]]);
  });

  it('that is forborne bears no interest and falls due at the end', () => {
    // 600 bear interest: 6; 600 ÷ 2.01 = 298.507463 repay; 301.492537 bear 3.014925.
    expect(columns(DEAR, { forborne: 400 }, 'scheduledPrincipal', 'grossInterest', 'netInterest')).toEqual([
      [298.507463, 701.492537],
      [6, 3.014925],
      [3, 1.507463],
    ]);
  });

  it('of a revolving line is what its minimum payment leaves after interest', () => {
    const line = { ...DEAR, remainingTerm: 3, amortisation: 'bullet' as const };
    // 5 % of 1,000 less 10 of interest: 40; 4 % of 960: 38.4
    expect(columns(line, { minimumPayment: 0.05 }, 'scheduledPrincipal')).toEqual([[40, 38.4, 921.6]]);
    expect(columns(line, { minimumPayment: 0.005 }, 'scheduledPrincipal', 'capitalised')).toEqual([
      [0, 0, 1000],
      [0, 0, 0],
    ]);
  });

  it('of a line that may be drawn for two months is repaid over the others', () => {
    const line: PoolLine = { ...PLAIN, limit: 1000, loanCount: 1, interestOnlyMonths: 2, schedule: { drawMonths: 2 } };
    const flows = projectPool([line], { ...AS_SCHEDULED, utilisation: { by: 'month', values: [0.5, 0.6, 0.9] } });
    expect([...flows.draws]).toEqual([100, 100, 0, 0]);
    expect([...flows.scheduledPrincipal]).toEqual([0, 0, 300, 300]);
  });
});

describe('a payment holiday', () => {
  it('raises the payments after it, or moves the last one', () => {
    const holiday = { from: 2, months: 1, interest: 'paid' as const };
    expect(columns(PLAIN, { holiday }, 'scheduledPrincipal')).toEqual([[100, 0, 150, 150]]);
    expect(columns(PLAIN, { holiday: { ...holiday, extends: true } }, 'scheduledPrincipal')).toEqual([
      [100, 0, 100, 100, 100],
    ]);
  });

  it('may add its interest to the balance: an invoice carried at its discounted value', () => {
    const line = { ...DEAR, remainingTerm: 3, amortisation: 'bullet' as const };
    const holiday = { from: 1, months: 2, interest: 'capitalised' as const };
    // 1,000 × 1.01 × 1.01, and the last month's 1 %
    expect(columns(line, { holiday }, 'capitalised', 'closingBalance', 'grossInterest', 'scheduledPrincipal')).toEqual([
      [10, 10.1, 0],
      [1010, 1020.1, 0],
      [0, 0, 10.201],
      [0, 0, 1020.1],
    ]);
  });
});

describe('a modification', () => {
  it('forgives principal and moves the last payment', () => {
    const modification = { month: 3, forgiven: 50, extension: 1 };
    // 200 are left after 2 months; 150 over 3 months
    expect(columns(PLAIN, { modification }, 'scheduledPrincipal', 'forgiven', 'closingBalance')).toEqual([
      [100, 100, 50, 50, 50],
      [0, 0, 50, 0, 0],
      [300, 200, 100, 50, 0],
    ]);
  });

  it('changes the rate, keeps what the servicer gets, and forbears principal', () => {
    const modification = { month: 2, rate: 0.06, forborne: 500 };
    const line = { ...DEAR, remainingTerm: 3, amortisation: 'bullet' as const };
    expect(columns(line, { modification }, 'grossInterest', 'netInterest')).toEqual([
      [10, 2.5, 2.5],
      [5, 0, 0],
    ]);
  });

  it('moves a balloon with the term', () => {
    const line = { ...PLAIN, balloonMonth: 2 };
    const modification = { month: 2, extension: 1 };
    // 300 over 3 + 1 months, of which one comes before the balloon
    expect(columns(line, { modification }, 'scheduledPrincipal')).toEqual([[100, 75, 225]]);
  });
});

describe('days', () => {
  it('of each month count, or a first period of its own length', () => {
    const bullet: PoolLine = { ...PLAIN, amortisation: 'bullet', grossRate: 0.1, netRate: 0.1, remainingTerm: 3 };
    // January, February and March 2024: 31, 29 and 31 days
    const paid = (balance: number, schedule: ScheduleTerms) =>
      columns({ ...bullet, balance }, schedule, 'grossInterest');
    expect(paid(360_000, { dayCount: 'ACT/360' })).toEqual([[3100, 2900, 3100]]);
    expect(paid(365_000, { dayCount: 'ACT/365F' })).toEqual([[3100, 2900, 3100]]);
    // 2024 is a leap year
    expect(paid(366_000, { dayCount: 'ACT/366' })).toEqual([[3100, 2900, 3100]]);
    expect(paid(366_000, { dayCount: 'ACT/ACT' })).toEqual([[3100, 2900, 3100]]);
    expect(paid(12_000, { firstPeriod: 1.5 })).toEqual([[150, 100, 100]]);
  });

  it('are those of the month before where interest is paid in arrears', () => {
    const bullet: PoolLine = { ...PLAIN, amortisation: 'bullet', grossRate: 0.1, netRate: 0.1, remainingTerm: 3 };
    const paid = (balance: number, schedule: ScheduleTerms) =>
      columns({ ...bullet, balance }, { ...schedule, arrears: true }, 'grossInterest');
    // December 2023, January and February 2024: 31, 31 and 29 days
    expect(paid(360_000, { dayCount: 'ACT/360' })).toEqual([[3100, 3100, 2900]]);
    // 36,500 × 31 ÷ 365 in December 2023, and of 366 days after it
    expect(paid(365_000 * 366, { dayCount: 'ACT/ACT' })).toEqual([[3100 * 366, 3100 * 365, 2900 * 365]]);
    expect(paid(12_000, {})).toEqual([[100, 100, 100]]);
  });

  it('need the first month', () => {
    const line: PoolLine = { ...PLAIN, schedule: { dayCount: 'ACT/360' } };
    expect(() => projectPool([line], AS_SCHEDULED)).toThrow(FirstMonthMissing);
  });
});

describe('terms out of range', () => {
  it.each<[ScheduleTerms, string]>([
    [{ residual: 401 }, 'schedule.residual is 401; give an amount up to 400'],
    [{ paymentCap: 0.1 }, 'schedule.paymentCap is 0.1; give paymentResetEvery beside it, in months'],
    [{ holiday: { from: 0, months: 1, interest: 'paid' } }, 'schedule.holiday.from is 0'],
    [{ modification: { month: 1, rate: 8 } }, 'schedule.modification.rate is 8; give a fraction a year'],
  ])('%j are refused', (schedule, message) => {
    const project = () => projectPool([{ ...PLAIN, schedule }], AS_SCHEDULED);
    expect(project).toThrow(PoolLineInvalid);
    expect(project).toThrow(message);
  });
});
