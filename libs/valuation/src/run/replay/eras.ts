import { type CompiledAmendment, type CompiledDeal, runAmendment } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import type { Report } from '../files/report-file.js';
import type { DealState } from '../files/state-file.js';
import type { CsvTable } from '../text/csv.js';
import { paymentDateNamed } from '../text/payment-date.js';
import { type PaidDate, payReport } from './pay-date.js';

/** A program and the first payment date that it pays; `amendment` is null for the deal as it was closed. */
export interface Era {
  readonly compiled: CompiledDeal;
  readonly fromPeriod: number;
  readonly amendment: CompiledAmendment | null;
}

/** The place of the era that pays a date. */
export function eraAt(eras: readonly Pick<Era, 'fromPeriod'>[], period: number): number {
  const later = eras.findIndex(({ fromPeriod }) => fromPeriod > period);
  return (later < 0 ? eras.length : later) - 1;
}

/** Takes a state over into an era. @throws AmendmentRefused @throws InputInvalid when it is of another date */
export function amendState({ amendment, fromPeriod }: Era, state: DealState): DealState {
  if (state.period !== fromPeriod - 1) {
    const message = `the amendment takes effect from payment date ${fromPeriod}, and the last one paid is ${state.period}`;
    throw new InputInvalid('the state', [message]);
  }
  return amendment ? { period: state.period, words: runAmendment(amendment, state.words).words } : state;
}

/** Pays date after date, each by the program that is in force. `state` is of the first era. @throws as `payReport` does */
export function replayEras(eras: readonly Era[], from: DealState, reports: readonly Report[]): PaidDate[] {
  const [first] = eras;
  const paid: PaidDate[] = [];
  let [state, era] = [from, first];
  for (const report of reports) {
    for (const next of eras.filter(({ fromPeriod }) => fromPeriod === state.period + 1)) {
      if (next === era) continue;
      state = amendState(next, state);
      era = next;
    }
    if (!era) break;
    const date = payReport(era.compiled, state, report);
    paid.push(date);
    state = date.next;
  }
  return paid;
}

/**
 * The rows of a table that are of an era, and without the columns that only other eras know (`knows`). Rows without
 * period or date follow each other from `first` on.
 */
export function tableOfEra(
  table: CsvTable,
  eras: readonly Pick<Era, 'compiled' | 'fromPeriod'>[],
  index: number,
  first: number,
  knows: (compiled: CompiledDeal, column: string) => boolean,
): CsvTable {
  const [periodAt, dateAt] = [table.columns.indexOf('period'), table.columns.indexOf('paymentDate')];
  const periods = eras.at(-1)?.compiled.periods ?? [];
  const periodOf = (cells: readonly string[], row: number): number => {
    return Number(cells[periodAt] || (paymentDateNamed({ periods }, cells[dateAt] ?? '') ?? first + row));
  };
  const kept = table.columns.map((column) => {
    const era = eras[index];
    const known = era && knows(era.compiled, column);
    return known === true || !eras.some(({ compiled }) => knows(compiled, column));
  });
  const pick = <T>(list: readonly T[]): T[] => list.filter((_, column) => kept[column]);
  return {
    columns: pick(table.columns),
    rows: table.rows
      .filter(({ cells }, row) => eraAt(eras, periodOf(cells, row)) === index)
      .map((row) => ({ ...row, cells: pick(row.cells) })),
  };
}
