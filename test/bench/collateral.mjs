import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LoanThreads } from '@weir/services';
import { ASSUMPTIONS, mortgagePool, sequentialTranches } from './collateral-pool.mjs';

const MILLION = 1e6;
const LOANS = 100_000;
const RUNS = 7;
const MEGABYTE = 2 ** 20;

/** Loan-months a second of whole projections, the waterfall included: the best of some, others' load left out. */
async function loanMonthsASecond(threads, { pool, loans, loanMonths }) {
  const tranches = sequentialTranches({ pool, loans });
  const running = await LoanThreads.start(pool, threads);
  let best = Infinity;
  try {
    for (let run = 0; run < RUNS; run++) {
      const begun = performance.now();
      tranches((await running.project([ASSUMPTIONS])).pool);
      best = Math.min(best, performance.now() - begun);
    }
  } finally {
    await running.close();
  }
  return (loanMonths * 1000) / best;
}

/** What a process of its own needs beyond its pool, in bytes. */
function memoryOf(loans) {
  const script = fileURLToPath(new URL('./collateral-memory.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script, String(loans)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Level-pay loans loan by loan, three sequential tranches above: speed on one and two threads, memory by loans. */
export async function* collateral() {
  const pool = mortgagePool(LOANS);
  const what = `collateral and waterfall, ${LOANS.toLocaleString('en-US')} loans of 300–360 months`;
  const unit = 'M loan-months/s';
  for (const [threads, target] of [
    [1, ''],
    [2, '≥ 50'],
  ]) {
    const name = `${what}, ${threads === 1 ? 'one thread' : 'two threads'}`;
    yield { name, figure: (await loanMonthsASecond(threads, pool)) / MILLION, unit, target };
  }
  for (const loans of [10_000, 100_000, 1_000_000]) {
    const { pool: held, projection } = memoryOf(loans);
    const name = `collateral, ${loans.toLocaleString('en-US')} loans`;
    yield { name: `${name}, the pool itself`, figure: held / MEGABYTE, unit: 'MB' };
    yield { name: `${name}, the projection beside it`, figure: projection / MEGABYTE, unit: 'MB', target: 'level' };
  }
}
