import { describe, expect, it } from '@jest/globals';
import { Construct, type Date } from '../../fixtures/construct.js';

const zero = (name: string, amount: string): string =>
  `- {name: ${name}, amount: ${amount} USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}`;

const paid = (date: Date, names: string[]): bigint[] => names.map((name) => date.paid(`${name} principal`));

describe('a planned class and its companion', () => {
  const deal = (): Construct =>
    new Construct({
      tranches: [zero('P', '300.00'), zero('S', '200.00')].join('\n'),
      blocks: 'schedules: {plan: {unit: money, values: [250.00, 200.00, 150.00, 0.00]}}',
      steps: `- step: p
  principal: notes.opening
  to: [{class: P, until: plan}, S, P]
  method: sequential
  from: [collection]
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('pays the plan first, what is beyond it to the companion, and the plan class again when that is gone', () => {
    const pac = deal();
    expect(paid(pac.pay({ cash: 8_000n }), ['P', 'S'])).toEqual([5_000n, 3_000n]);
    // 50.00 to the plan, 170.00 pay S off, 30.00 more to P
    expect(paid(pac.pay({ cash: 25_000n }), ['P', 'S'])).toEqual([8_000n, 17_000n]);
    // P is at 170.00, its plan 150.00
    expect(paid(pac.pay({ cash: 1_000n }), ['P', 'S'])).toEqual([1_000n, 0n]);
  });

  it('catches up after a slow month', () => {
    const pac = deal();
    expect(paid(pac.pay({ cash: 1_000n }), ['P', 'S'])).toEqual([1_000n, 0n]);
    // P stands at 290.00 of 200.00
    expect(paid(pac.pay({ cash: 10_000n }), ['P', 'S'])).toEqual([9_000n, 1_000n]);
  });
});

describe('a targeted class', () => {
  it('takes at most its schedule however slow the past was', () => {
    const tac = new Construct({
      tranches: [zero('T', '300.00'), zero('S', '200.00')].join('\n'),
      blocks: 'schedules: {step: {unit: money, values: [50.00]}}',
      steps: `- step: p
  principal: notes.opening
  to: [{class: T, limit: step}, S, T]
  method: sequential
  from: [collection]
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    expect(paid(tac.pay({ cash: 1_000n }), ['T', 'S'])).toEqual([1_000n, 0n]);
    expect(paid(tac.pay({ cash: 8_000n }), ['T', 'S'])).toEqual([5_000n, 3_000n]);
  });
});

describe('a lockout', () => {
  it('keeps a class out of principal until its date', () => {
    const locked = new Construct({
      tranches: [zero('L', '300.00'), zero('S', '200.00')].join('\n'),
      steps: `- step: p
  principal: notes.opening
  to: [{class: L, limit: "if(paymentDate < 2025-03-15, 0.00 USD, L.balance)"}, S]
  method: pro rata
  from: [collection]
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    // All of 100.00 to S, though by balances 60.00 would be L's
    expect(paid(locked.pay({ cash: 10_000n }), ['L', 'S'])).toEqual([0n, 10_000n]);
    // 300 : 100 of 80.00
    expect(paid(locked.pay({ cash: 8_000n }), ['L', 'S'])).toEqual([6_000n, 2_000n]);
  });
});

describe('a target balance', () => {
  it('is a bound like any other, and a class below it is left alone', () => {
    const target = new Construct({
      tranches: [zero('A', '300.00'), zero('B', '200.00')].join('\n'),
      report: 'poolClosing: money',
      steps: `- step: p
  principal: notes.opening
  to: [{class: A, until: 50 % * poolClosing}, {class: B, until: 20 % * poolClosing}]
  method: sequential
  from: [collection]
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    const first = target.pay({ cash: 20_000n, poolClosing: 50_000n });
    // A to 250.00, B to 100.00, 50.00 find no class
    expect([...paid(first, ['A', 'B']), first.paid('residual')]).toEqual([5_000n, 10_000n, 5_000n]);
    // the pool grew: both stand below their targets
    const second = target.pay({ cash: 20_000n, poolClosing: 60_000n });
    expect([...paid(second, ['A', 'B']), second.paid('residual')]).toEqual([0n, 0n, 20_000n]);
  });
});
