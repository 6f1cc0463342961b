import { describe, expect, it } from '@jest/globals';
import { frame, program } from '../../fixtures/machine.js';
import type { OpName } from '../index.js';
import { execute, ExecutionError, resultHashOf, stateHashOf, transferWord } from '../index.js';

const MAX = (1n << 128n) - 1n;
const WIDE = (1n << 85n) - 1n;
const STATE = [0n, 0n, 0n, 0n];

/** Value of T0 after one instruction over the constants a, b, c. */
function result(op: OpName, a: bigint, b = 0n, c = 0n): bigint {
  const reads = { MOV: 1, NOT: 1, MULF: 3, MULN: 3, MULC: 3, SEL: 3 }[op as string] ?? 2;
  const operands = ['K0', 'K1', 'K2'].slice(0, reads);
  const tried = program([a, b, c], [[op, 'T0', ...operands]]);
  const run = execute(tried, { period: 1, inputs: [0n, 0n], deposit: 0n, state: STATE });
  return run.slots[frame([a, b, c])['T0'] ?? -1] ?? -1n;
}

function fault(run: () => unknown): { fault: string; offset: number } {
  try {
    run();
  } catch (error) {
    if (error instanceof ExecutionError) return { fault: error.fault, offset: error.offset };
    throw error;
  }
  return { fault: 'none', offset: -1 };
}

describe('what each instruction computes', () => {
  it.each<[OpName, bigint[], bigint]>([
    ['ADD', [2n, 3n], 5n],
    ['ADD', [MAX, 0n], MAX],
    ['SUB', [3n, 3n], 0n],
    ['SSUB', [3n, 2n], 1n],
    ['SSUB', [2n, 3n], 0n],
    ['MIN', [2n, 3n], 2n],
    ['MIN', [3n, 2n], 2n],
    ['MAX', [2n, 3n], 3n],
    ['MAX', [3n, 2n], 3n],
    ['MULF', [7n, 3n, 2n], 10n],
    ['MULN', [7n, 3n, 2n], 11n],
    ['MULC', [7n, 3n, 2n], 11n],
    ['MULN', [7n, 1n, 3n], 2n],
    ['MULN', [8n, 1n, 3n], 3n],
    ['MULC', [7n, 1n, 3n], 3n],
    ['MULC', [6n, 1n, 3n], 2n],
    ['MULC', [0n, 5n, 3n], 0n],
    ['MULN', [1n, 1n, MAX], 0n],
    ['MULF', [MAX, MAX, MAX], MAX],
    ['MULN', [MAX, MAX, MAX], MAX],
    ['MULC', [MAX, MAX, MAX], MAX],
    // 2^53 is where float64 ends: (10^10 + 1) × 10^10 ÷ (2 × 10^10) = 5,000,000,000.5
    ['ADD', [2n ** 53n - 1n, 1n], 2n ** 53n],
    ['MULF', [10n ** 10n + 1n, 10n ** 10n, 2n * 10n ** 10n], 5_000_000_000n],
    ['MULN', [10n ** 10n + 1n, 10n ** 10n, 2n * 10n ** 10n], 5_000_000_001n],
    ['MULC', [10n ** 10n + 1n, 10n ** 10n, 2n * 10n ** 10n], 5_000_000_001n],
    ['OR', [0n, 0n], 0n],
    ['OR', [0n, 7n], 1n],
    ['OR', [1n, 2n], 1n],
    ['AND', [1n, 2n], 1n],
    ['AND', [4n, 0n], 0n],
    ['NOT', [0n], 1n],
    ['NOT', [9n], 0n],
    ['MOV', [9n], 9n],
    ['LT', [2n, 3n], 1n],
    ['LT', [3n, 3n], 0n],
    ['LE', [3n, 3n], 1n],
    ['LE', [4n, 3n], 0n],
    ['EQ', [3n, 3n], 1n],
    ['EQ', [3n, 4n], 0n],
    ['SEL', [5n, 10n, 20n], 10n],
    ['SEL', [0n, 10n, 20n], 20n],
  ])('%s %j is %d', (op, [a = 0n, b, c], expected) => {
    expect(result(op, a, b, c)).toBe(expected);
  });
});

describe('what stops a run', () => {
  it.each<[OpName, bigint[], string]>([
    ['ADD', [MAX, 1n], 'RANGE'],
    ['SUB', [2n, 3n], 'RANGE'],
    ['MULF', [MAX, 2n, 1n], 'RANGE'],
    ['MULN', [MAX, MAX, MAX - 1n], 'RANGE'],
    ['MULC', [MAX, MAX, MAX - 1n], 'RANGE'],
    ['MULF', [1n, 1n, 0n], 'DIV0'],
    ['MULN', [0n, 0n, 0n], 'DIV0'],
    ['MULC', [1n, 0n, 0n], 'DIV0'],
  ])('%s %j is %s', (op, [a = 0n, b, c], expected) => {
    expect(fault(() => result(op, a, b, c))).toEqual({ fault: expected, offset: 0 });
  });

  it('names the instruction by its offset', () => {
    // MOV takes 5 bytes, so the second instruction stands at 5
    const tried = program([1n, 2n], [['MOV', 'T0', 'K0'], ['SUB', 'T1', 'T0', 'K1']]); // prettier-ignore
    const run = { period: 1, inputs: [0n, 0n], deposit: 0n, state: STATE };
    expect(fault(() => execute(tried, run))).toEqual({ fault: 'RANGE', offset: 5 });
  });

  it('a state word of 2^85, at the end only', () => {
    const run = { period: 1, inputs: [WIDE, 1n], deposit: 0n, state: STATE };
    expect(execute(program([], [['MOV', 'S1', 'I0']]), run).state[3]).toBe(WIDE);
    expect(fault(() => execute(program([], [['ADD', 'S1', 'I0', 'I1']]), run))).toEqual({ fault: 'WIDTH', offset: 7 });
    const passing = program([], [['ADD', 'S1', 'I0', 'I1'], ['MOV', 'S1', 'I1']]); // prettier-ignore
    expect(execute(passing, run).state[3]).toBe(1n);
  });

  it('an account of 2^85', () => {
    const full = program([], [['PAY', 'C0', 'A0', 'C0', 'T0']]);
    expect(fault(() => execute(full, { period: 1, inputs: [0n, 0n], deposit: WIDE + 1n, state: STATE })).fault).toBe(
      'WIDTH',
    );
  });

  it('cash left in the deposit', () => {
    const tried = program([], [['PAY', 'C0', 'A0', 'I0', 'T0']]);
    const run = { period: 1, inputs: [3n, 0n], deposit: 5n, state: STATE };
    expect(() => execute(tried, run)).toThrow(expect.objectContaining({ unmoved: 2n }));
  });

  it.each([
    ['period', { period: 0 }],
    ['period', { period: 2 }],
    ['period', { period: 0.5 }],
    ['inputs', { inputs: [0n] }],
    ['inputs', { inputs: [0n, -1n] }],
    ['inputs', { inputs: [0n, MAX + 1n] }],
    ['deposit', { deposit: -1n }],
    ['deposit', { deposit: MAX + 1n }],
    ['state', { state: [0n, 0n, 0n] }],
    ['state', { state: [0n, 0n, 0n, WIDE + 1n] }],
  ])('arguments that do not fit: %s', (argument, change) => {
    const good = { period: 1, inputs: [0n, 0n], deposit: 0n, state: STATE };
    expect(() => execute(program([], []), { ...good, ...change })).toThrow(expect.objectContaining({ argument }));
  });
});

describe('PAY', () => {
  const pay = (due: bigint, cash: bigint): ReturnType<typeof execute> =>
    execute(program([], [['PAY', 'A0', 'X0', 'I0', 'T0']]), {
      period: 1,
      inputs: [due, 0n],
      deposit: 0n,
      state: [cash, 0n, 0n, 0n],
    });

  it.each([
    [5n, 7n, 5n, 0n],
    [7n, 5n, 5n, 2n],
    [0n, 5n, 0n, 0n],
    [5n, 0n, 0n, 5n],
  ])('due %d of %d pays %d, short %d', (due, cash, paid, short) => {
    const run = pay(due, cash);
    expect(run.outputs).toEqual([paid]);
    expect(run.state[0]).toBe(cash - paid);
    expect(run.slots[frame([])['T0'] ?? -1]).toBe(short);
    expect(run.transfers).toEqual([{ from: frame([])['A0'], to: frame([])['X0'], amount: paid, due, offset: 0 }]);
  });

  it('reads what is due before it writes: due may be the source, the target or the short slot', () => {
    const state = [10n, 4n, 6n, 0n];
    const at = { period: 1, inputs: [0n, 0n], deposit: 0n, state };
    // all of the source
    expect(execute(program([], [['PAY', 'A0', 'A1', 'A0', 'T0']]), at).state.slice(0, 2)).toEqual([0n, 14n]);
    // as much as the target holds
    expect(execute(program([], [['PAY', 'A0', 'A1', 'A1', 'T0']]), at).state.slice(0, 2)).toEqual([6n, 8n]);
    // S0 is due and short: 6 paid, 0 short
    expect(execute(program([], [['PAY', 'A0', 'A1', 'S0', 'S0']]), at).state).toEqual([4n, 10n, 0n, 0n]);
  });

  it('logs a word: from operand, to operand, amount', () => {
    // 32 × 2 = 0x40, 32 × 5 = 0xa0
    expect(transferWord({ from: 2, to: 5, amount: 9n })).toBe((0x40n << 240n) | (0xa0n << 224n) | 9n);
  });
});

describe('operands that are also written', () => {
  it('are read first', () => {
    const tried = program([3n], [['MOV', 'T0', 'K0'], ['ADD', 'T0', 'T0', 'T0'], ['MULF', 'T0', 'T0', 'T0', 'T0'], ['SEL', 'T0', 'T0', 'T0', 'K0']]); // prettier-ignore
    const run = execute(tried, { period: 1, inputs: [0n, 0n], deposit: 0n, state: STATE });
    expect(run.slots[frame([3n])['T0'] ?? -1]).toBe(6n);
  });
});

describe('jumps', () => {
  // JZ at 0 (5 bytes), MOV at 5, JMP at 10 (3 bytes), MOV at 13, END at 18
  const branch = program([1n, 2n], [['JZ', 'I0', 13], ['MOV', 'T0', 'K0'], ['JMP', 18], ['MOV', 'T0', 'K1']]); // prettier-ignore
  it.each([
    [0n, 2n],
    [7n, 1n],
  ])('on %d leave %d', (flag, expected) => {
    const run = execute(branch, { period: 1, inputs: [flag, 0n], deposit: 0n, state: STATE });
    expect(run.slots[frame([1n, 2n])['T0'] ?? -1]).toBe(expected);
  });
});

describe('hashes', () => {
  it('of no words is keccak256 of nothing, of one zero word that of 32 zero bytes', () => {
    // Known values of Ethereum's keccak256
    expect(stateHashOf([])).toBe('0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470');
    expect(stateHashOf([0n])).toBe('0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563');
  });

  it('are those of the slots and transfers that the result shows, whichever is read first', () => {
    const tried = program([], [['PAY', 'C0', 'A0', 'C0', 'T0']]);
    const run = { period: 1, inputs: [3n, 4n], deposit: 5n, state: STATE };
    const [first, second] = [execute(tried, run), execute(tried, run)];
    expect(first.resultHash).toBe(resultHashOf(second.slots, second.transfers));
    expect(second.resultHash).toBe(first.resultHash);
    expect(first.stateHash).toBe(stateHashOf(second.state));
  });

  it('change with any slot and any transfer', () => {
    const tried = program([], [['PAY', 'C0', 'A0', 'C0', 'T0']]);
    const run = (deposit: bigint, input: bigint): string =>
      execute(tried, { period: 1, inputs: [input, 0n], deposit, state: STATE }).resultHash;
    expect(new Set([run(1n, 0n), run(2n, 0n), run(1n, 1n)]).size).toBe(3);
  });
});
