import type { PlainDate } from '@weir/calendar';
import { MONEY_COLUMNS, type MoneyColumn, type TapeColumn } from './columns.js';
import { readRecords } from './csv.js';
import { TapeUnreadable } from './errors.js';
import { FindingLog, type Finding, type TapeRule } from './finding.js';
import { readHeader, type TapeHeader } from './header.js';
import { checkLoan } from './loan-checks.js';
import { findDuplicates, hintAtKey, readLoanKey } from './loan-key.js';
import type { LoanMonth } from './loan-month.js';
import { readLoan } from './read-loan.js';
import { RowReader } from './row-reader.js';

/** What a tape says and what was found in it. Blocked rows are in `rows`, `sums` and `findings`, never in `loans`. */
export interface TapeReading {
  rows: number;
  reportingFrom: PlainDate;
  reportingTo: PlainDate;
  /** Rows that no finding blocks, in file order. */
  loans: LoanMonth[];
  /** Rows that a finding blocks; `key` is null when the key itself could not be read. */
  blocked: { row: number; key: string | null }[];
  /** Bounded per rule by `FINDINGS_KEPT_PER_RULE`; `findingCounts` counts all of them. */
  findings: Finding[];
  findingCounts: Partial<Record<TapeRule, number>>;
  /** Sum of every money column over all cells that are amounts, in cents; what is not stated is not counted. */
  sums: Record<MoneyColumn, bigint>;
  /** How many cells of each column that is read are empty or NA, columns with none left out. */
  missing: Partial<Record<TapeColumn, number>>;
  distinctKeys: number;
}

export interface TapeOptions {
  /** Columns whose cells together identify a loan. */
  loanKey: string[];
}

interface KeyedRow {
  row: number;
  key: string | null;
  period: string | null;
  loan: LoanMonth | null;
}

class TapeReader {
  readonly log = new FindingLog();
  readonly rows: KeyedRow[] = [];
  readonly keys = new Map<string, number[]>();
  readonly missing: Partial<Record<TapeColumn, number>> = {};
  readonly sums = Object.fromEntries(MONEY_COLUMNS.map((column) => [column, 0n])) as Record<MoneyColumn, bigint>;
  private header: TapeHeader | null = null;

  constructor(private readonly loanKey: readonly string[]) {}

  record(cells: string[], row: number): void {
    if (this.header === null) this.header = readHeader(cells, this.loanKey);
    else this.loan(this.header, cells, row);
  }

  private loan(header: TapeHeader, cells: string[], row: number): void {
    if (cells.length !== header.width) {
      const message = `row ${row} has ${cells.length} cells where the header has ${header.width}`;
      const remedy = 'put cells that hold a comma in quotes';
      this.log.add({ row, column: null, value: String(cells.length), rule: 'row-shape', message, remedy });
      this.rows.push({ row, key: null, period: null, loan: null });
      return;
    }
    const key = readLoanKey(this.loanKey, header, cells, row, this.log);
    if (key !== null) this.keyed(key, row);
    const reader = new RowReader(header, cells, row, this.log, (column) => {
      this.missing[column] = (this.missing[column] ?? 0) + 1;
    });
    const { loan, period } = readLoan(reader, key, this.log, (column, cents) => {
      if (cents !== null) this.sums[column as MoneyColumn] += cents;
      return cents;
    });
    this.rows.push({ row, key, period: period && `${period.from} ${period.to}`, loan });
  }

  private keyed(key: string, row: number): void {
    const rows = this.keys.get(key);
    if (rows) rows.push(row);
    else this.keys.set(key, [row]);
  }

  finish(): TapeReading {
    const period = this.commonPeriod();
    const [from = '', to = ''] = period.split(' ');
    const duplicates = findDuplicates(this.keys, this.loanKey, this.log);
    const keyed = this.rows.filter((row) => row.key !== null).length;
    hintAtKey(keyed, this.keys.size, this.loanKey, this.log);
    const loans: LoanMonth[] = [];
    const blocked: TapeReading['blocked'] = [];
    for (const { row, key, period: own, loan } of this.rows) {
      const strays = own !== null && own !== period;
      if (strays) this.remarkPeriod(row, own, period);
      if (loan === null || strays || duplicates.has(row)) blocked.push({ row, key });
      else loans.push(loan);
      if (loan !== null) checkLoan(loan, { reportingMonth: to.slice(0, 7) }, this.log);
    }
    return {
      rows: this.rows.length,
      reportingFrom: from,
      reportingTo: to,
      loans,
      blocked,
      findings: this.log.findings(),
      findingCounts: this.log.counts(),
      sums: this.sums,
      missing: this.missing,
      distinctKeys: this.keys.size,
    };
  }

  /** The period most rows are of; the first of those that tie. */
  private commonPeriod(): string {
    const counts = new Map<string, number>();
    for (const { period } of this.rows) if (period !== null) counts.set(period, (counts.get(period) ?? 0) + 1);
    const [common] = [...counts].sort(([, a], [, b]) => b - a);
    if (common) return common[0];
    const [detail, remedy] =
      this.rows.length === 0
        ? ['the file has no rows of loans', 'check the export and hand the file in again']
        : ['no row states its reporting period', 'write both reporting period dates as MM-DD-YYYY'];
    throw new TapeUnreadable('rows', null, detail, remedy);
  }

  private remarkPeriod(row: number, own: string, common: string): void {
    const message = `row ${row} is of ${own.replace(' ', ' to ')}, most rows are of ${common.replace(' ', ' to ')}`;
    const remedy = 'hand in one reporting period a file';
    const column = 'reportingPeriodEndingDate';
    this.log.add({ row, column, value: own, rule: 'period-differs', message, remedy });
  }
}

/**
 * Reads one month of a servicer's loan-level file: CSV whose columns are SEC ABS-EE auto-loan elements (see
 * `TAPE_COLUMNS`). Amounts become cents exactly; what is NA or empty stays "not stated". Every rule of `TAPE_RULES` is
 * applied to every row, and nothing is repaired.
 * @throws TapeUnreadable when the file is no such CSV
 * @throws MissingColumns naming all required columns it lacks
 */
export function readTape(source: Uint8Array | string, options: TapeOptions): TapeReading {
  if (options.loanKey.length === 0) {
    throw new TapeUnreadable('key', null, 'no loan key is configured', 'name at least one column as the loan key');
  }
  const reader = new TapeReader(options.loanKey);
  readRecords(source, (cells, line) => reader.record(cells, line));
  return reader.finish();
}
