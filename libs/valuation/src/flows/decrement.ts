import { addMonths, type PlainDate } from '@weir/calendar';
import { averageLife } from './average-life.js';
import { checkFlows, type SecurityFlows } from './security-flows.js';

/** One row of a decrement table: a class at one speed, after the payment date of each anniversary. */
export interface DecrementCell {
  /** Share of the original balance outstanding, unrounded (0.5 is 50 %). */
  readonly outstanding: number;
  /** As a prospectus prints it: whole percent, half up; `*` for more than 0 and less than 0.5 %. */
  readonly text: string;
}

/** A decrement table: percent of the original balance outstanding, one column a scenario, average lives below. */
export interface DecrementTable {
  readonly columns: readonly string[];
  /** The first row is `Initial`, all 100; then the payment month of each anniversary, YYYY-MM. */
  readonly rows: readonly { readonly label: string; readonly cells: readonly DecrementCell[] }[];
  /** Years, unrounded; null where no principal is paid. */
  readonly averageLives: readonly (number | null)[];
}

/** One column of a decrement table. */
export interface DecrementColumn {
  readonly name: string;
  readonly flows: SecurityFlows;
}

/** Less than this share is float64 dust of a balance that was paid off. */
const DUST = 1e-9;

/** A share as a decrement table prints it. */
export function decrementText(outstanding: number): string {
  if (outstanding <= DUST) return '0';
  const percent = Math.floor(outstanding * 100 + 0.5 + DUST);
  return percent === 0 ? '*' : String(percent);
}

function outstandingAfter({ dates, principal }: SecurityFlows, original: number, month: string): number {
  const paid = dates.reduce((sum, date, i) => (date.slice(0, 7) <= month ? sum + (principal[i] ?? 0) : sum), 0);
  return 1 - paid / original;
}

/**
 * The decrement table of a class. Rows are the anniversaries of `initial` (the closing date, or the month from which
 * the prospectus counts) up to the first on which no column has anything outstanding. @throws FlowsInvalid
 */
export function decrementTable(
  columns: readonly DecrementColumn[],
  terms: { readonly original: number; readonly initial: PlainDate; readonly settlement: PlainDate },
): DecrementTable {
  for (const { flows } of columns) checkFlows(flows);
  const last = columns.reduce(
    (latest, { flows }) => ((flows.dates.at(-1) ?? '') > latest ? (flows.dates.at(-1) ?? '') : latest),
    '',
  );
  const cell = (outstanding: number): DecrementCell => ({ outstanding, text: decrementText(outstanding) });
  const rows = [{ label: 'Initial', cells: columns.map(() => cell(1)) }];
  for (let year = 1, label = ''; label < last.slice(0, 7); year++) {
    label = addMonths(terms.initial, 12 * year).slice(0, 7);
    const month = label;
    const cells = columns.map(({ flows }) => cell(outstandingAfter(flows, terms.original, month)));
    rows.push({ label, cells });
    if (cells.every(({ text }) => text === '0')) break;
  }
  const averageLives = columns.map(({ flows }) => averageLife(flows, terms.settlement));
  return { columns: columns.map(({ name }) => name), rows, averageLives };
}
