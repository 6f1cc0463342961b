import { readFileSync } from 'node:fs';
import { runScenarioSet } from '@weir/services';
import { balanceOf, readPool } from '@weir/valuation';

const read = (name) => readFileSync(new URL(`../../libs/${name}`, import.meta.url), 'utf8');

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

/** Monte Carlo over collateral and waterfall, with one worker's thread and with two. */
export async function* sets() {
  const pools = [
    ['three lines', readPool(read('valuation/scenarios/pool.yaml')), 2_000],
    ['10,000 loans', loans(10_000), 200],
  ];
  for (const [what, lines, paths] of pools) {
    for (const [threads, name] of [
      [1, 'one worker thread'],
      [2, 'two worker threads'],
    ]) {
      const figure = await scenariosASecond(lines, paths, threads);
      yield { name: `Monte Carlo of the auto deal, ${what}, ${name}`, figure, unit: 'scenarios/s' };
    }
  }
}
