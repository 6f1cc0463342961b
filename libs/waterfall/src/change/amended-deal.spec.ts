import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CompiledDeal } from '../compile/compiled-deal.js';
import { encodeInputs } from '../compile/inputs.js';
import { executeRemitted } from '../execute/execute.js';
import { decodeProgram } from '../program/decode.js';
import { amending, CHANGE_DEAL, compiledOf, edited } from './change-deal.fixture.js';
import { compileAmendment } from './compile-amendment.js';
import { AmendmentRefused } from './errors.js';
import { keptValues, netOf } from './kept-values.js';
import { runAmendment } from './run-amendment.js';

const { compiled: old } = compiledOf(CHANGE_DEAL);

/** Words after a payment date; amounts as texts. */
function pay(
  compiled: CompiledDeal,
  state: readonly bigint[],
  period: number,
  figures: Record<string, string>,
): bigint[] {
  return executeRemitted(compiled.program, { period, inputs: encodeInputs(compiled, figures), state }).state;
}

function kept(compiled: CompiledDeal, words: readonly bigint[], name: string): bigint {
  const account = compiled.accounts.indexOf(name);
  if (account >= 0) return words[account] ?? -1n;
  const value = keptValues(compiled).find((known) => known.name === name);
  return value ? netOf(value, words.slice(compiled.accounts.length)) : -1n;
}

let afterTwo: bigint[];
beforeAll(() => {
  // Interest 8.00 + 1.00, principal 900 − 850 = 50.00 to A, 1.00 to the sponsor; then 7.50 + 1.00, 50.00 and 1.50.
  const afterOne = pay(old, old.initialState, 1, { collected: '60.00', poolClosing: '850.00', losses: '5.00' });
  afterTwo = pay(old, afterOne, 2, { collected: '60.00', poolClosing: '800.00', losses: '3.00' });
});

describe('an amendment that adds a trigger on a class and a ledger', () => {
  const text = edited(
    CHANGE_DEAL,
    [
      'triggers:\n',
      'ledgers: {deficiency: {}}\ntriggers:\n  bad: {when: cumulative(losses) > 10.00 USD, sticky: true}\n',
    ],
    ['when: not high', 'when: not high and not bad'],
    ['  - {step: refill', "  - {step: book, add: 'max(0, losses)', to: deficiency}\n  - {step: refill"],
  );
  const { deal, compiled: next } = compiledOf(
    amending(text, old.program.hash, '  state: {ledger.deficiency: cumulative.losses - 1.00 USD}\n'),
  );
  const amendment = compileAmendment(old, next, 3, deal);

  it('takes over what has the same name, and begins the rest as the document says', () => {
    const { words } = runAmendment(amendment, afterTwo);
    expect(kept(next, words, 'balance.A')).toBe(70_000n);
    expect(kept(next, words, 'balance.B')).toBe(10_000n);
    expect(kept(next, words, 'reserve')).toBe(5_000n);
    expect(kept(next, words, 'cumulative.losses')).toBe(800n);
    // 8.00 of losses less 1.00.
    expect(kept(next, words, 'ledger.deficiency')).toBe(700n);
    expect(kept(next, words, 'trigger.bad')).toBe(0n);
  });

  it('pays the third date by the new terms', () => {
    const { words } = runAmendment(amendment, afterTwo);
    const third = pay(next, words, 3, { collected: '57.00', poolClosing: '750.00', losses: '4.00' });
    // 12.00 of losses turn the trigger on: A is paid 7.00 and 50.00, B is owed 1.00.
    expect(kept(next, third, 'trigger.bad')).toBe(1n);
    expect(kept(next, third, 'balance.A')).toBe(65_000n);
    expect(kept(next, third, 'shortfall.B')).toBe(100n);
    expect(kept(next, third, 'ledger.deficiency')).toBe(1_100n);
  });

  it('refuses a state of which a formula comes out negative, with its line', () => {
    // 0.00 of losses less 1.00.
    const run = () => runAmendment(amendment, old.initialState);
    const line = deal.text.slice(0, deal.text.indexOf('cumulative.losses - 1.00')).split('\n').length;
    expect(run).toThrow(AmendmentRefused);
    expect(run).toThrow(new RegExp(`the formula of line ${line}, column \\d+ stops the mapping`));
  });

  it('is a program that says which two it joins, and without a way out for cash', () => {
    const { program } = amendment;
    expect(decodeProgram(program.bytes).hash).toBe(program.hash);
    const half = (hash: string) => [BigInt(hash.slice(0, 34)), BigInt(`0x${hash.slice(34)}`)];
    expect(program.constants.slice(0, 5)).toEqual([...half(old.program.hash), ...half(next.program.hash), 3n]);
    expect(program.layout.regions.X.count).toBe(0);
    expect(compileAmendment(old, next, 3, deal).program.hash).toBe(program.hash);
  });

  it('says of each value where it comes from', () => {
    const of = (name: string) => amendment.taken.find((value) => value.name === name);
    expect(of('balance.A')).toMatchObject({ how: 'carried', from: 'balance.A' });
    expect(of('trigger.bad')).toMatchObject({ how: 'closing', from: null });
    expect(of('ledger.deficiency')).toMatchObject({ how: 'formula', from: 'cumulative.losses - 1.00 USD' });
    expect(amendment.accounts).toContainEqual({ name: 'reserve', into: 'reserve' });
  });
});

describe('an amendment that renames a class and merges an account', () => {
  const text = edited(
    CHANGE_DEAL,
    ['name: B,', 'name: M,'],
    ['interest: B', 'interest: M'],
    ['to: [A, B]', 'to: [A, M]'],
    ['  reserve: {target: 50.00 USD, initial: 50.00 USD}\n', '  cash: {}\n'],
    ['payA, interest: A, from: [collection, reserve]', 'payA, interest: A, from: [collection, cash]'],
    ['from: [collection, reserve], when', 'from: [collection, cash], when'],
    ['  - {step: refill, replenish: reserve, from: [collection]}\n', ''],
    ['residual: sponsor, from: [collection]', 'residual: sponsor, from: [collection, cash]'],
  );
  const { deal, compiled: next } = compiledOf(
    amending(text, old.program.hash, '  renamed: {M: B}\n  accounts: {reserve: cash}\n'),
  );

  it('carries what the class has under its new name, and all cash', () => {
    const amendment = compileAmendment(old, next, 3, deal);
    // B had been left 0.40 short, which is owed on.
    const short = [...afterTwo];
    short[old.accounts.length + old.state.indexOf('shortfall.B')] = 40n;
    const { words, result } = runAmendment(amendment, short);
    expect(kept(next, words, 'balance.M')).toBe(10_000n);
    expect(kept(next, words, 'shortfall.M')).toBe(40n);
    expect(kept(next, words, 'cash')).toBe(5_000n);
    expect(result.transfers.reduce((sum, { amount }) => sum + amount, 0n)).toBe(5_000n);
    expect(words.slice(0, next.accounts.length).reduce((a, b) => a + b, 0n)).toBe(5_000n);
  });
});

describe('an amendment that gives something up', () => {
  const text = edited(CHANGE_DEAL, ['cumulative(losses) > 100.00 USD', 'losses > 100.00 USD']);

  it('refuses a state in which it is not zero, unless it is dropped with a reason', () => {
    const plain = compiledOf(amending(text, old.program.hash, ''));
    const amendment = compileAmendment(old, plain.compiled, 3, plain.deal);
    expect(() => runAmendment(amendment, afterTwo)).toThrow(AmendmentRefused);
    expect(() => runAmendment(amendment, afterTwo)).toThrow(/"cumulative.losses" .* is not zero/);
    expect(kept(plain.compiled, runAmendment(amendment, old.initialState).words, 'balance.A')).toBe(80_000n);

    const dropped = compiledOf(
      amending(text, old.program.hash, '  dropped: {cumulative.losses: no test asks for it}\n'),
    );
    const { gone } = compileAmendment(old, dropped.compiled, 3, dropped.deal);
    expect(gone).toMatchObject([{ name: 'cumulative.losses', how: 'dropped', reason: 'no test asks for it' }]);
  });
});

describe('states are taken over by name', () => {
  const states = (list: string) =>
    edited(CHANGE_DEAL, ['triggers:\n', `states: {${list}}\ntriggers:\n`]).replace(
      /priorityOfPayments:\n([\s\S]*)/,
      (_, steps: string) => {
        const block = (state: string, mark: string) =>
          `  ${state}:\n${steps.replace(/step: /g, `step: ${mark}`).replace(/^/gm, '  ')}\n`;
        return `priorityOfPayments:\n${block('early', 'e')}${block('late', 'l')}`;
      },
    );

  it('also when their order changes, and not when the state is no more', () => {
    const before = compiledOf(states('early: {}, late: {when: losses > 4.00 USD}')).compiled;
    const after = compiledOf(
      amending(states('late: {}, early: {when: losses > 40.00 USD}'), before.program.hash, '', 2),
    );
    const first = pay(before, before.initialState, 1, { collected: '60.00', poolClosing: '850.00', losses: '5.00' });
    // `late` is the second of two before, and the first after.
    expect(kept(before, first, 'state')).toBe(10n ** 12n);
    const amendment = compileAmendment(before, after.compiled, 2, after.deal);
    expect(kept(after.compiled, runAmendment(amendment, first).words, 'state')).toBe(0n);
    expect(kept(after.compiled, runAmendment(amendment, before.initialState).words, 'state')).toBe(10n ** 12n);
  });
});
