/** A month that a file reports, and how many of its rows are of it. */
export interface TapeMonth {
  /** YYYY-MM, of the last day of the rows' reporting periods. */
  readonly month: string;
  readonly rows: number;
}

/** A file that is the tapes of several months. */
export interface SeveralMonths {
  /** In order of time. */
  readonly months: readonly TapeMonth[];
  /** Rows that state no month that can be read, so that they are of no month's tape. */
  readonly unplaced: readonly number[];
}

/** A part of the rows below which those of other months are slips in one month's tape. */
const LEAST_SHARE = 1 / 20;

/** Months of other loans each (receivables, for one) are a history when they are no less than this, in part and in rows. */
const [DISTINCT_SHARE, DISTINCT_ROWS] = [1 / 4, 10];

type RowsByPeriod = ReadonlyMap<string, { readonly rows: readonly number[] }>;

/** Rows by the month in which their period ends; the periods are "first-day last-day". */
function byMonth(periods: RowsByPeriod): [month: string, rows: number[]][] {
  const months = new Map<string, number[]>();
  for (const [period, { rows }] of periods) {
    const month = period.slice(period.indexOf(' ') + 1).slice(0, 7);
    const known = months.get(month) ?? [];
    months.set(month, known);
    for (const row of rows) known.push(row);
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** How many of some rows share their loan key with a row of another month. */
function repeatedRows(
  strays: ReadonlySet<number>,
  repeated: Iterable<readonly number[]>,
  monthOf: ReadonlyMap<number, string>,
): number {
  let count = 0;
  for (const rows of repeated) {
    const months = new Set(rows.map((row) => monthOf.get(row)));
    if (months.size > 1) count += rows.filter((row) => strays.has(row)).length;
  }
  return count;
}

/**
 * The months of a file that holds several, in order; none when it is one month's tape, in which rows of another month are
 * slips. It is a history when loans come again in other months, or when every month is large beside the largest.
 * @param periods rows by reporting period
 * @param repeated rows of each loan key that several rows have
 */
export function severalMonths(periods: RowsByPeriod, repeated: Iterable<readonly number[]>): TapeMonth[] {
  const months = byMonth(periods);
  if (months.length < 2) return [];
  const most = Math.max(...months.map(([, rows]) => rows.length));
  const largest = months.findIndex(([, rows]) => rows.length === most);
  const others = months.filter((_, index) => index !== largest).map(([, rows]) => rows);
  const strays = new Set(others.flat());
  const share = strays.size / (strays.size + most);
  if (share < LEAST_SHARE) return [];
  const monthOf = new Map(months.flatMap(([month, rows]) => rows.map((row) => [row, month] as const)));
  const distinct = share >= DISTINCT_SHARE && others.every(({ length }) => length >= DISTINCT_ROWS);
  if (!distinct && repeatedRows(strays, repeated, monthOf) * 2 <= strays.size) return [];
  return months.map(([month, { length }]) => ({ month, rows: length }));
}
