import type { PlainDate } from '@weir/calendar';
import { trancheMetrics } from '../run/project/metrics.js';
import { projectDeal, type ProjectDeal } from '../run/project/project-deal.js';
import { type GroupedLine, projectedMonths, projectGroups } from '../run/project/project-groups.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Outcome } from './shards.js';

/** A deal over a pool, of which sets of scenarios are run. */
export type DealSet = Omit<ProjectDeal, 'flows' | 'scenario'> & { readonly lines: readonly GroupedLine[] };

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);

/** First days of the collection periods that are projected: what `planScenarios` asks for. */
export function projectedDates({ compiled, state }: Pick<DealSet, 'compiled' | 'state'>): PlainDate[] {
  return compiled.periods.slice(state?.period ?? 0).map(({ collectionFrom }) => collectionFrom);
}

/**
 * Runs collateral and waterfall under a scenario: of the pool prepayments, defaults and losses (cents); of each class its
 * average life in years (null when it is never paid), interest, principal, what is written down, outstanding or owed at the
 * end (cents), and 1 when it is paid in full. `fault` is 1 when the waterfall stops. @throws as `projectDeal`
 */
export function dealOutcome(request: DealSet, scenario: Scenario): Outcome {
  const { lines, ...deal } = request;
  const flows = projectGroups(lines, scenario, projectedMonths(deal.compiled, (deal.state?.period ?? 0) + 1));
  const projection = projectDeal({ ...deal, flows, scenario });
  const classes = projection.tranches.flatMap((tranche) => {
    const found = trancheMetrics(deal.deal, projection, tranche);
    const { averageLife, interest, principal, writtenDown, outstanding, shortfall } = found;
    const paidInFull = found.paidInFull ? 1 : 0;
    const figures = { averageLife, interest, principal, writtenDown, outstanding, shortfall, paidInFull };
    return Object.entries(figures).map(([name, value]) => [`${tranche.name}.${name}`, value] as const);
  });
  return {
    'pool.prepayments': sum(flows.prepayments),
    'pool.defaults': sum(flows.defaults),
    'pool.losses': sum(flows.losses),
    ...Object.fromEntries(classes),
    fault: projection.fault ? 1 : 0,
  };
}
