import { readFileSync } from 'node:fs';
import { AS_SCHEDULED, emptyColumns } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { parseScenario, projectDeal } from '@weir/valuation';
import { compileDeal, compileProjection } from '@weir/waterfall';

/** Level-pay loans of 300 to 360 months, each with a balance, a rate and an age of its own; and their loan-months. */
export function mortgagePool(loans) {
  const pool = emptyColumns(loans, true);
  let loanMonths = 0;
  for (let loan = 0; loan < loans; loan++) {
    const term = 300 + (loan % 61);
    pool.balance[loan] = 10_000_000 + 1_237 * (loan % 9_973);
    pool.grossRate[loan] = 0.03 + 0.00001 * (loan % 5_003);
    pool.netRate[loan] = pool.grossRate[loan] - 0.0025;
    pool.loanCount[loan] = 1;
    pool.remainingTerm[loan] = term;
    pool.lastMonth[loan] = term;
    pool.age[loan] = loan % 60;
    loanMonths += term;
  }
  return { pool, loans, loanMonths };
}

/** CPR 8, CDR 2, of which 60 % is recovered after 12 months. */
export const ASSUMPTIONS = {
  ...AS_SCHEDULED,
  prepayment: { model: 'CPR', speed: 0.08 },
  default: { model: 'CDR', speed: 0.02 },
  severity: 0.4,
  recoveryLag: 12,
};

/** Work that runs the flows of a pool through three sequential tranches; answers the projected deal. */
export function sequentialTranches({ pool, loans }) {
  const text = readFileSync(new URL('./sequential.yaml', import.meta.url), 'utf8');
  const { deal, diagnostics } = parseDeal(text);
  if (!deal) throw new TypeError(`the deal of the bench has errors: ${JSON.stringify(diagnostics)}`);
  const cutOffPool = pool.balance.subarray(0, loans).reduce((sum, balance) => sum + balance, 0);
  const compiled = compileDeal(deal, { cutOffPool: BigInt(cutOffPool) });
  const projection = compileProjection(compiled.program);
  const [scenario] = parseScenario('calls: {}').scenarios;
  return (flows) => {
    const projected = projectDeal({ deal, compiled, projection, flows, scenario });
    if (projected.fault) throw new RangeError(projected.fault.message);
    return projected;
  };
}
