import { MonthNotAfter, MonthTwice } from '../errors.js';
import type { TapeSource } from '../source/source.js';
import type { TapeResult } from '../tape-reader.js';
import { rowMonths, type ColumnReading } from './row-month.js';

/** A part of the first rows below which a month is of slips. */
const LEAST_SHARE = 1 / 20;

/**
 * The first month (YYYY-MM) that the first rows of a file report, rows of slips left aside; null when they state none.
 * @throws TapeUnreadable, MissingColumns when the columns are not the asset class's
 */
export function firstMonth(source: TapeSource, reading: ColumnReading): string | null {
  const monthOf = rowMonths(source, reading);
  const counts = new Map<string, number>();
  for (const { cells } of source.head) {
    const month = monthOf(cells);
    if (month !== null) counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  const least = source.head.length * LEAST_SHARE;
  const [first] = [...counts].filter(([, rows]) => rows >= least).sort(([a], [b]) => (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

/** Files in order of their months; one that states no month keeps its place. */
export function inMonthOrder<T extends { readonly month: string | null }>(files: readonly T[]): T[] {
  const dated = files.filter(({ month }) => month !== null);
  dated.sort(({ month: a }, { month: b }) => ((a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1));
  return files.map((file) => (file.month === null ? file : (dated.shift() ?? file)));
}

/** Sees to it that the files of a chain are each of later months than those before. */
export class MonthChain {
  private readonly files = new Map<string, string>();
  private last: { readonly file: string; readonly month: string } | null = null;

  /** Takes the next file as it was read. @throws MonthTwice, MonthNotAfter */
  add(file: string, { several, reportingTo }: Pick<TapeResult, 'several' | 'reportingTo'>): void {
    const months = several === null ? [reportingTo.slice(0, 7)] : several.months.map(({ month }) => month);
    const stated = months.filter((month) => month !== '');
    for (const month of stated) {
      const other = this.files.get(month);
      if (other !== undefined) throw new MonthTwice(month, [other, file]);
    }
    const [first] = stated;
    if (first !== undefined && this.last !== null && first < this.last.month)
      throw new MonthNotAfter(file, first, this.last);
    for (const month of stated) this.files.set(month, file);
    const last = stated.at(-1);
    if (last !== undefined) this.last = { file, month: last };
  }
}
