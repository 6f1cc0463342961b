import type { Moment } from './moment.js';
import { cycleDates } from './schedule.js';
import type { SteppedLoan } from './terms.js';

/** A date of a stepped loan's principal with what it repays; negative when it draws. */
export interface PrincipalDate {
  date: Moment;
  repaid: number;
}

/** A stretch that lasts from its own first date to the next one's, the last to `end`. */
export function stretches<S extends { from: Moment }>(steps: readonly S[], end: Moment): { step: S; until: Moment }[] {
  return steps.map((step, index) => {
    const until = steps[index + 1]?.from ?? end;
    return { step, until: until < end ? until : end };
  });
}

/** The dates before `end` on which a stepped loan repays or draws principal, in order. */
export function principalDates(
  { principalSteps, conventions }: Pick<SteppedLoan, 'principalSteps' | 'conventions'>,
  end: Moment,
): PrincipalDate[] {
  return stretches(principalSteps, end).flatMap(({ step, until }) => {
    const repaid = step.direction === 'repaid' ? step.amount : -step.amount;
    return cycleDates(step.from, step.cycle, until, conventions.endOfMonth).map((date) => ({ date, repaid }));
  });
}
