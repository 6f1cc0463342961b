import { describe, expect, it } from '@jest/globals';
import { compileDocument, documentOf } from '../../fixtures/construct.js';
import { smallDeal, smallText } from '../../fixtures/small-deal.js';
import { documentHashOf } from './compile-deal.js';

describe('the hash of a document', () => {
  it('is keccak256 of its text', () => {
    // The hashes of nothing and of "abc" as the Keccak team publishes them.
    expect(documentHashOf('')).toBe('0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470');
    expect(documentHashOf('abc')).toBe('0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45');
    expect(smallDeal({}).documentHash).toBe(documentHashOf(smallText({})));
  });
});

describe('a deal that no program can hold', () => {
  const refused = expect.objectContaining({
    diagnostics: [expect.objectContaining({ severity: 'error', line: 1, column: 1, path: '', code: 'program' })],
  });

  it('for its slots is refused', () => {
    const items = Array.from({ length: 40 }, (_, index) => `item${index}`);
    // 40 items for 60 dates back are 2,400 words of state; a frame has 2,047 slots.
    const large = (): unknown =>
      smallDeal({
        report: items.map((item) => `${item}: money`),
        formulas: [`x: ${items.map((item) => `lagged(${item}, 60)`).join(' + ')}`],
      });
    expect(large).toThrow(refused);
    expect(large).toThrow(/slots are more than 2047/);
  });
});

describe('what is listed after a run', () => {
  const { values, symbols } = smallDeal({
    schedules: ['plan: {unit: money, values: [0.00, 5.00]}'],
    calls: ['cleanUp: {by: servicer, when: notes.opening <= 10 % * notes.original, price: notes.balance}'],
    formulas: ['x: plan + notes.interestDue + notes.opening'],
  });

  it('has its unit', () => {
    const unitOf = (name: string): string | undefined => values[name]?.unit;
    expect(['cleanUp.permitted', 'cleanUp.exercised'].map(unitOf)).toEqual(['flag', 'flag']);
    const amounts = ['notes.opening', 'notes.balance', 'notes.interestDue', 'notes.unpaidInterest', 'x'];
    expect(amounts.map(unitOf)).toEqual(amounts.map(() => 'money'));
  });

  it('takes one slot where it is zero and never below', () => {
    expect(symbols).toContain('plan');
    expect(values['plan']?.minus).toBeNull();
  });

  it('stands in one slot, or in none', () => {
    const { values: two } = compileDocument(
      documentOf({
        tranches: `- {name: A, amount: 900.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 50.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}`,
        steps: `- {step: p, principal: notes.balance, to: [A, B], method: sequential, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
      }),
    );
    // the sum of two balances is computed where it is asked for
    expect(Object.keys(two)).toEqual(expect.arrayContaining(['A.balance', 'B.balance']));
    expect(Object.keys(two)).not.toContain('notes.balance');
    expect(Object.keys(values)).toContain('notes.balance');
  });
});

describe('steps', () => {
  const { steps, values, program } = compileDocument(
    documentOf({
      tranches: `- {name: A, amount: 900.00 USD, coupon: 12 %, availableFundsCap: 6 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 50.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: C, amount: 50.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}`,
      report: 'more: money',
      accounts: 'reserve: {target: 10.00 USD}',
      collections: 'items: [cash, line.draw, more]\naccount: collection\nsuspense: suspense',
      blocks: `fees: {servicing: {payee: servicer, amount: 1.00 USD, cap: 0.50 USD}}
hedges: {swap: {counterparty: bank, notional: A.opening, pays: {rate: 1 %, dayCount: 30/360}, accrual: unadjusted}}
facilities: {line: {provider: bank, draw: 1.00 USD}}
ledgers: {losses: {}}
triggers: {late: {when: cash < 1.00 USD, at: step}}`,
      steps: `- {step: fee, fee: servicing, from: [collection]}
- {step: hedge, hedge: swap, from: [collection]}
- {step: both, interest: [B, C], from: [collection]}
- {step: one, interest: A, from: [collection]}
- {step: carry, carryover: A, from: [collection]}
- {step: add, capitalise: B}
- {step: lend, advance: more, to: A}
- {step: excess, feeExcess: servicing, from: [collection]}
- {step: fill, replenish: reserve, from: [collection]}
- {step: book, add: cash, to: losses}
- {step: good, replenish: losses, into: collection, from: [reserve]}
- {step: back, repay: line, from: [collection]}
- {step: tested, test: late}
- {step: note, compute: {seen: 1.00 USD + more}}
- {step: move, transfer: all, into: reserve, from: [collection], when: late}
- {step: p, principal: 1.00 USD, to: [A, B, C], method: sequential, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    }),
  );

  it('are about a class, a fee, a hedge, a facility, a ledger or a trigger', () => {
    expect(Object.fromEntries(steps.map(({ id, subject }) => [id, subject]))).toEqual({
      collections: null,
      fee: 'servicing',
      hedge: 'swap',
      both: null,
      one: 'A',
      carry: 'A',
      add: 'B',
      lend: 'A',
      excess: 'servicing',
      fill: null,
      book: null,
      good: 'losses',
      back: 'line',
      tested: 'late',
      note: null,
      move: null,
      p: null,
      rest: null,
    });
  });

  it('name what they owe, and figures that a formula asks for, and nothing else', () => {
    const figures = Object.keys(values).filter((name) => /\.(due|paid|short)$/.test(name) && name !== 'servicing.due');
    const owing = 'add back book both carry excess fee fill good hedge lend one p'.split(' ');
    expect(figures.sort()).toEqual(owing.map((step) => `${step}.due`));
  });

  it('name one slot for what cannot be negative, in its unit', () => {
    expect(values['seen']).toMatchObject({ unit: 'money', minus: null });
    expect(values['swap.notional']).toMatchObject({ unit: 'money', minus: null });
    expect(program.layout.regions.C.count).toBe(1);
  });
});
