import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const CLASS = '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}';

const open = (steps: string, more: Partial<ConstructorParameters<typeof Construct>[0]> = {}): Construct =>
  new Construct({
    tranches: CLASS,
    report: 'event: flag',
    steps: `${steps}
- {step: rest, residual: sponsor, from: [collection]}`,
    ...more,
  });

describe('steps under a condition', () => {
  const nested = (): Construct =>
    open(`- step: choose
  if: event
  then:
    - {step: turbo, principal: collection.balance, to: A, from: [collection]}
  else:
    - step: inner
      if: cash > 20.00 USD
      then:
        - {step: half, principal: 50 % * cash, to: A, from: [collection]}
      else:
        - {step: none, pay: 1.00 USD, payee: bank, from: [collection]}
    - {step: after, pay: 2.00 USD, payee: bank, from: [collection]}
- {step: note, compute: {turboPaid: turbo.paid, halfDue: half.due, afterPaid: after.paid, noneShort: none.short}}`);

  const figures = (cash: bigint, event: bigint): bigint[] => {
    const date = nested().pay({ cash, event });
    return ['turboPaid', 'halfDue', 'afterPaid', 'noneShort']
      .map((name) => date.value(name))
      .concat(date.paid('residual'));
  };

  it('are taken or skipped, and a skipped step has paid, owed and missed nothing', () => {
    expect(figures(5_000n, 1n)).toEqual([5_000n, 0n, 0n, 0n, 0n]);
    expect(figures(5_000n, 0n)).toEqual([0n, 2_500n, 200n, 0n, 2_300n]);
    expect(figures(50n, 0n)).toEqual([0n, 0n, 0n, 50n, 0n]);
  });

  it('see at each step what those before it changed', () => {
    const deal = open(`- {step: one, principal: A.balance - 900.00 USD, to: A, from: [collection]}
- {step: two, principal: "max(0, A.balance - 850.00 USD)", to: A, from: [collection]}
- {step: note, compute: {first: one.paid, second: two.paid, opening: A.opening, now: A.balance}}`);
    const date = deal.pay({ cash: 12_000n });
    expect(['first', 'second', 'opening', 'now'].map((name) => date.value(name))).toEqual([
      10_000n,
      2_000n,
      100_000n,
      88_000n,
    ]);
    expect(date.value('notes.balance')).toBe(88_000n);
  });
});

describe('values named between steps', () => {
  it('may be negative, and are zero where they were not named', () => {
    const deal = open(
      `- {step: first, principal: 10.00 USD, to: A, from: [collection]}
- step: only
  if: event
  then:
    - {step: set, compute: {gap: cash - 30.00 USD}}
- {step: use, pay: "max(0, 0.00 USD - gap)", payee: bank, from: [collection]}`,
    );
    expect(deal.pay({ cash: 2_500n, event: 1n }).paid('use')).toBe(500n);
    expect(deal.pay({ cash: 2_500n, event: 0n }).paid('use')).toBe(0n);
  });

  it('are remembered, like what a step was short', () => {
    const deal = open(
      `- {step: again, pay: previous(own.short) + previous(last), payee: sponsor, from: [collection]}
- {step: own, pay: 50.00 USD, payee: bank, from: [collection]}
- {step: set, compute: {last: own.paid}}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}`,
    );
    expect(deal.pay({ cash: 2_000n }).paid('again')).toBe(0n);
    // 30.00 short and 20.00 paid the last time
    expect(deal.pay({ cash: 9_000n }).paid('again')).toBe(5_000n);
  });
});

describe('a cash trap and its release', () => {
  it('keeps the excess while the trigger is on, and pays it down after', () => {
    const deal = open(
      `- {step: trap, transfer: all, into: trapped, from: [collection], when: event}
- {step: turbo, principal: trapped.balance, to: A, from: [trapped], when: not event}`,
      { accounts: 'trapped: {}' },
    );
    expect(deal.pay({ cash: 4_000n, event: 1n }).account('trapped')).toBe(4_000n);
    const second = deal.pay({ cash: 1_000n });
    expect([second.account('trapped'), second.paid('A principal'), second.paid('residual')]).toEqual([
      0n,
      4_000n,
      1_000n,
    ]);
  });
});

describe('a state entered by a step', () => {
  it('holds from the next date on', () => {
    const deal = new Construct({
      tranches: CLASS,
      report: 'event: flag',
      blocks: 'states: {revolving: {}, amortising: {}}',
      steps: `revolving:
  - {step: buy, pay: 10.00 USD, payee: bank, from: [collection]}
  - {step: turn, enter: amortising, when: event}
  - {step: restOne, residual: sponsor, from: [collection]}
amortising:
  - {step: p, principal: collection.balance, to: A, from: [collection]}
  - {step: restTwo, residual: sponsor, from: [collection]}`,
    });
    const first = deal.pay({ cash: 5_000n, event: 1n });
    expect([first.paid('buy'), first.paid('residual'), first.paid('A principal')]).toEqual([1_000n, 4_000n, 0n]);
    const second = deal.pay({ cash: 5_000n });
    expect([second.paid('buy'), second.paid('residual'), second.paid('A principal')]).toEqual([0n, 0n, 5_000n]);
  });
});

describe('a residual', () => {
  it('goes to a class as a distribution, which does not lower its balance', () => {
    const deal = new Construct({
      tranches: `${CLASS}
- {name: R, amount: 1.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}`,
      steps: `- {step: p, principal: 30.00 USD, to: [A, R], method: sequential, from: [collection]}
- {step: rest, residual: R, from: [collection]}`,
    });
    const first = deal.pay({ cash: 5_000n });
    expect([first.paid('R interest'), first.paid('R principal'), first.state('balance.R')]).toEqual([2_000n, 0n, 100n]);
    expect(deal.compiled.payees).toEqual([]);
  });

  it('goes to two parties, each with a sink of its own', () => {
    const deal = open(
      '- {step: p, principal: 30.00 USD, to: A, from: [collection]}\n- {step: other, residual: bank, from: [collection], when: event}',
    );
    expect(deal.compiled.payees).toEqual([
      { name: 'other', party: 'bank' },
      { name: 'rest', party: 'sponsor' },
    ]);
    const first = deal.pay({ cash: 5_000n, event: 1n });
    expect([first.paid('other'), first.paid('rest')]).toEqual([2_000n, 0n]);
    expect(deal.pay({ cash: 5_000n }).paid('rest')).toBe(2_000n);
  });
});
