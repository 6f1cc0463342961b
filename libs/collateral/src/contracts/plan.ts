import { type EventDate, eventDate, fixedDate } from './business-days.js';
import type { EventKind, PlannedEvent } from './event.js';
import type { Moment } from './moment.js';
import type { ObservedKind, Observations } from './observations.js';
import { cycleDates, firstDateOf, type Recurrence } from './schedule.js';
import type { Conventions, InterestRateSwap, Loan } from './terms.js';

/** What a plan of events is made from. */
export interface PlanBasis<T = Loan> {
  terms: T;
  observations: Observations;
  maturity: Moment | undefined;
  /** The maturity as an event: a stated one stands, a derived one moves like the dates that it follows from. */
  ending?: EventDate | undefined;
  /** When the loan was called, if it was. */
  called?: Moment | undefined;
  /** Recurring events come before it: the maturity, the call, or the end of the projection. */
  end: Moment;
}

/** Moves recurring dates by the contract's rule. */
export function recurring(kind: EventKind, dates: readonly Moment[], { businessDays }: Conventions): PlannedEvent[] {
  return dates.map((date) => ({ kind, ...eventDate(date, businessDays) }));
}

/** One event on a date that stands as it is written. */
export const once = (kind: EventKind, date: Moment): PlannedEvent => ({ kind, ...fixedDate(date) });

/** The dates of a recurrence before `end`; none when it has neither first date nor cycle. */
export function datesOf(
  recurrence: Recurrence,
  { initialDate, conventions }: Pick<Loan | InterestRateSwap, 'initialDate' | 'conventions'>,
  end: Moment,
): Moment[] {
  const first = firstDateOf(recurrence, initialDate, conventions.endOfMonth);
  return first === undefined ? [] : cycleDates(first, recurrence.cycle, end, conventions.endOfMonth);
}

/** Resets of the rate. One already fixed is the first after the status date. */
export function rateResets({ terms, end }: PlanBasis<Loan | InterestRateSwap>): PlannedEvent[] {
  const { rateReset, conventions, statusDate } = terms;
  if (!rateReset) return [];
  const resets = recurring('rate-reset', datesOf(rateReset, terms, end), conventions);
  return fixNext(resets, rateReset.nextRate, statusDate);
}

/** Agreed changes of the rate. */
export function rateChanges({ terms }: PlanBasis): PlannedEvent[] {
  return (terms.rateChanges ?? []).map(({ from, rate }) => ({ ...once('rate-fixed', from), value: rate }));
}

/** Turns the first reset after the status date into one whose rate is known. */
export function fixNext(resets: PlannedEvent[], rate: number | undefined, statusDate: Moment): PlannedEvent[] {
  if (rate === undefined) return resets;
  const next = resets.findIndex(({ at }) => at > statusDate);
  return resets.map((reset, index) => (index === next ? { ...reset, kind: 'rate-fixed', value: rate } : reset));
}

/** A purchase and a termination, when the contract changes hands. */
export function transfers({ purchase, termination }: Pick<Loan, 'purchase' | 'termination'>): PlannedEvent[] {
  return [
    ...(purchase ? [once('purchase', purchase.date)] : []),
    ...(termination ? [once('termination', termination.date)] : []),
  ];
}

/** Observed events of one kind as planned ones. */
export function observed(
  { events }: Observations,
  kind: ObservedKind,
  as: EventKind,
): (PlannedEvent & { value: number } & EventDate)[] {
  return events
    .filter((event) => event.kind === kind)
    .map(({ at, amount }) => ({ kind: as, ...fixedDate(at), value: amount }));
}

/** Fees on their dates and at maturity. */
export function fees({ terms, ending, end }: PlanBasis): PlannedEvent[] {
  const { fee, conventions } = terms;
  if (!fee || fee.rate === 0) return [];
  const recurs = fee.firstDate !== undefined || fee.cycle !== undefined;
  const last: PlannedEvent[] = recurs && ending ? [{ kind: 'fee', ...ending }] : [];
  return [...recurring('fee', datesOf(fee, terms, end), conventions), ...last];
}

function prepayments({ terms, observations, end }: PlanBasis): PlannedEvent[] {
  const { prepayment, conventions } = terms;
  const modelled = prepayment?.model === undefined ? [] : datesOf(prepayment, terms, end);
  const payments = [
    ...recurring('prepayment', modelled, conventions),
    ...observed(observations, 'prepaid', 'prepayment'),
  ];
  const penalties = prepayment?.penalty || prepayment?.protection ? payments : [];
  return [...payments, ...penalties.map((event): PlannedEvent => ({ ...event, kind: 'penalty' }))];
}

/** What every loan may go through, whatever its way of repaying principal. */
export function commonEvents(basis: PlanBasis): PlannedEvent[] {
  const { terms, observations, end } = basis;
  const { conventions, scaling, interestBase } = terms;
  const lagged = interestBase?.kind === 'lagged-balance' ? interestBase : {};
  const scaled = scaling && (scaling.interest || scaling.principal) ? scaling : {};
  return [
    once('initial-exchange', terms.initialDate),
    ...fees(basis),
    ...prepayments(basis),
    ...recurring('scaling', datesOf(scaled, terms, end), conventions),
    ...recurring('interest-base', datesOf(lagged, terms, end), conventions),
    ...transfers(terms),
    ...rateChanges(basis),
    ...observed(observations, 'reduced', 'write-down'),
    ...observed(observations, 'defeased', 'defeasance').map(({ value: _, ...event }) => event),
    ...observed(observations, 'defaulted', 'default'),
    ...observed(observations, 'reviewed', 'review'),
  ];
}
