import { dayCountDays, daysBetween, type PlainDate } from '@weir/calendar';

/** How time from one date to another becomes years. `30/360 US` counts the end of February as the 30th, as agencies do. */
export const YEAR_BASES = ['30/360', '30/360 US', 'ACT/360', 'ACT/365F'] as const;

/** One of `YEAR_BASES`. */
export type YearBasis = (typeof YEAR_BASES)[number];

/** Years from one date to another, as float64. */
export function yearsBetween(basis: YearBasis, from: PlainDate, to: PlainDate): number {
  return basis === 'ACT/365F' ? daysBetween(from, to) / 365 : dayCountDays(basis, from, to) / 360;
}
