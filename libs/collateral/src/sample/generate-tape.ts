import { addDays, addMonths, daysBetween } from '@weir/calendar';
import { Dice } from './dice.js';
import { runMonth, type LoanFlows } from './loan-flows.js';
import { stateAtCutOff, type LoanState } from './loan-state.js';
import { eventOf } from './month-events.js';
import { plantErrors, type PlantedError } from './plant-error.js';
import { drawLoan, type SampleLoan } from './sample-loan.js';
import { printRows, tapeRow, type ReportingMonth, type TapeRow } from './tape-row.js';

export interface SampleTapeOptions {
  /** A whole number; the same seed gives the same loans in every month. */
  seed: number;
  /** 1 is July 2020, the first collection period after the cut-off date of 30 June 2020. */
  month: number;
  /** A month in which about 5 % of the loans are charged off, which trips a loss trigger; the others are ordinary. */
  stressMonth?: number;
  /** Loans of the portfolio, 2,000 unless told. */
  loans?: number;
  /** Errors to plant, for tests of bad input. Without them no finding of the tape blocks. */
  plant?: readonly PlantedError[];
}

/** The sample tape was asked for with options it cannot follow. */
export class SampleOptionsInvalid extends Error {
  override readonly name = 'SampleOptionsInvalid';
  constructor(
    readonly option: string,
    readonly value: number,
    expected: string,
  ) {
    super(`the sample tape's ${option} cannot be ${value}: give ${expected}`);
  }
}

/** @throws SampleOptionsInvalid */
export function assertWhole(option: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new SampleOptionsInvalid(option, value, `a whole number from ${low} to ${high}`);
}

function reportingMonth(month: number): ReportingMonth {
  const from = addMonths('2020-07-01', month - 1);
  return { from, to: addDays(addMonths(from, 1), -1) };
}

/** Takes one loan from the cut-off date through the given month; null when it left the tape before. */
function flowsOf(loan: SampleLoan, options: SampleTapeOptions & { loans: number }): LoanFlows | null {
  const { seed, loans, stressMonth } = options;
  let state: LoanState = stateAtCutOff(seed, loan, loans);
  for (let month = 1; state.status !== 'gone'; month++) {
    const { from, to } = reportingMonth(month);
    const event = eventOf(seed, loan, month, month === stressMonth);
    const flows = runMonth(loan, state, event, daysBetween(from, to) + 1, new Dice(seed, loan.index, month, 0xf10));
    if (month === options.month) return flows;
    state = flows.after;
  }
  return null;
}

/** One loan's row of the first month, without the changes that only the last loans of a portfolio have. */
export function sampleRow(seed: number, index: number, loans: number): TapeRow {
  const loan = drawLoan(seed, index, loans + loans);
  const flows = flowsOf(loan, { seed, month: 1, loans: loans + loans });
  return tapeRow(loan, flows as LoanFlows, reportingMonth(1));
}

/**
 * A month's tape of an invented auto-loan portfolio, as CSV with SEC ABS-EE element names. Every row rolls, a month opens
 * where the one before closed, and each tape has payoffs, charge-offs, repurchases, returned payments of both kinds and
 * extensions; recoveries from the second month on, loans boarded late in the first. Simple interest, ACT/365, half up to
 * the cent. The same options give the same bytes.
 * @throws SampleOptionsInvalid
 */
export function generateTape(options: SampleTapeOptions): string {
  const { seed, month, loans = 2_000, plant = [] } = options;
  assertWhole('seed', seed, 0, 2 ** 31 - 1);
  assertWhole('month', month, 1, 60);
  assertWhole('loans', loans, 20, 100_000);
  const period = reportingMonth(month);
  const rows = [];
  for (let index = 0; index < loans; index++) {
    const loan = drawLoan(seed, index, loans);
    const flows = flowsOf(loan, { ...options, loans });
    if (flows) rows.push(tapeRow(loan, flows, period));
  }
  return printRows(plantErrors(rows, plant));
}
