import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CompiledDeal, execute, OPS, RunArgumentError, type RunArguments, type RunResult } from '@weir/waterfall';
import { compileText } from '../../libs/waterfall/fixtures/sample-deal.js';
import { type Case, dealCase, edgeCase, programCase } from './cases.js';
import { differences, differencesOfMany } from './compare.js';
import { eventsOf, Tally } from './events.js';
import { life } from './lives.js';
import { exactOutcome, Machine } from './machine.js';

jest.setTimeout(60_000);

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.start();
});
afterAll(async () => {
  await machine.stop();
});

/** Cut-off pools in cents: of the real tape, a round one, one cent above a rounding step of the notes, a large one. */
const POOLS = [18_363_940_443n, 100_000_000n, 1_250_000_001n, 987_654_321_012_345n];

const PROGRAMS_A_CALL = 100;

describe('payment dates of the sample deal', () => {
  const tally = new Tally();
  let compared = 0;

  async function compare(compiled: CompiledDeal, dates: { run: RunArguments; result: RunResult }[]): Promise<void> {
    const runs = dates.map(({ run }) => run);
    expect(await differences(machine, compiled.program, runs)).toEqual([]);
    for (const { run, result } of dates) tally.add(eventsOf(compiled, run, result));
    compared += runs.length;
  }

  it.each(POOLS)('any state and collections, cut-off pool %d', async (pool) => {
    const compiled = compileText(undefined, pool);
    const runs = Array.from({ length: 100 }, (_, seed) => dealCase(seed, compiled, pool).run);
    await compare(
      compiled,
      runs.map((run) => ({ run, result: execute(compiled.program, run) })),
    );
  });

  it.each(POOLS)('month after month of whole lives, cut-off pool %d', async (pool) => {
    const compiled = compileText(undefined, pool);
    for (let seed = 0; seed < 2; seed++) {
      await compare(compiled, [...life(Number(pool % 1000n) + seed, compiled, pool)]);
    }
  });

  it('were at least 900, and reached everything that a payment date can show', () => {
    console.log(`exact executor = EVM on ${compared} payment dates: ${JSON.stringify(tally.counts)}`);
    expect(compared).toBeGreaterThanOrEqual(900);
    expect(tally.rarerThan(10)).toEqual([]);
  });

  it('with an input at the edge of its range stop in the same way', async () => {
    const [pool] = POOLS as [bigint];
    const compiled = compileText(undefined, pool);
    const runs = Array.from({ length: 60 }, (_, seed) => edgeCase(seed, compiled, pool).run);
    const outcomes = runs.map((run) => exactOutcome(compiled.program, run));
    expect(await differences(machine, compiled.program, runs)).toEqual([]);
    expect(outcomes.filter((outcome) => 'fault' in outcome).length).toBeGreaterThan(20);
  });
});

describe('any program', () => {
  const cases: Case[] = Array.from({ length: 600 }, (_, seed) => programCase(seed));

  it('ends in the same slots, transfers and hashes, or stops at the same place for the same reason', async () => {
    for (let first = 0; first < cases.length; first += PROGRAMS_A_CALL) {
      const batches = cases.slice(first, first + PROGRAMS_A_CALL).map(({ program, run }) => ({ program, runs: [run] }));
      expect({ first, differing: await differencesOfMany(machine, batches) }).toEqual({ first, differing: [] });
    }
    // By their words, too, and not by hashes alone.
    for (const { seed, program, run } of cases.slice(0, 100)) {
      expect({ seed, differing: await differences(machine, program, [run]) }).toEqual({ seed, differing: [] });
    }
    console.log(`exact executor = EVM on ${cases.length} random programs`);
  });

  it('has every instruction and every fault among them', () => {
    const outcomes = cases.map(({ program, run }) => ({ program, outcome: exactOutcome(program, run) }));
    const faults = outcomes.map(({ outcome }) => ('fault' in outcome ? outcome.fault : 'none'));
    const count = (fault: string): number => faults.filter((one) => one === fault).length;
    for (const fault of ['RANGE', 'DIV0', 'WIDTH']) expect(count(fault)).toBeGreaterThanOrEqual(5);
    expect(count('none')).toBeGreaterThan(100);
    for (const op of OPS) {
      const finished = outcomes.filter(
        ({ program, outcome }) => !('fault' in outcome) && program.code.some((line) => line.op === op),
      );
      expect({ op, seen: finished.length >= 10 }).toEqual({ op, seen: true });
    }
  });
});

describe('arguments that do not fit the program', () => {
  const compiled = compileText();
  const [good] = [...life(1, compiled, POOLS[0]!)].map(({ run }) => run);
  const bad: [string, Partial<RunArguments>][] = [
    ['NoSuchPeriod', { period: 0 }],
    ['NoSuchPeriod', { period: 73 }],
    ['InputCount', { inputs: good!.inputs.slice(1) }],
    ['InputCount', { inputs: [...good!.inputs, 0n] }],
    ['InputTooWide', { inputs: [1n << 128n, ...good!.inputs.slice(1)] }],
    ['InputTooWide', { deposit: 1n << 128n }],
    ['StateCount', { state: good!.state.slice(1) }],
    ['StateCount', { state: [...good!.state, 0n] }],
  ];

  it.each(bad)('are refused by both: %s', async (name, change) => {
    const run = { ...good!, ...change };
    expect(() => execute(compiled.program, run)).toThrow(RunArgumentError);
    expect(await machine.refusal(compiled.program, run)).toBe(name);
  });
});
