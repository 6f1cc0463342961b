import type { Finding } from '../finding.js';

const COLUMNS = ['row', 'column', 'value', 'rule', 'weight', 'message', 'remedy'] as const;

/** A text that a spreadsheet takes for a formula gets an apostrophe in front; plain numbers stay numbers. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

function cell(value: string | number | null): string {
  const text = harmless(value === null ? '' : String(value));
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Findings as CSV, line by line: what a servicer gets to correct its file by. Opens in a spreadsheet without running. */
export function* findingsCsv(findings: Iterable<Finding>): Generator<string> {
  yield `${COLUMNS.join(',')}\n`;
  for (const finding of findings) yield `${COLUMNS.map((column) => cell(finding[column])).join(',')}\n`;
}
