import { type YearCount, yearsBetween } from './accrual.js';
import { reckonedBefore } from './business-days.js';
import { compareEvents, type ContractEvent, type EventKind, type PlannedEvent } from './event.js';
import type { Moment } from './moment.js';
import { type Observations, valueAt } from './observations.js';
import { datesOf, observed, once, rateResets, recurring, transfers } from './plan.js';
import { resetRate } from './rate-reset.js';
import { settledFlow } from './settlement.js';
import { type InterestRateSwap, signOf } from './terms.js';
import { visibleEvents, wantedEvents } from './window.js';

interface SwapState {
  accruedTo: Moment;
  /** Signed notional: positive for who receives the fixed leg. */
  balance: number;
  floatingRate: number;
  fixedAccrued: number;
  /** Owed on the floating leg, with the sign of who pays it. */
  floatingAccrued: number;
  defaulted: boolean;
}

interface SwapRun {
  terms: InterestRateSwap;
  observations: Observations;
  yearCount: YearCount;
  state: SwapState;
}

type SwapHandler = (run: SwapRun, event: PlannedEvent) => number;

function payFixed({ state }: SwapRun): number {
  const flow = state.fixedAccrued;
  state.fixedAccrued = 0;
  return flow;
}

function payFloating({ state }: SwapRun): number {
  const flow = state.floatingAccrued;
  state.floatingAccrued = 0;
  return flow;
}

function end({ state }: SwapRun, flow: number): number {
  Object.assign(state, { balance: 0, fixedAccrued: 0, floatingAccrued: 0 });
  return flow;
}

/** Source: ACTUS technical specification, SWPPV; a termination price is told from the holder's side, as published cases do. */
const HANDLERS: Partial<Record<EventKind, SwapHandler>> = {
  'initial-exchange': ({ terms, state }) => {
    state.balance = signOf(terms.side) * terms.balance;
    state.floatingRate = terms.floatingRate;
    return 0;
  },
  'fixed-leg': payFixed,
  'floating-leg': payFloating,
  interest: (run) => payFixed(run) + payFloating(run),
  'rate-reset': ({ terms, state, observations }, { scheduled }) => {
    const { rateReset } = terms;
    state.floatingRate = resetRate(rateReset, state.floatingRate, valueAt(observations, rateReset.index, scheduled));
    return 0;
  },
  'rate-fixed': ({ state }, { value }) => {
    state.floatingRate = value ?? state.floatingRate;
    return 0;
  },
  purchase: ({ terms }) => -signOf(terms.side) * (terms.purchase?.price ?? 0),
  termination: (run) => end(run, run.terms.termination?.price ?? 0),
  maturity: (run) => end(run, 0),
  default: ({ state }) => {
    state.defaulted = true;
    return 0;
  },
};

function accrue({ terms, state, yearCount }: SwapRun, to: Moment): void {
  const exposure = yearsBetween(yearCount, state.accruedTo, to) * state.balance;
  state.fixedAccrued += exposure * terms.fixedRate;
  state.floatingAccrued -= exposure * state.floatingRate;
  state.accruedTo = to;
}

function plan(terms: InterestRateSwap, observations: Observations): PlannedEvent[] {
  const { conventions, maturityDate: maturity, payments } = terms;
  const dates = datesOf(payments, terms, maturity);
  const legs: EventKind[] = terms.settlement === 'gross' ? ['fixed-leg', 'floating-leg'] : ['interest'];
  return [
    once('initial-exchange', terms.initialDate),
    ...legs.flatMap((leg) => [...recurring(leg, dates, conventions), once(leg, maturity)]),
    ...rateResets({ terms, observations, maturity, end: maturity }),
    once('maturity', maturity),
    ...transfers(terms),
    ...observed(observations, 'defaulted', 'default'),
    ...observed(observations, 'reviewed', 'review'),
  ];
}

/** A swap running at its status date has accrued since the payment before it, or what its terms state. */
function start(run: SwapRun): void {
  const { terms, state } = run;
  if (terms.initialDate > terms.statusDate) return;
  HANDLERS['initial-exchange']?.(run, once('initial-exchange', terms.initialDate));
  const dates = datesOf(terms.payments, terms, terms.maturityDate);
  const payments = recurring('interest', dates, terms.conventions);
  state.accruedTo = reckonedBefore(payments, terms.statusDate) ?? terms.statusDate;
  accrue(run, terms.statusDate);
  const sign = signOf(terms.side);
  if (terms.accrued !== undefined) state.fixedAccrued = sign * terms.accrued;
  // The accrued difference is that of both legs.
  if (terms.accrued !== undefined && terms.settlement === 'net') state.floatingAccrued = 0;
  else if (terms.floatingAccrued !== undefined) state.floatingAccrued = sign * terms.floatingAccrued;
}

function happen(run: SwapRun, event: PlannedEvent): ContractEvent {
  const { terms, state } = run;
  accrue(run, event.interestTo);
  const owed = (HANDLERS[event.kind]?.(run, event) ?? 0) * (state.defaulted ? 0 : 1);
  const flow = settledFlow(terms, run.observations, event, owed);
  const { kind, at } = event;
  const accrued = state.fixedAccrued + (terms.settlement === 'net' ? state.floatingAccrued : 0);
  return { kind, at, flow, balance: state.balance, rate: state.floatingRate, accrued };
}

/**
 * The events of a swap after its status date, up to `until`. `rate` is the floating one; `accrued` that of the fixed leg, or
 * of both where only the difference is paid.
 */
export function runSwap(
  terms: InterestRateSwap,
  observations: Observations,
  until: Moment | undefined,
): ContractEvent[] {
  const { conventions, maturityDate, statusDate } = terms;
  const run: SwapRun = {
    terms,
    observations,
    yearCount: { dayCount: conventions.dayCount, calendar: conventions.businessDays?.calendar, maturityDate },
    state: {
      accruedTo: statusDate,
      balance: 0,
      floatingRate: 0,
      fixedAccrued: 0,
      floatingAccrued: 0,
      defaulted: terms.performance === 'defaulted',
    },
  };
  start(run);
  const planned = wantedEvents(plan(terms, observations), terms, until).sort(compareEvents);
  return visibleEvents(
    planned.map((event) => happen(run, event)),
    terms,
  );
}
