// node sets-child.mjs, a JSON list of { what, pool, paths } on standard input: runs each as a set of the sample deal on the
// platform, over a Postgres of its own, with one worker process and with two; JSON on standard output.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

register('./typescript.mjs', import.meta.url);
const { startAnvil } = await import('../anvil.js');
const { once, startPlatform } = await import('../platform.js');
const { WorkerProcess } = await import('../faults/workers/worker-process.js');

const read = (name) => readFileSync(new URL(`../../libs/${name}`, import.meta.url), 'utf8');
const pools = JSON.parse(readFileSync(0, 'utf8'));

/** How often the end of a set is looked for. */
const LOOK_MS = 20;
const RUNS = 2;

const [chain, platform] = [await startAnvil(), await startPlatform()];
const workers = [];
try {
  const { deals, scenarioSets } = platform.services;
  const issuer = await platform.member('sponsor', 'issuer');
  const { dealId } = await deals.create(issuer, read('deal/templates/auto.yaml'), once());

  /** Scenarios a second from the moment the set is asked for until its merged files are there. */
  const run = async ({ pool, paths }) => {
    const set = read('valuation/scenarios/set-monte-carlo.yaml').replace('paths: 200', `paths: ${paths}`);
    const none = { tapeId: null, collections: null, fixings: null, underlying: [] };
    const begun = performance.now();
    const { setId } = await scenarioSets.start(
      issuer,
      dealId,
      { ...none, set, pool, fromPeriod: 0, assumeZero: false },
      once(),
    );
    for (;;) {
      const { status, failure, shards } = await scenarioSets.get(issuer, dealId, setId);
      if (status === 'done') return { scenariosASecond: (1000 * paths) / (performance.now() - begun), shards };
      if (status !== 'running') throw new Error(`the set ${status}: ${failure}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };

  const measured = [];
  for (const count of [1, 2]) {
    while (workers.length < count) workers.push(await WorkerProcess.start(platform.services.settings, chain.url));
    for (const pool of pools) {
      let best = { scenariosASecond: 0 };
      for (let turn = 0; turn < RUNS; turn++) {
        const found = await run(pool);
        if (found.scenariosASecond > best.scenariosASecond) best = found;
      }
      measured.push({ what: pool.what, workers: count, ...best });
    }
  }
  process.stdout.write(JSON.stringify(measured));
} finally {
  for (const worker of workers) await worker.end('SIGTERM');
  await platform.stop();
  await chain.stop();
}
