import { type Fixings, parseDate, type PlainDate } from '@weir/calendar';
import { type Deal, suggest } from '@weir/deal';
import { InputInvalid } from '../errors.js';
import type { CsvTable } from '../text/csv.js';
import { readReported } from '../text/unit-text.js';

/** Published rates by report item, each by the business day it is for. */
export type FixingsByItem = ReadonlyMap<string, Fixings>;

/** The column of a table that has one index for all items. */
const ANY = 'rate';

function datesOf(table: CsvTable, at: number, faults: string[]): (PlainDate | null)[] {
  const seen = new Set<PlainDate>();
  return table.rows.map(({ line, cells }) => {
    try {
      const date = parseDate(cells[at] ?? '');
      if (seen.has(date)) faults.push(`line ${line}: ${date} stands twice`);
      seen.add(date);
      return date;
    } catch (error) {
      faults.push(`line ${line}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  });
}

/**
 * Reads published rates: columns `date` and either `rate`, for every item with an index, or one column an item. Rates are
 * written 5.33 % or 0.0533; an empty cell is a day without a rate. All faults come at once. @throws InputInvalid
 */
export function readFixings(deal: Pick<Deal, 'report'>, table: CsvTable): FixingsByItem {
  const items = deal.report.flatMap(({ name, index }) => (index ? [name] : []));
  const faults: string[] = [];
  if (items.length === 0) faults.push('no report item of the deal has an "index": say there how the rates are used');
  if (!table.columns.includes('date')) faults.push('it needs a column "date", the business day that a rate is for');
  const dates = datesOf(table, table.columns.indexOf('date'), faults);
  const found = table.columns.flatMap((column, at): [string, Fixings][] => {
    if (column === 'date') return [];
    if (column !== ANY && !items.includes(column)) {
      faults.push(`the column "${column}" is no report item with an index${suggest(column, [ANY, ...items])}`);
      return [];
    }
    const fixings = new Map<PlainDate, bigint>();
    table.rows.forEach(({ line, cells }, row) => {
      const [date, text] = [dates[row], cells[at] ?? ''];
      if (text === '' || !date) return;
      try {
        fixings.set(date, readReported('rate', text));
      } catch (error) {
        faults.push(`line ${line}, ${column}: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
    return (column === ANY ? items : [column]).map((name) => [name, fixings]);
  });
  if (faults.length > 0) throw new InputInvalid('the fixings', faults);
  // A column of an item's own goes before that for all.
  return new Map(
    [...found].sort((a, b) => Number(table.columns.includes(a[0])) - Number(table.columns.includes(b[0]))),
  );
}
