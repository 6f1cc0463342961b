import type { PlainDate } from '@weir/calendar';
import { TapeUnreadable } from './errors.js';
import { FindingLog, type Finding, type RuleTally, type TapeRemark, type TapeRule } from './finding.js';
import { type FieldPlace, readHeader, type SourceColumns, type TapeHeader } from './header.js';
import { HistoryCheck, type TapeHistory } from './history/tape-history.js';
import { findDuplicates, hintAtKey, loanKeyReader } from './loan-key.js';
import type { LoanRecord, ReadRow } from './loan-record.js';
import { type Mapping, marksOf } from './mapping/mapping.js';
import type { AssetClass, Field } from './model/field.js';
import { type Lack, lacksOf, templateLacks } from './model/needs.js';
import { severalMonths, type SeveralMonths, type TapeMonth } from './months/several-months.js';
import { cellsOf, neededOf, type ReadCells } from './read-record.js';
import { RowByKey } from './row-by-key.js';
import { type FieldValue, RowReader } from './row-reader.js';
import { counted } from './counted.js';
import { CurrencyCheck } from './rules/currency-check.js';
import { rowRulesOf } from './rules/row-rules.js';
import { StatusDays } from './rules/status-days.js';
import { DecidedTotals } from './rules/decided-totals.js';
import { RowShape } from './rules/row-shape.js';
import { TotalsRows } from './rules/totals-row.js';
import { TotalsRuns } from './rules/totals-runs.js';
import { UnitCheck } from './rules/unit-check.js';
import type { SourceRecord } from './source/source.js';
import { isEsmaCode } from './source/vocabulary.js';

/** What is known of a tape once all its rows were read; money in cents. */
export interface TapeResult {
  readonly rows: number;
  readonly reportingFrom: PlainDate;
  readonly reportingTo: PlainDate;
  /** Rows that a finding blocks; `key` is null when the key itself could not be read. */
  readonly blocked: { row: number; key: string | null }[];
  readonly findings: Finding[];
  /** How often each rule was met. */
  readonly tally: readonly RuleTally[];
  /** The findings of each rule: those of the tally. */
  readonly findingCounts: Partial<Record<TapeRule, number>>;
  /** Sum of every money field over all cells that are amounts. */
  readonly sums: Readonly<Record<string, bigint>>;
  /** Cells that state no value, by field. */
  readonly missing: Readonly<Record<string, number>>;
  /** ESMA no-data options by field: how often each. */
  readonly noData: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly distinctKeys: number;
  /** Rows that state a loan key. */
  readonly keyed: number;
  /** Rows of which no cell was read: of another shape than the header, or totals. */
  readonly unread: number;
  /** Fields of the loan model that the file has. */
  readonly fields: number;
  /** Fields that would serve and that the tape has no column of. */
  readonly lacking: readonly string[];
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

/** Rows of one reporting period. */
interface PeriodRows {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly rows: number[];
}

/** Whether a column states the field, and it is not reckoned from another. */
const isStated = (place: FieldPlace | undefined): boolean => place !== undefined && place.reckoned === undefined;

/** Reads rows one by one. What it holds of them is their key, their row and their period. */
export class TapeReader {
  readonly log = new FindingLog();
  private readonly header: TapeHeader;
  private readonly reader: RowReader;
  private readonly readCells: ReadCells;
  private readonly readKey: (record: SourceRecord) => string | null;
  private readonly blank: Readonly<Record<string, FieldValue>>;
  private readonly checkRow: (row: ReadRow) => void;
  private readonly units: UnitCheck;
  private readonly currencies: CurrencyCheck;
  private readonly totals: TotalsRows;
  private readonly runs: TotalsRuns;
  /** Of rows that the mapping says are totals; null when it says nothing. */
  private readonly decided: DecidedTotals | null;
  private readonly keys = new RowByKey();
  private readonly duplicates = new Map<string, number[]>();
  private readonly periods = new Map<string, PeriodRows>();
  /** The period of the last row: nearly always the next row's too. */
  private period: PeriodRows | null = null;
  /** Rows that state no period: of no month in a file of several. */
  private readonly unstated: number[] = [];
  /** Loan keys of blocked rows, as far as they are known. */
  private readonly keyOfBlocked = new Map<number, string>();
  private readonly history: HistoryCheck | null;
  private readonly lacks: readonly Lack[];
  private readonly shape: RowShape;
  /** Of days past due that are reckoned from a status; null where a column states them, or nothing does. */
  private readonly statuses: StatusDays | null;
  /** The row that was read last. */
  private last: SourceRecord | null = null;
  private rows = 0;
  private keyed = 0;
  private unread = 0;

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
    // What a key lacks is said of the key.
    const needs = new Set([...neededOf(assetClass)].filter((field) => !loanKey.includes(field)));
    const keyed = new Set(loanKey.flatMap((name) => this.header.at(name) ?? []));
    this.reader = new RowReader(this.header.places, this.log, needs, keyed);
    this.readCells = cellsOf(assetClass, this.header, this.reader, this.log);
    this.readKey = loanKeyReader(loanKey, this.header, this.log);
    this.checkRow = rowRulesOf(assetClass, this.header, this.reader, this.log);
    this.blank = Object.fromEntries(this.fields.map(({ name }) => [name, null]));
    const amounts = this.header.places.filter(({ field }) => field.kind === 'money');
    this.runs = new TotalsRuns(amounts.map(({ slot }) => slot));
    this.totals = new TotalsRows(this.header, keyed, this.runs, this.log);
    this.shape = new RowShape(this.header, this.log);
    this.units = new UnitCheck(this.header, assetClass, mapping !== null, this.log);
    this.currencies = new CurrencyCheck(this.header, this.log);
    const marks = marksOf(mapping?.totals);
    this.decided = marks.length === 0 ? null : new DecidedTotals(this.header, marks, keyed, this.runs, this.log);
    this.lacks = lacksOf(assetClass, (field) => isStated(this.header.place(field)));
    this.statuses = this.header.reckoned === null ? null : new StatusDays(this.header.reckoned, this.log);
    if (mapping === null) this.tellTemplate();
    const { history } = options;
    const cellOf = (field: string): string | null => {
      const place = this.header.place(field);
      return place === undefined ? null : this.reader.text(place);
    };
    this.history = history ? new HistoryCheck(history, assetClass, this.log, this.header.nameOf, cellOf) : null;
  }

  /** Fields that the file has, in the order of a row's values. */
  get fields(): readonly Field[] {
    return this.header.places.map(({ field }) => field);
  }

  /** Name of a field's column in the file. */
  columnOf(field: string): string {
    return this.header.nameOf(field);
  }

  /** Whether a row is one of totals as the mapping says, to be left out; asked of each row before it is read. */
  leavesOut(record: SourceRecord): boolean {
    const skipped = this.decided?.skips(record, this.rows, this.reader.sums) ?? false;
    if (skipped) this.shape.next();
    return skipped;
  }

  /** Reads one row. */
  read(record: SourceRecord): ReadRow {
    const { cells, row } = record;
    this.rows++;
    this.last = record;
    if (!this.shape.fits(record)) return this.noLoan(row);
    const { reader } = this;
    if (this.totals.named(record, this.rows - 1, reader.sums)) return this.totalsRow(row);
    const key = this.readKey(record);
    reader.begin(record);
    const { loan, period } = this.readCells(key);
    const blocked = reader.blocked || key === null;
    const read: ReadRow = { row, key, period, values: reader.values, blocked, loan };
    if (this.totals.adds(read, cells, this.rows - 1, reader.sums)) return this.withoutSums(read);
    this.decided?.saw(read, cells);
    this.units.see(cells, row, reader.values);
    this.currencies.see(cells, row, reader.values);
    if (key !== null) this.addKey(key, row);
    if (period === null) this.unstated.push(row);
    else this.addPeriod(period, row);
    this.statuses?.see(row, cells, reader.values);
    this.checkRow(read);
    const checked = !blocked && this.log.blockedRows.has(row) ? { ...read, blocked: true, loan: null } : read;
    if (checked.blocked && key !== null) this.keyOfBlocked.set(row, key);
    this.history?.see(this.named(checked));
    return checked;
  }

  /** A row with its values by name. */
  named({ values, ...row }: ReadRow): LoanRecord {
    const named: Record<string, FieldValue> = values.length === 0 ? {} : { ...this.blank };
    for (const { field, slot } of values.length === 0 ? [] : this.header.places)
      named[field.name] = values[slot] ?? null;
    return { ...row, values: named };
  }

  /**
   * That the rows have ended, and what was found in the file rather than in them.
   * @param open whether it ended without a line break
   */
  ended(remarks: readonly TapeRemark[], open = false): void {
    const { row, values } = this.reader;
    this.shape.end(open, this.last?.row === row ? { record: this.last, values } : null);
    for (const remark of remarks) this.log.add(remark);
  }

  /** Judges the rows together. @throws TapeUnreadable when there are none, or none states the period it needs */
  finish(): TapeResult {
    const reckoned = this.statuses?.finish() ?? null;
    const lacks = this.lacks.filter(({ fields }) => reckoned === null || !fields.includes(reckoned));
    for (const lack of lacks) this.tellLack(lack);
    this.shape.next();
    this.units.finish();
    this.decided?.finish(this.reader.sums);
    const months = severalMonths(this.periods, this.duplicates.values());
    const several = months.length === 0 ? null : { months, unplaced: this.tellSeveral(months) };
    const period = several === null ? this.judgeTogether() : this.wholePeriod();
    const [from = '', to = ''] = period.split(' ');
    const history = this.history?.finish() ?? null;
    return {
      rows: this.rows,
      reportingFrom: from,
      reportingTo: to,
      blocked: this.blockedRows().map((row) => ({ row, key: this.keyOfBlocked.get(row) ?? null })),
      findings: this.log.findings(),
      tally: this.log.tally(),
      findingCounts: this.log.counts(),
      ...this.counted(),
      distinctKeys: this.keys.size,
      keyed: this.keyed,
      unread: this.unread,
      fields: this.header.places.filter(isStated).length,
      lacking: this.lacks.flatMap(({ fields }) => fields.map(({ name }) => name)),
      history,
      several,
    };
  }

  /** What a file under the codes of a template leaves out of it: there every field has its column. */
  private tellTemplate(): void {
    const { columns } = this.header;
    const absent = templateLacks(this.options.assetClass, columns);
    if (absent.length === 0) return;
    const named = absent.map(({ esma, name }) => `${esma} (${name})`).join(', ');
    const message = `${absent.length} columns of the template are not there: ${named}`;
    const remedy = 'add them: where there is no value the template asks for a no-data option (ND1 to ND5)';
    const column = absent.map(({ esma }) => esma).join(', ');
    this.log.add({ row: null, column, value: null, rule: 'missing-column', message, remedy });
  }

  private tellLack({ fields, lost }: Lack): void {
    const coded = this.header.columns.some(isEsmaCode);
    const column = fields.map(({ name, esma }) => (coded ? (esma ?? name) : name)).join(', ');
    const titles = fields.map(({ title }) => title).join(' or ');
    const message = `no column is the ${titles}: ${lost}`;
    const remedy = 'ask the servicer for the column; if the file has it under another name, say so in the mapping';
    this.log.add({ row: null, column, value: null, rule: 'missing-column', message, remedy });
  }

  /** What the cells of all rows come to, by field. */
  private counted(): Pick<TapeResult, 'sums' | 'missing' | 'noData'> {
    const { sums, missing, noData } = this.reader;
    const { places } = this.header;
    const money = places.filter(({ field }) => field.kind === 'money');
    const absent = places.filter(isStated).map(({ field, slot }) => [field.name, missing[slot] ?? 0] as const);
    return {
      sums: Object.fromEntries(money.map(({ field, slot }) => [field.name, sums.of(slot)])),
      missing: Object.fromEntries(absent.filter(([, count]) => count > 0)),
      noData,
    };
  }

  /** A row of totals, whose amounts are taken out of the sums again. */
  private withoutSums({ row, values }: ReadRow): ReadRow {
    for (const { field, slot } of this.header.places) {
      const own = values[slot];
      if (field.kind === 'money' && typeof own === 'bigint') this.reader.sums.add(slot, -own);
    }
    return this.totalsRow(row);
  }

  private totalsRow(row: number): ReadRow {
    this.runs.close(this.rows, this.reader.sums);
    return this.noLoan(row);
  }

  /** A row of which nothing counts. */
  private noLoan(row: number): ReadRow {
    this.unread++;
    return { row, key: null, period: null, values: [], blocked: true, loan: null };
  }

  private addKey(key: string, row: number): void {
    this.keyed++;
    const first = this.keys.add(key, row);
    if (first === null) return;
    const rows = this.duplicates.get(key);
    if (rows) rows.push(row);
    else this.duplicates.set(key, [first, row]);
  }

  private addPeriod(period: { readonly from: PlainDate; readonly to: PlainDate }, row: number): PeriodRows {
    const rows = this.rowsOf(period);
    rows.rows.push(row);
    this.period = rows;
    return rows;
  }

  private rowsOf({ from, to }: { readonly from: PlainDate; readonly to: PlainDate }): PeriodRows {
    if (this.period !== null && this.period.from === from && this.period.to === to) return this.period;
    const name = `${from} ${to}`;
    const known = this.periods.get(name) ?? { from, to, rows: [] };
    this.periods.set(name, known);
    return known;
  }

  /** The period most rows are of; the first of those that tie. */
  private commonPeriod(): string {
    const [common] = [...this.periods].sort(([, a], [, b]) => b.rows.length - a.rows.length);
    if (common) return common[0];
    if (this.rows > 0 && !this.options.periodNeeded) return ' ';
    const [detail, remedy] =
      this.rows === 0
        ? ['the file has no rows of loans', 'check the export and hand the file in again']
        : ['no row states its reporting period', this.periodRemedy()];
    throw new TapeUnreadable('rows', null, detail, remedy);
  }

  /** How a tape of this asset class states its period. */
  private periodRemedy(): string {
    const fields = this.options.assetClass.fields.filter(({ role }) => role === 'periodFrom' || role === 'periodTo');
    const names = fields.map(({ name, esma }) => (esma === null ? this.header.nameOf(name) : `${name} (${esma})`));
    const pattern = fields.some(({ template }) => template !== null) ? 'YYYY-MM-DD' : 'MM-DD-YYYY';
    return `write ${names.join(' and ')} as ${pattern}`;
  }

  /** What makes rows of one month wrong beside each other. */
  private judgeTogether(): string {
    const period = this.commonPeriod();
    const duplicates = findDuplicates(this.duplicates, this.options.loanKey.map(this.header.nameOf), this.log);
    hintAtKey(this.keyed, this.keys.size, this.options.loanKey, this.header, this.log);
    this.tellStrays(period, new Set([...duplicates, ...this.currencies.finish(this.reader.missing)]));
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

  /** Says once that the file is of several months, which blocks it whole. @returns rows that are of none of the months */
  private tellSeveral(months: readonly TapeMonth[]): number[] {
    const column = this.header.nameOf(
      this.options.assetClass.fields.find(({ role }) => role === 'periodTo')?.name ?? '',
    );
    const value = `${months[0]?.month} to ${months.at(-1)?.month}`;
    const message = `the file holds ${months.length} reporting periods, ${value}, of ${this.keys.size} loans: it is a history, not one month’s tape`;
    const remedy = 'read one of its months by naming it (YYYY-MM), or hand the file in whole as past months';
    this.log.add({ row: null, column, value, rule: 'several-periods', message, remedy });
    for (const row of this.unstated) {
      if (this.log.blockedRows.has(row)) continue;
      const said = `row ${row} states no reporting period that can be read`;
      const ask = 'state it: in a file of several periods no row is of one by itself';
      this.log.add({ row, column, value: null, rule: 'period-unstated', message: said, remedy: ask });
    }
    const placed = this.placedRows();
    return [...this.log.blockedRows].filter((row) => !placed.has(row)).sort((a, b) => a - b);
  }

  /** Rows that state a period. */
  private placedRows(): Set<number> {
    return new Set([...this.periods.values()].flatMap(({ rows }) => rows));
  }

  /** Rows that are blocked, in order: those with a finding that blocks, or all when one blocks the file. */
  private blockedRows(): number[] {
    const { blockedRows, blocksFile } = this.log;
    const rows = blocksFile ? new Set([...this.placedRows(), ...this.unstated, ...blockedRows]) : blockedRows;
    return [...rows].sort((a, b) => a - b);
  }

  /** @param found rows that do not stand beside the others, whatever their period */
  private tellStrays(period: string, found: ReadonlySet<number>): void {
    const common = this.periods.get(period)?.rows.length ?? 0;
    const placed = [...this.periods.values()].reduce((sum, { rows }) => sum + rows.length, 0);
    const said = `${common} of ${counted(placed, 'row')} ${common === 1 ? 'is' : 'are'} of ${period.replace(' ', ' to ')}`;
    const strays = [...this.periods].filter(([own]) => own !== period);
    for (const [own, { rows }] of strays) for (const row of rows) this.remarkPeriod(row, own, said);
    const together = new Set([...found, ...strays.flatMap(([, { rows }]) => rows)]);
    if (together.size === 0) return;
    for (const [key, rows] of this.duplicates) for (const row of rows) this.keyOfBlocked.set(row, key);
    for (const [key, row] of this.keys.of(together)) this.keyOfBlocked.set(row, key);
  }

  private remarkPeriod(row: number, own: string, common: string): void {
    const message = `row ${row} is of ${own.replace(' ', ' to ')}; ${common}`;
    const remedy = 'hand in one reporting period a file';
    const field = this.options.assetClass.fields.find(({ role }) => role === 'periodTo')?.name ?? '';
    const column = this.header.nameOf(field);
    const [, value = own] = own.split(' ');
    this.log.add({ row, column, value, rule: 'period-differs', message, remedy });
  }
}
