import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@weir/persistence';
import type { ScenarioSetView } from '@weir/services';
import { startAnvil, type TestChain } from '../anvil.js';
import { once, startPlatform, type TestPlatform } from '../platform.js';
import { WorkerProcess } from './workers/worker-process.js';

const read = (name: string): string => readFileSync(new URL(`../../libs/${name}`, import.meta.url), 'utf8');
const POOL = read('valuation/scenarios/pool.yaml');
/** 1,600 scenarios of the sample pool: shards of 500, 500, 500 and 100. */
const SET = read('valuation/scenarios/set-monte-carlo.yaml').replace('paths: 200', 'paths: 1600');

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a set of scenarios whose worker is killed', () => {
  let platform: TestPlatform;
  let chain: TestChain;
  let issuer: Actor;
  let dealId: string;
  const workers: WorkerProcess[] = [];
  const startWorker = async (): Promise<WorkerProcess> => {
    const worker = await WorkerProcess.start(platform.services.settings, chain.url);
    workers.push(worker);
    return worker;
  };
  const startSet = async (): Promise<string> => {
    const none = { tapeId: null, collections: null, fixings: null, underlying: [] };
    const order = { ...none, set: SET, pool: POOL, fromPeriod: 0, assumeZero: false, leaveOut: null };
    return (await platform.services.scenarioSets.start(issuer, dealId, order, once())).setId;
  };
  const viewOf = (setId: string): Promise<ScenarioSetView> => platform.services.scenarioSets.get(issuer, dealId, setId);
  const shardsOf = (setId: string) =>
    platform.asSystem('select status, attempts from weir.scenario_shard where set_id = $1 order by shard', [
      setId,
    ]) as Promise<{ status: string; attempts: number }[]>;
  const ended = async (setId: string): Promise<ScenarioSetView> => {
    for (;;) {
      const view = await viewOf(setId);
      if (view.status !== 'running') return view;
      await pause(100);
    }
  };

  beforeAll(async () => {
    chain = await startAnvil();
    platform = await startPlatform();
    issuer = await platform.member('sponsor', 'issuer');
    const document = read('deal/templates/auto.yaml');
    ({ dealId } = await platform.services.deals.create(issuer, document, once()));
  }, 60_000);
  afterAll(async () => {
    for (const worker of workers) await worker.end();
    await platform?.stop();
    await chain?.stop();
  }, 60_000);

  it('is finished by another, to the bytes of a run that nothing disturbed', async () => {
    const setId = await startSet();
    const killed = await startWorker();
    // Frozen, it cannot finish its shard between the look and the kill.
    for (;;) {
      await pause(50);
      killed.signal('SIGSTOP');
      const shards = await shardsOf(setId);
      const isMidway =
        shards.some(({ status }) => status === 'done') && shards.some(({ status }) => status === 'running');
      if (isMidway) break;
      killed.signal('SIGCONT');
    }
    await killed.end('SIGKILL');
    const left = await shardsOf(setId);
    expect(left.filter(({ status }) => status === 'running')).toHaveLength(1);
    expect(left.filter(({ status }) => status === 'waiting').length).toBeGreaterThan(0);

    await startWorker();
    const resumed = await ended(setId);
    expect(resumed).toMatchObject({ status: 'done', failure: null, shards: 4, shardsDone: 4, scenariosDone: 1600 });
    const interrupted = left.findIndex(({ status }) => status === 'running');
    expect((await shardsOf(setId))[interrupted]?.attempts).toBeGreaterThanOrEqual(2);

    await startWorker();
    const undisturbed = await ended(await startSet());
    expect(undisturbed.status).toBe('done');
    expect(undisturbed.files).toEqual(resumed.files);
    const bytes = async (view: ScenarioSetView, name: string) =>
      (await platform.services.scenarioSets.file(issuer, dealId, view.setId, name)).bytes;
    for (const { name } of resumed.files)
      expect(Buffer.compare(await bytes(resumed, name), await bytes(undisturbed, name))).toBe(0);
    expect(resumed.files.map(({ name }) => name)).toEqual([
      'results.json',
      'results.csv',
      'summary.json',
      'summary.csv',
    ]);
  }, 240_000);
});
