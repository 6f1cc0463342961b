import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { differencesOfMany } from '../laws/compare.js';
import { CONSTRUCTS, constructsOf } from '../laws/deals/constructs.js';
import { DATE_EVENTS, dateEventsOf } from '../laws/deals/date-events.js';
import { generatedCase } from '../laws/deals/cases.js';
import { breachesOf } from '../laws/deals/laws.js';
import { Reached } from '../laws/deals/reached.js';
import { Machine } from '../laws/machine.js';
import { Progress } from './progress.js';

/** Seeds of `npm test` lie below this: a deep run sees other deals. */
const FIRST_SEED = 1_000_000;
/** Deals of one call. */
const DEALS = 12;
/** Payment dates on any state, of each deal. */
const STATES = 48;

interface Done {
  deals: number;
  cases: number;
  constructs: Record<string, number>;
  events: Record<string, number>;
}

const progress = new Progress<Done>({ deals: 0, cases: 0, constructs: {}, events: {} });
let machine: Machine;
beforeAll(async () => {
  machine = await Machine.start();
}, 60_000);
afterAll(async () => {
  await machine.stop();
});

async function compareRound(round: number, done: Done): Promise<Done> {
  const first = FIRST_SEED + DEALS * round;
  const constructs = new Reached(CONSTRUCTS, done.constructs);
  const events = new Reached(DATE_EVENTS, done.events);
  const broken: string[] = [];
  const batches = Array.from({ length: DEALS }, (_, index) => {
    const one = generatedCase(first + index, STATES);
    const dates = [...one.life, ...one.others];
    constructs.add(constructsOf(one.deal, one.compiled));
    for (const date of dates) {
      events.add(dateEventsOf(one.compiled, date));
      broken.push(...breachesOf(one, date).map((said) => `seed ${one.seed}, ${said}`));
    }
    return { program: one.compiled.program, runs: dates.map(({ run }) => run) };
  });
  expect(broken).toEqual([]);
  const found = await differencesOfMany(machine, batches);
  expect({ first, found }).toEqual({ first, found: [] });
  return {
    deals: done.deals + DEALS,
    cases: done.cases + batches.reduce((sum, { runs }) => sum + runs.length, 0),
    constructs: constructs.counts,
    events: events.counts,
  };
}

it(
  'exact executor = EVM on generated deals, and every law holds',
  async () => {
    await progress.until(({ cases }) => cases, compareRound);
    console.log(JSON.stringify(progress.done));
    const { constructs, events } = progress.done;
    expect([
      ...new Reached(CONSTRUCTS, constructs).rarerThan(1),
      ...new Reached(DATE_EVENTS, events).rarerThan(1),
    ]).toEqual([]);
  },
  24 * 3_600_000,
);
