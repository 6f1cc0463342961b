import { checkReport } from './check.js';
import { reportValues, type JsonValue } from './json.js';
import type { InvestorReport } from './model.js';

const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * One CSV cell. Spreadsheets run a text that starts with = + - @ (or a tab or carriage return) as a formula, so it
 * gets a leading apostrophe; a plain negative number stays a number.
 */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a list's element is called in the item column: its own name where it has one, else its place from 1. */
function elementName(element: JsonValue, index: number): string {
  if (typeof element === 'object' && element !== null && !Array.isArray(element)) {
    for (const key of ['name', 'bucket', 'item', 'step']) {
      const value = element[key];
      if (typeof value === 'string' || typeof value === 'number') return String(value);
    }
  }
  return String(index + 1);
}

function* leaves(value: JsonValue, path: string[]): Generator<[string, string]> {
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield* leaves(element, [...path, elementName(element, index)]);
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) yield* leaves(value[key] ?? null, [...path, key]);
  } else {
    yield [path.join('.'), value === null ? '' : String(value)];
  }
}

/**
 * The report as rows of section, item, value: the same figures as the JSON, one a row, CRLF line ends (RFC 4180).
 * @throws ReportInconsistent
 */
export function investorReportCsv(report: InvestorReport): string {
  checkReport(report);
  const rows = ['section,item,value'];
  for (const [section, value] of Object.entries(reportValues(report))) {
    for (const [item, text] of leaves(value, [])) rows.push([section, item, text].map(cell).join(','));
  }
  return `${rows.join('\r\n')}\r\n`;
}
