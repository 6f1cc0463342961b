import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const RATE = 1_000_000_000_000n;
const percent = (n: number): bigint => (BigInt(Math.round(n * 1000)) * RATE) / 100_000n;

const open = (coupon: string, more: Partial<ConstructorParameters<typeof Construct>[0]> = {}): Construct =>
  new Construct({
    tranches: `- {name: A, amount: 1200.00 USD, coupon: "${coupon}", dayCount: 30/360, accrual: unadjusted}`,
    report: 'sofr: signed rate',
    steps: `- {step: i, interest: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    ...more,
  });

const interest = (construct: Construct, figures: Record<string, bigint>): bigint =>
  construct.pay({ cash: 100_000n, ...figures }).paid('A interest');

describe('a floating coupon', () => {
  it('is index and margin between a floor and a cap', () => {
    const deal = open('min(6 %, max(1 %, sofr + 0.5 %))');
    // 1,200.00 ÷ 12 = 100.00 a month per 100 %: 3.5 % give 3.50
    expect(interest(deal, { sofr: percent(3) })).toBe(350n);
    expect(interest(deal, { sofr: percent(9) })).toBe(600n);
    expect(interest(deal, { sofr: -percent(2) })).toBe(100n);
  });

  it('may run against its index', () => {
    const deal = open('max(0 %, 20 % - 3 * sofr)');
    expect(interest(deal, { sofr: percent(4) })).toBe(800n);
    expect(interest(deal, { sofr: percent(7) })).toBe(0n);
  });

  it('stops the run when it turns negative and nothing says that it may not', () => {
    const deal = open('sofr + 0.5 %');
    expect(() => interest(deal, { sofr: -percent(1) })).toThrow(/SUB/);
  });

  it('resets on some dates only, from the value kept since', () => {
    const deal = open('index', {
      blocks: 'formulas: {index: "if(period = 1 or period = 3, sofr, previous(index))"}',
    });
    expect(interest(deal, { sofr: percent(3) })).toBe(300n);
    expect(interest(deal, { sofr: percent(9) })).toBe(300n);
    expect(interest(deal, { sofr: percent(6) })).toBe(600n);
  });

  it('looks back to the last date', () => {
    const deal = open('previous(sofr, 5 %)');
    expect(interest(deal, { sofr: percent(3) })).toBe(500n);
    expect(interest(deal, { sofr: percent(9) })).toBe(300n);
  });
});

describe('a coupon that steps up', () => {
  it('from a date on', () => {
    const deal = open('if(paymentDate >= 2025-03-15, 9 %, 6 %)', { report: '' });
    expect(interest(deal, {})).toBe(600n);
    expect(interest(deal, {})).toBe(900n);
  });

  it('by schedule', () => {
    const deal = open('step', {
      report: '',
      blocks: 'schedules: {step: {unit: rate, values: {1: 6 %, 3: 12 %}}}',
    });
    expect([1, 2, 3].map(() => interest(deal, {}))).toEqual([600n, 600n, 1_200n]);
  });

  it('with a state', () => {
    const deal = open('if(state.late, 9 %, 6 %)', {
      report: 'over: flag',
      blocks: 'states: {early: {}, late: {when: over}}',
    });
    expect(interest(deal, {})).toBe(600n);
    expect(interest(deal, { over: 1n })).toBe(900n);
    expect(interest(deal, {})).toBe(900n);
  });
});
