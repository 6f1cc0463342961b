import { describe, expect, it } from '@jest/globals';
import { frame, program } from '../../fixtures/machine.js';
import { compileText } from '../../fixtures/sample-deal.js';
import { compileProjection, type OpName, ProjectionArgumentError, type ProjectionPath } from '../index.js';

const path = (change: Partial<ProjectionPath> = {}): ProjectionPath => ({
  firstPeriod: 1,
  periods: 1,
  inputs: Float64Array.of(0, 0),
  deposits: Float64Array.of(0),
  state: Float64Array.of(0, 0, 0, 0),
  watch: [],
  ...change,
});

/** Value of T0 after one instruction over the constants. */
function result(op: OpName, constants: number[]): number {
  const reads = { MOV: 1, NOT: 1, MULF: 3, MULN: 3, MULC: 3, SEL: 3 }[op as string] ?? 2;
  const wanted = [0, 1, 2].map((index) => BigInt(constants[index] ?? 0));
  const tried = program(wanted, [[op, 'T0', ...['K0', 'K1', 'K2'].slice(0, reads)]]);
  return compileProjection(tried).run(path({ watch: [frame(wanted)['T0'] ?? -1] })).values[0]!;
}

describe('what each instruction computes', () => {
  it.each<[OpName, number[], number]>([
    ['ADD', [2, 3], 5],
    ['SUB', [3, 3], 0],
    ['SSUB', [3, 2], 1],
    ['SSUB', [2, 3], 0],
    ['MIN', [2, 3], 2],
    ['MIN', [3, 2], 2],
    ['MAX', [2, 3], 3],
    ['MAX', [3, 2], 3],
    ['MULF', [7, 3, 2], 10],
    ['MULN', [7, 3, 2], 11],
    ['MULC', [7, 3, 2], 11],
    ['MULN', [7, 1, 3], 2],
    ['MULN', [8, 1, 3], 3],
    ['MULC', [7, 1, 3], 3],
    ['MULF', [7, 3, 1], 21],
    // The machine's half up adds floor(3 ÷ 2) = 1: (4 + 1) ÷ 3
    ['MULN', [4, 1, 3], 1],
    // (10^15 + 1)(10^15 − 1) = 10^30 − 1, which float64 rounds to 10^30
    ['MULF', [10 ** 15 + 1, 10 ** 15 - 1, 10 ** 15], 10 ** 15 - 1],
    ['MULN', [10 ** 15 + 1, 10 ** 15 - 1, 10 ** 15], 10 ** 15],
    ['MULC', [10 ** 15 + 1, 10 ** 15 - 1, 10 ** 15], 10 ** 15],
    // 10^15 × (10^15 + 1) ÷ (2 × 10^15) = 500,000,000,000,000.5
    ['MULF', [10 ** 15, 10 ** 15 + 1, 2 * 10 ** 15], 500_000_000_000_000],
    ['MULN', [10 ** 15, 10 ** 15 + 1, 2 * 10 ** 15], 500_000_000_000_001],
    ['MULC', [10 ** 15, 10 ** 15 + 1, 2 * 10 ** 15], 500_000_000_000_001],
    ['MULF', [2 ** 50 - 1, 2 ** 50 - 1, 2 ** 50 - 1], 2 ** 50 - 1],
    ['MULC', [2 ** 50 - 1, 2 ** 50 - 2, 2 ** 50 - 1], 2 ** 50 - 2],
    ['OR', [0, 0], 0],
    ['OR', [0, 7], 1],
    ['AND', [1, 2], 1],
    ['AND', [4, 0], 0],
    ['NOT', [0], 1],
    ['NOT', [9], 0],
    ['MOV', [9], 9],
    ['LT', [2, 3], 1],
    ['LT', [3, 3], 0],
    ['LE', [3, 3], 1],
    ['LE', [4, 3], 0],
    ['EQ', [3, 3], 1],
    ['EQ', [3, 4], 0],
    ['SEL', [5, 10, 20], 10],
    ['SEL', [0, 10, 20], 20],
  ])('%s %j is %d', (op, constants, expected) => {
    expect(result(op, constants)).toBe(expected);
  });
});

// Two periods: S1 counts up by I0, A0 takes the deposit; S0 is what is due. T0 shows S1 before.
const [COUNT, TAKE] = [['MOV', 'T0', 'S1'], ['PAY', 'C0', 'A0', 'S0', 'T1']] as const; // prettier-ignore
const two = (...lines: Parameters<typeof program>[1]) => {
  const tried = program([], lines);
  return { ...tried, layout: { ...tried.layout, rows: 2 }, rows: [[], []] };
};
const counting = two([...COUNT], ['ADD', 'S1', 'S1', 'I0'], ['MOV', 'S0', 'I1'], [...TAKE]);
const { S1 = -1, A0 = -1, T0 = -1, T1 = -1, I1 = -1 } = frame([]);

describe('a path', () => {
  it('passes state from one payment date to the next, and leaves its arguments as they were', () => {
    const inputs = Float64Array.of(3, 10, 4, 20);
    const state = Float64Array.of(1, 0, 0, 5);
    const run = compileProjection(counting).run(
      path({ periods: 2, inputs, deposits: Float64Array.of(6, 30), state, watch: [S1, A0, T0, T1, I1] }),
    );
    // Period 1: S1 5 + 3; 6 of 10 due come in, 4 short. Period 2: 8 + 4; 20 of the 30 are due.
    expect([...run.values]).toEqual([8, 7, 5, 4, 10, 12, 27, 8, 0, 20]);
    expect([...run.state]).toEqual([27, 0, 20, 12]);
    expect(run.fault).toBeNull();
    expect([...state]).toEqual([1, 0, 0, 5]);
  });

  it('takes just what is due on remittance', () => {
    const inputs = Float64Array.of(3, 10, 4, 20);
    const run = compileProjection(counting).run(path({ periods: 2, inputs, deposits: 'remittance', watch: [A0, T1] }));
    expect([...run.values]).toEqual([10, 0, 30, 0]);
  });

  it('stops at a fault, with the state of the payment date before and no value after', () => {
    // MOV 0, SUB 5: the second period takes 9 from 8
    const tried = two(['MOV', 'S0', 'I0'], ['SUB', 'S1', 'S1', 'I1']);
    const run = compileProjection(tried).run(
      path({ periods: 2, inputs: Float64Array.of(1, 2, 3, 9), deposits: new Float64Array(2), state: Float64Array.of(0, 0, 0, 10), watch: [S1] }), // prettier-ignore
    );
    expect(run.fault).toEqual({ period: 2, offset: 5, kind: 'RANGE' });
    expect([...run.values]).toEqual([8, Number.NaN]);
    expect([...run.state]).toEqual([0, 0, 1, 8]);
  });

  it('stops at a division by zero, by a slot or by a constant', () => {
    const bySlot = program([], [['MOV', 'T0', 'I0'], ['MULF', 'T1', 'I0', 'I0', 'I1']]); // prettier-ignore
    const byConstant = program([0n], [['MULC', 'T1', 'I0', 'I0', 'K0']]);
    expect(compileProjection(bySlot).run(path()).fault).toEqual({ period: 1, offset: 5, kind: 'DIV0' });
    expect(compileProjection(byConstant).run(path()).fault).toEqual({ period: 1, offset: 0, kind: 'DIV0' });
  });

  it('starts at any payment date, on its row', () => {
    const { program: sample, initialState } = compileText();
    const { R, I } = sample.layout.regions;
    const run = compileProjection(sample).run({
      ...path({ firstPeriod: 71, periods: 2, deposits: new Float64Array(2) }),
      inputs: new Float64Array(2 * I.count),
      state: Float64Array.from(initialState, Number),
      watch: [R.first],
    });
    expect([...run.values]).toEqual([sample.rows[70]![0], sample.rows[71]![0]].map(Number));
  });

  it.each<[string, Partial<ProjectionPath>]>([
    ['periods', { firstPeriod: 0 }],
    ['periods', { firstPeriod: 2 }],
    ['periods', { firstPeriod: 0.5 }],
    ['periods', { periods: 0, inputs: new Float64Array(0), deposits: new Float64Array(0) }],
    ['periods', { periods: 2, inputs: new Float64Array(4), deposits: new Float64Array(2) }],
    ['inputs', { inputs: Float64Array.of(1) }],
    ['deposits', { deposits: new Float64Array(2) }],
    ['state', { state: new Float64Array(3) }],
    ['watch', { watch: [-1] }],
    // Two inputs, C, two accounts, two state words, one sink, four of scratch: 0 … 11
    ['watch', { watch: [12] }],
  ])('whose %s do not fit is refused: %j', (argument, change) => {
    const projection = compileProjection(program([], [['MOV', 'S0', 'I0']]));
    expect(() => projection.run(path(change))).toThrow(ProjectionArgumentError);
    expect(() => projection.run(path(change))).toThrow(expect.objectContaining({ argument }));
  });

  it('on remittance is refused when the program reads the deposit before it is in', () => {
    const early = program([], [['MOV', 'T0', 'C0'], ['PAY', 'C0', 'A0', 'C0', 'T1']]); // prettier-ignore
    const run = () => compileProjection(early).run(path({ deposits: 'remittance' }));
    expect(run).toThrow(expect.objectContaining({ argument: 'deposits' }));
  });
});

describe('a lane', () => {
  it('runs path after path in place', () => {
    const lane = compileProjection(counting).lane(2, [S1]);
    const { inputs, state, values } = lane;
    inputs.set([3, 0, 4, 0]);
    expect(lane.run(1, 2, true)).toBeNull();
    expect([...values]).toEqual([3, 7]);
    expect(state[3]).toBe(7);
    expect(lane.run(1, 1, true)).toBeNull();
    expect([...values]).toEqual([10, 7]);
  });

  it('shares nothing with another', () => {
    const projection = compileProjection(counting);
    const [one, other] = [projection.lane(1, [S1]), projection.lane(1, [S1])];
    one.inputs.set([3, 0]);
    one.run(1, 1, true);
    expect([...other.values, ...other.inputs, other.state[3]]).toEqual([0, 0, 0, 0]);
  });
});
