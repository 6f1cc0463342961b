import { describe, expect, it } from '@jest/globals';
import { faultsOf, placeOf, SMALL_DEAL, small, withBlocks, withSteps } from '../small-deal.fixture.js';

const FROM = 'from: [collection]';
const STEPS = SMALL_DEAL.slice(SMALL_DEAL.indexOf('  - {step: payFee'));

/** The steps of the small deal for one state, their names made different by a letter. */
function inState(state: string, letter: string, ...edits: [string, string][]): string {
  const steps = edits.reduce((text, [from, to]) => text.replace(from, to), STEPS);
  return `  ${state}:\n${steps.replaceAll('  - {step: ', `    - {step: ${letter}_`)}`;
}

/** The small deal with these states and these priorities. */
function withStates(states: string, ...priorities: string[]): string {
  return withBlocks(states, [STEPS, priorities.join('')]);
}

it('the small deal has no fault', () => {
  expect(faultsOf(SMALL_DEAL)).toEqual([]);
});

describe('what is owed', () => {
  it.each<[string, [string, string], string, string]>([
    ['principal that is never paid', ['to: [A, B]', 'to: [A]'], '{name: B', 'no-principal'],
    ['interest that is never paid', ['interest: [A, B]', 'interest: A'], '{name: B', 'interest-step'],
    ['a fee that is never paid', ['fee: servicing', 'pay: 1.00 USD, payee: bank'], 'servicing: {', 'fee-step'],
    [
      'a carry-over that is never paid',
      ['sofr + 2 %', 'sofr + 2 %, availableFundsCap: 4 %'],
      '{name: B',
      'no-carryover',
    ],
  ])('%s', (_, edit, part, code) => {
    const text = small(edit);
    expect(faultsOf(text).find((fault) => fault.code === code)).toMatchObject({ ...placeOf(text, part), code });
  });

  it('a coupon without its percent sign is a warning', () => {
    const text = small(['sofr + 2 %', '7']);
    expect(faultsOf(text).find(({ code }) => code === 'coupon')).toMatchObject({
      ...placeOf(text, '{name: B'),
      severity: 'warning',
      message: 'the coupon of B is 100 % a year or more; write 7 % if percent is meant',
    });
    expect(faultsOf(small(['sofr + 2 %', '100 %'])).map(({ code }) => code)).not.toContain('coupon');
  });

  it('a fee whose rate lacks its percent sign is a warning', () => {
    const text = small(
      ['fees:\n', 'fees:\n  agent: {payee: trustee, rate: 1, of: poolClosing}\n'],
      ['  - {step: payFee', '  - {step: payAgent, fee: agent, from: [collection]}\n  - {step: payFee'],
    );
    expect(faultsOf(text)).toMatchObject([
      {
        code: 'coupon',
        severity: 'warning',
        message: 'the rate of agent is 100 % a year or more; write 1 % if percent is meant',
      },
    ]);
  });

  it('principal of a class that has the residual alone', () => {
    const text = small(['to: [A, B]', 'to: [A]'], ['residual: sponsor', 'residual: B']);
    expect(faultsOf(text).find(({ code }) => code === 'no-principal')?.message).toBe(
      'no step pays principal to B; add it to a "to:" list, or write "amount: 0.00 USD" when the residual, which lowers no balance, is all that it gets',
    );
  });

  it('interest that accretes, and a class without a coupon, need no interest step', () => {
    const text = small(
      ['interest: [A, B]', 'interest: A'],
      ['  - {step: rest', '  - {step: z, capitalise: B}\n  - {step: rest'],
    );
    expect(faultsOf(text)).toEqual([]);
    expect(faultsOf(small(['interest: [A, B]', 'interest: A'], ['sofr + 2 %', '0 %']))).toEqual([]);
  });

  it('what never runs pays nothing', () => {
    const text = small(['{step: payInterest', '{step: payInterest, when: false']);
    expect(faultsOf(text).map(({ code }) => code)).toEqual(['interest-step', 'interest-step', 'unreachable']);
  });

  it('a legal final after which no class is outstanding, and one before the first payment date', () => {
    // 24 monthly payment dates from 15 July 2025: the last is 15 June 2027.
    const both = small(['5 %, d', '5 %, legalFinal: 2026-01-15, d'], ['2 %, d', '2 %, legalFinal: 2027-05-15, d']);
    expect(faultsOf(both)).toMatchObject([{ ...placeOf(both, '{name: B'), code: 'legal-final', severity: 'warning' }]);
    const early = small(['5 %, d', '5 %, legalFinal: 2025-07-14, d']);
    expect(faultsOf(early)).toMatchObject([{ ...placeOf(early, '{name: A'), code: 'legal-final' }]);
    expect(faultsOf(small(['2 %, d', '2 %, legalFinal: 2027-06-15, d']))).toEqual([]);
  });

  it('a legal final after the last payment date, and one before closing', () => {
    const late = small(['2 %, d', '2 %, legalFinal: 2027-06-16, d']);
    expect(faultsOf(late)).toMatchObject([{ ...placeOf(late, '{name: B'), code: 'legal-final', severity: 'warning' }]);
    const before = small(['2 %, d', '2 %, legalFinal: 2025-06-10, d']);
    expect(faultsOf(before)).toMatchObject([
      { ...placeOf(before, '{name: B'), code: 'legal-final', severity: 'error' },
    ]);
    // The payment date of 15 May 2027, a Saturday, is moved to Monday 17 May, which is no later than it.
    const moved = small(['paymentDates: 24', 'paymentDates: 23'], ['2 %, d', '2 %, legalFinal: 2027-05-17, d']);
    expect(faultsOf(moved)).toEqual([]);
  });
});

describe('the same thing twice', () => {
  it.each([
    `interest: B, ${FROM}`,
    'replenish: reserve, from: [collection]',
    `fee: servicing, ${FROM}`,
    `principal: excess + netLoss, to: [A, B], method: sequential, ${FROM}`,
  ])('%s', (step) => {
    const text = withSteps(`step: again, ${step}`);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, '{step: again'), code: 'duplicate-step' }]);
  });

  it('is explained by other cash', () => {
    const text = small(
      ['[A, B], from: [collection, reserve]', '[A, B], from: [collection]'],
      ['  - {step: rest', '  - {step: again, interest: A, from: [reserve]}\n  - {step: rest'],
    );
    expect(faultsOf(text)).toEqual([]);
  });

  it('is explained by fresh cash', () => {
    const text = withSteps(
      'step: draw, transfer: all, into: collection, from: [reserve]',
      `step: again, interest: A, ${FROM}`,
    );
    expect(faultsOf(text)).toEqual([]);
  });

  it.each(['when: losses > 0.00 USD', 'limit: 5.00 USD', 'share: 50 %', 'keep: 5.00 USD'])(
    'is explained by %s',
    (bound) => {
      const text = small(
        ['{step: payInterest', `{step: payInterest, ${bound}`],
        ['  - {step: rest', `  - {step: again, interest: [A, B], ${FROM}}\n  - {step: rest`],
      );
      expect(faultsOf(text)).toEqual([]);
    },
  );

  it('is explained by an amount of the moment that steps between change, and not by one without', () => {
    const down = (id: string, amount: string): string => `step: ${id}, writeDown: ${amount}, to: [B]`;
    const live = 'notes.balance - notes.balance';
    expect(faultsOf(withSteps(down('x', live), `step: y, interest: A, from: [reserve]`, down('z', live)))).toEqual([]);
    for (const amount of [live, 'netLoss']) {
      const text = withSteps(down('x', amount), down('z', amount));
      expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, '{step: z'), code: 'duplicate-step' }]);
    }
  });

  it('is explained by arms of which one runs', () => {
    const pay = (id: string): string => `{step: ${id}, pay: 1.00 USD, payee: bank, ${FROM}}`;
    const text = withSteps(`step: x, if: losses > 0.00 USD, then: [${pay('a')}], else: [${pay('b')}]`);
    expect(faultsOf(text)).toEqual([]);
    const both = withSteps(`step: x, if: losses > 0.00 USD, then: [${pay('a')}, ${pay('b')}]`);
    expect(faultsOf(both)).toMatchObject([{ ...placeOf(both, '{step: b'), code: 'duplicate-step' }]);
  });
});

describe('steps that cannot run', () => {
  it.each<[string, string, string]>([
    ['never', `step: x, when: false, pay: 1.00 USD, payee: bank, ${FROM}`, '{step: x'],
    [
      'never, by its parts',
      `step: x, when: losses > 0.00 USD and false, pay: 1.00 USD, payee: bank, ${FROM}`,
      '{step: x',
    ],
    [
      'the else of true',
      `step: x, if: true, then: [{step: a, add: netLoss, to: pdl}], else: [{step: b, set: netLoss, to: pdl}]`,
      '{step: b',
    ],
    ['the then of false', `step: x, if: false, then: [{step: a, add: netLoss, to: pdl}]`, '{step: a'],
  ])('%s', (_, step, part) => {
    const text = withBlocks('ledgers: {pdl: {}}', ['  - {step: rest', `  - {${step}}\n  - {step: rest`]);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, part), code: 'unreachable' }]);
  });

  it('after the residual from the same account', () => {
    const text = `${SMALL_DEAL}  - {step: late, pay: 1.00 USD, payee: bank, ${FROM}}\n`;
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, '{step: late'), code: 'unreachable' }]);
  });

  it('not after the residual from another account, or when one follows that fills it', () => {
    expect(
      faultsOf(`${SMALL_DEAL}  - {step: late, pay: 1.00 USD, payee: bank, from: [collection, reserve]}\n`),
    ).toEqual([]);
    const filled =
      '  - {step: back, release: reserve, into: collection}\n  - {step: late, pay: 1.00 USD, payee: bank, from: [collection]}\n';
    expect(faultsOf(SMALL_DEAL + filled)).toEqual([]);
  });
});

describe('states', () => {
  const [early, late] = [inState('early', 'e'), inState('late', 'l')];

  it('that are never entered', () => {
    const text = withStates('states: {early: {}, late: {}}', early, late);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, 'late: {}'), code: 'unreachable' }]);
    const entered = inState('early', 'e', [
      '  - {step: rest',
      '  - {step: go, when: losses > 5.00 USD, enter: late}\n  - {step: rest',
    ]);
    expect(faultsOf(withStates('states: {early: {}, late: {}}', entered, late))).toEqual([]);
  });

  it('that only a state follows which is never entered', () => {
    const states = 'states: {early: {}, middle: {}, late: {when: losses > 5.00 USD, from: [middle]}}';
    const text = withStates(states, early, inState('middle', 'm'), late);
    expect(faultsOf(text).map(({ path, code }) => [path, code])).toEqual([
      ['states.middle', 'unreachable'],
      ['states.late', 'unreachable'],
    ]);
  });

  it('without a priority of payments', () => {
    const text = withStates('states: {early: {}, late: {when: losses > 5.00 USD}}', early);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, 'late: {'), code: 'no-priority' }]);
  });
});

it('a value of a step that runs in another state only is a warning', () => {
  const states = 'states: {early: {}, late: {when: losses > 5.00 USD}}';
  const using = (formula: string): string =>
    withStates(states, inState('early', 'e'), inState('late', 'l', ['excess + netLoss', formula]));
  const text = using('excess + e_payFee.paid');
  expect(faultsOf(text)).toMatchObject([
    { ...placeOf(text, 'excess + e_payFee'), code: 'other-state', severity: 'warning' },
  ]);
  expect(faultsOf(using('excess + previous(e_payFee.paid) + l_payFee.paid'))).toEqual([]);
});

describe('cash', () => {
  it('that goes into an account and never out of it', () => {
    const text = withBlocks(
      '',
      ['reserve: {', 'dead: {}\n  reserve: {'],
      ['  - {step: rest', '  - {step: x, transfer: 1.00 USD, into: dead, from: [collection]}\n  - {step: rest'],
    );
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, 'dead: {}'), code: 'trapped-cash' }]);
  });

  it('that only goes to and fro between two accounts', () => {
    const steps = [
      '{step: x, transfer: 1.00 USD, into: one, from: [collection]}',
      '{step: y, transfer: all, into: two, from: [one]}',
      '{step: z, transfer: all, into: one, from: [two]}',
    ];
    const text = withBlocks(
      '',
      ['reserve: {', 'one: {}\n  two: {}\n  reserve: {'],
      ['  - {step: rest', `${steps.map((step) => `  - ${step}\n`).join('')}  - {step: rest`],
    );
    expect(faultsOf(text).map(({ path, code }) => [path, code])).toEqual([
      ['accounts.one', 'trapped-cash'],
      ['accounts.two', 'trapped-cash'],
    ]);
  });

  it('of which a release always leaves the target behind', () => {
    const only = (terms: string): string =>
      withBlocks(
        '',
        ['reserve: {', `held: {${terms}}\n  reserve: {`],
        [
          '  - {step: rest',
          '  - {step: x, replenish: held, from: [collection]}\n  - {step: y, release: held, into: collection}\n  - {step: rest',
        ],
      );
    const codes = (terms: string): string[] => faultsOf(only(terms)).map(({ path, code }) => `${path} ${code}`);
    expect(codes('target: 20.00 USD')).toEqual(['accounts.held trapped-cash']);
    expect(codes('target: 1 % * A.opening, floor: 5.00 USD')).toEqual(['accounts.held trapped-cash']);
    // All of it comes out once the class is paid off.
    expect(codes('target: 1 % * A.opening')).toEqual([]);
  });

  it('that a state with no way out of it keeps', () => {
    const edits: [string, string][] = [
      ['from: [collection, reserve]', FROM],
      ['from: [collection, reserve]', FROM],
    ];
    const states = 'states: {early: {}, late: {when: losses > 5.00 USD}}';
    const text = withStates(states, inState('early', 'e'), inState('late', 'l', ...edits));
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, 'reserve: {'), code: 'trapped-cash' }]);
    // Here the deal can still go on to a state that pays from it.
    expect(faultsOf(withStates(states, inState('early', 'e', ...edits), inState('late', 'l')))).toEqual([]);
  });

  it('that a state pays out at once is no matter of the states that follow', () => {
    const pass = (letter: string): [string, string] => [
      '  - {step: rest',
      `  - {step: fill, transfer: 1.00 USD, into: ${letter}, from: [collection]}\n  - {step: empty, pay: all, payee: bank, from: [${letter}]}\n  - {step: rest`,
    ];
    const states = 'states: {early: {}, late: {when: losses > 5.00 USD}}';
    const text = withStates(states, inState('early', 'e', pass('through')), inState('late', 'l'));
    expect(faultsOf(text.replace('  reserve: {', '  through: {}\n  reserve: {'))).toEqual([]);
    const bounded = text.replace('pay: all', 'pay: 0.50 USD').replace('  reserve: {', '  through: {}\n  reserve: {');
    expect(faultsOf(bounded)).toMatchObject([{ ...placeOf(bounded, 'through: {}'), code: 'trapped-cash' }]);
  });

  it.each<[string, string, string, string]>([
    ['that suspense pays', 'step: x, pay: 1.00 USD, payee: bank, from: [suspense]', '{step: x', 'accounts'],
    [
      'that goes into suspense',
      'step: x, transfer: 1.00 USD, into: suspense, from: [collection]',
      '{step: x',
      'accounts',
    ],
    ['up to a target that there is not', 'step: x, replenish: collection, from: [reserve]', '{step: x', 'no-target'],
    ['above a target that there is not', 'step: x, release: collection, into: reserve', '{step: x', 'no-target'],
  ])('%s', (_, step, part, code) => {
    const text = withSteps(step);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, part), code }]);
  });

  it('that an account never receives but should pay is a warning', () => {
    const text = small(
      ['reserve: {', 'empty: {}\n  reserve: {'],
      ['  - {step: rest', '  - {step: x, pay: 1.00 USD, payee: bank, from: [empty]}\n  - {step: rest'],
    );
    expect(faultsOf(text)).toMatchObject([
      { ...placeOf(text, 'empty: {}'), code: 'never-filled', severity: 'warning' },
    ]);
  });

  it('that nobody gets in the end is a warning', () => {
    const text = small(['residual: sponsor', 'pay: 1.00 USD, payee: sponsor']);
    expect(faultsOf(text)).toMatchObject([{ code: 'no-residual', severity: 'warning' }]);
  });
});
