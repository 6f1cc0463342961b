import type { PlainDate } from '@weir/calendar';
import { FlowsInvalid } from '../errors.js';
import { cashOf, checkFlows, type SecurityFlows } from '../flows/security-flows.js';
import { type YearBasis, yearsBetween } from '../flows/years.js';

/** How often a year a yield compounds. */
export const COMPOUNDINGS = { annual: 1, 'semi-annual': 2, quarterly: 4, monthly: 12 } as const;

/** One of the keys of `COMPOUNDINGS`. */
export type Compounding = keyof typeof COMPOUNDINGS;

/** How a price is quoted and a yield is counted. Prices are clean, percent of `balance`. */
export interface Quote {
  readonly settlement: PlainDate;
  /** `30/360 US` when not given, which with `semi-annual` is the bond-equivalent yield of monthly payers. */
  readonly basis?: YearBasis;
  /** `semi-annual` when not given. */
  readonly compounding?: Compounding;
  /** Outstanding (or notional) at settlement, in the unit of the flows. */
  readonly balance: number;
  /** Interest accrued to settlement, in the unit of the flows; the buyer pays it beside the price. */
  readonly accrued?: number;
  /**
   * First payment date whose cash is the buyer's; the first after settlement when not given. Of a class that pays with a
   * delay, a payment soon after settlement may be of a period that had ended, and is the seller's.
   */
  readonly paidFrom?: PlainDate;
}

/** Cash after settlement and the years until it comes, delay days included: it counts from the payment dates. */
export interface TimedCash {
  readonly years: Float64Array;
  readonly cash: Float64Array;
}

/** Cash that a buyer at settlement receives. @throws FlowsInvalid when there is none */
export function timedCash(flows: SecurityFlows, quote: Quote): TimedCash {
  const { settlement, basis = '30/360 US', paidFrom = settlement } = quote;
  checkFlows(flows);
  const cash = cashOf(flows);
  const first = flows.dates.findIndex((date) => date > settlement && date >= paidFrom);
  const paid = first < 0 ? new Float64Array(0) : cash.slice(first);
  if (!paid.some((amount) => amount > 0)) throw new FlowsInvalid('nothing-paid');
  const years = Float64Array.from(flows.dates.slice(first), (date) => yearsBetween(basis, settlement, date));
  return { years, cash: paid };
}

/** Clean price, percent of the balance, of what is worth so much with accrued interest. @throws FlowsInvalid */
export function cleanPrice(value: number, { balance, accrued = 0 }: Quote): number {
  if (!(balance > 0)) throw new FlowsInvalid('no-balance');
  return (100 * (value - accrued)) / balance;
}

/** What the buyer pays at a clean price, accrued interest included, in the unit of the flows. @throws FlowsInvalid */
export function settlementAmount(price: number, { balance, accrued = 0 }: Quote): number {
  if (!(balance > 0)) throw new FlowsInvalid('no-balance');
  return (price / 100) * balance + accrued;
}
