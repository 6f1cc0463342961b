import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { House } from '../e2e/harness.js';
import { Random } from '../laws/random.js';
import { expectWhole, live } from './kills/life.js';
import { Reaper } from './kills/reaper.js';

/** Kills in one life; npm run test:deep -- kills 200 goes on. */
const KILLS = 8;

describe('a platform whose processes are killed at random moments', () => {
  let house: House;
  let reaper: Reaper | null = null;
  beforeAll(async () => {
    house = await House.open();
  }, 120_000);
  afterAll(async () => {
    await reaper?.end();
    await house?.close();
  }, 60_000);

  it('issues, settles and pays as if nobody had been', async () => {
    reaper = new Reaper(house, new Random(20_261_121), KILLS);
    const stage = await Promise.race([live(house.scene, 1), reaper.failed]);
    await reaper.rest();
    expect(reaper.total).toBeGreaterThanOrEqual(KILLS);
    await expectWhole(house, stage, 1);
  }, 300_000);
});
