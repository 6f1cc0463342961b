import { describe, expect, it } from '@jest/globals';
import { compileText, CUT_OFF_POOL } from '../../fixtures/sample-deal.js';
import { programCase } from '../../../../test/laws/cases.js';
import { life } from '../../../../test/laws/lives.js';
import { Random } from '../../../../test/laws/random.js';
import { compileProjection, encodeProgram, execute, executeRemitted, ExecutionError, type Program } from '../index.js';
import { valueOf } from '../execute/operation.js';

const SAFE = 2n ** 50n;
const PERIODS = 4;

/** A random program whose constants and rows are small, with a row for each of its periods. */
function smallProgram(seed: number): Program {
  const { program } = programCase(seed);
  const random = new Random(seed ^ 0x5a11);
  const { layout, code } = program;
  const counts = Object.fromEntries(Object.entries(layout.regions).map(([name, { count }]) => [name, count]));
  const small = (count: number): bigint[] =>
    Array.from({ length: count }, () => random.upTo(random.pick([1n, 9n, 999n, 10n ** 13n])));
  const rows = Array.from({ length: PERIODS }, () => small(counts['R'] ?? 0));
  const parts = { tranches: layout.tranches, constants: small(counts['K'] ?? 0), code, rows };
  return encodeProgram({ ...parts, counts: counts as never });
}

/** Whether every value of a run stays below 2^50, where a projection is exact. Follows the code by itself. */
function isSmall({ code }: Program, before: readonly bigint[]): boolean {
  const slots = [...before];
  let skipTo = 0;
  let small = true;
  for (const { op, offset, operands } of code) {
    if (offset < skipTo || !small) continue;
    const [first = 0, ...reads] = operands;
    const [a = 0n, b = 0n, c = 0n] = reads.map((slot) => slots[slot] ?? 0n);
    if (op === 'JMP') skipTo = first;
    else if (op === 'JZ') skipTo = slots[first] === 0n ? reads[0]! : skipTo;
    else if (op === 'PAY') {
      const amount = b < slots[first]! ? b : slots[first]!;
      slots[first]! -= amount;
      slots[reads[0]!]! += amount;
      slots[reads[2]!] = b - amount;
      small = slots[reads[0]!]! < SAFE;
    } else if (op !== 'END') {
      slots[first] = valueOf(op, a, b, c, offset);
      small = slots[first] < SAFE;
    }
  }
  return small;
}

const numbers = (words: readonly bigint[]): Float64Array => Float64Array.from(words, Number);

/** The fault of the exact run as a projection words it; undefined for one that it does not judge, a value of 2^128. */
function faultOf(error: unknown, { code }: Program, period: number): object | undefined {
  if (!(error instanceof ExecutionError) || error.fault === 'WIDTH') throw error;
  const { offset, fault: kind } = error;
  const judged = kind === 'DIV0' || code.find((instruction) => instruction.offset === offset)?.op === 'SUB';
  return judged ? { period, offset, kind } : undefined;
}

interface RandomPath {
  inputs: bigint[][];
  deposits: bigint[];
  state: bigint[];
}

/** What the exact executor says of a path: the slots after each period, the last state, the fault; undefined beyond 2^50. */
function exactPath(program: Program, { inputs, deposits, state }: RandomPath) {
  const { regions } = program.layout;
  const empty = new Array<bigint>(regions.X.count + regions.T.count).fill(0n);
  const values: number[][] = [];
  let words = state;
  for (let period = 1; period <= PERIODS; period++) {
    const at = { period, inputs: inputs[period - 1]!, deposit: deposits[period - 1]!, state: words };
    try {
      const run = execute(program, at);
      const opening = [
        ...program.constants,
        ...program.rows[period - 1]!,
        ...at.inputs,
        at.deposit,
        ...words,
        ...empty,
      ];
      if (!isSmall(program, opening)) return undefined;
      values.push(run.slots.map(Number));
      words = run.state;
    } catch (error) {
      const fault = faultOf(error, program, period);
      return fault && { values: values.flat(), state: words.map(Number), fault };
    }
  }
  return { values: values.flat(), state: words.map(Number), fault: null };
}

/** Runs a random path with both and compares every slot; answers how it ended, or undefined when it left 2^50. */
function comparePath(seed: number, size: number | undefined): 'finished' | 'fault' | undefined {
  const program = smallProgram(seed);
  const { regions, slots } = program.layout;
  const random = new Random(seed ^ 0xc0de);
  const small = (count: number): bigint[] =>
    Array.from({ length: count }, () => random.upTo(random.pick([1n, 99n, 10n ** 6n, 10n ** 13n])));
  const inputs = Array.from({ length: PERIODS }, () => small(regions.I.count));
  const path = { inputs, deposits: small(PERIODS), state: small(regions.A.count + regions.S.count) };
  const wanted = exactPath(program, path);
  if (!wanted) return undefined;
  const { values, state, fault } = compileProjection(program, size).run({
    ...{ firstPeriod: 1, periods: PERIODS, inputs: numbers(inputs.flat()) },
    ...{ deposits: numbers(path.deposits), state: numbers(path.state) },
    watch: Array.from({ length: slots }, (_, slot) => slot),
  });
  const found = { values: [...values.subarray(0, wanted.values.length)], state: [...state], fault };
  expect({ seed, ...found }).toEqual({ seed, ...wanted });
  return fault ? 'fault' : 'finished';
}

describe('a projection below 2^50 is the exact run in every slot of every period', () => {
  it.each([
    ['in one function', undefined],
    ['in functions of about four instructions', 4],
  ])('%s', (_, size) => {
    const ends = { finished: 0, fault: 0 };
    for (let seed = 0; seed < 1200; seed++) {
      const end = comparePath(seed, size);
      if (end) ends[end] += 1;
    }
    expect(ends.finished).toBeGreaterThan(200);
    expect(ends.fault).toBeGreaterThan(100);
  });
});

describe('the sample deal over its whole life', () => {
  it('differs in no slot by a cent', () => {
    const compiled = compileText();
    const { program, initialState } = compiled;
    const { layout } = program;
    const watch = Array.from({ length: layout.slots }, (_, slot) => slot);
    const projections = [compileProjection(program), compileProjection(program, 40)];
    let [largest, compared] = [0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const months = [...life(seed, compiled, CUT_OFF_POOL)];
      const path = {
        firstPeriod: 1,
        periods: months.length,
        inputs: numbers(months.flatMap(({ run }) => run.inputs)),
        deposits: numbers(months.map(({ run }) => run.deposit)),
        state: numbers(initialState),
        watch,
      };
      for (const projection of projections) {
        const { values, fault } = projection.run(path);
        expect(fault).toBeNull();
        months.forEach(({ result }, month) =>
          result.slots.forEach((word, slot) => {
            largest = Math.max(largest, Math.abs(values[month * layout.slots + slot]! - Number(word)));
            compared += 1;
          }),
        );
      }
    }
    expect(compared).toBe(2 * 40 * 72 * layout.slots);
    expect(largest).toBe(0);
  });

  it('on remittance follows executeRemitted', () => {
    const compiled = compileText();
    const { program, initialState } = compiled;
    const { regions } = program.layout;
    const months = [...life(5, compiled, CUT_OFF_POOL)].map(({ run }) => run.inputs);
    const watch = Array.from({ length: regions.X.count }, (_, index) => regions.X.first + index);
    const run = compileProjection(program).run({
      firstPeriod: 1,
      periods: months.length,
      inputs: numbers(months.flat()),
      deposits: 'remittance',
      state: numbers(initialState),
      watch,
    });
    let state: readonly bigint[] = initialState;
    const outputs = months.map((inputs, index) => {
      const exact = executeRemitted(program, { period: index + 1, inputs, state });
      state = exact.state;
      return exact.outputs.map(Number);
    });
    expect([...run.values]).toEqual(outputs.flat());
    expect([...run.state]).toEqual(state.map(Number));
  });
});
