import { FlowsInvalid, RootNotBracketed } from '../errors.js';
import { averageLife, type PaymentWindow, paymentWindow } from '../flows/average-life.js';
import type { SecurityFlows } from '../flows/security-flows.js';
import type { YearBasis } from '../flows/years.js';
import { discountMargin, priceAtMargin } from '../yield/discount-margin.js';
import { priceAt, yieldAt } from '../yield/price-yield.js';
import type { Quote } from '../yield/quote.js';
import { yieldRisk } from '../yield/risk.js';

/** A class in one scenario. Without `toCall` the table shows it to maturity only. */
export interface TableCase {
  readonly name: string;
  readonly toMaturity: SecurityFlows;
  readonly toCall?: SecurityFlows;
  /** Index assumed, a fraction a year, one for each payment date; needed where margins are tabulated. */
  readonly index?: Float64Array;
  /** How the class counts its interest days; margins are discounted by it. Default: the quote's. */
  readonly basis?: YearBasis;
}

/** One column of a table: a scenario to call or to maturity. */
export interface TableColumn {
  readonly name: string;
  readonly horizon: 'maturity' | 'call';
  /** One a row. Null where there is none: nothing is paid, or the price is out of reach. */
  readonly values: readonly (number | null)[];
  /** Years at each row's yield; null likewise, and in a table of margins. */
  readonly modifiedDurations: readonly (number | null)[];
  readonly averageLife: number | null;
  readonly window: PaymentWindow | null;
}

/** Rows given, columns computed. */
export interface ValueTable {
  readonly rows: readonly number[];
  readonly columns: readonly TableColumn[];
}

interface Cell {
  value: number;
  modified: number | null;
}

type CellOf = (flows: SecurityFlows, row: number, entry: TableCase) => Cell;

function attempt(compute: () => Cell): Cell | null {
  try {
    return compute();
  } catch (error) {
    const unpaid = error instanceof FlowsInvalid && error.reason === 'nothing-paid';
    if (unpaid || error instanceof RootNotBracketed) return null;
    throw error;
  }
}

function tabulate(rows: readonly number[], cases: readonly TableCase[], quote: Quote, cellOf: CellOf): ValueTable {
  const column = (entry: TableCase, horizon: 'maturity' | 'call', flows: SecurityFlows): TableColumn => {
    const cells = rows.map((row) => attempt(() => cellOf(flows, row, entry)));
    return {
      name: entry.name,
      horizon,
      values: cells.map((cell) => cell?.value ?? null),
      modifiedDurations: cells.map((cell) => cell?.modified ?? null),
      averageLife: averageLife(flows, quote.settlement, quote.basis),
      window: paymentWindow(flows),
    };
  };
  const columns = cases.flatMap((entry) => [
    ...(entry.toCall ? [column(entry, 'call', entry.toCall)] : []),
    column(entry, 'maturity', entry.toMaturity),
  ]);
  return { rows, columns };
}

/** Yields (fractions a year) at clean prices (percent of the balance), with modified durations. */
export function yieldTable(prices: readonly number[], cases: readonly TableCase[], quote: Quote): ValueTable {
  return tabulate(prices, cases, quote, (flows, price) => {
    const value = yieldAt(flows, price, quote);
    return { value, modified: yieldRisk(flows, value, quote).modified };
  });
}

/** Clean prices (percent of the balance) at yields (fractions a year), with modified durations. */
export function priceTable(yields: readonly number[], cases: readonly TableCase[], quote: Quote): ValueTable {
  return tabulate(yields, cases, quote, (flows, rate) => {
    return { value: priceAt(flows, rate, quote), modified: yieldRisk(flows, rate, quote).modified };
  });
}

const floater = (quote: Quote, { index = new Float64Array(0), basis }: TableCase) => ({
  ...quote,
  ...(basis ? { basis } : {}),
  index,
});

/** Discount margins (fractions a year) at clean prices, each case with its `index`. */
export function marginTable(prices: readonly number[], cases: readonly TableCase[], quote: Quote): ValueTable {
  return tabulate(prices, cases, quote, (flows, price, entry) => {
    return { value: discountMargin(flows, price, floater(quote, entry)), modified: null };
  });
}

/** Clean prices at discount margins (fractions a year), each case with its `index`. */
export function marginPriceTable(margins: readonly number[], cases: readonly TableCase[], quote: Quote): ValueTable {
  return tabulate(margins, cases, quote, (flows, margin, entry) => {
    return { value: priceAtMargin(flows, margin, floater(quote, entry)), modified: null };
  });
}
