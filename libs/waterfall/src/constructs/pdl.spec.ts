import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

describe('principal deficiency ledgers', () => {
  const deal = (): Construct =>
    new Construct({
      tranches: `- {name: A, amount: 800.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 200.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}`,
      report: 'revenue: money\nlosses: money',
      accounts: 'income: {}',
      collections: `suspense: suspense
groups:
- {account: income, items: [revenue]}
- {account: collection, items: [cash]}`,
      blocks: 'ledgers: {pdlA: {}, pdlB: {}}',
      steps: `- {step: debit, add: losses, to: [{ledger: pdlB, until: B.balance}, {ledger: pdlA, until: A.balance}]}
- {step: interestA, interest: A, from: [income]}
- {step: creditA, replenish: pdlA, into: collection, from: [income]}
- {step: interestB, interest: B, from: [income]}
- {step: creditB, replenish: pdlB, into: collection, from: [income]}
- {step: p, principal: collection.balance, to: [A, B], method: sequential, from: [collection]}
- {step: note, compute: {unbooked: debit.short}}
- {step: rest, residual: sponsor, from: [income]}`,
    });

  it('take losses from the bottom and are made good from revenue in order of seniority', () => {
    const pdl = deal();
    // 230.00 of loss: 200.00 on B's ledger, 30.00 on A's. Revenue 50.00: 8.00 interest A, 30.00 to A's ledger,
    // 2.00 interest B, 10.00 to B's ledger. Principal is cash 100.00 and 40.00 of revenue.
    const first = pdl.pay({ cash: 10_000n, revenue: 5_000n, losses: 23_000n });
    expect([first.state('ledger.pdlA'), first.state('ledger.pdlB')]).toEqual([0n, 19_000n]);
    expect([first.paid('A interest'), first.paid('B interest'), first.paid('A principal')]).toEqual([
      800n,
      200n,
      14_000n,
    ]);
    expect(first.paid('residual')).toBe(0n);
    // A's balance is 660.00: interest 6.60, B 2.00, the other 191.40 reach B's ledger; 1.40 are too many
    const second = pdl.pay({ revenue: 20_000n });
    expect([second.state('ledger.pdlB'), second.paid('residual'), second.paid('A principal')]).toEqual([
      0n,
      140n,
      19_000n,
    ]);
  });

  it('book no more than the classes; the rest of a loss is short', () => {
    const first = deal().pay({ losses: 120_000n });
    expect([first.state('ledger.pdlB'), first.state('ledger.pdlA'), first.value('unbooked')]).toEqual([
      20_000n,
      80_000n,
      20_000n,
    ]);
  });
});

describe('ledgers', () => {
  const ledger = (terms: string, steps: string): Construct =>
    new Construct({
      tranches: '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}',
      report: 'change: signed money',
      blocks: `ledgers: {l: {${terms}}}`,
      steps: `${steps}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('of either sign follow a signed amount', () => {
    const deal = ledger('signed: true, initial: -5.00 USD', '- {step: a, add: change, to: l}');
    expect(deal.pay({ change: 300n }).value('l.balance')).toBe(-200n);
    expect(deal.pay({ change: 500n }).value('l.balance')).toBe(300n);
    expect(deal.pay({ change: -1_000n }).value('l.balance')).toBe(-700n);
  });

  it('that may not be negative stop the run when they would be', () => {
    const deal = ledger('initial: 5.00 USD', '- {step: a, subtract: "max(0, change)", to: l}');
    expect(deal.pay({ change: 500n }).state('ledger.l')).toBe(0n);
    expect(() => deal.pay({ change: 1n })).toThrow(/SUB/);
  });

  it('are set', () => {
    const deal = ledger('', '- {step: a, set: "max(0, change)", to: l}');
    expect(deal.pay({ change: 500n }).state('ledger.l')).toBe(500n);
    expect(deal.pay({ change: 70n }).state('ledger.l')).toBe(70n);
  });

  it('of either sign have no due, paid or short that would read zero', () => {
    const figure = (name: string) => (): Construct =>
      ledger('signed: true', `- {step: a, add: change, to: l}\n- {step: note, compute: {x: a.${name}}}`);
    for (const name of ['due', 'paid', 'short']) expect(figure(name)).toThrow(`a.${name} has no value`);
  });
});

describe('several ledgers in order', () => {
  const deal = (step: string, ledgers = '{a: {initial: 10.00 USD}, b: {initial: 20.00 USD}}'): Construct =>
    new Construct({
      tranches: '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}',
      report: 'change: signed money',
      blocks: `ledgers: ${ledgers}`,
      steps: `${step}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: note, compute: {paid: l.paid, short: l.short}}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
  const after = (construct: Construct, change: bigint): bigint[] => {
    const date = construct.pay({ change });
    return [date.state('ledger.a'), date.state('ledger.b'), date.value('paid'), date.value('short')];
  };

  it('fall no further than their bounds, and by no more than their limits', () => {
    const step = `- {step: l, subtract: "max(0, change)", to: [{ledger: a, until: 4.00 USD}, {ledger: b, until: 5.00 USD, limit: 8.00 USD}]}`;
    // 6.00 of a down to 4.00, then 1.00 of b
    expect(after(deal(step), 700n)).toEqual([400n, 1_900n, 700n, 0n]);
    // 6.00 of a; of b 15.00 are above its bound, and 8.00 its limit: 2.00 of 16.00 are short
    const twice = deal(step);
    expect(after(twice, 1_600n)).toEqual([400n, 1_200n, 1_400n, 200n]);
    // nothing is left of a's, and 7.00 of b's
    expect(after(twice, 1_600n)).toEqual([400n, 500n, 700n, 900n]);
  });

  it('rise no further than their bounds, and by no more than their limits', () => {
    const step = `- {step: l, add: "max(0, change)", to: [{ledger: a, until: 12.00 USD, limit: 5.00 USD}, {ledger: b, until: 30.00 USD, limit: 4.00 USD}]}`;
    // 2.00 to a, then 4.00 to b: 1.00 of 7.00 is short
    expect(after(deal(step), 700n)).toEqual([1_200n, 2_400n, 600n, 100n]);
  });

  it('rise to bounds as they are when the step begins, though these name a ledger that it fills first', () => {
    const step = `- {step: l, add: "max(0, change)", to: [{ledger: a, until: 12.00 USD}, {ledger: b, until: a.balance + 15.00 USD}]}`;
    // 2.00 to a; b rises from 20.00 to 10.00 + 15.00, not to 12.00 + 15.00: 3.00 of 10.00 are short
    expect(after(deal(step), 1_000n)).toEqual([1_200n, 2_500n, 700n, 300n]);
  });

  it('fall to bounds as they are when the step begins', () => {
    const step = `- {step: l, subtract: "max(0, change)", to: [{ledger: a, until: 4.00 USD}, {ledger: b, until: a.balance, limit: a.balance}]}`;
    // 6.00 of a; b falls from 20.00 to 10.00, not to 4.00: 4.00 of 20.00 are short
    expect(after(deal(step), 2_000n)).toEqual([400n, 1_000n, 1_600n, 400n]);
  });

  it('fall one after the other, the last as far as it is asked', () => {
    const step = '- {step: l, subtract: "max(0, change)", to: [a, b]}';
    expect(after(deal(step), 1_500n)).toEqual([0n, 1_500n, 1_500n, 0n]);
    expect(() => after(deal(step), 3_001n)).toThrow(/SUB/);
  });

  it('are all set alike', () => {
    expect(after(deal('- {step: l, set: "max(0, change)", to: [a, b]}'), 1_500n)).toEqual([1_500n, 1_500n, 1_500n, 0n]);
  });
});

describe('a ledger of either sign', () => {
  const signed = (step: string): Construct =>
    new Construct({
      tranches: '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}',
      report: 'change: signed money',
      blocks: 'ledgers: {l: {signed: true, initial: 4.00 USD}}',
      steps: `${step}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('is set, and falls, by either sign', () => {
    const set = signed('- {step: s, set: change, to: l}');
    expect([set.pay({ change: -300n }), set.pay({ change: 200n })].map((date) => date.value('l.balance'))).toEqual([
      -300n,
      200n,
    ]);
    const fall = signed('- {step: s, subtract: change, to: l}');
    // 4.00 − 7.00, and − (−5.00)
    expect([fall.pay({ change: 700n }), fall.pay({ change: -500n })].map((date) => date.value('l.balance'))).toEqual([
      -300n,
      200n,
    ]);
  });
});
