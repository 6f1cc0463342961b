import type { PlainDate } from '@weir/calendar';
import { trancheMetrics, trancheTables } from '../run/project/metrics.js';
import { projectDeal, type ProjectDeal } from '../run/project/project-deal.js';
import {
  type GroupedLine,
  type ProjectedMonths,
  projectedMonths,
  projectGroups,
} from '../run/project/project-groups.js';
import type { DealProjection } from '../run/project/projected.js';
import type { Scenario } from '../scenario/scenario.js';
import type { ValueTable } from '../table/yield-table.js';
import type { Outcome } from './shards.js';

/** A deal over a pool, of which sets of scenarios are run. */
export type DealSet = Omit<ProjectDeal, 'flows' | 'scenario'> & {
  readonly lines: readonly GroupedLine[];
  /** The months that are projected, made once for all scenarios; made for each when not given. */
  readonly months?: ProjectedMonths;
};

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);

/** First days of the collection periods that are projected: what `planScenarios` asks for. */
export function projectedDates({ compiled, state }: Pick<DealSet, 'compiled' | 'state'>): PlainDate[] {
  return compiled.periods.slice(state?.period ?? 0).map(({ collectionFrom }) => collectionFrom);
}

type Figures = (readonly [name: string, value: number | null])[];

/** Values of a table's only column; what is no number has no value. */
function tabulated(name: string, table: ValueTable | null): Figures {
  const values = table?.columns[0]?.values ?? [];
  return (table?.rows ?? []).map((row, index) => [`${name}(${row})`, values[index] ?? null]);
}

/** What the scenario wants tabulated of a class: yields at prices, prices at yields, margins at prices and the reverse. */
function pricing({ deal }: DealSet, projection: DealProjection, name: string): Figures {
  // A call that the scenario exercises counts: the class ends with it.
  const run = { name: projection.scenario.name, projection, toMaturity: null };
  const { yields, prices, margins, marginPrices } = trancheTables(deal, [run], name);
  return [
    ...tabulated(`${name}.yield`, yields),
    ...tabulated(`${name}.price`, prices),
    ...tabulated(`${name}.margin`, margins),
    ...tabulated(`${name}.priceAtMargin`, marginPrices),
  ];
}

/**
 * Runs collateral and waterfall under a scenario, as `projectDeal` does: of the pool prepayments, defaults and losses
 * (cents); of each class its average life in years (null when it is never paid), interest, principal, what is written
 * down, outstanding or owed at the end (cents), 1 when it is paid in full, and the prices, yields and margins that the
 * scenario tabulates, as `A.yield(99.5)`. `fault` is 1 when the waterfall stops. @throws as `projectDeal`
 */
export function dealOutcome(request: DealSet, scenario: Scenario): Outcome {
  const { lines, months = projectedMonths(request.compiled, (request.state?.period ?? 0) + 1), ...deal } = request;
  const flows = projectGroups(lines, scenario, months);
  const projection = projectDeal({ ...deal, flows, scenario });
  const classes = [...projection.tranches, ...projection.combinations].flatMap((tranche): Figures => {
    const found = trancheMetrics(deal.deal, projection, tranche);
    const { averageLife, interest, principal, writtenDown, outstanding, shortfall } = found;
    const paidInFull = found.paidInFull ? 1 : 0;
    const figures = { averageLife, interest, principal, writtenDown, outstanding, shortfall, paidInFull };
    const named = Object.entries(figures).map(([name, value]) => [`${tranche.name}.${name}`, value] as const);
    return [...named, ...pricing(request, projection, tranche.name)];
  });
  const finite = classes.map(([name, value]) => [name, Number.isFinite(value) ? value : null] as const);
  return {
    'pool.prepayments': sum(flows.prepayments),
    'pool.defaults': sum(flows.defaults),
    'pool.losses': sum(flows.losses),
    ...Object.fromEntries(finite),
    fault: projection.fault ? 1 : 0,
  };
}
