import { describe, expect, it } from '@jest/globals';
import { faultsOf, placeOf, SMALL_DEAL, withBlocks } from '../small-deal.fixture.js';

const STEPS = SMALL_DEAL.slice(SMALL_DEAL.indexOf('  - {step: payFee'));

/** The small deal in two states, each with its steps; those of the second edited. */
function twoStates(when: string, ...edits: [string, string][]): string {
  const second = edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, STEPS);
  const inState = (state: string, steps: string): string =>
    `  ${state}:\n${steps.replaceAll('  - {step: ', `    - {step: ${state}_`)}`;
  return withBlocks(`states: {normal: {}, late: {when: '${when}'}}`, [
    STEPS,
    inState('normal', STEPS) + inState('late', second),
  ]);
}

const warnings = (text: string): string[] => faultsOf(text).map(({ code, message }) => `${code}: ${message}`);

describe('what one state pays and another does not', () => {
  it('interest of a class, and a fee', () => {
    const text = twoStates(
      'period > 12',
      ['interest: [A, B]', 'interest: A'],
      ['fee: servicing', 'pay: 1.00 USD, payee: bank'],
    );
    expect(faultsOf(text)).toMatchObject([
      { ...placeOf(text, 'late: {'), code: 'missing-in-state', severity: 'warning' },
      { ...placeOf(text, 'late: {'), code: 'missing-in-state', severity: 'warning' },
    ]);
    expect(warnings(text)[0]).toContain('the state late does not pay interest on B,');
    expect(warnings(text)[1]).toContain('the state late does not pay the fee servicing,');
  });

  it('is none where the class is paid off when the state begins, and where no class is paid any more', () => {
    const only: [string, string] = ['interest: [A, B]', 'interest: A'];
    expect(warnings(twoStates('B.opening = 0.00 USD and period > 1', only))).toEqual([]);
    expect(warnings(twoStates('notes.opening <= 0.00 USD', only))).toEqual([]);
    // A class that is paid off tells nothing of another.
    expect(warnings(twoStates('A.opening = 0.00 USD', only))).toHaveLength(1);
    const none = twoStates(
      'period > 12',
      ['  - {step: payInterest, interest: [A, B], from: [collection, reserve]}\n', ''],
      [
        '  - {step: payPrincipal, principal: excess + netLoss, to: [A, B], method: sequential, from: [collection]}\n',
        '',
      ],
    );
    expect(warnings(none)).toEqual([]);
  });

  it('is none where it accretes, and where the fee follows the state', () => {
    expect(
      warnings(twoStates('period > 12', ['interest: [A, B]', 'capitalise: B}\n  - {step: payA, interest: A'])),
    ).toEqual([]);
    const text = twoStates('period > 12', ['fee: servicing', 'pay: 1.00 USD, payee: bank']);
    expect(
      warnings(
        text
          .replace('amount: 1 % / 12', 'amount: if(state.late, 0 %, 1 %) / 12')
          .replace(
            '{payee: servicer, amount: if(state.late, 0 %, 1 %) / 12 * poolClosing}',
            "{payee: servicer, amount: 'if(state.late, 0 %, 1 %) / 12 * poolClosing'}",
          ),
      ),
    ).toEqual([]);
  });
});
