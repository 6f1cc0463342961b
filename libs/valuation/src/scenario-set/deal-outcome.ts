import type { PlainDate } from '@weir/calendar';
import { UNDERLYING_FLOWS } from '@weir/deal';
import type { PoolFlows } from '@weir/collateral';
import type { CollateralFlows } from '../run/project/collateral-flows.js';
import type { CollateralTable } from '../run/project/collateral-table.js';
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

/** A deal over its collateral, of which sets of scenarios are run. */
export type DealSet = Omit<ProjectDeal, 'flows' | 'scenario'> & {
  readonly lines: readonly GroupedLine[];
  /** What gives the flows by payment date where it is not the lines alone: collections, classes of other deals. */
  readonly flows?: CollateralFlows;
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

/** What the pool of a deal comes to, as far as its collateral tells. */
function ofPool({ deal }: DealSet, flows: PoolFlows | CollateralTable): Figures {
  if (!('columns' in flows)) {
    const { prepayments, defaults, losses } = flows;
    return Object.entries({ prepayments, defaults, losses }).map(([name, flow]) => [`pool.${name}`, sum(flow)]);
  }
  const { prepayments, chargeOffs: defaults, losses } = flows.columns;
  const own = Object.entries({ prepayments, defaults, losses });
  const owned = deal.underlying.flatMap(({ name }) =>
    UNDERLYING_FLOWS.filter((flow) => flow !== 'balance').map(
      (flow) => [`${name}.${flow}`, flows.columns[`${name}.${flow}`]] as const,
    ),
  );
  return [...own, ...owned].flatMap(([name, flow]): Figures => (flow ? [[`pool.${name}`, sum(flow)]] : []));
}

/**
 * Runs collateral and waterfall under a scenario, as `projectDeal` does: of the pool prepayments, defaults and losses
 * (cents), as far as the collateral tells them, and of classes of other deals that it owns `pool.NAME.interest`, principal and
 * writtenDown; of each class its average life in years (null when it is never paid), interest, principal, what is written
 * down, outstanding or owed at the end (cents), 1 when it is paid in full, and the prices, yields and margins that the
 * scenario tabulates, as `A.yield(99.5)`. `fault` is 1 when the waterfall stops. @throws as `projectDeal`
 */
export function dealOutcome(request: DealSet, scenario: Scenario): Outcome {
  const { lines, months, flows: flowsOf, ...deal } = request;
  const firstPeriod = (request.state?.period ?? 0) + 1;
  const flows = flowsOf
    ? flowsOf(request.compiled, scenario, firstPeriod)
    : projectGroups(lines, scenario, months ?? projectedMonths(request.compiled, firstPeriod));
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
    ...Object.fromEntries([...ofPool(request, flows), ...finite]),
    fault: projection.fault ? 1 : 0,
  };
}
