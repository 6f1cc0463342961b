/** A column of a table for people: figures stand at the right. */
export interface Column {
  readonly title: string;
  readonly right?: boolean;
}

/** A table in text: titles, a rule, rows; columns as wide as they need be, two blanks apart. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[], indent = '  '): string {
  const widths = columns.map(({ title }, index) =>
    rows.reduce((most, row) => Math.max(most, (row[index] ?? '').length), title.length),
  );
  const cell = (text: string, index: number): string => {
    const width = widths[index] ?? 0;
    return columns[index]?.right ? text.padStart(width) : text.padEnd(width);
  };
  const line = (cells: readonly string[]): string => `${indent}${cells.map(cell).join('  ')}`.trimEnd();
  const rule = widths.map((width) => '─'.repeat(width));
  return [line(columns.map(({ title }) => title)), line(rule), ...rows.map(line)].join('\n');
}

/** Words in lines of at most `width`, each begun with `indent`, those after the first with `hang`. */
export function wrapped(text: string, width = 98, indent = '', hang = indent): string {
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
