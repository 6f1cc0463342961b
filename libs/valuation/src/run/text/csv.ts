import { InputInvalid } from '../errors.js';

/** A row of a CSV file with the line at which it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A CSV file with its header; every row has as many cells as the header. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

interface CsvText {
  readonly rows: readonly CsvRow[];
  /** Line of the quotation mark that none ends; null when there is none. */
  readonly openQuote: number | null;
}

/** Rows of comma-separated text (RFC 4180: quoted cells may hold commas, quotes doubled, and line ends). */
function csvRows(text: string): CsvText {
  const rows: CsvRow[] = [];
  let [cells, cell, quoted, line, start]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
  let opened = 1;
  const endRow = (): void => {
    cells.push(cell.trim());
    if (cells.some((content) => content !== '')) rows.push({ line: start, cells });
    [cells, cell, start] = [[], '', line + 1];
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quoted && char === '"' && text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
    else if (char === '"') [quoted, opened] = [!quoted, line];
    else if (quoted || (char !== ',' && char !== '\n')) cell += char;
    else if (char === ',') [cells, cell] = [[...cells, cell.trim()], ''];
    else if (char === '\n') endRow();
    if (char === '\n') line += 1;
  }
  if (cell !== '' || cells.length > 0) endRow();
  return { rows, openQuote: quoted ? opened : null };
}

const OTHER_MARKS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
] as const;

/** A header of one column that has another mark where commas are wanted. */
function checkMark({ cells }: CsvRow, what: string): void {
  const [only = ''] = cells;
  const other = cells.length === 1 ? OTHER_MARKS.find(([mark]) => only.includes(mark)) : undefined;
  if (other) throw new InputInvalid(what, [`its cells are parted by ${other[1]}: part them by commas`]);
}

/** Rows of a CSV file as they stand, empty ones left out. @throws InputInvalid */
export function readCsvRows(text: string, what: string): readonly CsvRow[] {
  if (/^\s*[{[]/.test(text)) throw new InputInvalid(what, ['it is JSON: give CSV, whose first row names the columns']);
  const found = csvRows(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  if (found.openQuote !== null) {
    const message = `line ${found.openQuote}: a cell that begins with a quotation mark is not ended by one`;
    throw new InputInvalid(what, [message]);
  }
  return found.rows;
}

/**
 * Reads a CSV file whose first row names the columns. `what` is for the message. Where `isHeader` knows the header, titles
 * above it are passed over. @throws InputInvalid
 */
export function readCsv(text: string, what: string, isHeader?: (cells: readonly string[]) => boolean): CsvTable {
  const all = readCsvRows(text, what);
  const titles = isHeader
    ? Math.max(
        all.findIndex(({ cells }) => isHeader(cells)),
        0,
      )
    : 0;
  const [header, ...rows] = all.slice(titles);
  if (!header) throw new InputInvalid(what, ['the file is empty: its first row must name the columns']);
  checkMark(header, what);
  const columns = header.cells;
  const faults = rows.flatMap(({ line, cells }) =>
    cells.length === columns.length ? [] : [`line ${line} has ${cells.length} cells, the header ${columns.length}`],
  );
  columns.forEach((name, index) => {
    if (name === '') faults.push(`column ${index + 1} has no name`);
    else if (columns.indexOf(name) !== index) faults.push(`the column "${name}" stands twice`);
  });
  if (rows.length === 0) faults.push('there is no row below the header');
  if (faults.length > 0) throw new InputInvalid(what, faults);
  return { columns, rows };
}

const FIGURE = /^-?\d+(\.\d+)?( %| bp)?$/;

/**
 * A cell of a CSV file, quoted when it must be. Spreadsheets run a text that begins with = + - @ (or a tab or carriage
 * return) as a formula, so it gets a leading apostrophe; a negative figure stays one.
 */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !FIGURE.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** A CSV file from rows of cells, with a line feed after each. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}
