import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { Construct, documentOf } from '../../fixtures/construct.js';

const CLASSES = `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 100.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}`;

const SCALE = 10n ** 12n;

/** A cover test after the senior interest: when it fails, what is left repays A. */
const terms = (trigger: string, step = '{step: tested, test: cover}') => ({
  tranches: CLASSES,
  blocks: `triggers: {cover: ${trigger}}
formulas: {before: "if(cover, 1, 0)"}`,
  steps: `- {step: payA, interest: A, from: [collection]}
- ${step}
- {step: cure, principal: A.balance, to: A, from: [collection], when: cover}
- {step: payB, interest: B, from: [collection]}
- {step: repayB, principal: B.balance, to: B, from: [collection], when: A.balance = 0}
- {step: rest, residual: sponsor, from: [collection]}`,
});

describe('a trigger that a step tests', () => {
  it('sees what the steps before paid, and the steps after it see it', () => {
    const deal = new Construct(terms('{when: collection.balance < 20.00 USD, at: step}'));
    const paid = (cash: bigint): bigint[] => {
      const date = deal.pay({ cash });
      const sinks = ['A interest', 'A principal', 'B interest', 'residual'].map((sink) => date.paid(sink));
      return [...sinks, date.value('before') / SCALE];
    };
    // 35.00 less 10.00 leave 25.00, enough.
    expect(paid(3_500n)).toEqual([1_000n, 0n, 100n, 2_400n, 0n]);
    // 25.00 less 10.00 leave 15.00, which repay A.
    expect(paid(2_500n)).toEqual([1_000n, 1_500n, 0n, 0n, 0n]);
    // 1 % of 985.00; B is owed twice 1.00 and 0.01 on the first. Before the steps the flag was that of the last date.
    expect(paid(6_000n)).toEqual([985n, 0n, 201n, 4_814n, 1n]);
  });

  it('counts payment dates, and keeps its flag where the step does not run', () => {
    const deal = new Construct(
      terms(
        '{when: collection.balance < 20.00 USD, at: step, for: 2}',
        '{step: tested, test: cover, when: period != 3}',
      ),
    );
    const cured = (cash: bigint): bigint => deal.pay({ cash }).paid('A principal');
    // Thin once, thin twice, not tested with ample cash: still on, and ample again.
    expect(cured(2_500n)).toBe(0n);
    expect(cured(2_500n)).toBe(1_500n);
    expect(cured(10_985n)).toBe(10_000n);
    expect(cured(10_000n)).toBe(0n);
  });

  it('stays on when it is sticky', () => {
    const deal = new Construct(terms('{when: payA.short > 0.00 USD, at: step, sticky: true}'));
    expect(deal.pay({ cash: 900n }).state('trigger.cover')).toBe(1n);
    // 1.00 is owed with 0.01 of interest, and 10.00: the rest repays A.
    expect(deal.pay({ cash: 5_000n }).paid('A principal')).toBe(3_899n);
  });
});

describe('a test that does not fit', () => {
  const codes = (trigger: string, step?: string): string[] =>
    parseDeal(documentOf(terms(trigger, step))).diagnostics.map(({ code }) => code);

  it.each([
    ['of a trigger that is tested at the start', '{when: cash < 20.00 USD}', undefined, 'test-step'],
    ['of nothing', '{when: cash < 20.00 USD, at: step}', '{step: tested, test: covr}', 'unknown-trigger'],
    [
      'that no step makes',
      '{when: cash < 20.00 USD, at: step}',
      '{step: pay, pay: 1.00 USD, payee: bank, from: [collection]}',
      'test-step',
    ],
    [
      'made twice',
      '{when: cash < 20.00 USD, at: step}',
      '{step: tested, test: cover}\n- {step: again, test: cover}',
      'test-step',
    ],
    ['that sees what is paid below it', '{when: payB.short > 0.00 USD, at: step}', undefined, 'not-yet-known'],
    [
      'with cash',
      '{when: cash < 20.00 USD, at: step}',
      '{step: tested, test: cover, from: [collection]}',
      'unknown-field',
    ],
  ])('%s', (_, trigger, step, code) => {
    expect(codes(trigger, step)).toContain(code);
  });
});
