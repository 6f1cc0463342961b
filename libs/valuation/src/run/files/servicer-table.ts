import { InputInvalid } from '../errors.js';
import { type LineName, type LineNames, turned } from '../replay/line-names.js';
import { type CsvRow, type CsvTable, readCsvRows } from '../text/csv.js';

/** A servicer's table by the deal's names, a row a payment date, and its own names that nothing was made of. */
export interface ServicerTable {
  readonly table: CsvTable;
  readonly unused: readonly string[];
}

/** A column or row of the servicer's: its name, and its cells. */
interface Series {
  readonly name: string;
  readonly cells: readonly string[];
}

interface Found {
  readonly series: readonly Series[];
  /** Line in the file of each cell. */
  readonly lines: readonly number[];
}

const KEYS = ['period', 'paymentDate'];

/** Where most cells are known, among lists of cells: the first such place and how many. */
function best(
  lists: readonly (readonly string[])[],
  isKnown: (cell: string) => boolean,
): { at: number; known: number } {
  return lists.reduce(
    (most, cells, at) => {
      const known = new Set(cells.filter(isKnown)).size;
      return known > most.known ? { at, known } : most;
    },
    { at: -1, known: 0 },
  );
}

/** A header names columns; what stands above it is a title. */
function byColumns(rows: readonly CsvRow[], header: number): Found {
  const below = rows.slice(header + 1);
  const series = (rows[header]?.cells ?? []).map((name, at) => ({
    name,
    cells: below.map(({ cells }) => cells[at] ?? ''),
  }));
  return { series, lines: below.map(({ line }) => line) };
}

/** The column `at` names rows, whose figures stand to the right of it, a column a payment date. */
function byRows(rows: readonly CsvRow[], at: number): Found {
  const series = rows.map(({ cells }) => ({ name: cells[at] ?? '', cells: cells.slice(at + 1) }));
  const width = Math.max(...series.map(({ cells }) => cells.length));
  return { series, lines: Array.from({ length: width }, () => rows[0]?.line ?? 1) };
}

type NameOf = (name: string) => LineName | undefined;

/** A row an item: the servicer's names stand in one column and their figures in another, date after date. */
function pivoted({ table, unused }: ServicerTable, nameOf: NameOf): ServicerTable {
  const { columns, rows } = table;
  const [itemAt, amountAt] = [columns.indexOf('item'), columns.indexOf('amount')];
  const keyAt = columns.findIndex((column) => KEYS.includes(column));
  const left = new Set(unused);
  const dates = new Map<string, { line: number; values: Map<string, string> }>();
  const items = new Set<string>();
  for (const { line, cells } of rows) {
    const own = cells[itemAt] ?? '';
    const name = nameOf(own);
    if (!name) {
      if (own !== '') left.add(own);
      continue;
    }
    if (name.line === '') continue;
    const key = cells[keyAt] ?? '';
    const date = dates.get(key) ?? { line, values: new Map<string, string>() };
    dates.set(key, date);
    const text = cells[amountAt] ?? '';
    date.values.set(name.line, name.turned ? turned(text) : text);
    items.add(name.line);
  }
  const names = [...items];
  const head = keyAt < 0 ? [] : [columns[keyAt] ?? ''];
  return {
    table: {
      columns: [...head, ...names],
      rows: [...dates].map(([key, { line, values }]) => ({
        line,
        cells: [...head.map(() => key), ...names.map((name) => values.get(name) ?? '')],
      })),
    },
    unused: [...left],
  };
}

/**
 * Reads a servicer's CSV by the names that `names` gives its columns or rows; `isItem` says which of the deal's own names
 * need none. The header is the row in which most names are known, or, where one column has more of them, that column, with a
 * column a payment date to its right. Titles above are passed over, and so are notes below that have nothing in a named column
 * but the first. @throws InputInvalid
 */
export function readServicerTable(
  text: string,
  what: string,
  names: LineNames,
  isItem: (name: string) => boolean,
): ServicerTable {
  const rows = readCsvRows(text, what);
  const nameOf: NameOf = (name) => names.get(name) ?? (isItem(name) ? { line: name, turned: false } : undefined);
  const isKnown = (cell: string): boolean => nameOf(cell) !== undefined;
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, at) => rows.map(({ cells }) => cells[at] ?? ''));
  const [header, labels] = [
    best(
      rows.map(({ cells }) => cells),
      isKnown,
    ),
    best(columns, isKnown),
  ];
  if (header.known + labels.known === 0) {
    throw new InputInvalid(what, ['none of the names of --items stands in it: write them as the servicer does']);
  }
  // In a row an item, the column of items has more names than the header, which says so.
  const isLong = ['item', 'amount'].every((name) => {
    return rows.some(({ cells }) => cells.some((cell) => nameOf(cell)?.line === name));
  });
  const { series, lines } =
    labels.known > header.known && !isLong
      ? byRows(rows, labels.at)
      : byColumns(rows, isLong ? longHeader(rows, nameOf) : header.at);
  const used = series.flatMap(({ name, cells }) => {
    const found = nameOf(name);
    return found && found.line !== ''
      ? [{ name, line: found.line, cells: found.turned ? cells.map(turned) : cells }]
      : [];
  });
  const faults = used.flatMap(({ line, name }, index) => {
    const first = used.findIndex((other) => other.line === line);
    return first === index
      ? []
      : [`"${used[first]?.name}" and "${name}" both stand for ${line}: name one of them in --items`];
  });
  if (faults.length > 0) throw new InputInvalid(what, faults);
  const unused = series.filter(({ name, cells }) => {
    return name !== '' && !isKnown(name) && cells.some((cell) => cell !== '');
  });
  const isNote = (at: number): boolean =>
    used.filter(({ cells }) => (cells[at] ?? '') !== '').length < Math.min(2, used.length);
  const table = {
    columns: used.map(({ line }) => line),
    rows: lines.flatMap((line, at) => (isNote(at) ? [] : [{ line, cells: used.map(({ cells }) => cells[at] ?? '') }])),
  };
  if (table.rows.length === 0) throw new InputInvalid(what, ['there is no figure of a named column or row']);
  const found = { table, unused: [...new Set(unused.map(({ name }) => name))] };
  return isLong ? pivoted(found, nameOf) : found;
}

/** The row that names the columns of items and of amounts. */
function longHeader(rows: readonly CsvRow[], nameOf: NameOf): number {
  const lines = (cells: readonly string[]): (string | undefined)[] => cells.map((cell) => nameOf(cell)?.line);
  return rows.findIndex(({ cells }) => lines(cells).includes('item') && lines(cells).includes('amount'));
}
