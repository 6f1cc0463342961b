import {
  checkBooked,
  type CompiledDeal,
  encodeInputs,
  execute,
  executeRemitted,
  ExecutionError,
  type RunResult,
} from '@weir/waterfall';
import type { DealState } from '../files/state-file.js';
import type { Report } from '../files/report-file.js';
import { type AdjustedItem, withAdjustments } from '../restate/adjustment.js';
import { InputInvalid, PaymentStops } from '../errors.js';
import { faultOf } from '../project/path-fault.js';
import type { ExactRun } from './run-figure.js';

/** One payment date, paid exactly. */
export interface PaidDate extends ExactRun {
  /** The payment date, from 1. */
  readonly period: number;
  readonly inputs: readonly bigint[];
  /** Items that it ran on with an adjustment, which `inputs` have in them. */
  readonly adjusted: readonly AdjustedItem[];
  /** What the servicer had to deposit. */
  readonly remittance: bigint;
  readonly result: RunResult;
  /** The deal after it. */
  readonly next: DealState;
}

/** Pays one date from its inputs; the deposit is what is due unless it is given. */
export function payInputs(
  compiled: CompiledDeal,
  from: DealState,
  inputs: readonly bigint[],
  given: bigint | null = null,
): PaidDate {
  const period = from.period + 1;
  const run = { period, inputs, state: from.words };
  const { program } = compiled;
  const result = given === null ? executeRemitted(program, run) : execute(program, { ...run, deposit: given });
  const { S } = program.layout.regions;
  // What is due does not depend on what was deposited.
  const remittance = result.slots[S.first + compiled.state.indexOf('remittance')] ?? 0n;
  const deposit = given ?? remittance;
  return {
    compiled,
    period,
    inputs,
    adjusted: [],
    remittance,
    deposit,
    result,
    opening: from.words,
    next: { period, words: result.state },
  };
}

/** The report must be of the payment date that is paid next. @throws InputInvalid */
function checkDate(compiled: CompiledDeal, from: DealState, { period, paymentDate }: Report): void {
  const due = from.period + 1;
  const date = compiled.periods[from.period]?.paymentDate;
  if (period !== null && period !== due) {
    const message = `it is of payment date ${period}; after the state's period ${from.period}, payment date ${due} is next`;
    throw new InputInvalid('the report', [message]);
  }
  if (paymentDate !== null && paymentDate !== '' && paymentDate !== date) {
    throw new InputInvalid('the report', [`its paymentDate is ${paymentDate}; payment date ${due} is ${date}`]);
  }
}

/**
 * Pays the next date of a deal exactly, as the chain would, on what is reported and its adjustments.
 * @throws InputInvalid when the report is of another date, or an adjustment is of no earlier one or takes an item below zero
 * @throws PaymentStops with the line of the document; NotBooked where a vault could not; RunArgumentError and CashNotConserved as `execute` does
 */
export function payReport(compiled: CompiledDeal, from: DealState, report: Report): PaidDate {
  checkDate(compiled, from, report);
  const { adjustments = [] } = report;
  const late = adjustments.find(({ period }) => period > from.period);
  if (late) {
    const message = `an adjustment restates payment date ${late.period}, which is not paid yet: report it as it is`;
    throw new InputInvalid('the report', [message]);
  }
  const { values, adjusted } = withAdjustments(compiled, report.values, adjustments);
  const inputs = encodeInputs(compiled, values);
  try {
    const paid = payInputs(compiled, from, inputs, report.deposit);
    checkBooked(compiled.program, paid.deposit, paid.result);
    return { ...paid, adjusted };
  } catch (error) {
    if (!(error instanceof ExecutionError)) throw error;
    const { period, kind, line, message } = faultOf(compiled, from.period + 1, error.offset, error.fault);
    throw new PaymentStops(period, kind, line, message);
  }
}

/** Pays date after date, each from the state that the last one left. */
export function replay(compiled: CompiledDeal, from: DealState, reports: readonly Report[]): PaidDate[] {
  const paid: PaidDate[] = [];
  let state = from;
  for (const report of reports) {
    const date = payReport(compiled, state, report);
    paid.push(date);
    state = date.next;
  }
  return paid;
}
