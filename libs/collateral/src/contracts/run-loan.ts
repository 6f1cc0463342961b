import type { YearCount } from './accrual.js';
import { compareEvents, type ContractEvent, type PlannedEvent } from './event.js';
import { emptyState, startRun } from './initial-state.js';
import { handlersOf } from './loan-handlers.js';
import { planLoan } from './loan-plan.js';
import { callOf, endingOf, maturityOf } from './maturity.js';
import type { Moment } from './moment.js';
import type { Observations } from './observations.js';
import { fees } from './plan.js';
import { settledFlow } from './settlement.js';
import { accrueTo, type LoanRun } from './state.js';
import { type Loan, signOf } from './terms.js';
import { visibleEvents, wantedEvents } from './window.js';

function yearCountOf({ conventions }: Loan, maturityDate: Moment | undefined): YearCount {
  return { dayCount: conventions.dayCount, calendar: conventions.businessDays?.calendar, maturityDate };
}

function happen(run: LoanRun, handlers: ReturnType<typeof handlersOf>, event: PlannedEvent): ContractEvent {
  const { state } = run;
  if (event.kind !== 'initial-exchange') accrueTo(run, event.interestTo);
  const handler = handlers[event.kind];
  // Whoever has defaulted pays nothing more; what happens to the state happens all the same.
  const owed = (handler?.(run, event) ?? 0) * (state.defaulted ? 0 : 1);
  const flow = settledFlow(run.terms, run.observations, event, owed);
  return { kind: event.kind, at: event.at, flow, balance: state.balance, rate: state.rate, accrued: state.accrued };
}

/** The events of a loan after its status date, up to `until`. @throws ContractInvalid, ObservationMissing, TooManyEvents */
export function runLoan(terms: Loan, observations: Observations, until: Moment | undefined): ContractEvent[] {
  const maturity = maturityOf(terms, observations, until);
  const called = terms.kind === 'call' ? callOf(terms, observations, until) : undefined;
  const end = called ?? maturity ?? until ?? terms.statusDate;
  const ending = maturity === undefined ? undefined : endingOf(terms, maturity, { called, until });
  const last = called === undefined ? until : ending?.at;
  const basis = { terms, observations, maturity, ending, called, end };
  const run: LoanRun = {
    terms,
    sign: signOf(terms.side),
    observations,
    yearCount: yearCountOf(terms, maturity),
    maturity,
    feeDates: fees(basis),
    yearsSinceLast: 0,
    state: emptyState(terms),
    scheduleOf: (other) => runLoan(other, { ...observations, events: [] }, undefined),
  };
  startRun(run);
  const handlers = handlersOf(terms.kind);
  const planned = wantedEvents(planLoan(basis), terms, last);
  return visibleEvents(
    planned.sort(compareEvents).map((event) => happen(run, handlers, event)),
    terms,
  );
}
