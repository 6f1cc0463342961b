import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CompiledAmendment, compileAmendment, execute, type RunArguments } from '@weir/waterfall';
import { amending, CHANGE_DEAL, compiledOf, edited } from '../../libs/waterfall/src/change/change-deal.fixture.js';
import { differences } from './compare.js';
import { exactOutcome, Machine } from './machine.js';
import { Random } from './random.js';
import { templates } from './template-lives.js';

jest.setTimeout(120_000);

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.start();
});
afterAll(async () => {
  await machine.stop();
});

/** The run that a mapping makes of an old deal's words. */
function runOf({ program, oldAccounts }: CompiledAmendment, words: readonly bigint[]): RunArguments {
  const { A, S } = program.layout.regions;
  const empty = Array<bigint>(A.count - oldAccounts.length + S.count).fill(0n);
  const [balances, inputs] = [words.slice(0, oldAccounts.length), words.slice(oldAccounts.length)];
  return { period: 1, inputs, deposit: 0n, state: [...balances, ...empty] };
}

/** Words at random, small and wide, of which some are zero; what a mapping cannot take over stops it. */
function wordsOf(random: Random, count: number): bigint[] {
  return Array.from({ length: count }, () =>
    random.pick([0n, random.upTo(1_000n), random.upTo(10n ** 12n), 2n ** 85n - 1n - random.upTo(9n)]),
  );
}

const { compiled: old } = compiledOf(CHANGE_DEAL);

/** A trigger and a ledger more, a class renamed, an account merged into another. */
function changed(): CompiledAmendment {
  const text = edited(
    CHANGE_DEAL,
    ['name: B,', 'name: M,'],
    ['interest: B', 'interest: M'],
    ['to: [A, B]', 'to: [A, M]'],
    ['  reserve: {target: 50.00 USD, initial: 50.00 USD}\n', '  cash: {}\n'],
    ['payA, interest: A, from: [collection, reserve]', 'payA, interest: A, from: [collection, cash]'],
    ['from: [collection, reserve], when', 'from: [collection, cash], when'],
    [
      '  - {step: refill, replenish: reserve, from: [collection]}\n',
      "  - {step: book, add: 'max(0, losses)', to: deficiency}\n",
    ],
    ['residual: sponsor, from: [collection]', 'residual: sponsor, from: [collection, cash]'],
    ['triggers:\n', 'ledgers: {deficiency: {}}\ntriggers:\n'],
  );
  const block =
    '  renamed: {M: B}\n  accounts: {reserve: cash}\n  state: {ledger.deficiency: cumulative.losses * 0.5 - 1.00 USD}\n';
  const { deal, compiled: next } = compiledOf(amending(text, old.program.hash, block));
  return compileAmendment(old, next, 3, deal);
}

describe('a mapping of one program to the next', () => {
  it('runs on the EVM as it does in the exact executor, or stops at the same instruction', async () => {
    const amendment = changed();
    const random = new Random(7);
    const runs = Array.from({ length: 200 }, () => runOf(amendment, wordsOf(random, old.initialState.length)));
    expect(await differences(machine, amendment.program, runs)).toEqual([]);
    // The formula comes out negative in some, and is worth something in others.
    const stopped = runs.filter((run) => 'fault' in exactOutcome(amendment.program, run)).length;
    expect(stopped).toBeGreaterThan(20);
    expect(stopped).toBeLessThan(180);
  });

  it('of each template to itself is a valid program on chain and keeps every word', async () => {
    const random = new Random(11);
    const all = templates();
    for (const { compiled } of all) {
      const amendment = compileAmendment(compiled, compiled, 2);
      const { program } = amendment;
      const runs = [compiled.initialState, compiled.initialState.map(() => random.upTo(10n ** 9n))].map((words) =>
        runOf(amendment, words),
      );
      expect(await differences(machine, program, runs)).toEqual([]);
      const { state } = execute(program, runs[0]!);
      expect(state.slice(compiled.accounts.length)).toEqual(compiled.initialState);
    }
    expect(all.length).toBeGreaterThan(10);
  });
});
