import { dayNumber, type PlainDate } from '@weir/calendar';
import { monthsInPeriod } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { Build } from '../build.js';
import type { Period } from '../schedule.js';
import { sumOf } from '../sum.js';

/** Day numbers of a date of each payment date. */
const daysOf = ({ periods }: Build, dateOf: (period: Period, index: number) => PlainDate): bigint[] =>
  periods.map((period, index) => BigInt(dayNumber(dateOf(period, index))));

/** Defines what a formula may know of the payment date itself. Dates are day numbers, counts stand at `RATE_SCALE`. */
export function defineDates(build: Build): void {
  const { deal } = build;
  const previous = (_: Period, index: number): PlainDate => build.periods[index - 1]?.paymentDate ?? deal.closingDate;
  const date = (name: string, dateOf: (period: Period, index: number) => PlainDate): void =>
    build.define(name, 'date', () => build.row(name, daysOf(build, dateOf)));
  date('paymentDate', ({ paymentDate }) => paymentDate);
  date('previousPaymentDate', previous);
  date('collectionFrom', ({ collectionFrom }) => collectionFrom);
  date('collectionTo', ({ collectionTo }) => collectionTo);
  build.define('closingDate', 'date', () => sumOf(BigInt(dayNumber(build.closingDate))));
  build.define('period', 'ratio', () =>
    build.row(
      'period',
      build.periods.map(({ period }) => BigInt(period) * RATE_SCALE),
    ),
  );
  build.define('monthsInPeriod', 'ratio', () =>
    build.row(
      'monthsInPeriod',
      build.periods.map((_, index) => BigInt(monthsInPeriod(deal.schedule, index)) * RATE_SCALE),
    ),
  );
  build.define('daysInPeriod', 'ratio', () => {
    const [to, from] = [daysOf(build, ({ paymentDate }) => paymentDate), daysOf(build, previous)];
    return build.row(
      'daysInPeriod',
      to.map((day, index) => (day - (from[index] ?? 0n)) * RATE_SCALE),
    );
  });
  build.define('cutOffPool', 'money', () => sumOf(build.cutOffPool));
}
