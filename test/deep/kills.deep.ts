import { it } from '@jest/globals';
import { House } from '../e2e/harness.js';
import { Random } from '../laws/random.js';
import { expectWhole, live } from '../faults/kills/life.js';
import { Reaper } from '../faults/kills/reaper.js';
import { Progress } from './progress.js';

/** Seeds of `npm test` lie below this. */
const FIRST_SEED = 1_000_000;

/** Payment dates of one deal. */
const PERIODS = 2;

interface Done {
  lives: number;
  api: number;
  worker: number;
}

const progress = new Progress<Done>({ lives: 0, api: 0, worker: 0 });

/** One deal on a platform of its own. */
async function oneLife(round: number, done: Done): Promise<Done> {
  const house = await House.open();
  const reaper = new Reaper(house, new Random(FIRST_SEED + round));
  try {
    const stage = await Promise.race([live(house.scene, PERIODS), reaper.failed]);
    await reaper.rest();
    await expectWhole(house, stage, PERIODS);
  } finally {
    await reaper.end();
    await house.close();
  }
  const { api, worker } = reaper.kills;
  return { lives: done.lives + 1, api: done.api + api, worker: done.worker + worker };
}

it(
  'issues, settles and pays as if nobody had been killed',
  async () => {
    await progress.until(({ api, worker }) => api + worker, oneLife);
    process.stderr.write(`${JSON.stringify(progress.done)}\n`);
  },
  24 * 3_600_000,
);
