import { counted, type TapeResult } from '@weir/collateral';

/** Characters of a line of names. */
const WIDTH = 110;

/** Names set in lines under a title. */
function wrapped(title: string, names: readonly string[]): string {
  const lines = [`  ${title}:`];
  for (const [index, name] of names.entries()) {
    const said = index === names.length - 1 ? name : `${name},`;
    const last = lines.at(-1) ?? '';
    if (last.length + 1 + said.length <= WIDTH) lines[lines.length - 1] = `${last} ${said}`;
    else lines.push(`    ${said}`);
  }
  return lines.join('\n');
}

/** Columns of which no row that was read states anything. */
export function emptyColumns({ missing, rows, unread }: Pick<TapeResult, 'missing' | 'rows' | 'unread'>): Set<string> {
  return new Set(Object.keys(missing).filter((column) => (missing[column] ?? 0) >= rows - unread));
}

/**
 * Which cells state nothing, by column: those of some rows with how many, then the columns that are empty throughout; and of
 * ESMA's no-data options the columns that state each alike.
 */
export function emptyLines(result: Pick<TapeResult, 'missing' | 'noData' | 'rows' | 'unread'>): string[] {
  const { missing, noData, rows, unread } = result;
  const all = emptyColumns(result);
  const some = Object.entries(missing).filter(([column]) => !all.has(column));
  const width = Math.max(0, ...some.map(([column]) => column.length));
  const counts = some.map(([column, cells]) => `  ${column.padEnd(width)}  ${cells}`);
  const whole =
    all.size === 0 ? [] : [wrapped(rows - unread === 1 ? 'in the one row' : `in all ${rows - unread} rows`, [...all])];
  const options = new Map<string, string[]>();
  for (const [column, of] of Object.entries(noData)) {
    const said = Object.entries(of)
      .map(([option, count]) => `${option} in ${counted(count, 'row')}`)
      .join(', ');
    options.set(said, [...(options.get(said) ?? []), column]);
  }
  const grouped = [...options].map(([said, names]) => wrapped(said, names));
  return [
    counts.length + whole.length === 0
      ? 'No cell of the columns that are read is empty or NA.'
      : 'Cells that are empty or NA, of the columns that are read:',
    ...[...counts, ...whole],
    ...(grouped.length === 0 ? [] : ['', 'No-data options, and the columns that state them:', ...grouped]),
  ];
}
