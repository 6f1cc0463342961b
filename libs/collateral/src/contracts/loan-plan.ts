import { type EventDate, eventDate } from './business-days.js';
import type { PlannedEvent } from './event.js';
import { interestEvents, ownInterestDates, paymentInterestDates, steppedInterestDates } from './interest-plan.js';
import type { Moment } from './moment.js';
import { firstFixing, paymentDates } from './payment.js';
import {
  commonEvents,
  datesOf,
  fixNext,
  observed,
  once,
  type PlanBasis,
  rateChanges,
  rateResets,
  recurring,
} from './plan.js';
import { principalDates, stretches } from './principal-steps.js';
import { cycleDates } from './schedule.js';
import type {
  AnnuityLoan,
  BulletLoan,
  CallLoan,
  FixedPaymentLoan,
  LinearLoan,
  Loan,
  OpenEndedLoan,
  RevolvingLoan,
  SimpleInterestLoan,
  SteppedLoan,
} from './terms.js';

type Dated<L extends Loan> = PlanBasis<L> & { maturity: Moment; ending: EventDate };

function bullet({ terms, maturity, ending }: Dated<BulletLoan>): PlannedEvent[] {
  return interestEvents(terms, ownInterestDates(terms, maturity), ending);
}

function redeeming({ terms, maturity, ending }: Dated<LinearLoan | AnnuityLoan | FixedPaymentLoan>): PlannedEvent[] {
  const interestDates = terms.kind === 'linear' ? ownInterestDates : paymentInterestDates;
  return [
    ...recurring('principal', paymentDates(terms, maturity), terms.conventions),
    ...interestEvents(terms, interestDates(terms, maturity), ending),
  ];
}

function annuity(basis: Dated<AnnuityLoan>): PlannedEvent[] {
  const { terms } = basis;
  const first = firstFixing(terms);
  return [
    ...redeeming(basis),
    ...(first !== undefined && first >= terms.initialDate ? [once('payment-fixed', first)] : []),
    ...paymentResets(basis),
    ...(terms.residualValue === undefined ? [] : [once('residual', basis.maturity)]),
  ];
}

/** Dates at which an annuity's payment is set anew: those agreed, else whenever the rate changes. */
function paymentResets(basis: Dated<AnnuityLoan>): PlannedEvent[] {
  const { terms, end } = basis;
  const { paymentReset, conventions } = terms;
  if (!paymentReset) {
    const changes = [...rateResets(basis), ...rateChanges(basis)];
    return changes.map(({ value: _, ...event }): PlannedEvent => ({ ...event, kind: 'payment-fixed' }));
  }
  const recasts = datesOf(paymentReset.recasts ?? {}, terms, end);
  const capped = datesOf(paymentReset, terms, end).filter((date) => !recasts.includes(date));
  const cap = paymentReset.cap === undefined ? {} : { value: paymentReset.cap };
  return [
    ...recurring('payment-fixed', recasts, conventions),
    ...recurring('payment-fixed', capped, conventions).map((event) => ({ ...event, ...cap })),
  ];
}

/** Each payment as its principal and its interest; what is accrued at maturity is paid whole. */
function simpleInterest({ terms, observations, maturity, ending }: Dated<SimpleInterestLoan>): PlannedEvent[] {
  const paid: PlannedEvent[] = observed(observations, 'paid', 'principal');
  const lastPaid = paid.reduce((last, { at }) => (at > last ? at : last), '');
  const scheduled = recurring('principal', paymentDates(terms, maturity), terms.conventions);
  const payments = [...paid, ...scheduled.filter(({ at }) => at > lastPaid)];
  return [
    ...payments,
    ...payments.map((payment): PlannedEvent => ({ ...payment, kind: 'interest' })),
    { kind: 'interest', ...ending, value: Infinity },
  ];
}

function stepped({ terms, maturity, ending }: Dated<SteppedLoan>): PlannedEvent[] {
  const { conventions, rateSteps, rateReset, statusDate } = terms;
  const principal = principalDates(terms, maturity).map(({ date, repaid }): PlannedEvent => {
    const move = eventDate(date, conventions.businessDays);
    return repaid < 0 ? { kind: 'drawing', ...move, value: -repaid } : { kind: 'principal', ...move, value: repaid };
  });
  const resets = stretches(rateSteps, maturity).flatMap(({ step, until }) =>
    recurring(
      step.kind === 'fixed' ? 'rate-fixed' : 'rate-reset',
      cycleDates(step.from, step.cycle, until, conventions.endOfMonth),
      conventions,
    ).map((event) => ({ ...event, value: step.rate })),
  );
  return [
    ...principal,
    ...interestEvents(terms, steppedInterestDates(terms, maturity), ending),
    ...fixNext(resets, rateSteps.length > 0 ? rateReset?.nextRate : undefined, statusDate),
  ];
}

function capitalised({ terms, end }: PlanBasis<CallLoan | OpenEndedLoan>): PlannedEvent[] {
  const dates = terms.interest ? datesOf(terms.interest, terms, end) : [];
  return recurring('interest-capitalised', dates, terms.conventions);
}

function call(basis: Dated<CallLoan>): PlannedEvent[] {
  const { terms, called, ending } = basis;
  const interest: PlannedEvent[] = terms.interest ? [{ kind: 'interest', ...ending }] : [];
  const end: PlannedEvent = { kind: called === undefined ? 'maturity' : 'settlement', ...ending };
  return [...capitalised(basis), ...(called === undefined ? [] : [once('call', called)]), ...interest, end];
}

/** Each statement: a payment, the interest so far, and a drawing up to the line's use. */
function revolving({ terms, observations, maturity }: Dated<RevolvingLoan>): PlannedEvent[] {
  const dates = datesOf(terms.redemption, terms, maturity);
  const events = (kind: PlannedEvent['kind']): PlannedEvent[] => recurring(kind, dates, terms.conventions);
  return [
    ...events('principal'),
    ...events('interest'),
    once('interest', maturity),
    ...(terms.utilisation === undefined ? [] : events('drawing')),
    ...observed(observations, 'drawn', 'drawing'),
  ];
}

function openEnded(basis: PlanBasis<OpenEndedLoan>): PlannedEvent[] {
  return [
    ...capitalised(basis),
    ...observed(basis.observations, 'repaid', 'principal'),
    ...observed(basis.observations, 'drawn', 'drawing'),
  ];
}

function ownEvents(basis: PlanBasis): PlannedEvent[] {
  const { terms } = basis;
  if (terms.kind === 'open-ended') return openEnded({ ...basis, terms });
  // Every other kind has a maturity, stated or derived.
  const dated = { ...basis, maturity: basis.maturity as Moment, ending: basis.ending as EventDate };
  const end: PlannedEvent = { kind: 'maturity', ...dated.ending };
  switch (terms.kind) {
    case 'bullet':
      return [...bullet({ ...dated, terms }), end];
    case 'linear':
    case 'fixed-payment':
      return [...redeeming({ ...dated, terms }), end];
    case 'annuity':
      return [...annuity({ ...dated, terms }), end];
    case 'simple-interest':
      return [...simpleInterest({ ...dated, terms }), end];
    case 'stepped':
      return [...stepped({ ...dated, terms }), end];
    case 'revolving':
      return [...revolving({ ...dated, terms }), end];
    case 'call':
      return call({ ...dated, terms });
  }
}

/** Everything that will happen to a loan by its terms and by what was observed, in no order. */
export function planLoan(basis: PlanBasis): PlannedEvent[] {
  const { terms } = basis;
  const stepsRate = terms.kind === 'stepped' && terms.rateSteps.length > 0;
  return [...commonEvents(basis), ...(stepsRate ? [] : rateResets(basis)), ...ownEvents(basis)];
}
