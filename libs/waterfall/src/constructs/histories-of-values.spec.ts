import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const open = (value: string): Construct =>
  new Construct({
    tranches: '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}',
    blocks: `formulas:
  sum: cumulative(seen)
  most: highest(seen)
  least: lowest(seen)
`,
    steps: `- {step: look, compute: {seen: ${value}}}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
  });

const before = (deal: Construct, cash: readonly bigint[], name: string): bigint[] =>
  cash.map((amount) => deal.pay({ cash: amount }).value(name));

describe('histories of what a step computes, before that step', () => {
  it('have all earlier dates in them', () => {
    // 1.00, 3.00, 2.00; today's is zero until the step
    expect(before(open('"max(0, cash)"'), [100n, 300n, 200n], 'sum')).toEqual([0n, 100n, 400n]);
    expect(before(open('"max(0, cash)"'), [100n, 300n, 200n], 'most')).toEqual([0n, 100n, 300n]);
  });

  it('of either sign', () => {
    // less 2.00 each: −1.00, 1.00, 0.00, −2.00
    expect(before(open('cash - 2.00 USD'), [100n, 300n, 200n, 0n], 'sum')).toEqual([0n, -100n, 0n, 0n]);
    expect(before(open('cash - 2.00 USD'), [100n, 300n, 200n, 0n], 'most')).toEqual([0n, 0n, 100n, 100n]);
    expect(before(open('cash - 2.00 USD'), [100n, 300n, 200n, 0n], 'least')).toEqual([0n, -100n, -100n, -100n]);
  });
});
