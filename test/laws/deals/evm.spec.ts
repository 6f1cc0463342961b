import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { differencesOfMany } from '../compare.js';
import { Machine } from '../machine.js';
import { type GeneratedCase, generatedCases } from './cases.js';
import { CONSTRUCTS, constructsOf } from './constructs.js';
import { DATE_EVENTS, dateEventsOf } from './date-events.js';
import { cashBreaches } from './laws.js';
import { Reached } from './reached.js';

jest.setTimeout(180_000);

const DEALS = 240;
const STATES = 24;
const DEALS_A_CALL = 12;

let machine: Machine;
let cases: GeneratedCase[];
beforeAll(async () => {
  machine = await Machine.start();
  cases = generatedCases(0, DEALS, STATES);
}, 120_000);
afterAll(async () => {
  await machine.stop();
});

describe(`payment dates of ${DEALS} generated deals`, () => {
  it('end on the EVM with the same hashes over every slot, transfer and stored word, or stop at the same place', async () => {
    let compared = 0;
    for (let first = 0; first < DEALS; first += DEALS_A_CALL) {
      const batches = cases.slice(first, first + DEALS_A_CALL).map(({ compiled, life, others }) => ({
        program: compiled.program,
        runs: [...life, ...others].map(({ run }) => run),
      }));
      expect({ first, found: await differencesOfMany(machine, batches) }).toEqual({ first, found: [] });
      compared += batches.reduce((sum, { runs }) => sum + runs.length, 0);
    }
    console.log(`exact executor = EVM on ${compared} payment dates of ${DEALS} generated deals`);
    expect(compared).toBeGreaterThanOrEqual(8000);
  });

  it('are told apart when they differ in a cent of one word', async () => {
    const [{ compiled, life }] = cases as [GeneratedCase];
    const { run } = life[0]!;
    const runs = [run, { ...run, deposit: run.deposit + 1n }];
    const [digests] = await machine.digests([{ program: compiled.program, runs }]);
    expect(digests).toHaveLength(2);
    expect(digests![0]).not.toEqual(digests![1]);
  });

  it('conserve cash on the EVM by its own words', async () => {
    for (const { seed, compiled, life } of cases.slice(0, 12)) {
      const runs = life.map(({ run }) => run);
      const outcomes = await machine.run(compiled.program, runs);
      const breaches = outcomes.flatMap((outcome, index) =>
        'fault' in outcome ? [] : cashBreaches(compiled, runs[index]!, outcome.slots),
      );
      expect({ seed, breaches }).toEqual({ seed, breaches: [] });
    }
  });

  it('reach the whole language, and everything that a payment date can show', () => {
    const constructs = new Reached(CONSTRUCTS);
    const events = new Reached(DATE_EVENTS);
    for (const { deal, compiled, life, others } of cases) {
      constructs.add(constructsOf(deal, compiled));
      for (const date of [...life, ...others]) events.add(dateEventsOf(compiled, date));
    }
    expect(constructs.rarerThan(8)).toEqual([]);
    expect(events.rarerThan(40)).toEqual([]);
  });
});
