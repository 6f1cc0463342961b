import type { PlainDate } from '@weir/calendar';
import type { PoolAssumptions, PoolLine } from '@weir/collateral';

/** A figure by payment date: entry 0 is the first one projected; the last entry holds for ever after. */
export type PeriodValues = readonly number[];

/** An index, fractions a year: by payment date, or from dates on (the first point also holds before its date). */
export type RatePath =
  | { readonly kind: 'by-period'; readonly values: PeriodValues }
  | { readonly kind: 'by-date'; readonly points: readonly { readonly from: PlainDate; readonly rate: number }[] };

/** When a call is exercised: on the first date on which it may be, never, or on the first such date from `from` on. */
export type CallChoice = { readonly when: 'asap' | 'never' } | { readonly when: 'from'; readonly from: PlainDate };

/** What to tabulate for a class: clean prices in percent, yields and discount margins as fractions a year. */
export interface Tabulated {
  readonly prices: readonly number[];
  readonly yields: readonly number[];
  readonly margins: readonly number[];
}

/** Class name under which figures stand that hold for every class without its own. */
export const EVERY_CLASS = '*';

/** What a step of a revolving deal buys: on each payment date a line whose balance is what the step paid ÷ the price. */
export interface Reinvestment {
  /** Paid for one unit of balance: 1 is par. */
  readonly price: number;
  readonly line: Omit<PoolLine, 'balance' | 'loanCount'>;
  /** Balance of one loan in units of the currency, by which loans are counted; null when they are not. */
  readonly averageBalance: number | null;
  /** Months of vectors `by: month` are those of the deal, not of the line. */
  readonly assumptions: PoolAssumptions;
}

/** How one member of a set of scenarios differs from its base. */
export interface Stress {
  /** Multiples of the base's assumptions, its own multipliers included; 1 leaves them. */
  readonly prepayment: number;
  readonly default: number;
  readonly severity: number;
  /** Added to every index, fractions a year, by payment date; the last holds for ever after. */
  readonly rates: readonly number[];
  /** Least that an index becomes by it; null for none. */
  readonly floor: number | null;
}

/** What a member of a set was made of, for collateral that the assumptions alone do not reach. */
export interface Member {
  readonly base: Scenario;
  readonly stress: Stress;
  /** First days of the collection periods that the shifts of its rates are of. */
  readonly dates: readonly PlainDate[];
}

/** One future of a deal. */
export interface Scenario {
  readonly name: string;
  /** Of a member of a grid or of Monte Carlo alone. */
  readonly member?: Member;
  readonly assumptions: PoolAssumptions;
  /**
   * Assumptions of collateral groups that have their own, by group name; a group `used/prime` without its own follows
   * `used`, and all others `assumptions`.
   */
  readonly groups: Readonly<Record<string, PoolAssumptions>>;
  /** Indices by name. */
  readonly rates: Readonly<Record<string, RatePath>>;
  /** Report items by name: money in units of the currency (1000.00), ratios and rates as fractions, flags 1 or 0. */
  readonly inputs: Readonly<Record<string, PeriodValues>>;
  readonly calls: Readonly<Record<string, CallChoice>>;
  /** What steps buy, by the name of the step; of none, the pool is what the collateral says. */
  readonly reinvestment: Readonly<Record<string, Reinvestment>>;
  readonly settlement: PlainDate | null;
  readonly prices: Readonly<Record<string, readonly number[]>>;
  readonly yields: Readonly<Record<string, readonly number[]>>;
  readonly margins: Readonly<Record<string, readonly number[]>>;
}

/** A group and those that it is part of, the widest first: `used`, `used/prime`. */
export function groupAndAbove(group: string): string[] {
  const parts = group.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The value on a payment date, from 0. */
export function valueIn(values: PeriodValues, period: number): number {
  return values[Math.min(period, values.length - 1)] ?? 0;
}

/** An index on a payment date (from 0) whose rate is set on `date`. */
export function rateOn(path: RatePath, period: number, date: PlainDate): number {
  if (path.kind === 'by-period') return valueIn(path.values, period);
  return (path.points.findLast(({ from }) => from <= date) ?? path.points[0])?.rate ?? 0;
}

/** What to tabulate for a class: its own figures, else those for every class. */
export function tabulatedFor(scenario: Scenario, className: string): Tabulated {
  const of = (table: Readonly<Record<string, readonly number[]>>) => table[className] ?? table[EVERY_CLASS] ?? [];
  return { prices: of(scenario.prices), yields: of(scenario.yields), margins: of(scenario.margins) };
}
