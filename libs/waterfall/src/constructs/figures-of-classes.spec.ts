import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const RATE = 1_000_000_000_000n;

const CLASSES = `- {name: A, amount: 800.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 200.00 USD, coupon: 24 %, dayCount: 30/360, accrual: unadjusted}
- {name: X, amount: 800.00 USD, notional: A.opening, coupon: 1.2 %, dayCount: 30/360, accrual: unadjusted}`;

describe('the legal final of a class', () => {
  it('is a date that formulas may use', () => {
    const deal = new Construct({
      tranches: `- {name: A, amount: 800.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted, legalFinal: 2025-05-15}
- {name: B, amount: 200.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}`,
      blocks: 'formulas: {left: A.legalFinal - paymentDate}',
      steps: `- {step: i, interest: A, from: [collection]}
- {step: p, principal: 100.00 USD, to: [A, B], method: sequential, from: [collection], when: left < 62}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    // From 15 February to 15 May are 89 days, from 15 March 61
    const dates = [deal.pay({ cash: 20_000n }), deal.pay({ cash: 20_000n })];
    expect(dates.map((date) => date.value('left'))).toEqual([89n * RATE, 61n * RATE]);
    expect(dates.map((date) => date.paid('A principal'))).toEqual([0n, 10_000n]);
  });
});

describe('what formulas may know of classes', () => {
  const deal = new Construct({
    tranches: CLASSES,
    blocks: `groups: {lower: [B]}
formulas:
  factor: A.factor
  face: notes.original
  open: notes.opening
  due: notes.interestDue
  lowerDue: lower.interestDue
  lowerOpen: lower.opening
  gone: B.writtenDown
  rate: B.rate`,
    steps: `- {step: i, interest: [A, B, X], from: [collection]}
- {step: p, principal: 100.00 USD, to: [A, B], method: sequential, from: [collection]}
- {step: down, writeDown: 50.00 USD, to: B, when: period = 1}
- {step: note, compute: {now: notes.balance, lowerNow: lower.balance}}
- {step: rest, residual: sponsor, from: [collection]}`,
  });
  const all = (date: ReturnType<Construct['pay']>, ...names: string[]): bigint[] =>
    names.map((name) => date.value(name));

  it('is of the opening before the first step, and of the moment after', () => {
    const first = deal.pay({ cash: 20_000n });
    expect(all(first, 'factor', 'rate')).toEqual([RATE, (24n * RATE) / 100n]);
    // A notional class is no debt: 800 + 200; its interest of 0.80 is owed like A's 8.00 and B's 4.00
    expect(all(first, 'face', 'open', 'due', 'lowerDue', 'lowerOpen')).toEqual([
      100_000n,
      100_000n,
      1_280n,
      400n,
      20_000n,
    ]);
    expect(all(first, 'now', 'lowerNow', 'gone')).toEqual([85_000n, 15_000n, 0n]);
    const second = deal.pay({ cash: 20_000n });
    // 700 of 800; 7.00, 3.00 and 0.70; 50.00 were written down before this date
    expect(all(second, 'factor', 'open', 'due', 'gone')).toEqual([(7n * RATE) / 8n, 85_000n, 1_070n, 5_000n]);
  });
});

describe('what groups owe in interest', () => {
  const deal = new Construct({
    tranches: `- {name: A, amount: 800.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted, interestOnShortfall: false}
- {name: B, amount: 200.00 USD, coupon: 24 %, dayCount: 30/360, accrual: unadjusted, interestOnShortfall: false, availableFundsCap: 18 %}
- {name: X, amount: 800.00 USD, notional: A.opening, coupon: 1.2 %, dayCount: 30/360, accrual: unadjusted, interestOnShortfall: false}`,
    blocks: `groups: {lower: [B, X]}
formulas:
  brought: notes.shortfall
  lowerBrought: lower.shortfall
  capped: notes.carryover
  lowerCapped: lower.carryover`,
    steps: `- {step: before, compute: {owed: notes.unpaidInterest}}
- {step: i, interest: [A], from: [collection]}
- {step: after, compute: {left: notes.unpaidInterest, lowerLeft: lower.unpaidInterest}}
- {step: j, interest: lower, method: sequential, from: [collection]}
- {step: k, carryover: B, from: [collection]}
- {step: p, principal: 0.00 USD, to: [A, B], method: sequential, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
  });
  const all = (date: ReturnType<Construct['pay']>, ...names: string[]): bigint[] =>
    names.map((name) => date.value(name));

  it('is the sum of its classes, notional ones too: brought forward, kept by the cap, and unpaid at the moment', () => {
    // A 8.00, B 18 % of 200.00 for a month 3.00 and 1.00 kept by the cap, X 0.80; 9.00 of cash pay A and 1.00 of B.
    const first = deal.pay({ cash: 900n });
    expect(all(first, 'brought', 'lowerBrought', 'capped', 'lowerCapped')).toEqual([0n, 0n, 100n, 100n]);
    expect(all(first, 'owed', 'left', 'lowerLeft')).toEqual([1_180n, 380n, 380n]);
    // 2.00 of B and 0.80 of X were brought forward without interest on them; the cap keeps another 1.00, and
    // the first has borne 2 % for a month.
    const second = deal.pay({ cash: 1_000n });
    expect(all(second, 'brought', 'lowerBrought', 'capped')).toEqual([280n, 280n, 202n]);
    expect(all(second, 'owed', 'left', 'lowerLeft')).toEqual([1_180n + 280n, 660n, 660n]);
  });
});

describe('the balance of a group with a notional class', () => {
  it('is what is owed: a notional class counts only among its like', () => {
    const deal = new Construct({
      tranches: `- {name: A, amount: 800.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: X, amount: 800.00 USD, notional: A.balance, coupon: 1.2 %, dayCount: 30/360, accrual: unadjusted}`,
      blocks: `groups: {senior: [A, X], strips: [X]}
formulas: {open: senior.opening, face: senior.original, due: senior.interestDue, strip: strips.opening}`,
      steps: `- {step: i, interest: senior, from: [collection]}
- {step: p, principal: senior.balance - 750.00 USD, to: A, from: [collection]}
- {step: look, compute: {now: senior.balance, stripped: strips.balance}}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    // 8.00 and 0.80 of interest; A is paid down from 800.00 to 750.00, its strip follows after the last step.
    const date = deal.pay({ cash: 6_000n });
    expect(['open', 'face', 'due', 'strip'].map((name) => date.value(name))).toEqual([80_000n, 80_000n, 880n, 80_000n]);
    expect([date.paid('A principal'), date.value('now'), date.value('stripped')]).toEqual([5_000n, 75_000n, 80_000n]);
  });
});

describe('the day fraction of a class', () => {
  it('stands at 12 decimals, half up', () => {
    const deal = new Construct({
      tranches: `- {name: A, amount: 800.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 200.00 USD, coupon: 0 %, dayCount: ACT/360, accrual: unadjusted}
- {name: C, amount: 200.00 USD, coupon: 0 %, dayCount: ACT/365F, accrual: unadjusted}`,
      blocks: 'formulas: {a: A.dayFraction, b: B.dayFraction, c: C.dayFraction}',
      steps: `- {step: p, principal: 0.00 USD, to: [A, B, C], method: sequential, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    const [first, second] = [1, 2].map(() => {
      const date = deal.pay({});
      return ['a', 'b', 'c'].map((name) => date.value(name));
    });
    // 30 ÷ 360 = 0.0833…; 31 ÷ 360 = 0.08611…; 31 ÷ 365 = 0.084931506849 315…
    expect(first).toEqual([83_333_333_333n, 86_111_111_111n, 84_931_506_849n]);
    // 28 ÷ 360 = 0.0777…8; 28 ÷ 365 = 0.076712328767 12…
    expect(second).toEqual([83_333_333_333n, 77_777_777_778n, 76_712_328_767n]);
  });
});

describe('interest on something else than the balance', () => {
  it('accrues on what the document says', () => {
    const deal = new Construct({
      tranches:
        '- {name: A, amount: 800.00 USD, coupon: 12 %, interestOn: "min(A.opening, performing)", dayCount: 30/360, accrual: unadjusted}',
      report: 'performing: money',
      steps: `- {step: i, interest: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    expect(deal.pay({ cash: 5_000n, performing: 50_000n }).paid('A interest')).toBe(500n);
    expect(deal.pay({ cash: 5_000n, performing: 90_000n }).paid('A interest')).toBe(800n);
  });
});

describe('a class that is paid off', () => {
  it('has no interest, no principal and does not stop the run', () => {
    const deal = new Construct({
      tranches: CLASSES.split('\n').slice(0, 2).join('\n'),
      steps: `- {step: i, interest: [A, B], from: [collection]}
- {step: p, principal: notes.balance, to: [A, B], method: pro rata, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    expect(deal.pay({ cash: 101_200n }).state('balance.A')).toBe(0n);
    const second = deal.pay({ cash: 77n });
    expect([second.paid('A interest'), second.paid('A principal'), second.paid('residual')]).toEqual([0n, 0n, 77n]);
  });
});
