import type { Schedule } from '@weir/deal';
import type { Build } from '../build.js';
import type { Period } from '../schedule.js';

/** A schedule's value on each payment date: zero before its first step, the last one for ever after. */
export function scheduledValues({ values }: Schedule, periods: readonly Period[]): bigint[] {
  if (values.kind === 'list') return periods.map((_, index) => values.values[index] ?? values.values.at(-1) ?? 0n);
  const begins = (from: number | string, { period, paymentDate }: Period): boolean =>
    typeof from === 'number' ? from <= period : from <= paymentDate;
  return periods.map((period) => values.steps.findLast(({ from }) => begins(from, period))?.value ?? 0n);
}

/** Defines the document's schedules as columns of the rows. */
export function defineSchedules(build: Build): void {
  for (const schedule of build.deal.schedules) {
    const { name, unit } = schedule;
    build.define(name, unit, () => build.row(name, scheduledValues(schedule, build.periods)));
  }
}
