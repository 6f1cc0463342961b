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

const [RETURN, BACKSLASH] = [0x0d, 0x5c];

/** A text as COPY's text format writes it; nearly every one as it is. */
function escaped(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > RETURN && code !== BACKSLASH) continue;
    return text.replace(/[\\\t\n\r\0]/g, (c) => ESCAPES[c] ?? c);
  }
  return text;
}

/** Whether the column's type can hold the value; a score of "none" is kept as not stated. */
function inColumn(kind: StoredField['kind'], value: FieldValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'bigint') return kind === 'money' ? formatMoney(value) : String(value);
  if (typeof value === 'string') return kind === 'score' || kind === 'integer' ? '\\N' : escaped(value);
  return String(value);
}

function element(value: FieldValue): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return String(value);
  // Quoted always, as an empty text and one that reads NULL must be; only quotes and backslashes need more.
  return value.includes('"') || value.includes('\\') ? `"${value.replace(/["\\]/g, (c) => `\\${c}`)}"` : `"${value}"`;
}

/** A loan's row as a line of COPY's text format, in the order of `LINE_COLUMNS` and the layout's columns. */
export function loanLine(
  place: string,
  layout: LoanLayout,
  record: Pick<LoanRecord, 'key' | 'row' | 'values'>,
): string {
  const { key, row, values } = record;
  let line = `${place}\t${escaped(key ?? '')}\t${row}`;
  for (const { field } of layout.columns) {
    line += field === null ? '\t\\N' : `\t${inColumn(field.kind, values[field.name] ?? null)}`;
  }
  if (layout.others.length === 0) return `${line}\t\\N\n`;
  let others = '';
  for (const { name } of layout.others) others += `${others === '' ? '{' : ','}${element(values[name] ?? null)}`;
  return `${line}\t${escaped(`${others}}`)}\n`;
}

/** Columns that a line begins with; `place` is the first three. */
export const LINE_COLUMNS = ['month', 'tape_id', 'deal_id', 'loan_key', '"row"'] as const;
