import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const open = (field: string, steps?: string): Construct =>
  new Construct({
    tranches: `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted${field}}`,
    steps: `${steps ?? '- {step: i, interest: A, from: [collection]}'}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
  });

describe('interest that was not paid', () => {
  it('bears interest at the coupon unless the document says otherwise', () => {
    const deal = open('');
    // 10.00 a month; 4.00 paid
    const first = deal.pay({ cash: 400n });
    expect([first.paid('A interest'), first.state('shortfall.A')]).toEqual([400n, 600n]);
    // (1,000.00 + 6.00) × 1 % = 10.06, and 6.00 brought forward
    const second = deal.pay({ cash: 2_000n });
    expect([second.paid('A interest'), second.paid('residual')]).toEqual([1_606n, 394n]);
    expect(second.value('A.interestDue')).toBe(1_006n);
    expect(second.state('shortfall.A')).toBe(0n);
  });

  it('bears none', () => {
    const deal = open(', interestOnShortfall: false');
    deal.pay({ cash: 400n });
    expect(deal.pay({ cash: 2_000n }).paid('A interest')).toBe(1_600n);
  });

  it('bears a rate of its own, rounded apart', () => {
    const deal = open(', interestOnShortfall: 24 %');
    deal.pay({ cash: 375n });
    // 6.25 × 2 % = 0.125, half up 0.13: 6.25 + 0.13 + 10.00
    const { paid } = deal.pay({ cash: 2_000n });
    expect(paid('A interest')).toBe(1_638n);
  });

  it('is named: brought forward, due of this date, unpaid at each step', () => {
    const deal = open(
      '',
      `- {step: half, interest: A, share: 50 %, from: [collection]}
- {step: note, compute: {left: A.unpaidInterest, before: A.shortfall, part: half.short}}
- {step: other, interest: A, from: [collection]}`,
    );
    const first = deal.pay({ cash: 500n });
    expect([first.value('left'), first.value('before'), first.value('part')]).toEqual([500n, 0n, 500n]);
    expect(first.state('shortfall.A')).toBe(500n);
    // 10.05 + 5.00 = 15.05; half of it, half up, is 7.53
    const second = deal.pay({ cash: 1_000n });
    expect([second.value('left'), second.value('before')]).toEqual([752n, 500n]);
    // 2.47 more are paid of the 7.52 left
    expect([second.paid('A interest'), second.state('shortfall.A')]).toEqual([1_000n, 505n]);
  });
});

describe('interest of several classes in one step', () => {
  const TWO = `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 500.00 USD, coupon: 24 %, dayCount: 30/360, accrual: unadjusted}
- {name: C, amount: 500.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}`;
  const deal = (to: string): Construct =>
    new Construct({
      tranches: TWO,
      steps: `- {step: i, interest: ${to}, from: [collection]}
- {step: p, principal: 0.00 USD, to: [A, B, C], method: sequential, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('is shared by what is due, a class without a coupon weighing nothing', () => {
    const shared = deal('[A, B, C]');
    // 10.00 and 10.00 due of 15.01: floor(15.01 ÷ 2) = 7.50, then 7.51
    const first = shared.pay({ cash: 1_501n });
    expect([first.paid('A interest'), first.paid('B interest'), first.paid('C interest')]).toEqual([750n, 751n, 0n]);
    // A: (1,000 + 2.50) × 1 % = 10.025 → 10.03 and 2.50; B: (500 + 2.49) × 2 % = 10.0498 → 10.05 and 2.49
    const second = shared.pay({ cash: 10_000n });
    expect([second.paid('A interest'), second.paid('B interest')]).toEqual([1_253n, 1_254n]);
  });

  it('keeps the bound of a class, and what is held back stays owed', () => {
    const first = deal('{sequential: [{class: A, limit: 4.00 USD}, B]}').pay({ cash: 10_000n });
    expect([first.paid('A interest'), first.paid('B interest'), first.state('shortfall.A')]).toEqual([
      400n,
      1_000n,
      600n,
    ]);
    // 2 × 10.00 pro rata of 12.00: 6.00 each; A takes 4.00 and B is offered the other 2.00
    const second = deal('[{class: A, limit: 4.00 USD}, B]').pay({ cash: 1_200n });
    expect([second.paid('A interest'), second.paid('B interest'), second.state('shortfall.B')]).toEqual([
      400n,
      800n,
      200n,
    ]);
  });

  it('is paid in order when that is written', () => {
    const first = deal('{sequential: [A, B]}').pay({ cash: 1_501n });
    expect([first.paid('A interest'), first.paid('B interest')]).toEqual([1_000n, 501n]);
  });
});
