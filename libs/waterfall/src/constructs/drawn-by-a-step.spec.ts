import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { Construct, documentOf } from '../../fixtures/construct.js';

const CLASSES = `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 500.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}`;

const COLLECTIONS = `suspense: suspense
groups:
  - {account: collection, items: [cash]}
  - {account: standby, items: [line.draw]}`;

const STEPS = `- {step: payA, interest: A, from: [collection]}
- {step: cure, principal: 20.00 USD, to: A, from: [collection], when: collection.balance > 30.00 USD}
- {step: lend, draw: line, into: collection, from: [standby]}
- {step: payB, interest: B, from: [collection]}
- {step: back, repay: line, from: [collection]}
- {step: p, principal: notes.balance, to: [A, B], method: sequential, from: [collection], when: period = 24}
- {step: rest, residual: sponsor, from: [collection]}`;

const terms = (
  line = '{provider: bank, draw: "max(0, B.unpaidInterest - collection.balance)", limit: 6.00 USD, at: step}',
) => ({
  tranches: CLASSES,
  accounts: 'standby: {}',
  collections: COLLECTIONS,
  blocks: `facilities: {line: ${line}}`,
  steps: STEPS,
});

describe('a facility that is drawn by a step', () => {
  it('lends what the steps before it left too little of', () => {
    const deal = new Construct(terms());
    const figures = (cash: bigint): bigint[] => {
      const date = deal.pay({ cash });
      const paid = ['A interest', 'A principal', 'B interest', 'line', 'residual'].map((sink) => date.paid(sink));
      return [date.value('line.draw'), ...paid, date.state('drawn.line'), date.remittance];
    };
    // 10.00 to A leave 2.00 of the 5.00 of B: 3.00 are drawn, and remitted beside the 12.00.
    expect(figures(1_200n)).toEqual([300n, 1_000n, 0n, 500n, 0n, 0n, 300n, 1_500n]);
    // 45.00 less 10.00 are over 30.00, so that A is repaid 20.00; 15.00 are enough for B, and 3.00 go back.
    expect(figures(4_500n)).toEqual([0n, 1_000n, 2_000n, 500n, 300n, 700n, 0n, 4_500n]);
    // 1 % of 980.00: nothing is left for B's 5.00, all of which is drawn.
    expect(figures(980n)).toEqual([500n, 980n, 0n, 500n, 0n, 0n, 500n, 1_480n]);
    // Of another 5.00 the line has 1.00 left; 4.00 stay owed to B.
    expect(figures(980n)).toEqual([100n, 980n, 0n, 100n, 0n, 0n, 600n, 1_080n]);
    // 4.00 and 0.04 on it, and 5.00 are due to B; 0.96 go back.
    expect(figures(1_980n)).toEqual([0n, 980n, 0n, 904n, 96n, 0n, 504n, 1_980n]);
  });

  it('lends the same when the deposit falls short, which the servicer then owes', () => {
    const deal = new Construct(terms());
    // 15.00 are to be remitted; 12.00 come in and go to collections first.
    const date = deal.pay({ cash: 1_200n }, 1_200n);
    expect([date.remittance, date.value('line.draw'), date.paid('B interest')]).toEqual([1_500n, 300n, 200n]);
    // The 3.00 come with the next remittance, and are moved then.
    const next = deal.pay({ cash: 2_000n });
    expect([next.remittance, next.value('line.draw'), next.account('standby')]).toEqual([2_300n, 0n, 0n]);
  });

  it('owes what came in though the deposit was too short for the step to run', () => {
    const deal = new Construct({
      ...terms(),
      collections: `suspense: suspense
groups:
  - {account: standby, items: [line.draw]}
  - {account: collection, items: [cash]}`,
      steps: STEPS.replace('from: [standby]}', 'from: [standby], when: collection.balance > 1.00 USD}'),
    });
    // Of 12.00 and the 3.00 that B lacks 13.00 come, first those of the line: 10.00 to A leave nothing, and nothing is drawn.
    const short = deal.pay({ cash: 1_200n }, 1_300n);
    expect([short.value('line.draw'), short.account('standby'), short.paid('B interest')]).toEqual([0n, 300n, 0n]);
    expect(short.state('drawn.line')).toBe(300n);
    // The missing 2.00 come with 22.00. A takes 10.00; 14.00 are there for the 10.05 that B is due, so that nothing is lent.
    // The step moves the 3.00 on, and all of them are paid back.
    const next = deal.pay({ cash: 2_200n });
    expect([next.value('line.draw'), next.account('standby'), next.paid('line')]).toEqual([0n, 0n, 300n]);
    expect([next.paid('B interest'), next.paid('residual'), next.state('drawn.line')]).toEqual([1_005n, 395n, 0n]);
  });

  it('is not yet in its histories above the step', () => {
    const steps = `- {step: fee, pay: 'total(line.draw, 2)', payee: bank, from: [collection]}\n${STEPS}`;
    const deal = new Construct({ ...terms(), steps });
    // 10.00 to A leave 2.00 for B's 5.00: 3.00 are lent. Nothing was lent before, so nothing is paid for it.
    const first = deal.pay({ cash: 1_200n });
    expect([first.paid('fee'), first.value('line.draw'), first.paid('B interest')]).toEqual([0n, 300n, 500n]);
    // The 3.00 of the last date are paid for: 9.00 to A, 1.00 of whose interest is short; all of B's 5.00 would be lent, 3.00 of
    // the limit are left.
    const second = deal.pay({ cash: 1_200n });
    expect([second.paid('fee'), second.value('line.draw'), second.paid('B interest')]).toEqual([300n, 300n, 300n]);
  });

  it('is not drawn where its step does not run', () => {
    const steps = STEPS.replace('from: [standby]}', 'from: [standby], when: period != 1}');
    const deal = new Construct({ ...terms(), steps });
    expect(deal.pay({ cash: 1_200n }).value('line.draw')).toBe(0n);
    // 3.00 and 0.03 on it, and 5.00 are due to B, of which 2.00 are there: 6.00 are lent.
    expect(deal.pay({ cash: 1_200n }).value('line.draw')).toBe(600n);
  });
});

describe('what is found out before cash moves', () => {
  const deal = (draw: string): Construct =>
    new Construct({
      tranches: '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}',
      accounts: 'standby: {}\nreserve: {target: 20.00 USD}\nspent: {initial: 8.00 USD}',
      collections: COLLECTIONS,
      blocks: `facilities: {line: {provider: bank, draw: "${draw}", at: step}}`,
      steps: `- {step: fill, replenish: reserve, from: [spent, collection]}
- {step: lend, draw: line, into: collection, from: [standby]}
- {step: p, principal: A.balance, to: A, from: [reserve], when: period = 24}
- {step: back, repay: line, from: [collection], when: period = 24}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('takes nothing out of an account that only pays', () => {
    const date = deal('max(0, 3.00 USD - spent.balance)').pay({ cash: 500n });
    // 8.00 and 5.00 go to the reserve, and the account that paid stands at nothing: 3.00 are drawn
    expect([date.account('reserve'), date.account('spent'), date.value('line.draw'), date.paid('residual')]).toEqual([
      1_300n,
      0n,
      300n,
      300n,
    ]);
  });

  it('sees what came into an account', () => {
    const date = deal('max(0, 15.00 USD - reserve.balance)').pay({ cash: 500n });
    expect([date.account('reserve'), date.value('line.draw'), date.paid('residual')]).toEqual([1_300n, 200n, 200n]);
  });
});

describe('a draw that does not fit', () => {
  const codes = (blocks: Partial<ReturnType<typeof terms>>): string[] =>
    parseDeal(documentOf({ ...terms(), ...blocks })).diagnostics.map(({ code }) => code);

  it.each<[string, Partial<ReturnType<typeof terms>>, string]>([
    ['of a facility that is drawn before', terms('{provider: bank, draw: cash}'), 'draw-step'],
    [
      'that no step makes',
      { steps: STEPS.replace('draw: line, into: collection', 'transfer: all, into: collection') },
      'draw-step',
    ],
    ['from another account', { steps: STEPS.replace('from: [standby]', 'from: [suspense]') }, 'draw-step'],
    ['that depends on what is paid below', terms('{provider: bank, draw: payB.short, at: step}'), 'not-yet-known'],
    ['that a formula before it uses', { blocks: `${terms().blocks}\nformulas: {early: line.draw}` }, 'not-yet-known'],
    [
      'that a step above it would spend',
      { steps: STEPS.replace('interest: A, from: [collection]', 'interest: A, from: [collection, standby]') },
      'draw-step',
    ],
    [
      'whose account a condition above it looks at',
      { steps: STEPS.replace('when: collection.balance > 30.00 USD', 'when: standby.balance > 0.00 USD') },
      'draw-step',
    ],
    [
      'that depends on its own account',
      terms('{provider: bank, draw: 5.00 USD - standby.balance, at: step}'),
      'draw-step',
    ],
    [
      'that a negative item is set off with',
      {
        collections: COLLECTIONS.replace('[line.draw]', '[line.draw, cash]').replace('items: [cash]', 'items: [more]'),
      },
      'draw-step',
    ],
    [
      'that shares an account with another',
      {
        ...terms('{provider: bank, draw: 1.00 USD, at: step}, other: {provider: bank, draw: 2.00 USD, at: step}'),
        collections: COLLECTIONS.replace('[line.draw]', '[line.draw, other.draw]'),
        steps: STEPS.replace(
          '- {step: payB',
          '- {step: lendMore, draw: other, into: collection, from: [standby]}\n- {step: payB',
        ),
      },
      'draw-step',
    ],
    [
      'whose account a history above it counts in',
      { steps: STEPS.replace('when: collection.balance > 30.00 USD', "when: 'total(standby.balance, 2) > 0.00 USD'") },
      'draw-step',
    ],
    ['of which only a part moves on', { steps: STEPS.replace('[standby]', '[standby], limit: 1.00 USD') }, 'draw-step'],
    [
      'without an account to go to',
      { steps: STEPS.replace(', into: collection, from: [standby]', ', from: [standby]') },
      'missing-field',
    ],
  ])('%s', (_, blocks, code) => {
    expect(codes(blocks)).toContain(code);
  });
});
