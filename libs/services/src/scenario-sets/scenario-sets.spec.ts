import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateTape } from '@weir/collateral';
import { JobQueue, type Actor } from '@weir/persistence';
import { balanceOf, readPool, setFiles, type SetRequest } from '@weir/valuation';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { Forbidden, NotFound, OutOfOrder } from '../problem.js';
import { PoolNotChosen, ScenarioRunStopped, ScenarioSetRefused, SetTooLarge } from './errors.js';
import { runScenarioSet } from './run-scenario-set.js';
import type { SetOrder } from './set-order.js';
import { SetKeeper } from './set-keeper.js';
import { MOST_ATTEMPTS, RUN_SHARD_QUEUE, type ShardJob } from './shard-queue.js';
import { ShardWorker } from './shard-worker.js';

/** Threads run what the build made; the suite builds first. */
const SCRIPT = new URL('../../dist/scenario-sets/scenario-thread.js', import.meta.url);

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const DOCUMENT = read('../../../deal/templates/auto.yaml');
const POOL = read('../../../valuation/scenarios/pool.yaml');
/** 1,010 scenarios of the three lines: shards of 500, 500 and 10. */
const MONTE_CARLO = read('../../../valuation/scenarios/set-monte-carlo.yaml').replace('paths: 200', 'paths: 1010');
const order = (more: Partial<SetOrder> = {}): SetOrder => ({
  ...{ set: MONTE_CARLO, pool: POOL, tapeId: null, collections: null, fromPeriod: 0, fixings: null },
  ...{ underlying: [], assumeZero: false, leaveOut: null },
  ...more,
});
const SMALL = 'prepayment: 1.3 % ABS\ngrid:\n  default: [0 %, 100 %]\n';

/** A set over lines by threads of this process. */
function locally(set: string, threads: number): ReturnType<typeof runScenarioSet> {
  const lines = readPool(POOL);
  const request: SetRequest = {
    ...{ document: DOCUMENT, cutOffPool: balanceOf(lines), lines, set },
    ...{ state: null, fixings: null, assumeZero: false },
  };
  return runScenarioSet(request, { threads, script: SCRIPT });
}

/** A tape in which the loan of an asset number states no rate: the only cells of five decimals. */
function withoutRate(tape: string, assetNumber: string): Uint8Array {
  const rows = tape
    .split('\n')
    .map((row) => (row.includes(`,${assetNumber},`) ? row.replace(/,0\.\d{5}(?=,)/g, ',') : row));
  return new TextEncoder().encode(rows.join('\n'));
}

describe('a set of scenarios', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  let investor: Actor;
  let dealId: string;
  let keeper: SetKeeper;
  const sets = () => platform.services.scenarioSets;
  const start = async (more: Partial<SetOrder> = {}, actor = issuer) =>
    (await sets().start(actor, dealId, order(more), once())).setId;
  const worker = (): ShardWorker =>
    new ShardWorker(platform.services.context, platform.services.dataSource, { script: SCRIPT, beatMs: 50 });
  const fileOf = async (setId: string, name: string): Promise<string> =>
    new TextDecoder().decode((await sets().file(issuer, dealId, setId, name)).bytes);
  const shardsOf = (setId: string) =>
    platform.asSystem('select * from weir.scenario_shard where set_id = $1 order by shard', [setId]) as Promise<
      { status: string; attempts: number; done: number; failure: string | null }[]
    >;
  const jobsOf = async (setId: string) =>
    (
      (await platform.asSystem(`select data from pgboss.job where name = $1 and state = 'created'`, [
        RUN_SHARD_QUEUE,
      ])) as { data: ShardJob }[]
    )
      .filter(({ data }) => data.setId === setId)
      .map(({ data }) => data.shard)
      .sort();
  const drop = () => platform.asSystem('delete from pgboss.job where name = $1', [RUN_SHARD_QUEUE]);

  beforeAll(async () => {
    platform = await startPlatform();
    keeper = new SetKeeper(platform.services.context);
    issuer = await platform.member('sponsor', 'issuer');
    investor = await platform.member('investor', 'investor');
    ({ dealId } = await platform.services.deals.create(issuer, DOCUMENT, once()));
    const party = { role: 'investor' as const, organisationId: investor.organisationId };
    await platform.services.deals.addParty(issuer, dealId, party, once());
  }, 60_000);
  afterAll(() => platform.stop());

  it('is run by jobs on two workers, and comes to the bytes of one thread without a database', async () => {
    const key = once();
    const started = await sets().start(issuer, dealId, order(), key);
    expect(started).toMatchObject({ scenarios: 1010, shards: 3 });
    // The same request again starts nothing.
    expect(await sets().start(issuer, dealId, order(), key)).toEqual(started);
    const { setId } = started;
    expect(await jobsOf(setId)).toEqual([0, 1, 2]);
    const workers = [worker(), worker()];
    const queues = workers.map((each) => {
      const queue = new JobQueue({ url: platform.services.settings.databaseUrl });
      queue.workOn<ShardJob>(RUN_SHARD_QUEUE, ({ data }) => each.run(data));
      return queue;
    });
    for (const queue of queues) await queue.start();
    let least = 0;
    for (let view = await sets().get(issuer, dealId, setId); view.status === 'running';) {
      expect(view.scenariosDone).toBeGreaterThanOrEqual(least);
      least = view.scenariosDone;
      await new Promise((resolve) => setTimeout(resolve, 100));
      await keeper.tend();
      view = await sets().get(issuer, dealId, setId);
    }
    for (const queue of queues) await queue.stop();
    for (const each of workers) await each.stop();
    const done = await sets().get(issuer, dealId, setId);
    expect(done).toMatchObject({ status: 'done', scenariosDone: 1010, shards: 3, shardsDone: 3, failure: null });
    const local = setFiles(await locally(MONTE_CARLO, 1));
    for (const { name, text } of local) expect(await fileOf(setId, name)).toBe(text);
    expect(done.files.map(({ name }) => name)).toEqual(local.map(({ name }) => name));
    const audit = (await platform.asSystem('select command from weir.audit_record where object = $1 order by txid', [
      `scenario-set:${setId}`,
    ])) as { command: string }[];
    expect(audit.map(({ command }) => command)).toEqual(['scenario-set.start', 'scenario-set.merge']);
  }, 120_000);

  it('comes to the same on any number of threads', async () => {
    const [one, three] = await Promise.all([locally(SMALL, 1), locally(SMALL, 3)]);
    expect(setFiles(one)).toEqual(setFiles(three));
    expect(one.names).toEqual(['default 0', 'default 1']);
  }, 60_000);

  it('stops when it is cancelled: jobs that wait do nothing, one that runs gives up', async () => {
    const setId = await start({ set: MONTE_CARLO.replace('paths: 1010', 'paths: 100000') });
    const one = worker();
    const running = one.run({ setId, shard: 1 });
    while ((await shardsOf(setId))[1]?.status !== 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    await sets().cancel(issuer, dealId, setId, once());
    await running;
    await one.run({ setId, shard: 2 });
    await keeper.tend();
    await drop();
    await keeper.tend();
    const view = await sets().get(issuer, dealId, setId);
    expect(view).toMatchObject({ status: 'cancelled', shards: 200, shardsDone: 0, files: [] });
    expect((await shardsOf(setId)).every(({ status, attempts }) => status === 'waiting' && attempts === 0)).toBe(true);
    expect(await jobsOf(setId)).toEqual([]);
    await expect(sets().cancel(issuer, dealId, setId, once())).rejects.toThrow(OutOfOrder);
    await one.stop();
  }, 60_000);

  it('fails with the reason when a shard fails again and again', async () => {
    const setId = await start({ set: SMALL });
    await platform.asSystem('update weir.scenario_set set request_sha256 = $2 where set_id = $1', [
      setId,
      'f'.repeat(64),
    ]);
    const one = worker();
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      await expect(one.run({ setId, shard: 0 })).rejects.toThrow('f'.repeat(64));
      expect((await sets().get(issuer, dealId, setId)).status).toBe('running');
    }
    await one.run({ setId, shard: 0 });
    const { status, failure } = await sets().get(issuer, dealId, setId);
    expect(status).toBe('failed');
    expect(failure).toMatch(/^shard 0 failed 4 times: .*ffff/);
    await one.run({ setId, shard: 0 });
    expect((await shardsOf(setId))[0]?.attempts).toBe(MOST_ATTEMPTS);
  }, 60_000);

  it('asks again for a shard whose worker fell silent, and gives up when each of them does', async () => {
    const setId = await start({ set: SMALL });
    await drop();
    const silent = (attempts: number) =>
      platform.asSystem(
        `update weir.scenario_shard set status = 'running', runner = gen_random_uuid(), attempts = $2,
           lease_until = now() - interval '1 second' where set_id = $1`,
        [setId, attempts],
      );
    await silent(1);
    await Promise.all([keeper.tend(), keeper.tend()]);
    expect(await jobsOf(setId)).toEqual([0]);
    expect((await shardsOf(setId))[0]).toMatchObject({ status: 'waiting', attempts: 1 });
    // A shard that waits and has lost its job is asked for again too; one that has its job is not.
    await keeper.tend();
    expect(await jobsOf(setId)).toEqual([0]);
    await drop();
    await keeper.tend();
    expect(await jobsOf(setId)).toEqual([0]);
    await silent(MOST_ATTEMPTS);
    await keeper.tend();
    const { status, failure } = await sets().get(issuer, dealId, setId);
    expect([status, failure]).toEqual(['failed', expect.stringContaining('its worker ended each time')]);
  }, 60_000);

  it('gives its shard back when the worker is told to stop', async () => {
    const setId = await start({ set: MONTE_CARLO.replace('paths: 1010', 'paths: 100000') });
    const one = worker();
    const running = one.run({ setId, shard: 0 });
    while ((await shardsOf(setId))[0]?.status !== 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    await one.stop();
    await running;
    expect((await shardsOf(setId))[0]).toMatchObject({ status: 'waiting', attempts: 0, failure: null });
    await one.run({ setId, shard: 0 });
    expect((await shardsOf(setId))[0]).toMatchObject({ status: 'waiting', attempts: 0 });
    await sets().cancel(issuer, dealId, setId, once());
  }, 60_000);

  it('is refused with every fault of its file and its pool at once, and with what its scenarios lack', async () => {
    const faultsOf = async (more: Partial<SetOrder>) => {
      const refusal = await start(more).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(ScenarioSetRefused);
      return (refusal as ScenarioSetRefused).faults.map(({ what, line, column }) => [what, line, column]);
    };
    const faults = await faultsOf({
      set: 'prepayment: fast\ngrid: { speed: 3 }\n',
      pool: 'balance,grossRate\n1.00,5 %\n',
    });
    expect(faults).toEqual([
      ['the pool', null, null],
      ['the set file', 1, 13],
      ['the set file', 2, 9],
    ]);
    const arm =
      'balance,grossRate,remainingTerm,index,margin,firstReset,resetEvery\n100000000.00,5 %,60,SOFR,1 %,1,12\n';
    const lacking = 'scenarios:\n  given:\n    rates: { SOFR: 2 % }\n  lacking:\n';
    expect(await faultsOf({ set: lacking, pool: arm })).toEqual([['scenario lacking', null, null]]);
    await expect(start({ tapeId: dealId })).rejects.toThrow(PoolNotChosen);
    await expect(start({ set: MONTE_CARLO.replace('paths: 1010', 'paths: 100001') })).rejects.toThrow(SetTooLarge);
  });

  it('runs over the loans of a tape', async () => {
    const bytes = new TextEncoder().encode(generateTape({ seed: 7, month: 1, loans: 40 }));
    const upload = { period: 1, bytes, loanKey: null };
    const { tapeId } = await platform.services.tapes.receive(issuer, dealId, upload, once());
    await platform.services.tapes.importTape(tapeId);
    const pool = await platform.services.tapes.structure(issuer, dealId, tapeId, once());
    const setId = await start({ tapeId, pool: null, set: SMALL });
    const one = worker();
    await one.run({ setId, shard: 0 });
    await one.stop();
    await keeper.tend();
    const view = await sets().get(issuer, dealId, setId);
    expect(view).toMatchObject({ status: 'done', tapeId, scenariosDone: 2, kind: 'grid', warnings: [] });
    // The template's first collection month is 2020-07; a tape of March leaves the payments of three months out.
    await platform.asSystem(
      `update weir.tape set summary = summary || '{"reportingTo": "2020-03-31"}' where tape_id = $1`,
      [tapeId],
    );
    const old = await sets().start(issuer, dealId, order({ tapeId, pool: null, set: SMALL }), once());
    const said = /^the tape is of 2020-03, .* begins with 2020-07: .* 3 months of payments.* give the tape of 2020-06$/;
    expect(old.warnings).toEqual([expect.stringMatching(said)]);
    expect((await sets().get(issuer, dealId, old.setId)).warnings).toEqual(old.warnings);
    await sets().cancel(issuer, dealId, old.setId, once());
    // A loan without a rate is left out by name, as far as so much may be.
    const [loan] = (await platform.asSystem(
      'select loan_key as key from weir.pool_loan where deal_id = $1 order by loan_key',
      [dealId],
    )) as { key: string }[];
    const bytesWithout = withoutRate(
      generateTape({ seed: 7, month: 2, loans: 40 }),
      loan?.key.match(/\d{8,}/)?.[0] ?? '',
    );
    const next = { period: 2, bytes: bytesWithout, loanKey: null };
    const { tapeId: lacking } = await platform.services.tapes.receive(issuer, dealId, next, once());
    await platform.services.tapes.importTape(lacking);
    const leaving = { tapeId: lacking, pool: null, set: SMALL };
    const lost = new RegExp(`^1 of \\d+ loans, .*: row \\d+, loan ${loan?.key}, balance .* lacks a rate`);
    await expect(start({ ...leaving, leaveOut: 0 })).rejects.toMatchObject({
      faults: [{ what: 'the tape', message: expect.stringMatching(lost) }],
    });
    const allowed = await sets().start(issuer, dealId, order({ ...leaving, leaveOut: 0.1 }), once());
    expect(allowed.warnings).toContainEqual(
      expect.stringMatching(/^the tape: 1 of \d+ loans, .*cannot be projected and are/),
    );
    await sets().cancel(issuer, dealId, allowed.setId, once());
    const { scenarios, figures } = JSON.parse(await fileOf(setId, 'results.json')) as {
      scenarios: { name: string; values: string[] }[];
      figures: { figure: string }[];
    };
    const column = (name: string) => figures.findIndex(({ figure }) => figure === name);
    const notes = ['A', 'B', 'C'].reduce((sum, name) => {
      const paid = Number(scenarios[0]?.values[column(`${name}.principal`)]);
      return sum + paid + Number(scenarios[0]?.values[column(`${name}.outstanding`)]);
    }, 0);
    // Notes are 93 % of the pool, each class rounded down to 1,000.
    expect(notes).toBeGreaterThan(0.93 * Number(pool.opening) - 3_000);
    expect(notes).toBeLessThanOrEqual(0.93 * Number(pool.opening));
  }, 60_000);

  it('is nothing that an investor of the deal, or who is no party, asks for or sees', async () => {
    const setId = await start({ set: SMALL });
    const outsider = await platform.member('sponsor', 'issuer');
    await expect(start({}, investor)).rejects.toThrow(Forbidden);
    await expect(start({}, outsider)).rejects.toThrow(NotFound);
    await expect(sets().cancel(investor, dealId, setId, once())).rejects.toThrow(Forbidden);
    expect(await sets().list(investor, dealId)).toEqual([]);
    for (const other of [investor, outsider]) {
      await expect(sets().get(other, dealId, setId)).rejects.toThrow(NotFound);
      await expect(sets().file(other, dealId, setId, 'results.csv')).rejects.toThrow(NotFound);
    }
    expect((await sets().list(issuer, dealId)).map((view) => view.setId)).toContain(setId);
  });

  it('stops at a signal when it is run without a server', async () => {
    const lines = readPool(POOL);
    const request = { document: DOCUMENT, cutOffPool: balanceOf(lines), lines, set: MONTE_CARLO };
    const stop = new AbortController();
    const how = { threads: 2, script: SCRIPT, signal: stop.signal, onProgress: () => stop.abort() };
    const running = runScenarioSet({ ...request, state: null, fixings: null, assumeZero: false }, how);
    await expect(running).rejects.toThrow(ScenarioRunStopped);
  }, 60_000);
});
