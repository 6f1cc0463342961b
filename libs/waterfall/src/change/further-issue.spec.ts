import { beforeAll, describe, expect, it } from '@jest/globals';
import { encodeInputs } from '../compile/inputs.js';
import { executeRemitted } from '../execute/execute.js';
import { amending, CHANGE_DEAL, compiledOf, edited } from './change-deal.fixture.js';
import { compileAmendment } from './compile-amendment.js';
import { AmendmentInvalid, AmendmentRefused } from './errors.js';
import { runAmendment } from './run-amendment.js';

/** The deal may let A grow from 800.00 to 1,000.00. */
const TAP = edited(CHANGE_DEAL, ['triggers:\n', 'offering: {furtherIssues: {A: 1000.00}}\ntriggers:\n']);
const { compiled: old } = compiledOf(TAP);

/** A document in which A is so large, and so much of it is issued. */
const issuing = (amount: string, face: string, ...edits: (readonly [string, string])[]): string =>
  amending(
    edited(TAP, ['name: A, amount: 800.00', `name: A, amount: ${amount}`], ...edits),
    old.program.hash,
    `  issued: {A: ${face}}\n`,
    2,
  );

function stepOf(text: string) {
  const { deal, compiled } = compiledOf(text);
  return { next: compiled, step: compileAmendment(old, compiled, 2, deal) };
}

function faultsOf(text: string): { code: string; message: string }[] {
  try {
    stepOf(text);
    return [];
  } catch (error) {
    if (!(error instanceof AmendmentInvalid)) throw error;
    return error.diagnostics.map(({ code, message }) => ({ code, message }));
  }
}

const pay = (state: readonly bigint[], figures: Record<string, string>): bigint[] =>
  executeRemitted(old.program, { period: 1, inputs: encodeInputs(old, figures), state }).state;
const balances = (words: readonly bigint[]): bigint[] => words.slice(old.accounts.length, old.accounts.length + 2);

/** Interest of 8.00 and 1.00, and 100.00 of principal to A: 700.00 of its 800.00 are left, 7/8. */
let afterOne: bigint[];
beforeAll(() => {
  afterOne = pay(old.initialState, { collected: '109.00', poolClosing: '800.00', losses: '0.00' });
});

describe('more of a class', () => {
  it('grows the balance in proportion to the face, and leaves all else', () => {
    const { next, step } = stepOf(issuing('960.00', '160.00'));
    const { words } = runAmendment(step, afterOne);
    // 700.00 and 160.00 × 7/8.
    expect(balances(words)).toEqual([84_000n, 10_000n]);
    const without = (all: readonly bigint[]): bigint[] => all.filter((_, place) => place !== next.accounts.length);
    expect(without(words)).toEqual(without(afterOne));
    expect(step.taken.find(({ name }) => name === 'balance.A')).toMatchObject({ how: 'issued', from: 'balance.A' });
    expect(next.tranches[0]?.original).toBe(96_000n);
  });

  it.each([
    // 8 cents of face are 7 cents of balance: 160.03 lies between 160.00 and 160.08.
    ['960.03', '160.03', '160.00'],
    ['960.05', '160.05', '160.08'],
    ['800.01', '0.01', '0.08'],
  ])('to %s is refused where the balance is no whole cents', (amount, face, nearest) => {
    const { step } = stepOf(issuing(amount, face));
    expect(() => runAmendment(step, afterOne)).toThrow(new RegExp(`does is ${nearest}`));
  });

  it('is refused for a class that is paid off, and for one that is owed interest', () => {
    const { step } = stepOf(issuing('960.00', '160.00'));
    const place = old.accounts.length;
    const paidOff = afterOne.map((word, index) => (index === place ? 0n : word));
    expect(() => runAmendment(step, paidOff)).toThrow(/A is paid off/);
    const short = old.accounts.length + old.state.indexOf('shortfall.A');
    const owed = afterOne.map((word, index) => (index === short ? 1n : word));
    expect(() => runAmendment(step, owed)).toThrow(AmendmentRefused);
    expect(() => runAmendment(step, owed)).toThrow(/shortfall\.A/);
  });

  it.each([
    [issuing('960.00', '159.00'), 'the class says 960.00'],
    [issuing('1000.08', '200.08'), 'the amended deal lets it grow to 1000.00'],
    [edited(issuing('960.00', '160.00'), ['issued: {A', 'issued: {C']), 'C is no class of both documents'],
    [edited(issuing('960.00', '160.00'), ['{A: 1000.00}', '{A: 1000.01}']), 'stays at most 1000.00'],
    [edited(issuing('960.00', '160.00'), ['issued: {A: 160.00}', 'state: {}']), 'under amends.issued what more'],
  ])('says what does not fit', (text, message) => {
    const faults = faultsOf(text);
    expect(faults.map((fault) => fault.message).join('\n')).toContain(message);
  });

  it('is not issued beside a notional class, which would be owed interest on notes that nobody holding it bought', () => {
    const withX = edited(
      TAP,
      [
        'formulas:\n',
        '  - {name: X, amount: 800.00 USD, notional: A.balance, coupon: 1.2 %, dayCount: 30/360, accrual: unadjusted}\nformulas:\n',
      ],
      ['  - {step: payB,', '  - {step: payX, interest: X, from: [collection, reserve]}\n  - {step: payB,'],
    );
    const { compiled: before } = compiledOf(withX);
    const grown = edited(withX, ['name: A, amount: 800.00', 'name: A, amount: 960.00']);
    const { deal, compiled } = compiledOf(amending(grown, before.program.hash, '  issued: {A: 160.00}\n', 2));
    expect(() => compileAmendment(before, compiled, 2, deal)).toThrow(/beside the notional class X/);
  });

  it('is never issued where the deal does not say how far a class may grow', () => {
    const text = edited(CHANGE_DEAL, ['name: A, amount: 800.00', 'name: A, amount: 960.00']);
    const { compiled: closed } = compiledOf(CHANGE_DEAL);
    const { deal, compiled } = compiledOf(amending(text, closed.program.hash, '  issued: {A: 160.00}\n', 2));
    expect(() => compileAmendment(closed, compiled, 2, deal)).toThrow(/never lets it grow/);
  });
});
