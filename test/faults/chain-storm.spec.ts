import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChainStorm } from './storm/chain-storm.js';
import { expectWhole } from './storm/expect-whole.js';
import { RPC_FAULTS } from './storm/faulty-rpc.js';

/** Gusts of npm test; npm run test:deep -- chain-storm 500 goes on with other seeds. */
const GUSTS = 12;

describe('a chain that reorganises under a node that fails', () => {
  let storm: ChainStorm;
  beforeAll(async () => {
    storm = await ChainStorm.start(20_261_121);
  }, 60_000);
  afterAll(() => storm?.stop(), 60_000);

  it('has each transaction once, and the database equals it', async () => {
    for (let gust = 0; gust < GUSTS; gust += 1) {
      await storm.gust();
      if (gust % 4 === 3) await storm.finality();
      expectWhole(await storm.aftermath());
    }
    for (const fault of RPC_FAULTS) expect([fault, storm.counts[fault] ?? 0]).not.toEqual([fault, 0]);
    expect(storm.counts['deepest reorganisation']).toBeGreaterThan(10);
  }, 180_000);

  it('fills a fresh database from block 0 with what the one that followed it holds', async () => {
    await storm.finality();
    const followed = await storm.followed();
    expect(followed.ledger.length).toBeGreaterThan(GUSTS);
    expect(await storm.backfilled()).toEqual(followed);
  }, 60_000);
});
