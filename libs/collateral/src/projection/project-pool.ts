import { checkAssumptions, type PoolAssumptions } from './assumptions.js';
import { emptyFlows, type PoolFlows } from './pool-flows.js';
import { checkLine, type PoolLine } from './pool-line.js';
import { monthsOf, projectLine } from './project-line.js';

/**
 * Projects a pool of representative lines month by month, by the standard formulas of The Bond Market Association
 * (now SIFMA), Uniform Practices, chapter SF, B and C. Float64 without any rounding: it shows the future and never
 * feeds a payment. The months run until the last payment and, with `charged-off`, the last recovery.
 * @throws PoolLineInvalid
 * @throws PoolAssumptionInvalid
 */
export function projectPool(lines: readonly PoolLine[], assumptions: PoolAssumptions): PoolFlows {
  lines.forEach(checkLine);
  checkAssumptions(assumptions);
  const months = lines.reduce((most, line) => Math.max(most, monthsOf(line, assumptions)), 0);
  const flows = emptyFlows(months);
  for (const line of lines) projectLine(line, assumptions, flows);
  return flows;
}
