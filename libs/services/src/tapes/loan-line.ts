import type { FieldValue, LoanRecord } from '@weir/collateral';
import { formatMoney } from '@weir/money';
import type { LoanLayout, StoredField } from './loan-columns.js';

/** COPY's escapes; a zero character, which Postgres does not store, becomes the replacement character. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\ufffd',
};

const SPECIAL = /[\\\t\n\r\0]/;

/** A text as COPY's text format writes it; nearly every one as it is. */
function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r\0]/g, (c) => ESCAPES[c] ?? c) : text;
}

/** Whether the column's type can hold the value; a score of "none" is kept as not stated. */
function inColumn(kind: StoredField['kind'], value: FieldValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'bigint') return kind === 'money' ? formatMoney(value) : String(value);
  if (typeof value === 'string') return kind === 'score' || kind === 'integer' ? '\\N' : escaped(value);
  return String(value);
}

/** A value in an array, quoted where it is a text, as an empty one and one that reads NULL must be. */
function element(value: FieldValue): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return String(value);
  if (!SPECIAL.test(value) && !value.includes('"')) return `"${value}"`;
  return `"${escaped(value.replace(/["\\]/g, (c) => `\\${c}`))}"`;
}

/** A loan's row as a line of COPY's text format, in the order of `LINE_COLUMNS` and the layout's columns. */
export function loanLine(
  place: string,
  { columns, others }: LoanLayout,
  { key, row, values }: Pick<LoanRecord, 'key' | 'row' | 'values'>,
): string {
  const cells = [place, escaped(key ?? ''), row];
  for (const { field } of columns) {
    cells.push(field === null ? '\\N' : inColumn(field.kind, values[field.name] ?? null));
  }
  cells.push(others.length === 0 ? '\\N' : `{${others.map(({ name }) => element(values[name] ?? null)).join(',')}}`);
  return `${cells.join('\t')}\n`;
}

/** Columns that a line begins with; `place` is the first three. */
export const LINE_COLUMNS = ['month', 'tape_id', 'deal_id', 'loan_key', '"row"'] as const;
