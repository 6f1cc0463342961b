import { MONEY_COLUMNS, TAPE_COLUMNS, type MoneyColumn, type TapeColumn } from './columns.js';
import { TapeUnreadable } from './errors.js';
import { type LoanMonth, type LoanStanding, reportsMonth } from './loan-month.js';
import type { LoanRecord } from './loan-record.js';
import type { Mapping } from './mapping/mapping.js';
import { LOAN_VOCABULARY } from './model/asset-classes.js';
import { AUTO_LOAN } from './model/auto-loan.js';
import { CsvReader } from './source/csv-reader.js';
import { encodingRemarks, FIRST_RECORDS, readCsvHead } from './source/csv-source.js';
import { TAPE_LIMITS } from './source/limits.js';
import { openTape, type TapeInput } from './source/open-tape.js';
import type { SourceRecord, TapeSource } from './source/source.js';
import { TapeReader, type TapeResult } from './tape-reader.js';

/** What a tape says and what was found in it. Blocked rows are in `rows`, `sums` and `findings`, never in `loans`. */
export interface TapeReading extends Omit<
  TapeResult,
  'sums' | 'missing' | 'noData' | 'fields' | 'lacking' | 'history'
> {
  /** Rows that no finding blocks, in file order, of loans that say what was collected on them. */
  loans: LoanMonth[];
  /** The same, of all loans: where a tape says nothing of collections, as they stand. */
  standings: LoanStanding[];
  /** Sum of every money column over all cells that are amounts, in cents; what is not stated is not counted. */
  sums: Record<MoneyColumn, bigint>;
  /** How many cells of each column that is read are empty or NA, columns with none left out. */
  missing: Partial<Record<TapeColumn, number>>;
}

export interface TapeOptions {
  /** Columns whose cells together identify a loan. */
  loanKey: string[];
  /** What the columns of the file are; by their SEC ABS-EE element names when there is none. */
  mapping?: Mapping | null;
  /** Takes every row as it is read, those with a blocking finding too. */
  onRecord?: (record: LoanRecord) => void;
}

/** The automobile loans of a file, gathered row by row. */
class LoansOfTape {
  private readonly loans: LoanStanding[] = [];
  readonly reader: TapeReader;

  private readonly onRecord: ((record: LoanRecord) => void) | null;

  constructor(source: { columns: readonly string[]; headerRow: number }, options: TapeOptions) {
    const { loanKey, mapping = null, onRecord = null } = options;
    this.onRecord = onRecord;
    this.reader = new TapeReader(source, { assetClass: AUTO_LOAN, loanKey, mapping, periodNeeded: mapping === null });
  }

  add(records: readonly SourceRecord[]): void {
    for (const record of records) {
      if (this.reader.leavesOut(record)) continue;
      const read = this.reader.read(record);
      this.onRecord?.(this.reader.named(read));
      if (read.loan !== null) this.loans.push(read.loan);
    }
  }

  finish(): TapeReading {
    const { sums, missing, noData: _, fields: __, lacking: ___, history: ____, ...result } = this.reader.finish();
    const blocked = new Set(result.blocked.map(({ row }) => row));
    const core = Object.entries(missing).filter(([field]) => field in TAPE_COLUMNS);
    const standings = this.loans.filter(({ row }) => !blocked.has(row));
    return {
      ...result,
      loans: standings.filter(reportsMonth),
      standings,
      sums: Object.fromEntries(MONEY_COLUMNS.map((column) => [column, sums[column] ?? 0n])) as TapeReading['sums'],
      missing: Object.fromEntries(core),
    };
  }
}

const PIECE = 1 << 20;

function assertText(bytes: Uint8Array): void {
  if (bytes.length === 0) {
    throw new TapeUnreadable('empty', null, 'the file is empty', 'check the export and hand the file in again');
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const remedy = 'read it as a file (readTapeFile), or export it as CSV';
    throw new TapeUnreadable('binary', null, 'the file is not text (a spreadsheet or an archive?)', remedy);
  }
}

/**
 * Reads one month of a servicer's loan-level file that is delimited text in memory, its columns SEC ABS-EE auto-loan
 * elements (see `TAPE_COLUMNS`) or mapped to them. Amounts become cents exactly; what is NA or empty stays "not stated".
 * Every rule of `TAPE_RULES` is applied to every row, and nothing is repaired.
 * @throws TapeUnreadable when the file is no such text
 * @throws MissingColumns naming all required columns it lacks
 */
export function readTape(source: Uint8Array | string, options: TapeOptions): TapeReading {
  const bytes = typeof source === 'string' ? Buffer.from(source, 'utf8') : source;
  assertText(bytes);
  const text = new CsvReader(TAPE_LIMITS);
  let first: SourceRecord[] = [];
  let tape: LoansOfTape | null = null;
  const take = (records: SourceRecord[], last: boolean): void => {
    if (tape !== null) return tape.add(records);
    first = [...first, ...records];
    if (!last && first.length < FIRST_RECORDS) return;
    const head = readCsvHead(first, text, TAPE_LIMITS, LOAN_VOCABULARY);
    tape = new LoansOfTape(head, options);
    tape.add(head.below);
  };
  for (let at = 0; at < bytes.length; at += PIECE) take(text.push(bytes.subarray(at, at + PIECE)), false);
  take(text.end(), true);
  const whole = tape as unknown as LoansOfTape;
  whole.reader.ended(encodingRemarks(text), text.endsOpen);
  return whole.finish();
}

/**
 * Reads one month of automobile loans from a file of any format (see `openTape`), as `readTape` does. The loans are held in
 * memory; `streamTape` does not.
 * @throws TapeUnreadable, MissingColumns
 */
export async function readTapeFile(input: TapeInput, options: TapeOptions): Promise<TapeReading> {
  return readTapeSource(await openTape(input, { vocabulary: LOAN_VOCABULARY }), options);
}

/** The same of a file that was opened already: one sheet of it, or one month. @throws TapeUnreadable, MissingColumns */
export async function readTapeSource(source: TapeSource, options: TapeOptions): Promise<TapeReading> {
  const tape = new LoansOfTape(source, options);
  for await (const records of source.records()) tape.add(records);
  tape.reader.ended(source.remarks(), source.endsOpen?.());
  return tape.finish();
}
