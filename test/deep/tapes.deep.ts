import { expect, it } from '@jest/globals';
import { MUTATIONS } from '../laws/tapes/mutations.js';
import { runMutant } from '../laws/tapes/run-mutant.js';
import { Progress } from './progress.js';

/** Seeds of `npm test` lie below this: a deep run sees other tapes. */
const FIRST_SEED = 1_000_000;
/** Cases of one round. */
const CASES = 150;
/** Memory that the whole run may take, whatever it is fed. */
const MOST_MEGABYTES = 1_500;

interface Done {
  cases: number;
  /** Cases by mutation. */
  mutations: Record<string, number>;
  peakMegabytes: number;
}

const progress = new Progress<Done>({ cases: 0, mutations: {}, peakMegabytes: 0 });

async function round(number: number, done: Done): Promise<Done> {
  const mutations = { ...done.mutations };
  const broken: string[] = [];
  for (let index = 0; index < CASES; index++) {
    const outcome = await runMutant(FIRST_SEED + number * CASES + index);
    mutations[outcome.mutation] = (mutations[outcome.mutation] ?? 0) + 1;
    broken.push(...outcome.broken);
  }
  expect(broken).toEqual([]);
  // Kilobytes on Linux.
  const peakMegabytes = Math.max(done.peakMegabytes, process.resourceUsage().maxRSS / 1024);
  expect(peakMegabytes).toBeLessThan(MOST_MEGABYTES);
  return { cases: done.cases + CASES, mutations, peakMegabytes };
}

it(
  'spoilt tapes crash nothing, import nothing in part, and every planted error is located',
  async () => {
    await progress.until(({ cases }) => cases, round);
    console.log(JSON.stringify(progress.done));
    expect(Object.keys(progress.done.mutations).sort()).toEqual(Object.keys(MUTATIONS).sort());
  },
  24 * 3_600_000,
);
