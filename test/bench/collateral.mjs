import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LoanThreads } from '@weir/services';
import { ASSUMPTIONS, mortgagePool, sequentialTranches } from './collateral-pool.mjs';

const MILLION = 1e6;
const LOANS = 100_000;
const RUNS = 7;
const MEGABYTE = 2 ** 20;

/**
 * Loan-months of whole projections, the waterfall included, a second and a second of processor time: the best of some, others'
 * load left out.
 */
async function loanMonthsASecond(threads, { pool, loans, loanMonths }) {
  const tranches = sequentialTranches({ pool, loans });
  const running = await LoanThreads.start(pool, threads);
  let [best, leastWork] = [Infinity, Infinity];
  try {
    for (let run = 0; run < RUNS; run++) {
      const [begun, worked] = [performance.now(), process.cpuUsage()];
      tranches((await running.project([ASSUMPTIONS])).pool);
      best = Math.min(best, performance.now() - begun);
      const { user, system } = process.cpuUsage(worked);
      leastWork = Math.min(leastWork, (user + system) / 1000);
    }
  } finally {
    await running.close();
  }
  return { perSecond: (loanMonths * 1000) / best, perProcessorSecond: (loanMonths * 1000) / leastWork };
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
    const { perSecond, perProcessorSecond } = await loanMonthsASecond(threads, pool);
    yield { name, figure: perSecond / MILLION, unit, target };
    yield { name: `${name}, of processor time`, figure: perProcessorSecond / MILLION, unit };
  }
  for (const loans of [10_000, 100_000, 1_000_000]) {
    const { pool: held, projection } = memoryOf(loans);
    const name = `collateral, ${loans.toLocaleString('en-US')} loans`;
    yield { name: `${name}, the pool itself`, figure: held / MEGABYTE, unit: 'MB' };
    yield { name: `${name}, the projection beside it`, figure: projection / MEGABYTE, unit: 'MB', target: 'level' };
  }
}
