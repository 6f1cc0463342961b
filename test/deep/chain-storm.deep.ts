import { expect, it } from '@jest/globals';
import { ChainStorm, type StormCounts } from '../faults/storm/chain-storm.js';
import { expectWhole } from '../faults/storm/expect-whole.js';
import { Progress } from './progress.js';

/** Seeds of `npm test` lie below this: a deep run sees other storms. */
const FIRST_SEED = 1_000_000;
/** Gusts of one chain. */
const GUSTS = 25;

interface Done {
  gusts: number;
  counts: StormCounts;
}

const progress = new Progress<Done>({ gusts: 0, counts: {} });

async function oneChain(round: number, done: Done): Promise<Done> {
  const storm = await ChainStorm.start(FIRST_SEED + round);
  try {
    for (let gust = 0; gust < GUSTS; gust += 1) {
      await storm.gust();
      if (gust % 5 === 4) await storm.finality();
      expectWhole(await storm.aftermath());
    }
    await storm.finality();
    expect(await storm.backfilled()).toEqual(await storm.followed());
  } finally {
    await storm.stop();
  }
  return { gusts: done.gusts + GUSTS, counts: together(done.counts, storm.counts) };
}

function together(one: StormCounts, other: StormCounts): StormCounts {
  const sum = (name: string): number =>
    name.startsWith('deepest') ? Math.max(one[name] ?? 0, other[name] ?? 0) : (one[name] ?? 0) + (other[name] ?? 0);
  return Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [name, sum(name)]),
  );
}

it(
  'has each transaction once through every storm',
  async () => {
    await progress.until(({ gusts }) => gusts, oneChain);
    process.stderr.write(`${JSON.stringify(progress.done)}\n`);
  },
  24 * 3_600_000,
);
