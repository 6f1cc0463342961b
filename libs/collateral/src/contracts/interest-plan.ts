import { type EventDate, eventDate } from './business-days.js';
import type { PlannedEvent } from './event.js';
import { addPeriods, type Moment } from './moment.js';
import { firstRedemption, paymentDates, type RedeemingLoan } from './payment.js';
import { datesOf, recurring } from './plan.js';
import { stretches } from './principal-steps.js';
import { cycleDates } from './schedule.js';
import type { Loan, SteppedLoan } from './terms.js';

/** Interest dates of a loan that pays interest on a cycle of its own, the maturity left out. */
export function ownInterestDates(terms: Loan, maturity: Moment): Moment[] {
  return terms.interest ? datesOf(terms.interest, terms, maturity) : [];
}

/** Interest dates of a stepped loan, the maturity left out; without steps those of its cycle. */
export function steppedInterestDates(terms: SteppedLoan, maturity: Moment): Moment[] {
  if (terms.interestSteps.length === 0) return ownInterestDates(terms, maturity);
  return stretches(terms.interestSteps, maturity).flatMap(({ step, until }) =>
    cycleDates(step.from, step.cycle, until, terms.conventions.endOfMonth),
  );
}

/**
 * Interest dates of a loan whose payments hold interest and principal: its own cycle up to one cycle before the first
 * payment, that date, and then every payment date; the maturity left out. Source: ACTUS technical specification, IP of NAM.
 */
export function paymentInterestDates(terms: RedeemingLoan, maturity: Moment): Moment[] {
  const { interest, redemption, conventions } = terms;
  const first = firstRedemption(terms);
  if (!interest || first === undefined) return ownInterestDates(terms, maturity);
  const lead = redemption.cycle && addPeriods(first, redemption.cycle, -1, conventions.endOfMonth === 'end-of-month');
  const own = datesOf(interest, terms, first);
  const before = lead === undefined ? own : own.filter((date, index) => date <= lead || index === 0);
  const led = lead !== undefined && own.some((date) => date < lead) && !before.includes(lead) ? [lead] : [];
  return [...before, ...led, ...paymentDates(terms, maturity)];
}

/**
 * Interest events on dates and at maturity. Up to the end of capitalisation, and then, interest joins the balance instead.
 * Source: ACTUS technical specification, IP and IPCI of PAM.
 */
export function interestEvents(terms: Loan, dates: readonly Moment[], ending: EventDate): PlannedEvent[] {
  const { interest, conventions } = terms;
  if (!interest) return [];
  const until = interest.capitalisedUntil;
  const paid = (event: PlannedEvent): PlannedEvent =>
    until !== undefined && event.scheduled < until ? { ...event, kind: 'interest-capitalised' } : event;
  const events: PlannedEvent[] = [...recurring('interest', dates, conventions), { kind: 'interest', ...ending }];
  if (until === undefined) return events;
  const last: PlannedEvent = { kind: 'interest-capitalised', ...eventDate(until, conventions.businessDays) };
  return [...events.filter(({ scheduled }) => scheduled !== until).map(paid), last];
}
