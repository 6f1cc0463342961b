import { isEndOfMonth, monthsBetween } from '@weir/calendar';
import type { PoolFlowColumn, PoolFlows } from '@weir/collateral';
import type { CollateralColumn } from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';
import { rolledInCents } from './rolled-in-cents.js';

/**
 * What the collateral and others give, by payment date: row 0 is that of `firstPeriod`. Columns are those of
 * COLLATERAL_COLUMNS and report items by name; money in cents, rates and ratios as they are (5.3 % is 0.053), dates as day
 * numbers, flags 0 or 1.
 */
export interface CollateralTable {
  readonly firstPeriod: number;
  readonly rows: number;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** Columns that add up over the months of a collection period. */
const SUMS: Partial<Record<CollateralColumn, PoolFlowColumn>> = {
  scheduledPrincipal: 'scheduledPrincipal',
  prepayments: 'prepayments',
  principalCollected: 'principal',
  interestCollected: 'grossInterest',
  netInterest: 'netInterest',
  chargeOffs: 'defaults',
  recoveries: 'recoveries',
  losses: 'losses',
  servicing: 'servicing',
  prepaymentPenalties: 'penalties',
  dilutions: 'dilutions',
  draws: 'draws',
  capitalised: 'capitalised',
  forgiven: 'forgiven',
  residualsDue: 'residualsDue',
  residualsSold: 'residualsSold',
  defeased: 'defeased',
  advances: 'advances',
  advancesRepaid: 'advancesRepaid',
};

/** Columns that stand at the end of a collection period. */
const ENDS: Partial<Record<CollateralColumn, PoolFlowColumn>> = {
  poolClosing: 'closingBalance',
  loanCount: 'loanCount',
  delinquent30: 'delinquent30',
  delinquent60: 'delinquent60',
  delinquent90: 'delinquent90',
  delinquent120: 'delinquent120',
};

/** What no loan tells: a projection takes it for nothing. */
const NONE: readonly CollateralColumn[] = ['prepaymentInterestShortfall', 'repurchaseProceeds'];

const monthOf = (date: string): string => `${date.slice(0, 7)}-01`;

/**
 * First and last entry of the flows, from 0, that fall into a collection period: the months that end in it. Before the
 * first month's end the last entry is −1.
 */
export function monthsOf(compiled: CompiledDeal, firstPeriod: number, row: number): { from: number; to: number } {
  const start = monthOf(compiled.periods[firstPeriod - 1]?.collectionFrom ?? '');
  const { collectionFrom, collectionTo } = compiled.periods[firstPeriod - 1 + row] as CompiledDeal['periods'][number];
  const lastMonth = monthsBetween(start, monthOf(collectionTo));
  return {
    from: monthsBetween(start, monthOf(collectionFrom)),
    to: isEndOfMonth(collectionTo) ? lastMonth : lastMonth - 1,
  };
}

type Span = ReturnType<typeof monthsOf>;

/** Months of all rows, made once for many scenarios of a deal. */
const spansOfDeals = new WeakMap<CompiledDeal, Map<number, readonly Span[]>>();

function spansOf(compiled: CompiledDeal, firstPeriod: number): readonly Span[] {
  const known = spansOfDeals.get(compiled) ?? new Map<number, readonly Span[]>();
  spansOfDeals.set(compiled, known);
  const rows = compiled.program.layout.rows - firstPeriod + 1;
  const spans =
    known.get(firstPeriod) ?? Array.from({ length: rows }, (_, row) => monthsOf(compiled, firstPeriod, row));
  known.set(firstPeriod, spans);
  return spans;
}

const sumOf = (column: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let month = from; month <= to; month++) sum += column[month] ?? 0;
  return sum;
};

/**
 * Monthly flows of a pool (in cents) by collection period. Entry 0 of the flows is the first month of the first projected
 * collection period; a period of several months adds them up. Rates are a year's, of the balance at each month's opening.
 * Flows and balances are whole cents that add up on every date, as `rolledInCents` says.
 */
export function tableOfPool(compiled: CompiledDeal, flows: PoolFlows, firstPeriod = 1): CollateralTable {
  const spans = spansOf(compiled, firstPeriod);
  const rows = spans.length;
  const make = (value: (from: number, to: number) => number): Float64Array =>
    Float64Array.from(spans, ({ from, to }) => value(from, to));
  const sums = Object.entries(SUMS).map(
    ([name, column]) => [name, make((a, b) => sumOf(flows[column], a, b))] as const,
  );
  const rate = (interest: Float64Array): Float64Array =>
    make((from, to) => {
      const balances = sumOf(flows.openingBalance, from, to);
      return balances === 0 ? 0 : (12 * sumOf(interest, from, to)) / balances;
    });
  const columns = {
    ...Object.fromEntries(sums),
    ...Object.fromEntries(NONE.map((name) => [name, new Float64Array(rows)])),
    poolOpening: make((from) => flows.openingBalance[from] ?? 0),
    ...Object.fromEntries(
      Object.entries(ENDS).map(([name, column]) => [name, make((_, to) => flows[column][Math.max(0, to)] ?? 0)]),
    ),
    // Before the first month's end the pool is what it was at the start.
    poolClosing: make((_, to) => (to < 0 ? flows.openingBalance[0] : flows.closingBalance[to]) ?? 0),
    averageRate: rate(flows.grossInterest),
    averageNetRate: rate(flows.netInterest),
  };
  return { firstPeriod, rows, columns: rolledInCents(columns, Object.keys(SUMS)) };
}

/** Columns that are a year's rate of the opening balance. */
const RATES: readonly CollateralColumn[] = ['averageRate', 'averageNetRate'];

/**
 * A table with what another pool gives from one of its payment dates on: amounts add up, rates weigh by the opening balances.
 * Columns that the first table has not stay unknown.
 */
export function tableWith(table: CollateralTable, other: CollateralTable): CollateralTable {
  const ahead = other.firstPeriod - table.firstPeriod;
  const at = ({ columns }: CollateralTable, name: string, row: number): number => columns[name]?.[row] ?? 0;
  const added = (name: string, column: Float64Array): Float64Array =>
    column.map((value, row) => value + at(other, name, row - ahead));
  const weighed = (name: string, column: Float64Array): Float64Array =>
    column.map((rate, row) => {
      const [own, more] = [at(table, 'poolOpening', row), at(other, 'poolOpening', row - ahead)];
      return more === 0 ? rate : (rate * own + at(other, name, row - ahead) * more) / (own + more);
    });
  const columns = Object.entries(table.columns).map(([name, column]) => {
    if (!(name in other.columns)) return [name, column] as const;
    return [name, (RATES as readonly string[]).includes(name) ? weighed(name, column) : added(name, column)] as const;
  });
  return { ...table, columns: Object.fromEntries(columns) };
}

/**
 * The table of a pool that is sold on a payment date: nothing is left at the end of its collection period, and nothing
 * comes after it. Only the collateral's own columns change.
 */
export function soldOn(table: CollateralTable, row: number, owned: readonly string[]): CollateralTable {
  const cut = (name: string, column: Float64Array): Float64Array => {
    // A group's columns are named after it: used.poolClosing.
    const from = name.slice(name.lastIndexOf('.') + 1) in ENDS || name.endsWith('.balance') ? row : row + 1;
    return column.map((value, index) => (index >= from ? 0 : value));
  };
  const columns = Object.entries(table.columns).map(
    ([name, column]) => [name, owned.includes(name) ? cut(name, column) : column] as const,
  );
  return { ...table, columns: Object.fromEntries(columns) };
}
