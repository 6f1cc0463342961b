import { addMonths, type PlainDate } from '@weir/calendar';
import type { PoolFlowColumn, PoolFlows } from '@weir/collateral';
import type { Scenario } from '../../scenario/scenario.js';
import { type GroupedLine, type ProjectedMonths, projectSegments } from '../project/project-groups.js';

/**
 * Columns of a pool's months in the order in which Uniform Practices SF tell them, under the names that collateral has in a
 * deal where it has one; money but for the number of loans.
 */
export const POOL_COLUMNS: Readonly<Record<string, PoolFlowColumn>> = {
  poolOpening: 'openingBalance',
  chargeOffs: 'defaults',
  scheduledPrincipal: 'scheduledPrincipal',
  prepayments: 'prepayments',
  defaultedPrincipal: 'defaultedPrincipal',
  principalCollected: 'principal',
  interestCollected: 'grossInterest',
  defaultedInterest: 'defaultedInterest',
  netInterest: 'netInterest',
  servicing: 'servicing',
  recoveries: 'recoveries',
  losses: 'losses',
  prepaymentPenalties: 'penalties',
  dilutions: 'dilutions',
  draws: 'draws',
  delinquent30: 'delinquent30',
  delinquent60: 'delinquent60',
  delinquent90: 'delinquent90',
  delinquent120: 'delinquent120',
  advances: 'advances',
  advancesRepaid: 'advancesRepaid',
  poolClosing: 'closingBalance',
  defaultedBalance: 'defaultedBalance',
  loanCount: 'loanCount',
};

/** What a pool comes to: cents, and the average life of its principal in years of twelve months, paid at each month's end. */
export interface PoolTotals {
  readonly principal: number;
  readonly interest: number;
  readonly netInterest: number;
  readonly defaults: number;
  readonly recoveries: number;
  readonly losses: number;
  /** Of scheduled principal, prepayments and recoveries; null when none is paid. */
  readonly averageLife: number | null;
}

/** A pool, or a group of its lines, under a scenario, month by month. */
export interface PoolProjection {
  /** Null: the whole pool. The lines of no group are one of their own, named `''`. */
  readonly group: string | null;
  readonly flows: PoolFlows;
  readonly totals: PoolTotals;
}

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);

function totalsOf({ principal, recoveries, grossInterest, netInterest, defaults, losses }: PoolFlows): PoolTotals {
  const repaid = principal.map((value, month) => value + (recoveries[month] ?? 0));
  const all = sum(repaid);
  return {
    principal: sum(principal),
    interest: sum(grossInterest),
    netInterest: sum(netInterest),
    ...{ defaults: sum(defaults), recoveries: sum(recoveries), losses: sum(losses) },
    averageLife: all === 0 ? null : sum(repaid.map((value, month) => value * (month + 1))) / all / 12,
  };
}

/** Months from the first one on, for indices by date; each counts as a payment date for those by payment date. */
function monthsFrom(first: PlainDate, lines: readonly GroupedLine[]): ProjectedMonths {
  const longest = lines.reduce((most, { remainingTerm }) => Math.max(most, remainingTerm), 1);
  return Array.from({ length: longest }, (_, period) => ({ date: addMonths(first, period), period }));
}

/**
 * Projects lines without a deal: each group, when there are any, then the whole pool. Money is in cents, unrounded. `first` is
 * the first day of the first month, of which only indices by date ask.
 * @throws PoolLineInvalid @throws PoolAssumptionInvalid @throws IndexMissing
 */
export function projectPlainPool(
  lines: readonly GroupedLine[],
  scenario: Scenario,
  first?: PlainDate,
): readonly PoolProjection[] {
  const { groups, pool } = projectSegments(lines, scenario, first === undefined ? undefined : monthsFrom(first, lines));
  const grouped = lines.some(({ group }) => group !== undefined);
  const ungrouped = lines.some(({ group }) => group === undefined);
  const parts = grouped ? [...groups].filter(([name]) => name !== '' || ungrouped) : [];
  const all: [string | null, PoolFlows][] = [...parts, [null, pool]];
  return all.map(([group, flows]) => ({ group, flows, totals: totalsOf(flows) }));
}
