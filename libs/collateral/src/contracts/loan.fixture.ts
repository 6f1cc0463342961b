import type { ContractEvent } from './event.js';
import type { Observations } from './observations.js';
import type { Cycle } from './schedule.js';
import type { BulletLoan, LoanTerms } from './terms.js';

export const MONTHLY: Cycle = { count: 1, unit: 'month', lastPeriod: 'short' };
export const QUARTERLY: Cycle = { count: 3, unit: 'month', lastPeriod: 'short' };

/** 1,200 at 12 % over 360 days a year, paid out on 1 January 2024: a month costs 1 %. */
export const TERMS: LoanTerms = {
  id: 'loan 1',
  currency: 'USD',
  side: 'asset',
  statusDate: '2023-12-31',
  balance: 1200,
  conventions: { dayCount: '30E/360', endOfMonth: 'same-day' },
  initialDate: '2024-01-01',
  interest: { rate: 0.12, cycle: MONTHLY },
};

/** The terms as a loan repaid in one sum on 1 April 2024. */
export const BULLET: BulletLoan = { kind: 'bullet', ...TERMS, maturityDate: '2024-04-01' };

/** An index with its values, each from a day on. */
export function indexed(
  index: string,
  values: Record<string, number>,
  events: Observations['events'] = [],
): Observations {
  const series = Object.entries(values).map(([at, value]) => ({ at, value }));
  return { series: new Map([[index, series]]), events };
}

/** Events as kind, day, flow and balance, to the millionth: what float64 leaves below that says nothing. */
export function told(events: readonly ContractEvent[]): [string, string, number, number][] {
  return events.map(({ kind, at, flow, balance }) => [kind, at, tidy(flow), tidy(balance)]);
}

/** The events of one kind. */
export function only(events: readonly ContractEvent[], kind: ContractEvent['kind']): ContractEvent[] {
  return events.filter((event) => event.kind === kind);
}

/** To the millionth, without negative zero. */
export const tidy = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;
