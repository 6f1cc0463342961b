import { suggest } from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import type { IndexInputs } from '../fixings/index-inputs.js';
import { fillIndices } from '../fixings/fill-indices.js';
import { paymentDateNamed } from '../text/payment-date.js';
import { readReported, readUnit } from '../text/unit-text.js';
import { type Adjustment, readAdjustments } from '../restate/adjustment.js';
import type { CsvRow, CsvTable } from '../text/csv.js';

/** The servicer's figures for one payment date, in slot units. */
export interface Report {
  /** The payment date counted from 1; null when the report does not say. */
  readonly period: number | null;
  readonly paymentDate: string | null;
  /** By input: items, both parts of signed ones, and whether calls were exercised. */
  readonly values: Readonly<Record<string, bigint>>;
  /** What was deposited, cents; null: what is due. */
  readonly deposit: bigint | null;
  /** What restatements of earlier payment dates add to its items. */
  readonly adjustments?: readonly Adjustment[];
}

const HEAD = ['period', 'paymentDate', 'deposit'] as const;

/** Whether a column of a table of reports means something to a deal. */
export function knowsColumn(compiled: CompiledDeal, column: string): boolean {
  return (HEAD as readonly string[]).includes(column) || inputNames(compiled).includes(column);
}

/** Names under which inputs are given: items whole, or the two parts of signed ones. */
function inputNames(compiled: CompiledDeal): string[] {
  return compiled.inputs.flatMap(({ name, slots }) => [name, ...(slots.length > 1 ? slots : [])]);
}

/** Index rates that a report need not say, and the payment date of a report that does not say it. */
export interface ReportIndices {
  readonly indices: IndexInputs;
  readonly period: number;
}

function readValues(
  compiled: CompiledDeal,
  given: Readonly<Record<string, string>>,
  faults: string[],
  where: string,
  filled: ReportIndices | null,
): Record<string, bigint> {
  const known = inputNames(compiled);
  const values: Record<string, bigint> = {};
  for (const [name, text] of Object.entries(given)) {
    const item = compiled.inputs.find((input) => input.name === name || input.slots.includes(name));
    if (!item) {
      faults.push(`${where}the deal has no report item "${name}"${suggest(name, known)}`);
      continue;
    }
    try {
      values[name] = readReported(item.unit, text);
    } catch (error) {
      faults.push(`${where}${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const open = filled ? fillIndices(values, given, filled, (fault) => faults.push(where + fault)) : [];
  for (const { name, slots, unit } of compiled.inputs) {
    if (open.includes(name)) continue;
    const [, minus] = slots;
    const whole = Object.hasOwn(values, name);
    if (whole || slots.every((slot) => Object.hasOwn(values, slot))) {
      const value = whole ? values[name] : 0n;
      if (minus === undefined && value !== undefined && value < 0n) {
        faults.push(`${where}${name} is negative: the document says ${unit}, write "signed ${unit}" there to allow it`);
      }
    } else if (name.endsWith('.exercised')) values[name] = 0n;
    else if (!Object.hasOwn(given, name)) faults.push(`${where}${name} (${unit}) is missing`);
  }
  return values;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function periodOf(text: string | undefined, faults: string[], where: string): number | null {
  if (text === undefined || text === '') return null;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  faults.push(`${where}period is "${text}": give the payment date counted from 1`);
  return null;
}

/** The payment date that a report's date names, with the day on which it pays; the text itself when it names none. */
function datedAs(compiled: CompiledDeal, text: string | null): Pick<Report, 'period' | 'paymentDate'> {
  const period = text === null ? null : paymentDateNamed(compiled, text);
  const date = period === null ? undefined : compiled.periods[period - 1]?.paymentDate;
  return { period, paymentDate: date ?? text };
}

function depositOf(text: string | undefined, faults: string[], where: string): bigint | null {
  if (text === undefined || text === '') return null;
  try {
    return readUnit('money', text);
  } catch (error) {
    faults.push(`${where}deposit: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/**
 * Reads a report: {period, paymentDate?, values: {item: text}, deposit?: text, adjustments?: […]}. A call that is not named was not
 * exercised. An index rate that is not given is that of `filled`. All faults come at once. @throws InputInvalid
 */
export function readReport(
  compiled: CompiledDeal,
  json: unknown,
  what = 'the report',
  filled: ReportIndices | null = null,
): Report {
  if (!isRecord(json) || !isRecord(json['values'])) {
    throw new InputInvalid(what, ['give {"period": 1, "values": {"poolOpening": "1000.00", …}}']);
  }
  const faults: string[] = [];
  const text = (value: unknown, name: string): string => {
    if (typeof value === 'string') return value;
    if (typeof value === 'boolean') return String(value);
    faults.push(`${name} must be a text in quotes, like "12.34": JSON numbers do not hold cents exactly`);
    return '0';
  };
  const given = Object.entries(json['values']).map(([name, value]) => [name, text(value, name)] as const);
  const period = periodOf(json['period'] === undefined ? undefined : String(json['period']), faults, '');
  const indices = filled && { ...filled, period: period ?? filled.period };
  const values = readValues(compiled, Object.fromEntries(given), faults, '', indices);
  const deposit = json['deposit'] === undefined ? null : depositOf(text(json['deposit'], 'deposit'), faults, '');
  const adjustments = readAdjustments(compiled, json['adjustments'], faults);
  if (faults.length > 0) throw new InputInvalid(what, faults);
  const { paymentDate } = datedAs(compiled, json['paymentDate'] === undefined ? null : String(json['paymentDate']));
  return { period, paymentDate, values, deposit, ...(json['adjustments'] === undefined ? {} : { adjustments }) };
}

/** Reads reports from a table, one row a payment date, columns named as the items (and period, paymentDate, deposit). */
export function readReportTable(
  compiled: CompiledDeal,
  table: CsvTable,
  what = 'the reports',
  filled: ReportIndices | null = null,
): Report[] {
  const faults: string[] = [];
  const reports = table.rows.map((row, index) => {
    const indices = filled && { ...filled, period: filled.period + index };
    return reportOfRow(compiled, table, row, faults, indices);
  });
  const known = [...HEAD, ...inputNames(compiled)];
  const unknown = table.columns.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new InputInvalid(
      what,
      unknown.map((name) => `the deal has no report item "${name}"${suggest(name, known)}`),
    );
  }
  if (faults.length > 0) throw new InputInvalid(what, faults);
  return reports;
}

function reportOfRow(
  compiled: CompiledDeal,
  { columns }: CsvTable,
  { line, cells }: CsvRow,
  faults: string[],
  filled: ReportIndices | null,
): Report {
  const where = `line ${line}: `;
  const cell = (name: string): string | undefined => cells[columns.indexOf(name)];
  // An index that is left empty is filled from published rates.
  const isOpen = (name: string): boolean => filled !== null && filled.indices.has(name) && cell(name) === '';
  const items = columns.filter((name) => !(HEAD as readonly string[]).includes(name) && !isOpen(name));
  const given = Object.fromEntries(items.map((name) => [name, cell(name) ?? '']));
  const numbered = periodOf(cell('period'), faults, where);
  const dated = datedAs(compiled, cell('paymentDate') ?? null);
  const period = numbered ?? dated.period;
  const indices = filled && { ...filled, period: period ?? filled.period };
  return {
    period,
    paymentDate: dated.paymentDate,
    values: readValues(compiled, given, faults, where, indices),
    deposit: depositOf(cell('deposit'), faults, where),
  };
}
