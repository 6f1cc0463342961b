import { InputInvalid } from '../errors.js';
import type { CsvTable } from '../text/csv.js';

/** What a name of the trustee's own stands for: a line of the deal ('' when it is passed over), and whether with the other sign. */
export interface LineName {
  readonly line: string;
  readonly turned: boolean;
}

/** The names of the trustee's or the servicer's own, by name. */
export type LineNames = ReadonlyMap<string, LineName>;

/**
 * Reads names from a table with the columns name, `meaning` (a line, or an item) and perhaps sign. All faults come at once.
 * @throws InputInvalid
 */
export function readLineNames(
  { columns, rows }: CsvTable,
  what = 'the line names',
  meaning: 'line' | 'item' = 'line',
): LineNames {
  const missing = ['name', meaning].filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new InputInvalid(what, [`it needs the columns "name" and "${meaning}", and may have "sign"`]);
  }
  const faults: string[] = [];
  const names = new Map<string, LineName>();
  for (const row of rows) {
    const [name = '', line = '', sign = ''] = ['name', meaning, 'sign'].map(
      (column) => row.cells[columns.indexOf(column)],
    );
    if (names.has(name)) faults.push(`line ${row.line}: the name "${name}" stands twice`);
    if (!['', '+', '-'].includes(sign)) faults.push(`line ${row.line}: the sign is "${sign}": give - or nothing`);
    names.set(name, { line, turned: sign === '-' });
  }
  if (faults.length > 0) throw new InputInvalid(what, faults);
  return names;
}

/** An amount's text with the other sign; a dash alone is zero and stays. */
export function turned(text: string): string {
  const figure = text.replace(/^\p{Sc}\s*/u, '');
  const bracketed = /^\((.*)\)$/.exec(figure);
  if (bracketed) return bracketed[1] ?? '';
  if (figure === '' || figure === '-') return figure;
  return /^[-\u2212]/.test(figure) ? figure.slice(1) : `-${figure}`;
}

/** The long form: names stand in the column `line`, their figures in `amount`. */
function renamedRows({ columns, rows }: CsvTable, names: LineNames): CsvTable {
  const [lineAt, amountAt] = [columns.indexOf('line'), columns.indexOf('amount')];
  return {
    columns,
    rows: rows.flatMap((row) => {
      const name = names.get(row.cells[lineAt] ?? '');
      if (!name) return [row];
      const cells = row.cells.map((cell, at) => {
        if (at === lineAt) return name.line;
        return at === amountAt && name.turned ? turned(cell) : cell;
      });
      return name.line === '' ? [] : [{ ...row, cells }];
    }),
  };
}

/** A row a class: its name stands in the column `class`. */
function renamedClasses({ columns, rows }: CsvTable, names: LineNames): CsvTable {
  const classAt = columns.indexOf('class');
  const renamed = rows.map((row) => {
    const cells = row.cells.map((cell, at) => (at === classAt ? (names.get(cell)?.line ?? cell) : cell));
    return { ...row, cells };
  });
  return { columns, rows: renamed.filter(({ cells }) => cells[classAt] !== '') };
}

/** A trustee's table with the names that the deal has; columns and rows that are passed over are left out. */
export function renameLines({ columns, rows }: CsvTable, names: LineNames): CsvTable {
  const named = columns.map((column) => names.get(column) ?? { line: column, turned: false });
  const kept = named.flatMap((name, at) => (name.line === '' ? [] : [{ ...name, at }]));
  const table = {
    columns: kept.map(({ line }) => line),
    rows: rows.map((row) => ({
      ...row,
      cells: kept.map((name) => (name.turned ? turned : String)(row.cells[name.at] ?? '')),
    })),
  };
  if (['line', 'amount'].every((column) => table.columns.includes(column))) return renamedRows(table, names);
  return table.columns.includes('class') ? renamedClasses(table, names) : table;
}
