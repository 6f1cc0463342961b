import type { JournalEntry } from '@weir/ledger';
import { formatMoney } from '@weir/money';

const HEADER = 'entry,date,description,account,debit,credit';

/**
 * One cell: quoted where RFC 4180 asks for it. A text that a spreadsheet would run as a formula gets a leading
 * apostrophe.
 */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Base units as a decimal: two decimals of cents and as many more as the cash has; empty for zero. */
function amount(units: bigint, unitsPerCent: bigint): string {
  if (units === 0n) return '';
  const extra = unitsPerCent.toString().length - 1;
  const tail = extra === 0 ? '' : (units % unitsPerCent).toString().padStart(extra, '0');
  return `${formatMoney(units / unitsPerCent)}${tail}`;
}

/**
 * The journal as CSV, a row a line of an entry, in the order of posting; one side of each row is empty.
 * @param unitsPerCent base units of cash in a cent, a power of ten
 */
export function journalCsv(entries: readonly JournalEntry[], unitsPerCent: bigint): string {
  const rows = entries.flatMap((entry) =>
    entry.lines.map((line) =>
      [
        ...[entry.id, entry.date, entry.description, line.account].map(cell),
        amount(line.debit, unitsPerCent),
        amount(line.credit, unitsPerCent),
      ].join(','),
    ),
  );
  return `${[HEADER, ...rows].join('\r\n')}\r\n`;
}
