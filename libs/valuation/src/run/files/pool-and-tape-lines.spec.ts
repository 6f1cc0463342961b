import { describe, expect, it } from '@jest/globals';
import type { LoanMonth } from '@weir/collateral';
import { readPool } from './pool-file.js';
import { tapeLines } from './tape-lines.js';

describe('a pool file', () => {
  it('reads loans of every kind: linear, behind, revolving, adjustable', () => {
    const lines = readPool(`
lines:
  - { balance: 100.00, grossRate: 6 %, remainingTerm: 12, amortisation: linear, status: 60, group: used/prime }
  - { balance: 50.00, grossRate: 9 %, remainingTerm: 60, amortisation: bullet, limit: 80.00 }
  - { balance: 200.00, grossRate: 5 %, netRate: 4.5 %, remainingTerm: 300, index: SOFR1M, margin: 2 %, firstReset: 7,
      resetEvery: 12, lookback: 1, periodicCap: 2 %, lifeCap: 10 %, floor: 3 % }
`);
    const rest = { margin: 0.02, firstReset: 7, resetEvery: 12, lookback: 1 };
    expect(lines).toEqual([
      {
        balance: 10_000,
        grossRate: 0.06,
        netRate: 0.06,
        remainingTerm: 12,
        amortisation: 'linear',
        status: '60',
        group: 'used/prime',
      },
      { balance: 5_000, grossRate: 0.09, netRate: 0.09, remainingTerm: 60, amortisation: 'bullet', limit: 8_000 },
      {
        balance: 20_000,
        grossRate: 0.05,
        netRate: 0.045,
        remainingTerm: 300,
        adjustable: { index: 'SOFR1M', ...rest, periodicCap: 0.02, lifeCap: 0.1, floor: 0.03 },
      },
    ]);
  });

  it('reads schedules of their own: payments, leases, lists by month, holidays, modifications, protection', () => {
    const lines = readPool(`
lines:
  - { balance: 100.00, grossRate: 6 %, netRate: 5 %, remainingTerm: 12, rateSteps: '3: 7 %; 4: 8 %' }
  - { balance: 100.00, grossRate: 6 %, remainingTerm: 12, payment: 0.40, paymentResetEvery: 12, paymentCap: 7.5 %,
      recastEvery: 60, balanceCap: 125.00 }
  - { balance: 100.00, grossRate: 6 %, remainingTerm: 12, residual: 30.00, dayCount: ACT/360, arrears: true, firstPeriod: 1.5 }
  - { balance: 100.00, grossRate: 6 %, remainingTerm: 12, principal: '1: 10.00; 4: 30.00' }
  - { balance: 100.00, grossRate: 6 %, remainingTerm: 12, holidayFrom: 2, holidayMonths: 3,
      holidayInterest: capitalised, holidayExtends: true }
  - { balance: 100.00, grossRate: 6 %, remainingTerm: 12, modifiedMonth: 3, modifiedRate: 4 %, extension: 24,
      forgiven: 10.00, modifiedForborne: 20.00 }
  - { balance: 100.00, grossRate: 6 %, remainingTerm: 12, amortisation: bullet, protection: LO(4) YM1(6), protectionIndex: UST }
  - { balance: 100.00, grossRate: 6 %, remainingTerm: 12, amortisation: bullet, limit: 200.00, minimumPayment: 5 %, drawMonths: 6 }
`);
    expect(lines.map(({ schedule }) => schedule)).toEqual([
      undefined,
      { payment: 40, paymentResetEvery: 12, paymentCap: 0.075, recastEvery: 60, balanceCap: 12_500 },
      { residual: 3_000, dayCount: 'ACT/360', arrears: true, firstPeriod: 1.5 },
      { principal: [1_000, 0, 0, 3_000] },
      { holiday: { from: 2, months: 3, interest: 'capitalised', extends: true } },
      { modification: { month: 3, rate: 0.04, extension: 24, forgiven: 1_000, forborne: 2_000 } },
      undefined,
      { minimumPayment: 0.05, drawMonths: 6 },
    ]);
    expect(lines[0]?.grossRate).toEqual([0.06, 0.06, 0.07, 0.08]);
    expect((lines[0]?.netRate as number[]).map((rate) => Math.round(rate * 1e9) / 1e9)).toEqual([
      0.05, 0.05, 0.06, 0.07,
    ]);
    expect(lines[6]?.protection).toEqual({
      stretches: [
        { kind: 'lockout', months: 4 },
        { kind: 'yield-maintenance', months: 6, share: 0.01 },
      ],
      index: 'UST',
    });
  });

  it.each([
    ['rateSteps', '3: 7 %; 2: 8 %', /is no rateSteps: write month: rate; and so on, months rising from 1/],
    ['protection', 'LO(x)', /"LO\(x\)" is no protection: write stretches with their months/],
    ['protection', 'YM1(60)', /protectionIndex beside it/],
    ['protectionIndex', 'UST', /the stretches beside protectionIndex/],
    ['holidayFrom', '2', /how many months the payment holiday takes/],
    ['forgiven', '2.00', /the projected month of the modification/],
    ['dayCount', 'NL/365', /write 30\/360, ACT\/360, ACT\/365F, ACT\/366, ACT\/ACT/],
    ['arrears', 'yes', /write true, false/],
  ])('tells what is wrong with %s', (field, text, message) => {
    expect(() => readPool(`balance,grossRate,remainingTerm,${field}\n100.00,6 %,12,${text}\n`)).toThrow(message);
  });

  it('tells a word that is none, and resets without an index, each with its line', () => {
    const csv = `balance,grossRate,remainingTerm,amortisation,index,margin
100.00,6 %,12,straight,,
100.00,6 %,12,,,2 %
100.00,6 %,12,,SOFR1M,2 %
100.00,x,12,straight,,
`;
    expect(() => readPool(csv)).toThrow(
      /line 2: "straight" is no amortisation: write level, linear, bullet\n {2}line 3: .*index beside margin\n {2}line 4: .*firstReset and resetEvery.*\n {2}line 5, grossRate: [^\n]*$/,
    );
  });
});

describe('lines of a tape', () => {
  const loan = (key: string, more: Partial<LoanMonth>): LoanMonth =>
    ({
      key,
      row: 2,
      opening: 10_000n,
      closing: 9_000n,
      originalTerm: 60,
      originalRate: 50_000_000_000n,
      currentRate: 60_000_000_000n,
      originationMonth: '2024-03',
      maturityMonth: null,
      daysPastDue: null,
      ...more,
    }) as LoanMonth;

  it('are the loans one by one, with their status, alike or not', () => {
    const loans = [
      loan('a', {}),
      loan('b', {}),
      loan('c', { daysPastDue: 29 }),
      loan('d', { daysPastDue: 95, maturityMonth: '2025-06' }),
      loan('e', { daysPastDue: 400 }),
      loan('f', { closing: 0n }),
      loan('g', { currentRate: null, originalRate: null }),
      // 687 %: a percentage in a column of fractions.
      loan('h', { currentRate: 6_870_000_000_000n }),
      loan('i', { originalTerm: null }),
    ];
    const { lines, places, loans: count, left } = tapeLines(loans, 'closing', '2025-03');
    // 12 months old, 48 of 60 to come
    const alike = { balance: 9_000, grossRate: 0.06, netRate: 0.06, remainingTerm: 48, age: 12, loanCount: 1 };
    expect(lines).toEqual([
      { ...alike, status: 'current' },
      { ...alike, status: 'current' },
      { ...alike, status: 'current' },
      { ...alike, status: '90', remainingTerm: 3 },
      { ...alike, status: '120' },
    ]);
    expect(places.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', 'e']);
    const all = { row: 2, balance: 9_000n };
    expect([count, left]).toEqual([
      5,
      [
        { ...all, key: 'g', lacks: 'rate' },
        { ...all, key: 'h', lacks: 'rate' },
        { ...all, key: 'i', lacks: 'term' },
      ],
    ]);
  });
});
