import { formatMoney } from '@weir/money';
import { isAbsent, isFormula, readMoney } from './cells.js';
import { FORMULA_REMEDY } from './cell-words.js';
import { TAPE_COLUMNS } from './columns.js';
import type { FindingLog } from './finding.js';
import { detached } from './detached.js';
import type { FieldPlace, TapeHeader } from './header.js';
import type { Role } from './model/field.js';
import type { SourceRecord } from './source/source.js';

/** A column of the loan key. */
interface KeyColumn {
  readonly column: string;
  readonly at: number;
  /** Amounts enter a key in one form, so that 7500 and 7500.00 are the same loan in two months. */
  readonly money: boolean;
}

function keyPart({ money }: KeyColumn, cell: string): string {
  const amount = money ? readMoney(cell) : null;
  const text = amount ? formatMoney(amount.cents) : cell;
  return /[\\|]/.test(text) ? text.replace(/[\\|]/g, '\\$&') : text;
}

/** A number whose digits a spreadsheet has cut. */
const CUT = /^\d(\.\d+)?E\+?\d+$/i;

/**
 * Reads the loan key of a row: its key columns joined by "|" (a "|" or "\" inside a cell is escaped by "\", so that
 * different cells never give the same key). Null, with a finding, when a key cell is empty or a formula.
 */
export function loanKeyReader(
  names: readonly string[],
  header: TapeHeader,
  log: FindingLog,
): (record: Pick<SourceRecord, 'cells' | 'row'>) => string | null {
  const columns = names.map((column): KeyColumn => {
    const rule = TAPE_COLUMNS[column as keyof typeof TAPE_COLUMNS] as { kind: string } | undefined;
    return { column: header.nameOf(column), at: header.at(column) ?? -1, money: rule?.kind === 'money' };
  });
  const partOf = (one: KeyColumn, { cells, row }: Pick<SourceRecord, 'cells' | 'row'>): string | null => {
    const { column } = one;
    const cell = cells[one.at] ?? '';
    if (isAbsent(cell)) {
      const message = `row ${row} has no ${column}, which is part of the loan key`;
      const remedy = 'state it in the tape, or configure a loan key of columns that every row has';
      log.add({ row, column, value: cell, rule: 'missing-cell', message, remedy });
      return null;
    }
    if (isFormula(cell)) {
      const message = `row ${row}: ${column}, which is part of the loan key, is a formula and no value`;
      log.add({ row, column, value: cell, rule: 'formula-in-key', message, remedy: FORMULA_REMEDY });
      return null;
    }
    if (CUT.test(cell)) {
      const message = `row ${row}: ${column} reads ${cell}; a spreadsheet has cut its digits`;
      log.add({ row, column, value: cell, rule: 'key-precision', message, remedy: 'export the column as text' });
    }
    return keyPart(one, cell);
  };
  return (record) => {
    let key = '';
    for (const [index, one] of columns.entries()) {
      const part = partOf(one, record);
      if (part === null) return null;
      key = index === 0 ? part : `${key}|${part}`;
    }
    return detached(key);
  };
}

/**
 * Adds a finding for every row whose key another row has, naming that row; returns the rows found.
 * @param keys rows by key, of keys that several rows have
 */
export function findDuplicates(
  keys: ReadonlyMap<string, number[]>,
  columns: readonly string[],
  log: FindingLog,
): Set<number> {
  const found = new Set<number>();
  const column = columns.join(' + ');
  for (const [key, rows] of keys) {
    rows.forEach((row, index) => {
      const other = rows[index === 0 ? 1 : 0] ?? row;
      const message = `rows ${Math.min(other, row)} and ${Math.max(other, row)} have the same loan key ${key} (${rows.length} rows have it)`;
      const remedy = 'leave one of them out if they are one loan; add a column to the loan key if they are not';
      log.add({ row, column, value: key, rule: 'duplicate-key', message, remedy });
      found.add(row);
    });
  }
  return found;
}

/** What identifies a loan well together, in the order in which it is suggested. */
const SUGGESTED: readonly Role[] = ['key', 'obligor', 'originalAmount', 'score', 'originated', 'matures'];
const MOST_SUGGESTED = 3;

/** Says, once for the file, that the configured key does not tell its rows apart, and which of its columns might. */
export function hintAtKey(
  keyed: number,
  distinct: number,
  columns: readonly string[],
  header: TapeHeader,
  log: FindingLog,
): void {
  if (distinct === keyed) return;
  const inKey = (place: FieldPlace): boolean => columns.includes(place.field.name) || columns.includes(place.column);
  const more = SUGGESTED.flatMap((role) => header.places.filter((place) => place.field.role === role && !inKey(place)))
    .slice(0, MOST_SUGGESTED)
    .map(({ column }) => column);
  const column = columns.map(header.nameOf).join(' + ');
  const message = `the loan key ${column} has only ${distinct} distinct values in ${keyed} rows`;
  const remedy =
    more.length > 0 ? `add columns to the loan key, for example ${more.join(', ')}` : 'add columns to the loan key';
  log.add({ row: null, column, value: String(distinct), rule: 'key-not-distinct', message, remedy });
}
