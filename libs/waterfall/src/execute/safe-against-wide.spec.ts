import { describe, expect, it } from '@jest/globals';
import { compileText, CUT_OFF_POOL } from '../../fixtures/sample-deal.js';
import { program } from '../../fixtures/machine.js';
import { dealCase, edgeCase, programCase } from '../../../../test/laws/cases.js';
import { execute, ExecutionError, type Program, type RunArguments, type RunResult } from '../index.js';
import { executeSafe } from './execute-safe.js';
import { executeWide } from './execute-wide.js';

const SAFE = 2n ** 53n - 1n;
const words = ({ slots, transfers, state, outputs, resultHash, stateHash }: RunResult): unknown => ({
  ...{ slots, transfers, state, outputs, resultHash, stateHash },
});

/** What the run with bigint says: its words, or the fault. */
function wide(program: Program, run: RunArguments): unknown {
  try {
    return words(executeWide(program, run, false));
  } catch (error) {
    if (error instanceof ExecutionError) return `${error.fault} at ${error.offset}`;
    throw error;
  }
}

describe('the run on safe integers', () => {
  it('gives every word that the run with bigint gives, over random programs', () => {
    let safe = 0;
    for (let seed = 0; seed < 3000; seed++) {
      const { program: tried, run } = programCase(seed);
      const result = executeSafe(tried, run, false);
      if (!result) continue;
      safe += 1;
      expect({ seed, result: words(result) }).toEqual({ seed, result: wide(tried, run) });
    }
    expect(safe).toBeGreaterThan(500);
  });

  it('gives every word over payment dates of the sample deal, and leaves those at the edges of the range', () => {
    const compiled = compileText();
    const answers = [0, 0];
    for (let seed = 0; seed < 300; seed++) {
      const cases = [dealCase(seed, compiled, CUT_OFF_POOL).run, edgeCase(seed, compiled, CUT_OFF_POOL).run];
      cases.forEach((run, index) => {
        const result = executeSafe(compiled.program, run, false);
        if (!result) return;
        answers[index]! += 1;
        expect({ seed, result: words(result) }).toEqual({ seed, result: wide(compiled.program, run) });
      });
    }
    expect(answers).toEqual([300, 0]);
  });

  it.each<[string, Parameters<typeof program>[1][number], bigint, bigint, bigint | undefined]>([
    ['a sum of 2^53 − 1', ['ADD', 'T0', 'I0', 'I1'], SAFE - 1n, 1n, SAFE],
    ['not a sum of 2^53', ['ADD', 'T0', 'I0', 'I1'], SAFE, 1n, undefined],
    ['a product beyond, divided back', ['MULF', 'T0', 'I0', 'I1', 'I1'], SAFE, 3n, SAFE],
    ['not a quotient of 2^53', ['MULF', 'T0', 'I0', 'I1', 'K0'], 2n ** 52n, 2n, undefined],
    ['not a quotient of 2^53 that only rounding up reaches', ['MULC', 'T0', 'I0', 'I1', 'K1'], SAFE, 3n, undefined],
    ['not a difference below zero', ['SUB', 'T0', 'I0', 'I1'], 2n, 3n, undefined],
    ['not a division by zero', ['MULN', 'T0', 'I0', 'I0', 'I1'], 2n, 0n, undefined],
    ['not an input of 2^53', ['MOV', 'T0', 'I0'], SAFE + 1n, 0n, undefined],
  ])('takes %s', (_, line, first, second, expected) => {
    // MULC: (2^53 − 1) × 3 ÷ 2 is far beyond; K0 = 1, K1 = 2
    const tried = program([1n, 2n], [line]);
    const run = { period: 1, inputs: [first, second], deposit: 0n, state: [0n, 0n, 0n, 0n] };
    const { first: scratch } = tried.layout.regions.T;
    expect(executeSafe(tried, run, false)?.slots[scratch]).toBe(expected);
  });

  it('leaves an account that reaches 2^53, and cash that does so in sum, to bigint', () => {
    const fill = program([], [['PAY', 'C0', 'A0', 'C0', 'T0']]);
    const run = (deposit: bigint, first: bigint, second: bigint): RunArguments => ({
      ...{ period: 1, inputs: [0n, 0n], deposit, state: [first, second, 0n, 0n] },
    });
    expect(executeSafe(fill, run(SAFE - 5n, 5n, 0n), false)?.state[0]).toBe(SAFE);
    expect(executeSafe(fill, run(SAFE - 4n, 5n, 0n), false)).toBeUndefined();
    expect(execute(fill, run(SAFE - 4n, 5n, 0n)).state[0]).toBe(SAFE + 1n);
    expect(executeSafe(fill, run(SAFE, 0n, 1n), false)).toBeUndefined();
    expect(execute(fill, run(SAFE, 0n, 1n)).state.slice(0, 2)).toEqual([SAFE, 1n]);
  });

  it('leaves a program with a constant or a row beyond 2^53 to bigint', () => {
    const tried = program([SAFE + 1n], [['MOV', 'T0', 'K0']]);
    const run = { period: 1, inputs: [0n, 0n], deposit: 0n, state: [0n, 0n, 0n, 0n] };
    expect(executeSafe(tried, run, false)).toBeUndefined();
    expect(execute(tried, run).slots[tried.layout.regions.T.first]).toBe(SAFE + 1n);
  });
});
