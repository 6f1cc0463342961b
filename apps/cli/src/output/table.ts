/** Width of lines in files and pipes, where no screen says how wide it is. */
export const FILE_WIDTH = 100;

/** Width of lines on standard output: the terminal's, from 80 to 160 columns, else that of files. */
export function lineWidth({ isTTY, columns }: { isTTY?: boolean; columns?: number } = process.stdout): number {
  return isTTY && columns ? Math.max(80, Math.min(columns, 160)) : FILE_WIDTH;
}

/** A column of a table for people: figures stand at the right. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
  /** Left out where the table is too wide, the highest first; never without it. */
  readonly dispensable?: number;
}

type Rows = readonly (readonly string[])[];

const widthsOf = (columns: readonly Column[], rows: Rows): number[] =>
  columns.map(({ title }, index) =>
    rows.reduce((most, row) => Math.max(most, (row[index] ?? '').length), title.length),
  );

/** The columns that fit, by their places. */
function fitting(columns: readonly Column[], widths: readonly number[], room: number): number[] {
  let kept = columns.map((_, index) => index);
  for (;;) {
    const total = kept.reduce((sum, index) => sum + 2 + (widths[index] ?? 0), 0);
    const most = Math.max(0, ...kept.map((index) => columns[index]?.dispensable ?? 0));
    if (total <= room || most === 0) return kept;
    kept = kept.filter((index) => columns[index]?.dispensable !== most);
  }
}

/**
 * A table in text: titles, a rule, rows; two blanks in, columns as wide as they need be, two blanks apart. Columns that can be
 * spared are left out where it would be wider than `width`.
 */
export function textTable(columns: readonly Column[], rows: Rows, width = lineWidth()): string {
  const widths = widthsOf(columns, rows);
  const kept = fitting(columns, widths, width);
  const line = (cells: readonly string[]): string => {
    const texts = kept.map((index) => {
      const [text, wide] = [cells[index] ?? '', widths[index] ?? 0];
      return columns[index]?.right ? text.padStart(wide) : text.padEnd(wide);
    });
    return `  ${texts.join('  ')}`.trimEnd();
  };
  return [
    line(columns.map(({ title }) => title)),
    line(widths.map((wide) => '─'.repeat(wide))),
    ...rows.map(line),
  ].join('\n');
}

/** Words in lines of at most `width`, each begun with `indent`, those after the first with `hang`. */
export function wrapped(text: string, width = lineWidth() - 2, indent = '', hang = indent): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const joined = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (joined.length > width && line.trim() !== '') {
      lines.push(line);
      line = `${hang}${word}`;
    } else line = joined;
  }
  return [...lines, line].join('\n');
}
