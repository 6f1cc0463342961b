import type { Report } from '../files/report-file.js';
import type { Adjustment } from './adjustment.js';

/**
 * The adjustments of a payment date that later reports carried, but those that the report given for the date has in it:
 * where that is not the one paid on but a restated one, those that led to it.
 */
export function carriedSince(period: number, reportHash: string, reports: readonly Report[]): Adjustment[] {
  const carried = reports.flatMap(({ adjustments }) => adjustments ?? []).filter((each) => each.period === period);
  const within = new Set<Adjustment>();
  const reached = [reportHash];
  // The list grows while it is walked: a restated report may have been restated again.
  for (const hash of reached) {
    for (const adjustment of carried) {
      if (adjustment.is !== hash || within.has(adjustment)) continue;
      within.add(adjustment);
      reached.push(adjustment.was);
    }
  }
  return carried.filter((adjustment) => !within.has(adjustment));
}

/** What adjustments add to an item. */
export function sumOf(adjustments: readonly Adjustment[], item: string): bigint {
  return adjustments.reduce((sum, { items }) => sum + (items[item] ?? 0n), 0n);
}
