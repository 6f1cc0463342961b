import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runScenarioSet } from '@weir/services';
import { balanceOf, readPool } from '@weir/valuation';

const read = (name) => readFileSync(new URL(`../../libs/${name}`, import.meta.url), 'utf8');

const CHILD = fileURLToPath(new URL('./sets-child.mjs', import.meta.url));

const RUNS = 2;

/** Random futures of the sample deal: rates, prepayments and defaults move, a price of each class is found. */
const setOf = (paths) => read('valuation/scenarios/set-monte-carlo.yaml').replace('paths: 200', `paths: ${paths}`);

/** Loans of equal size, rates and terms over a range, of the balance of the sample deal's pool. */
function loans(count) {
  const balance = Math.floor(18_363_940_443 / count);
  return Array.from({ length: count }, (_, index) => ({
    balance,
    grossRate: 0.03 + (index % 60) / 1000,
    netRate: 0.02 + (index % 60) / 1000,
    remainingTerm: 24 + (index % 49),
    age: index % 24,
    loanCount: 1,
  }));
}

/** Scenarios a second of a whole run, threads' start included: the best of some. */
async function scenariosASecond(lines, paths, threads) {
  const request = { document: read('deal/templates/auto.yaml'), cutOffPool: balanceOf(lines), lines };
  const whole = { ...request, set: setOf(paths), state: null, fixings: null, assumeZero: false };
  let best = 0;
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    await runScenarioSet(whole, { threads });
    best = Math.max(best, (1000 * paths) / (performance.now() - begun));
  }
  return best;
}

/** Lines as the pool file that the platform takes. */
function poolText(lines) {
  const percent = (rate) => `${(100 * rate).toFixed(1)} %`;
  const rows = lines.map(({ balance, grossRate, netRate, remainingTerm, age }) =>
    [(balance / 100).toFixed(2), percent(grossRate), percent(netRate), remainingTerm, age].join(','),
  );
  return ['balance,grossRate,netRate,remainingTerm,age', ...rows, ''].join('\n');
}

/** The same sets on the platform: worker processes, their jobs through pg-boss, all in Postgres. */
function* onPlatform(pools) {
  const input = JSON.stringify(pools);
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHILD], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the platform's sets stopped: ${stderr.slice(-2_000)}`);
  for (const { what, workers, scenariosASecond, shards } of JSON.parse(stdout)) {
    const processes = workers === 1 ? 'one worker process' : `${workers} worker processes`;
    const name = `the same on the platform, ${what}, ${shards} shards, ${processes}`;
    yield { name, figure: scenariosASecond, unit: 'scenarios/s' };
  }
}

/** Monte Carlo over collateral and waterfall: threads of one process alone, and worker processes of the platform. */
export async function* sets() {
  const three = readPool(read('valuation/scenarios/pool.yaml'));
  const many = loans(10_000);
  for (const [what, lines, paths] of [
    ['three lines', three, 2_000],
    ['10,000 loans', many, 200],
  ]) {
    for (const [threads, name] of [
      [1, 'one thread'],
      [2, 'two threads'],
    ]) {
      const figure = await scenariosASecond(lines, paths, threads);
      yield { name: `Monte Carlo of the auto deal, ${what}, ${name}`, figure, unit: 'scenarios/s' };
    }
  }
  yield* onPlatform([
    { what: 'three lines', pool: read('valuation/scenarios/pool.yaml'), paths: 4_000 },
    { what: '10,000 loans', pool: poolText(many), paths: 200 },
  ]);
}
