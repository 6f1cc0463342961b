import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type CompiledDeal, execute, type RunArguments } from '@weir/waterfall';
import { compileText } from '../../libs/waterfall/fixtures/sample-deal.js';
import { dealCase, edgeCase, programCase } from '../laws/cases.js';
import { differencesOfMany } from '../laws/compare.js';
import { type Event, eventsOf, Tally } from '../laws/events.js';
import { life } from '../laws/lives.js';
import { Machine } from '../laws/machine.js';
import { Random } from '../laws/random.js';
import { Progress } from './progress.js';

/** Seeds of `npm test` lie below this: a deep run sees other cases. */
const FIRST_SEED = 1_000_000;

interface Done {
  paymentDates: number;
  edges: number;
  programs: number;
  events: Partial<Record<Event, number>>;
}

const progress = new Progress<Done>({ paymentDates: 0, edges: 0, programs: 0, events: {} });
let machine: Machine;
beforeAll(async () => {
  machine = await Machine.start();
}, 60_000);
afterAll(async () => {
  await machine.stop();
});

/** One whole life and as many payment dates in any state; a cut-off pool of its own between 10,000.00 and 10^13 cents. */
function paymentDates(seed: number): { compiled: CompiledDeal; runs: RunArguments[]; edges: RunArguments[] } {
  const random = new Random(seed);
  const pool = 100_000_000n + random.upTo(10n ** BigInt(8 + random.below(6)));
  const compiled = compileText(undefined, pool);
  const months = [...life(seed, compiled, pool)].map(({ run }) => run);
  const states = months.map((_, index) => dealCase(100 * seed + index, compiled, pool).run);
  const edges = Array.from({ length: 12 }, (_, index) => edgeCase(100 * seed + index, compiled, pool).run);
  return { compiled, runs: [...months, ...states], edges };
}

async function compareRound(round: number, done: Done): Promise<Done> {
  const seed = FIRST_SEED + round;
  const { compiled, runs, edges } = paymentDates(seed);
  const cases = Array.from({ length: 44 }, (_, index) => programCase(100 * seed + index));
  const found = await differencesOfMany(machine, [
    { program: compiled.program, runs: [...runs, ...edges] },
    ...cases.map(({ program, run }) => ({ program, runs: [run] })),
  ]);
  expect({ seed, found }).toEqual({ seed, found: [] });
  const tally = new Tally(done.events);
  for (const run of runs) tally.add(eventsOf(compiled, run, execute(compiled.program, run)));
  return {
    paymentDates: done.paymentDates + runs.length,
    edges: done.edges + edges.length,
    programs: done.programs + cases.length,
    events: tally.counts,
  };
}

it(
  'exact executor = EVM',
  async () => {
    await progress.until((done) => done.paymentDates + done.edges + done.programs, compareRound);
    console.log(JSON.stringify(progress.done));
  },
  24 * 3_600_000,
);
