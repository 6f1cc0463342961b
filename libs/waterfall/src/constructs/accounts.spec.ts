import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const CLASS = '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}';

const reserve = (terms: string, steps = '- {step: fill, replenish: reserve, from: [collection]}'): Construct =>
  new Construct({
    tranches: CLASS,
    report: 'poolClosing: money',
    accounts: `reserve: {${terms}}`,
    steps: `${steps}
- {step: p, principal: 0.00 USD, to: A, from: [collection, reserve]}
- {step: rest, residual: sponsor, from: [collection]}`,
  });

describe('a reserve', () => {
  it('is filled to a share of the pool that moves, with a floor', () => {
    const deal = reserve('target: 2 % * poolClosing, floor: 10.00 USD');
    expect(deal.compiled.initialFunding).toBe(0n);
    expect(deal.pay({ cash: 1_500n, poolClosing: 100_000n }).account('reserve')).toBe(1_500n);
    expect(deal.pay({ cash: 1_500n, poolClosing: 90_000n }).account('reserve')).toBe(1_800n);
    // below the floor the target is 10.00: more is held than that, nothing is paid in and nothing taken
    const third = deal.pay({ cash: 1_500n, poolClosing: 1_000n });
    expect([third.account('reserve'), third.value('reserve.target'), third.paid('residual')]).toEqual([
      1_800n,
      1_000n,
      1_500n,
    ]);
  });

  it('does not decline when it may not', () => {
    const deal = reserve('target: 2 % * poolClosing, nonDeclining: true');
    deal.pay({ cash: 500n, poolClosing: 100_000n });
    const second = deal.pay({ cash: 2_000n, poolClosing: 50_000n });
    expect([second.account('reserve'), second.value('reserve.target')]).toEqual([2_000n, 2_000n]);
    expect(deal.pay({ cash: 2_000n, poolClosing: 120_000n }).account('reserve')).toBe(2_400n);
  });

  it('does not decline while no step asks for it either', () => {
    const deal = reserve('target: 2 % * poolClosing, nonDeclining: true', '');
    // 20.00 of 1,000.00, which stay when the pool is 500.00; 24.00 of 1,200.00
    const targets = [100_000n, 50_000n, 120_000n].map((poolClosing) =>
      deal.pay({ poolClosing }).state('target.reserve'),
    );
    expect(targets).toEqual([2_000n, 2_000n, 2_400n]);
  });

  it('releases what is above its target', () => {
    const deal = reserve(
      'target: 2 % * poolClosing, initial: 30.00 USD',
      `- {step: fill, replenish: reserve, from: [collection]}
- {step: free, release: reserve, into: collection}`,
    );
    expect(deal.compiled.initialFunding).toBe(3_000n);
    const first = deal.pay({ cash: 100n, poolClosing: 100_000n });
    expect([first.account('reserve'), first.paid('residual')]).toEqual([2_000n, 1_100n]);
    const second = deal.pay({ cash: 100n, poolClosing: 0n });
    expect([second.account('reserve'), second.paid('residual')]).toEqual([0n, 2_100n]);
  });

  it('steps down by schedule', () => {
    const deal = new Construct({
      tranches: CLASS,
      accounts: 'reserve: {target: down}',
      blocks: 'schedules: {down: {unit: money, values: {2025-02-01: 20.00, 2025-03-01: 5.00}}}',
      steps: `- {step: free, release: reserve, into: collection}
- {step: fill, replenish: reserve, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection, reserve]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    expect(deal.pay({ cash: 3_000n }).account('reserve')).toBe(2_000n);
    const second = deal.pay({ cash: 3_000n });
    expect([second.account('reserve'), second.paid('residual')]).toEqual([500n, 4_500n]);
  });

  it('pays the notes off with the last of it', () => {
    const deal = reserve(
      'target: 100.00 USD, fundedAtClosing: true',
      '- {step: final, principal: A.balance, to: A, from: [collection, reserve], when: collection.balance + reserve.balance >= A.balance}',
    );
    expect(deal.pay({ cash: 89_999n }).paid('A principal')).toBe(0n);
    const second = deal.pay({ cash: 90_001n });
    expect([second.paid('A principal'), second.account('reserve')]).toEqual([100_000n, 1n]);
  });
});

describe('a pre-funding account', () => {
  it('buys until its end, then pays what is left to the notes', () => {
    const deal = new Construct({
      tranches: CLASS,
      report: 'bought: money',
      accounts: 'prefunding: {initial: 200.00 USD}',
      steps: `- {step: buy, pay: bought, payee: sponsor, from: [prefunding], when: paymentDate < 2025-03-15}
- {step: end, principal: prefunding.balance, to: A, from: [prefunding], when: paymentDate >= 2025-03-15}
- {step: p, principal: cash, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    const first = deal.pay({ cash: 1_000n, bought: 15_000n });
    expect([first.paid('buy'), first.account('prefunding'), first.paid('A principal')]).toEqual([
      15_000n,
      5_000n,
      1_000n,
    ]);
    const second = deal.pay({ cash: 1_000n });
    expect([second.paid('buy'), second.account('prefunding'), second.paid('A principal')]).toEqual([0n, 0n, 6_000n]);
  });
});

describe('collections of interest and principal', () => {
  const deal = (): Construct =>
    new Construct({
      tranches: CLASS,
      report: 'interest: signed money\nprincipal: signed money\nincome: money',
      accounts: 'revenue: {}',
      collections: `suspense: suspense
groups:
- {account: revenue, items: [interest, income]}
- {account: collection, items: [cash, principal]}`,
      steps: `- {step: p, principal: collection.balance, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [revenue]}`,
    });

  it('come into their own accounts', () => {
    const first = deal().pay({ interest: 300n, income: 50n, principal: 2_000n });
    expect([first.remittance, first.paid('residual'), first.paid('A principal')]).toEqual([2_350n, 350n, 2_000n]);
  });

  it('a negative month of one carries forward in that one', () => {
    const groups = deal();
    const first = groups.pay({ interest: 300n, principal: -500n });
    expect([first.remittance, first.state('carryForward.collection')]).toEqual([300n, 500n]);
    const second = groups.pay({ interest: 300n, principal: 2_000n });
    expect([second.paid('residual'), second.paid('A principal')]).toEqual([300n, 1_500n]);
  });

  it('a short deposit pays in order, and what is short is owed apart', () => {
    const groups = deal();
    const first = groups.pay({ interest: 300n, principal: 2_000n }, 1_000n);
    expect([first.paid('residual'), first.paid('A principal')]).toEqual([300n, 700n]);
    expect([first.state('servicerReceivable.revenue'), first.state('servicerReceivable.collection')]).toEqual([
      0n,
      1_300n,
    ]);
    const second = groups.pay({ interest: 100n });
    expect([second.remittance, second.paid('residual'), second.paid('A principal')]).toEqual([1_400n, 100n, 1_300n]);
  });

  it('have one due in all', () => {
    const groups = deal();
    const due = groups.compiled.steps.find(({ id }) => id === 'collections')!.due!;
    // 3.00 and 20.00; 4.00 of them do not come in and are due again beside the next 1.00
    expect(groups.pay({ interest: 300n, principal: 2_000n }, 1_900n).run.slots[due]).toBe(2_300n);
    expect(groups.pay({ interest: 100n }).run.slots[due]).toBe(500n);
  });

  it('suspense gives back in order', () => {
    const groups = deal();
    expect(groups.pay({ interest: 300n }, 1_000n).account('suspense')).toBe(700n);
    const second = groups.pay({ interest: 500n, principal: 1_000n });
    expect([second.remittance, second.account('suspense')]).toEqual([800n, 0n]);
    expect([second.paid('residual'), second.paid('A principal')]).toEqual([500n, 1_000n]);
  });
});
