import { projectLoans } from '@weir/collateral';
import { ASSUMPTIONS, mortgagePool } from './collateral-pool.mjs';

// Says what a pool of so many loans takes, and how far the projection of it raises the process above that at its peak.
const loans = Number(process.argv[2]);
// Warm first, so that compiled code is not counted for the loans.
projectLoans(mortgagePool(1000).pool, [ASSUMPTIONS]);
const resident = () => {
  globalThis.gc();
  return process.memoryUsage().rss;
};
const before = resident();
const { pool } = mortgagePool(loans);
const held = resident();
projectLoans(pool, [ASSUMPTIONS]);
const peak = Math.max(process.memoryUsage().rss, process.resourceUsage().maxRSS * 1024);
console.log(JSON.stringify({ pool: held - before, projection: peak - held }));
