import { detached } from '../detached.js';
import { TapeUnreadable } from '../errors.js';
import { HEAD_RECORDS, type SourceRecord, type TapeSource } from '../source/source.js';
import { rowMonths, type ColumnReading } from './row-month.js';
import type { TapeMonth } from './several-months.js';

/** Cells of several months that are held at once; a larger month is read by a pass of its own and not held. */
const MOST_CELLS = 2_000_000;

/** One month's rows of a file, as a source of its own: a tape of that month. Read once. */
export interface MonthSource {
  readonly month: string;
  readonly source: TapeSource;
}

/** Remarks about the file, and about those rows. */
const remarksOf = (source: TapeSource, has: (row: number) => boolean) => () =>
  source.remarks().filter(({ row }) => row === null || has(row));

/**
 * The rows of one month out of a file of several, in file order.
 * @param month YYYY-MM
 * @throws TapeUnreadable, from `records` too: when no row is of the month
 */
export function monthOf(source: TapeSource, reading: ColumnReading, month: string): TapeSource {
  const read = rowMonths(source, reading);
  const rows = new Set<number>();
  const ofMonth = (records: readonly SourceRecord[]): SourceRecord[] =>
    records.filter(({ cells }) => read(cells) === month);
  return {
    ...source,
    head: ofMonth(source.head),
    remarks: remarksOf(source, (row) => rows.has(row)),
    async *records() {
      const others = new Set<string>();
      for await (const batch of source.records()) {
        const kept = ofMonth(batch);
        for (const { row } of kept) rows.add(row);
        if (rows.size === 0) for (const { cells } of batch) others.add(read(cells) ?? '');
        if (kept.length > 0) yield kept;
      }
      if (rows.size === 0) throw noRows(month, others);
    },
  };
}

function noRows(month: string, others: ReadonlySet<string>): TapeUnreadable {
  const known = [...others].filter((one) => one !== '').sort();
  const has = known.length > 1 ? `${known[0]} to ${known.at(-1)}` : (known[0] ?? 'no month');
  return new TapeUnreadable('rows', null, `no row is of ${month}: the file has ${has}`, 'name a month that it has');
}

/** Months that are read by one pass together, in order. */
function passes(months: readonly TapeMonth[], columns: number, mostCells: number): TapeMonth[][] {
  const groups: TapeMonth[][] = [];
  let cells = 0;
  for (const month of months) {
    const own = month.rows * columns;
    const last = groups.at(-1);
    if (last === undefined || cells + own > mostCells) {
      groups.push([month]);
      cells = own;
    } else {
      last.push(month);
      cells += own;
    }
  }
  return groups;
}

/** The rows of some months, held in memory apart from the text that they were cut from. */
async function held(source: TapeSource, reading: ColumnReading, months: readonly TapeMonth[]): Promise<MonthSource[]> {
  const read = rowMonths(source, reading);
  const rows = new Map(months.map(({ month }) => [month, [] as SourceRecord[]]));
  for await (const batch of source.records()) {
    for (const record of batch) {
      const own = rows.get(read(record.cells) ?? '');
      if (own === undefined) continue;
      own.push({ ...record, cells: record.cells.map((cell) => (cell === null ? null : detached(cell))) });
    }
  }
  return [...rows].map(([month, records]) => {
    const own = new Set(records.map(({ row }) => row));
    return {
      month,
      source: {
        ...source,
        head: records.slice(0, HEAD_RECORDS),
        remarks: remarksOf(source, (row) => own.has(row)),
        async *records() {
          yield records;
        },
      },
    };
  });
}

/** What is known of a file before it is divided. */
export interface Division extends ColumnReading {
  /** As a reading of the whole file found them. */
  readonly months: readonly TapeMonth[];
  /** How many columns a row has. */
  readonly columns: number;
  readonly mostCells?: number;
}

/**
 * Divides a file of several months into a source a month, in order of time. The file is opened as often as its size asks
 * for: months that are small together are read by one pass and held until their turn; a large one is not held.
 * @throws TapeUnreadable, MissingColumns
 */
export async function* divideByMonth(open: () => Promise<TapeSource>, division: Division): AsyncGenerator<MonthSource> {
  const { months, columns, mostCells = MOST_CELLS } = division;
  for (const group of passes(months, columns, mostCells)) {
    const source = await open();
    const [only] = group;
    if (group.length > 1 || only === undefined) yield* await held(source, division, group);
    else yield { month: only.month, source: monthOf(source, division, only.month) };
  }
}
