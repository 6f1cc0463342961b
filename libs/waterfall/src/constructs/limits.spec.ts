import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const CLASS = '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}';

const open = (steps: string, more: Partial<ConstructorParameters<typeof Construct>[0]> = {}): Construct =>
  new Construct({
    tranches: CLASS,
    accounts: 'side: {initial: 10.00 USD}',
    steps: `${steps}
- {step: p, principal: 0.00 USD, to: A, from: [collection, side]}
- {step: rest, residual: sponsor, from: [collection]}`,
    ...more,
  });

describe('limits of a step', () => {
  const pay = (limits: string): Construct =>
    open(`- {step: own, pay: 50.00 USD, payee: bank, from: [collection, side], ${limits}}
- {step: note, compute: {due: own.due, paid: own.paid, short: own.short}}`);
  const figures = (limits: string, cash: bigint): bigint[] => {
    const date = pay(limits).pay({ cash });
    return [date.value('due'), date.value('paid'), date.value('short'), date.paid('own'), date.account('side')];
  };

  it('an amount', () => {
    expect(figures('limit: 20.00 USD', 10_000n)).toEqual([5_000n, 2_000n, 3_000n, 2_000n, 1_000n]);
    expect(figures('limit: 0.00 USD', 10_000n)).toEqual([5_000n, 0n, 5_000n, 0n, 1_000n]);
  });

  it('a share of what is due', () => {
    expect(figures('share: 33 %', 10_000n)).toEqual([5_000n, 1_650n, 3_350n, 1_650n, 1_000n]);
  });

  it('a balance that stays, in all sources together', () => {
    // 42.00 together, 12.00 stay: 32.00 of collection, nothing of the other
    expect(figures('keep: 12.00 USD', 3_200n)).toEqual([5_000n, 3_000n, 2_000n, 3_000n, 1_000n]);
    expect(figures('keep: 3.00 USD', 3_200n)).toEqual([5_000n, 3_900n, 1_100n, 3_900n, 300n]);
    expect(figures('keep: 100.00 USD', 3_200n)).toEqual([5_000n, 0n, 5_000n, 0n, 1_000n]);
  });

  it('all of them, and the cash there is', () => {
    expect(figures('limit: 40.00 USD, share: 90 %, keep: 1.00 USD', 3_200n)).toEqual([
      5_000n,
      4_000n,
      1_000n,
      4_000n,
      200n,
    ]);
    expect(figures('limit: 45.00 USD', 0n)).toEqual([5_000n, 1_000n, 4_000n, 1_000n, 0n]);
  });
});

describe('an amount that turns out negative', () => {
  it.each([
    '- {step: own, pay: cash - 50.00 USD, payee: bank, from: [collection]}',
    '- {step: own, transfer: cash - 50.00 USD, into: side, from: [collection]}',
    '- {step: own, principal: cash - 50.00 USD, to: A, from: [collection]}',
    '- {step: own, pay: 1.00 USD, payee: bank, limit: cash - 50.00 USD, from: [collection]}',
    '- {step: own, pay: 1.00 USD, payee: bank, keep: cash - 50.00 USD, from: [collection]}',
    '- {step: own, writeDown: cash - 50.00 USD, to: [A]}',
  ])('stops the run: %s', (step) => {
    expect(() => open(step).pay({ cash: 4_999n })).toThrow(/SUB/);
    expect(() => open(step).pay({ cash: 5_000n })).not.toThrow();
  });
});

describe('what a step owes again', () => {
  it('is what its limits held back and what cash did not reach', () => {
    const deal = open('- {step: own, pay: 10.00 USD, payee: bank, carry: true, limit: 4.00 USD, from: [collection]}');
    const first = deal.pay({ cash: 300n });
    expect([first.paid('own'), first.state('unpaid.own')]).toEqual([300n, 700n]);
    const second = deal.pay({ cash: 10_000n });
    expect([second.paid('own'), second.state('unpaid.own')]).toEqual([400n, 1_300n]);
  });

  it('is kept while the step is skipped, and nothing is added', () => {
    const deal = open('- {step: own, pay: 10.00 USD, payee: bank, carry: true, from: [collection], when: period != 2}');
    deal.pay({ cash: 300n });
    expect(deal.pay({ cash: 10_000n }).state('unpaid.own')).toBe(700n);
    expect(deal.pay({ cash: 10_000n }).paid('own')).toBe(1_700n);
  });
});

describe('all that an account holds', () => {
  it('moves, or all but what is kept', () => {
    const deal = open(
      `- {step: trap, transfer: all, into: side, from: [collection], keep: 5.00 USD}
- {step: note, compute: {moved: trap.paid, held: trap.short}}`,
    );
    const first = deal.pay({ cash: 4_000n });
    expect([first.value('moved'), first.value('held'), first.account('side'), first.paid('residual')]).toEqual([
      3_500n,
      500n,
      4_500n,
      500n,
    ]);
  });

  it('moves but for what is kept also when nothing asks for its figures', () => {
    const first = open('- {step: trap, transfer: all, into: side, from: [collection], keep: 5.00 USD}').pay({
      cash: 4_000n,
    });
    expect([first.account('side'), first.paid('residual')]).toEqual([4_500n, 500n]);
    const limited = open('- {step: trap, transfer: all, into: side, from: [collection], limit: 7.00 USD}');
    expect(limited.pay({ cash: 4_000n }).account('side')).toBe(1_700n);
    const shared = open('- {step: trap, transfer: all, into: side, from: [collection], share: 25 %}');
    expect(shared.pay({ cash: 4_000n }).account('side')).toBe(2_000n);
  });

  it('is what is due', () => {
    const deal = open(`- {step: trap, transfer: all, into: side, from: [collection], when: period = 1}
- {step: note, compute: {asked: trap.due}}`);
    expect(deal.pay({ cash: 4_000n }).value('asked')).toBe(4_000n);
  });

  it('is paid out', () => {
    const steps = '- {step: out, pay: all, payee: bank, from: [collection, side], when: period = 1}';
    const first = open(steps).pay({ cash: 4_000n });
    expect([first.paid('out'), first.paid('residual'), first.account('side')]).toEqual([5_000n, 0n, 0n]);
  });
});
