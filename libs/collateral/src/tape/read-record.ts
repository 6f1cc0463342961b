import { TAPE_COLUMNS } from './columns.js';
import type { FindingLog } from './finding.js';
import type { TapeHeader } from './header.js';
import type { LoanMonth } from './loan-month.js';
import type { AssetClass, Field } from './model/field.js';
import { readLoan, type MoneySum } from './read-loan.js';
import type { RowReader } from './row-reader.js';
import { checkCell, hasCellRule } from './rules/cell-rules.js';

/** A row's values read and judged cell by cell. */
export interface CellsRead {
  readonly period: { from: string; to: string } | null;
  readonly loan: LoanMonth | null;
}

/** Reads the cells of a row into a reader's values. */
export type ReadCells = (reader: RowReader, key: string | null, log: FindingLog, sum: MoneySum) => CellsRead;

function readField(reader: RowReader, field: Field, sum: MoneySum): void {
  const { name, kind } = field;
  if (kind === 'money') sum(name, reader.money(name));
  else if (kind === 'text' || kind === 'code') reader.code(name);
  else reader[kind](name);
}

/** Balances are never below zero, in any asset class. */
function checkBalances(fields: readonly Field[], reader: RowReader, log: FindingLog): void {
  for (const { name, role } of fields) {
    if (role !== 'opening' && role !== 'closing') continue;
    const value = reader.values[name];
    if (typeof value !== 'bigint' || value >= 0n) continue;
    reader.blocked = true;
    const { row } = reader;
    const place = { row, column: reader.column(name), value: reader.text(name) };
    const remedy = 'ask the servicer: a credit balance is reported as other collected, never as a negative balance';
    log.add({ ...place, rule: 'negative-balance', message: `row ${row}: ${place.column} is below zero`, remedy });
  }
}

function periodOf(one: AssetClass, reader: RowReader): CellsRead['period'] {
  const named = (role: Field['role']): string => one.fields.find((field) => field.role === role)?.name ?? '';
  const [from, to] = [reader.values[named('periodFrom')], reader.values[named('periodTo')]];
  if (typeof to !== 'string') return null;
  return { from: typeof from === 'string' ? from : to, to };
}

/** Automobile loans have a loan's month of their own; what else their tapes hold is read beside it. */
function autoLoanCells(header: TapeHeader): ReadCells {
  const others = header.fields.filter(({ name }) => !(name in TAPE_COLUMNS));
  const checked = header.fields.filter((field) => hasCellRule(field) && !CHECKED_BY_LOAN.has(field.name));
  return (reader, key, log, sum) => {
    const read = readLoan(reader, key, log, sum);
    for (const field of others) readWarning(reader, field, sum);
    for (const field of checked) checkCell(field, reader, log);
    return read;
  };
}

/** Fields whose plausible values the rules of a loan's month know better. */
const CHECKED_BY_LOAN = new Set([
  'obligorCreditScore',
  'originalInterestRatePercentage',
  'reportingPeriodInterestRatePercentage',
  'currentDelinquencyStatus',
]);

/** What no figure of a deal is made of may be unreadable: that is told and blocks nothing. */
function readWarning(reader: RowReader, field: Field, sum: MoneySum): void {
  const { blocked } = reader;
  readField(reader, field, sum);
  reader.blocked = blocked;
}

/** How the rows of an asset class are read. */
export function cellsOf(one: AssetClass, header: TapeHeader): ReadCells {
  if (one.name === 'auto-loan') return autoLoanCells(header);
  const needed = header.fields.filter(({ required, role }) => required || role === 'opening');
  const others = header.fields.filter((field) => !needed.includes(field));
  const checked = header.fields.filter(hasCellRule);
  return (reader, _, log, sum) => {
    for (const field of needed) readField(reader, field, sum);
    checkBalances(header.fields, reader, log);
    for (const field of others) readWarning(reader, field, sum);
    for (const field of checked) checkCell(field, reader, log);
    return { period: periodOf(one, reader), loan: null };
  };
}

/** Fields without which a row is blocked. */
export function neededOf(one: AssetClass): ReadonlySet<string> {
  if (one.name !== 'auto-loan') return new Set(one.fields.filter(({ required }) => required).map(({ name }) => name));
  return new Set(Object.entries(TAPE_COLUMNS).flatMap(([name, { cell }]) => (cell === 'required' ? [name] : [])));
}
