import type { PoolAssumptions } from '@weir/collateral';
import { largestThat } from '../../solve/largest.js';
import { trancheMetrics } from './metrics.js';
import { type GroupedLine, projectedMonths, projectGroups } from './project-groups.js';
import { projectDeal, type ProjectDeal } from './project-deal.js';

/** The most that a class stands: the largest constant CDR at which it is still paid in full. */
export interface BreakEven {
  readonly tranche: string;
  /** A fraction a year, to a hundredth of a percent; null when the class is not paid in full even without defaults. */
  readonly cdr: number | null;
  /** Σ losses ÷ balance at the start, at that rate. */
  readonly loss: number;
  /** It is paid in full even when all that can default does. */
  readonly unbroken: boolean;
}

const STEP = 0.0001;

/** The assumptions with one speed of default for all loans: what else says how many default gives way, a lag does not. */
function defaulting(of: PoolAssumptions, cdr: number): PoolAssumptions {
  const { delinquency, advances, defaultByStatus: _, multipliers = {}, ...rest } = of;
  const { default: __, ...others } = multipliers;
  const lagged = delinquency?.kind === 'lagged' ? { delinquency, ...(advances ? { advances } : {}) } : {};
  return { ...rest, ...lagged, multipliers: others, default: { model: 'CDR', speed: cdr } };
}

/**
 * Break-even of a class: CDRs from 0 to 100 % of all collateral, severity and the rest as the scenario says. Beyond the answer the class
 * loses principal or is owed interest at the end. @throws as `projectDeal`
 */
export function breakEven(
  request: Omit<ProjectDeal, 'flows'>,
  lines: readonly GroupedLine[],
  tranche: string,
): BreakEven {
  const at = (cdr: number) => {
    const { assumptions, groups } = request.scenario;
    const flows = projectGroups(
      lines,
      {
        assumptions: defaulting(assumptions, cdr),
        groups: Object.fromEntries(Object.entries(groups).map(([name, of]) => [name, defaulting(of, cdr)])),
        rates: request.scenario.rates,
      },
      projectedMonths(request.compiled, (request.state?.period ?? 0) + 1),
    );
    return { flows, projection: projectDeal({ ...request, flows }) };
  };
  const holds = (cdr: number): boolean => {
    const { projection } = at(cdr);
    const flows = projection.tranches.find(({ name }) => name === tranche);
    return flows !== undefined && trancheMetrics(request.deal, projection, flows).paidInFull;
  };
  if (!holds(0)) return { tranche, cdr: null, loss: 0, unbroken: false };
  const cdr = largestThat(holds, { lower: 0, upper: 1, step: STEP });
  const { flows } = at(cdr);
  const losses = flows.losses.reduce((total, loss) => total + loss, 0);
  const balance = lines.reduce((total, line) => total + line.balance, 0);
  return { tranche, cdr, loss: balance === 0 ? 0 : losses / balance, unbroken: cdr >= 1 };
}
