import type { Deal } from '@weir/deal';
import { averageLife, type PaymentWindow, paymentWindow } from '../../flows/average-life.js';
import { type DecrementTable, decrementTable } from '../../flows/decrement.js';
import { tabulatedFor } from '../../scenario/scenario.js';
import {
  marginPriceTable,
  marginTable,
  priceTable,
  type TableCase,
  type ValueTable,
  yieldTable,
} from '../../table/yield-table.js';
import type { DealProjection, TrancheFlows } from './projected.js';
import { accrualBasis, indexOf, quotedFlows, quoteOf, securityFlows, settlementOf } from './security.js';

/** A scenario's projection with its calls, and without them. */
export interface ScenarioRun {
  readonly name: string;
  readonly projection: DealProjection;
  /** The same when a call was exercised and prices are wanted to maturity too; else null. */
  readonly toMaturity: DealProjection | null;
}

/** What a class comes to in one scenario; money in cents. */
export interface TrancheMetrics {
  readonly name: string;
  readonly averageLife: number | null;
  readonly window: PaymentWindow | null;
  readonly interest: number;
  readonly principal: number;
  /** Balance lost without cash by the end, and still owed at the end. */
  readonly writtenDown: number;
  readonly outstanding: number;
  /** Interest owed at the end, and the most that was owed at any time. */
  readonly shortfall: number;
  readonly highestShortfall: number;
  /** The whole balance was paid in cash, and no interest is owed. */
  readonly paidInFull: boolean;
}

/** Less than a cent: what float64 leaves of nothing. */
const CENT = 0.5;

const sum = (column: Float64Array): number => column.reduce((total, value) => total + (value || 0), 0);

/** Value of the last row that was run. */
function last(column: Float64Array): number {
  const run = column.findLastIndex((value) => !Number.isNaN(value));
  return column[run] ?? 0;
}

/** What a class comes to. */
export function trancheMetrics(deal: Deal, projection: DealProjection, tranche: TrancheFlows): TrancheMetrics {
  const flows = securityFlows(projection, tranche);
  const settlement = settlementOf(deal, projection);
  const writtenDown = tranche.writeDown.reduce((total, amount) => total + Math.max(0, amount || 0), 0);
  const [closing, shortfall] = [last(tranche.closing), last(tranche.shortfall)];
  // A notional is owed to nobody.
  const outstanding = tranche.notional ? 0 : closing;
  const lacking = Math.abs(shortfall) + Math.abs(outstanding) + writtenDown;
  return {
    name: tranche.name,
    averageLife: averageLife(flows, settlement),
    window: paymentWindow(flows),
    interest: sum(tranche.interestPaid),
    principal: sum(tranche.principalPaid),
    writtenDown,
    outstanding,
    shortfall,
    highestShortfall: tranche.shortfall.reduce((most, value) => Math.max(most, value || 0), 0),
    paidInFull: projection.fault === null && lacking < CENT,
  };
}

/** Price, yield and margin tables of a class over the scenarios, each to call and to maturity. */
export interface TrancheTables {
  readonly name: string;
  readonly yields: ValueTable | null;
  readonly prices: ValueTable | null;
  readonly margins: ValueTable | null;
  readonly marginPrices: ValueTable | null;
}

/** Tables of the same rows side by side. */
function beside(tables: readonly ValueTable[]): ValueTable | null {
  const [first] = tables;
  return first ? { rows: first.rows, columns: tables.flatMap(({ columns }) => columns) } : null;
}

type Tabulate = (rows: readonly number[], cases: readonly TableCase[], quote: ReturnType<typeof quoteOf>) => ValueTable;

/** Tables of one class or exchangeable class, of which there is no margin; scenarios that tabulate other rows than the first are left out of that table. */
export function trancheTables(deal: Deal, runs: readonly ScenarioRun[], name: string): TrancheTables {
  const tabulate = (kind: 'prices' | 'yields' | 'margins', make: Tabulate, floating: boolean): ValueTable | null => {
    let rows: readonly number[] | null = null;
    const tables = runs.flatMap((run): ValueTable[] => {
      const wanted = tabulatedFor(run.projection.scenario, name)[kind];
      rows ??= wanted.length > 0 ? wanted : null;
      if (wanted.length === 0 || wanted.join() !== rows?.join()) return [];
      const called = run.toMaturity
        ? tableOf(deal, run.projection, { run: run.name, name, floating }, wanted, make)
        : null;
      const held = tableOf(deal, run.toMaturity ?? run.projection, { run: run.name, name, floating }, wanted, make);
      return [...(called ? [toCall(called)] : []), ...(held ? [held] : [])];
    });
    return beside(tables);
  };
  return {
    name,
    yields: tabulate('prices', yieldTable, false),
    prices: tabulate('yields', priceTable, false),
    margins: tabulate('prices', marginTable, true),
    marginPrices: tabulate('margins', marginPriceTable, true),
  };
}

const toCall = ({ rows, columns }: ValueTable): ValueTable => ({
  rows,
  columns: columns.map((column) => ({ ...column, horizon: 'call' })),
});

/** One column; null for a class that has nothing outstanding, and for the margin of a class without an index. */
function tableOf(
  deal: Deal,
  projection: DealProjection,
  { run, name, floating }: { run: string; name: string; floating: boolean },
  rows: readonly number[],
  make: Tabulate,
): ValueTable | null {
  const tranche = [...projection.tranches, ...projection.combinations].find((other) => other.name === name);
  const index = indexOf(deal, projection, name);
  if (!tranche || (floating && !index)) return null;
  const quote = quoteOf(deal, projection, tranche);
  if (!(quote.balance > 0)) return null;
  const toMaturity = quotedFlows(deal, projection, tranche);
  return make(rows, [{ name: run, toMaturity, basis: accrualBasis(deal, name), ...(index ? { index } : {}) }], quote);
}

/** The decrement table of a class over the scenarios; null for a class without a balance at the first date. */
export function trancheDecrements(deal: Deal, runs: readonly ScenarioRun[], name: string): DecrementTable | null {
  const [first] = runs;
  const columns = runs.flatMap(({ name: scenario, projection }) => {
    const tranche = projection.tranches.find((other) => other.name === name);
    return tranche ? [{ name: scenario, tranche, flows: securityFlows(projection, tranche) }] : [];
  });
  const original = columns[0]?.tranche.opening[0] ?? 0;
  if (!first || !(original > 0)) return null;
  const settlement = settlementOf(deal, first.projection);
  return decrementTable(columns, { original, initial: settlement, settlement });
}
