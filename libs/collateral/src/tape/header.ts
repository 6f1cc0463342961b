import { TAPE_COLUMN_NAMES, TAPE_COLUMNS } from './columns.js';
import { MissingColumns, TapeUnreadable } from './errors.js';

/** Where each column that Weir reads stands in a row. */
export interface TapeHeader {
  width: number;
  /** Index of the cell, or undefined where the tape lacks an optional column. */
  at(column: string): number | undefined;
}

const HEADER_REMEDY = 'make the first line the SEC ABS-EE auto-loan element names, separated by commas';

/**
 * Reads the first line of a tape by names; columns that Weir does not know are left alone.
 * @param keyColumns columns of the configured loan key, which the tape must have too
 * @throws TapeUnreadable when the line is no header, or names a column that is read twice
 * @throws MissingColumns naming every required column that is absent
 */
export function readHeader(cells: string[], keyColumns: readonly string[]): TapeHeader {
  const read = new Set<string>([...TAPE_COLUMN_NAMES, ...keyColumns]);
  if (cells.length === 1 && /[;\t|]/.test(cells[0] ?? '')) {
    throw new TapeUnreadable('delimiter', 1, 'the columns are not separated by commas', HEADER_REMEDY);
  }
  if (!cells.some((name) => read.has(name))) {
    throw new TapeUnreadable('header', 1, 'the first line names no column that Weir knows', HEADER_REMEDY);
  }
  const places = new Map<string, number>();
  cells.forEach((name, index) => {
    if (!read.has(name)) return;
    if (places.has(name)) {
      throw new TapeUnreadable('header', 1, `the column ${name} appears twice`, 'leave one of the two out');
    }
    places.set(name, index);
  });
  const required = TAPE_COLUMN_NAMES.filter((name) => TAPE_COLUMNS[name].header === 'required');
  const missing = [...new Set<string>([...keyColumns, ...required])].filter((name) => !places.has(name));
  if (missing.length > 0) throw new MissingColumns(missing);
  return { width: cells.length, at: (column) => places.get(column) };
}
