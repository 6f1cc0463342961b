import type { PlainDate } from '@weir/calendar';
import { TapeUnreadable } from './errors.js';
import { noDataOption } from './cells.js';
import { FindingLog, type Finding, type TapeRemark, type TapeRule } from './finding.js';
import { readHeader, type SourceColumns, type TapeHeader } from './header.js';
import { HistoryCheck, type TapeHistory } from './history/tape-history.js';
import { checkLoan } from './loan-checks.js';
import { findDuplicates, hintAtKey, readLoanKey } from './loan-key.js';
import type { LoanRecord } from './loan-record.js';
import type { Mapping } from './mapping/mapping.js';
import { severalMonths, type SeveralMonths, type TapeMonth } from './months/several-months.js';
import type { AssetClass } from './model/field.js';
import { cellsOf, neededOf, type ReadCells } from './read-record.js';
import { type FieldValue, RowReader } from './row-reader.js';
import { rowRulesOf } from './rules/row-rules.js';
import { TotalsRows } from './rules/totals-row.js';
import { checkUnits } from './rules/unit-check.js';
import { HEAD_RECORDS, type SourceRecord } from './source/source.js';

/** What is known of a tape once all its rows were read; money in cents. */
export interface TapeResult {
  readonly rows: number;
  readonly reportingFrom: PlainDate;
  readonly reportingTo: PlainDate;
  /** Rows that a finding blocks; `key` is null when the key itself could not be read. */
  readonly blocked: { row: number; key: string | null }[];
  readonly findings: Finding[];
  readonly findingCounts: Partial<Record<TapeRule, number>>;
  /** Sum of every money field over all cells that are amounts. */
  readonly sums: Readonly<Record<string, bigint>>;
  /** Cells that state no value, by field. */
  readonly missing: Readonly<Record<string, number>>;
  /** ESMA no-data options by field: how often each. */
  readonly noData: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly distinctKeys: number;
  /** Fields of the loan model that the file has. */
  readonly fields: number;
  /** What the next tape is compared with; null when this one was not compared. */
  readonly history: TapeHistory | null;
  /** When the file is the tapes of several months, and not to be used as one: every row of it is blocked. Else null. */
  readonly several: SeveralMonths | null;
}

export interface ReaderOptions {
  readonly assetClass: AssetClass;
  /** Fields or columns whose cells together identify a loan. */
  readonly loanKey: readonly string[];
  readonly mapping: Mapping | null;
  /** Whether a tape may lack the dates of its period: then the month is not compared among its rows. */
  readonly periodNeeded: boolean;
  /** Every loan of the tapes before, to compare with; empty before the first, left out to compare with none. */
  readonly history?: TapeHistory;
}

/** Reads rows one by one. What it holds of them is their key, their row and their period. */
export class TapeReader {
  readonly log = new FindingLog();
  private readonly header: TapeHeader;
  private readonly readCells: ReadCells;
  private readonly needs: ReadonlySet<string>;
  private readonly blank: Readonly<Record<string, FieldValue>>;
  private readonly checkRow: (record: LoanRecord) => void;
  /** Cells of the first rows, by which units are judged; null once they are. */
  private first: (readonly (string | null)[])[] | null = [];
  private readonly totals: TotalsRows;
  private readonly keys = new Map<string, number>();
  private readonly duplicates = new Map<string, number[]>();
  private readonly periods = new Map<string, { rows: number[] }>();
  private readonly blocked = new Map<number, string | null>();
  private readonly sums: Record<string, bigint>;
  private readonly missing: Record<string, number> = {};
  private readonly noData: Record<string, Record<string, number>> = {};
  private readonly history: HistoryCheck | null;
  private rows = 0;
  private keyed = 0;

  /** @throws TapeUnreadable, MissingColumns when the columns are not a tape's */
  constructor(
    source: SourceColumns,
    private readonly options: ReaderOptions,
  ) {
    const { assetClass, loanKey, mapping } = options;
    if (loanKey.length === 0) {
      throw new TapeUnreadable('key', null, 'no loan key is configured', 'name at least one column as the loan key');
    }
    this.header = readHeader(source, assetClass, loanKey, mapping);
    this.readCells = cellsOf(assetClass, this.header);
    // What a key lacks is said of the key.
    this.needs = new Set([...neededOf(assetClass)].filter((field) => !loanKey.includes(field)));
    this.checkRow = rowRulesOf(assetClass, this.header.nameOf, this.log);
    this.blank = Object.fromEntries(this.header.fields.map(({ name }) => [name, null]));
    this.totals = new TotalsRows(this.header, this.log);
    const { history } = options;
    this.history = history ? new HistoryCheck(history, assetClass, this.log, this.header.nameOf) : null;
    const money = this.header.fields.filter(({ kind }) => kind === 'money');
    this.sums = Object.fromEntries(money.map(({ name }) => [name, 0n]));
  }

  /** Reads one row. */
  read(record: SourceRecord): LoanRecord {
    const { cells, row } = record;
    this.rows++;
    if (cells.length !== this.header.width) return this.misshapen(record);
    if (this.totals.named(cells, row)) return this.noLoan(row);
    if (this.first !== null && this.first.push(cells) === HEAD_RECORDS) this.judgeUnits();
    const { loanKey } = this.options;
    const key = readLoanKey(loanKey, this.header, cells, row, this.log);
    const absent = (field: string): void => this.absent(field, reader.text(field));
    const reader: RowReader = new RowReader(this.header, cells, row, this.log, this.needs, this.blank, absent);
    const { loan, period } = this.readCells(reader, key, this.log, (field, cents) => {
      if (cents !== null) this.sums[field] = (this.sums[field] ?? 0n) + cents;
      return cents;
    });
    const blocked = reader.blocked || key === null;
    const read: LoanRecord = { row, key, period, values: reader.values, blocked, loan };
    if (this.totals.adds(read, this.rows - 1, this.sums)) return this.withoutSums(read);
    if (key !== null) this.addKey(key, row);
    if (period !== null) this.addPeriod(`${period.from} ${period.to}`, row);
    if (blocked) this.blocked.set(row, key);
    if (loan !== null) checkLoan(loan, { reportingMonth: (period?.to ?? '').slice(0, 7) }, this.log);
    this.checkRow(read);
    this.history?.see(read);
    return read;
  }

  /** What was found in the file rather than in its rows. */
  remark(remarks: readonly TapeRemark[]): void {
    for (const remark of remarks) this.log.add(remark);
  }

  /** Judges the rows together. @throws TapeUnreadable when there are none, or none states the period it needs */
  finish(): TapeResult {
    this.judgeUnits();
    const months = severalMonths(this.periods, this.duplicates.values());
    const several = months.length === 0 ? null : { months, unplaced: this.blockAll(months) };
    const period = several === null ? this.judgeTogether() : this.wholePeriod();
    const [from = '', to = ''] = period.split(' ');
    const history = this.history?.finish() ?? null;
    return {
      rows: this.rows,
      reportingFrom: from,
      reportingTo: to,
      blocked: [...this.blocked].map(([row, key]) => ({ row, key })).sort((a, b) => a.row - b.row),
      findings: this.log.findings(),
      findingCounts: this.log.counts(),
      sums: this.sums,
      missing: this.missing,
      noData: this.noData,
      distinctKeys: this.keys.size,
      fields: this.header.fields.length,
      history,
      several,
    };
  }

  private judgeUnits(): void {
    if (this.first !== null) checkUnits(this.header, this.first, this.log);
    this.first = null;
  }

  private misshapen({ cells, row }: SourceRecord): LoanRecord {
    const message = `row ${row} has ${cells.length} cells where the header has ${this.header.width}`;
    const remedy = 'put cells that hold a comma in quotes';
    this.log.add({ row, column: null, value: String(cells.length), rule: 'row-shape', message, remedy });
    return this.noLoan(row);
  }

  /** A row of totals, whose amounts are taken out of the sums again. */
  private withoutSums({ row, values }: LoanRecord): LoanRecord {
    for (const [field, sum] of Object.entries(this.sums)) {
      const own = values[field];
      if (typeof own === 'bigint') this.sums[field] = sum - own;
    }
    return this.noLoan(row);
  }

  /** A row of which nothing counts. */
  private noLoan(row: number): LoanRecord {
    this.blocked.set(row, null);
    return { row, key: null, period: null, values: {}, blocked: true, loan: null };
  }

  private absent(field: string, cell: string | null): void {
    this.missing[field] = (this.missing[field] ?? 0) + 1;
    const option = cell === null ? null : noDataOption(cell);
    if (option === null) return;
    const counts = (this.noData[field] ??= {});
    counts[option] = (counts[option] ?? 0) + 1;
  }

  private addKey(key: string, row: number): void {
    this.keyed++;
    const first = this.keys.get(key);
    if (first === undefined) this.keys.set(key, row);
    else {
      const rows = this.duplicates.get(key);
      if (rows) rows.push(row);
      else this.duplicates.set(key, [first, row]);
    }
  }

  private addPeriod(period: string, row: number): void {
    const known = this.periods.get(period);
    if (known) known.rows.push(row);
    else this.periods.set(period, { rows: [row] });
  }

  /** The period most rows are of; the first of those that tie. */
  private commonPeriod(): string {
    const [common] = [...this.periods].sort(([, a], [, b]) => b.rows.length - a.rows.length);
    if (common) return common[0];
    if (this.rows > 0 && !this.options.periodNeeded) return ' ';
    const [detail, remedy] =
      this.rows === 0
        ? ['the file has no rows of loans', 'check the export and hand the file in again']
        : ['no row states its reporting period', 'write both reporting period dates as MM-DD-YYYY'];
    throw new TapeUnreadable('rows', null, detail, remedy);
  }

  /** What makes rows of one month wrong beside each other. */
  private judgeTogether(): string {
    const period = this.commonPeriod();
    const duplicates = findDuplicates(this.duplicates, this.options.loanKey, this.log);
    hintAtKey(this.keyed, this.keys.size, this.options.loanKey, this.log);
    this.blockTogether(period, duplicates);
    return period;
  }

  /** From the first day of the first period to the last of the last. */
  private wholePeriod(): string {
    const days = [...this.periods.keys()].map((period) => period.split(' '));
    return [
      days.map(([from = '']) => from).sort()[0] ?? '',
      days
        .map(([, to = '']) => to)
        .sort()
        .at(-1) ?? '',
    ].join(' ');
  }

  /** Says once that the file is of several months, and uses no row of it. @returns rows that are of none of the months */
  private blockAll(months: readonly TapeMonth[]): number[] {
    const column = this.header.nameOf(
      this.options.assetClass.fields.find(({ role }) => role === 'periodTo')?.name ?? '',
    );
    const value = `${months[0]?.month} to ${months.at(-1)?.month}`;
    const message = `the file holds ${months.length} reporting periods, ${value}, of ${this.keys.size} loans: it is a history, not one month’s tape`;
    const remedy = 'read one of its months by naming it (YYYY-MM), or hand the file in whole as past months';
    this.log.add({ row: null, column, value, rule: 'several-periods', message, remedy });
    const placed = new Set([...this.periods.values()].flatMap(({ rows }) => rows));
    const keyed = [...this.keys.values(), ...[...this.duplicates.values()].flat()];
    const unstated = [...new Set(keyed)].filter((row) => !placed.has(row) && !this.blocked.has(row));
    for (const row of unstated) {
      const said = `row ${row} states no reporting period that can be read`;
      const ask = 'state it: in a file of several periods no row is of one by itself';
      this.log.add({ row, column, value: null, rule: 'period-unstated', message: said, remedy: ask });
    }
    const unplaced = [...unstated, ...[...this.blocked.keys()].filter((row) => !placed.has(row))].sort((a, b) => a - b);
    for (const row of [...placed, ...unplaced]) if (!this.blocked.has(row)) this.blocked.set(row, null);
    return unplaced;
  }

  private blockTogether(period: string, duplicates: ReadonlySet<number>): void {
    const strays = [...this.periods].filter(([own]) => own !== period);
    for (const [own, { rows }] of strays) for (const row of rows) this.remarkPeriod(row, own, period);
    const together = new Set([...duplicates, ...strays.flatMap(([, { rows }]) => rows)]);
    if (together.size === 0) return;
    for (const [key, rows] of this.duplicates) for (const row of rows) this.blocked.set(row, key);
    for (const [key, row] of this.keys) if (together.has(row)) this.blocked.set(row, key);
    for (const row of together) if (!this.blocked.has(row)) this.blocked.set(row, null);
  }

  private remarkPeriod(row: number, own: string, common: string): void {
    const message = `row ${row} is of ${own.replace(' ', ' to ')}, most rows are of ${common.replace(' ', ' to ')}`;
    const remedy = 'hand in one reporting period a file';
    const field = this.options.assetClass.fields.find(({ role }) => role === 'periodTo')?.name ?? '';
    const column = this.header.nameOf(field);
    this.log.add({ row, column, value: own, rule: 'period-differs', message, remedy });
  }
}
