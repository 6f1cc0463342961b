import type { PlainDate } from '@weir/calendar';
import type { IndexCurves } from './adjustable-rate.js';
import type { PoolAssumptions } from './assumptions.js';
import { loanColumns } from './engine/loan-columns.js';
import { projectLoans } from './engine/project-loans.js';
import type { PoolFlows } from './pool-flows.js';
import { checkLine, type PoolLine } from './pool-line.js';

/**
 * Projects a pool of loans or representative lines under one set of assumptions; see `projectLoans`.
 * @throws PoolLineInvalid @throws PoolAssumptionInvalid @throws IndexMissing @throws FirstMonthMissing
 */
export function projectPool(
  lines: readonly PoolLine[],
  assumptions: PoolAssumptions,
  indices: IndexCurves = {},
  firstMonth?: PlainDate,
): PoolFlows {
  lines.forEach(checkLine);
  return projectLoans(loanColumns(lines), [assumptions], indices, firstMonth).pool;
}
