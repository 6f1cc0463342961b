import type { ContractEvent } from './event.js';
import { addPeriods, type Moment } from './moment.js';
import { NOTHING_OBSERVED, type Observations } from './observations.js';
import { projectContract } from './project-contract.js';
import { firstRedemption, isRedeeming } from './payment.js';
import type { AnnuityLoan, BulletLoan, FixedPaymentLoan, LinearLoan, SimpleInterestLoan } from './terms.js';

/** Loans that may be modified. */
export type ModifiableLoan = BulletLoan | LinearLoan | AnnuityLoan | FixedPaymentLoan | SimpleInterestLoan;

/** New terms from a date on, after what falls on it. What is not given stays, and a payment that follows from the terms is set anew. */
export interface LoanModification {
  date: Moment;
  /** A fraction of one a year. */
  rate?: number | undefined;
  maturityDate?: Moment | undefined;
  payment?: number | undefined;
  /** Principal that is written off. */
  forgiven?: number | undefined;
  /** Principal that from then on bears no interest and is repaid at maturity, beside what is forborne already. */
  forborne?: number | undefined;
  /** A payment holiday: no principal falls due before this date of the cycle. */
  paymentsFrom?: Moment | undefined;
  /** Interest accrued so far, and during the holiday, is added to the balance; otherwise it is paid on its dates. */
  capitalises?: boolean | undefined;
}

/** Where a loan stands at a date, told by a review. */
interface Standing {
  events: ContractEvent[];
  last: ContractEvent;
}

function standingAt(terms: ModifiableLoan, observations: Observations, date: Moment): Standing {
  const reviewed = { ...observations, events: [...observations.events, { at: date, kind: 'reviewed', amount: 0 }] };
  const events = projectContract(terms, reviewed as Observations, date);
  const at = events.map(({ kind }) => kind).lastIndexOf('review');
  // The review falls on the date, so there is one.
  return { events: events.filter((_, index) => index !== at), last: events[at] as ContractEvent };
}

/** The terms as they are from a modification on, and what is then owed. */
function modified(terms: ModifiableLoan, change: LoanModification, { last }: Standing): ModifiableLoan {
  const sign = terms.side === 'asset' ? 1 : -1;
  const [owed, accrued] = [sign * last.balance, sign * last.accrued];
  const joined = change.capitalises ? accrued : 0;
  const balance = Math.max(owed - (change.forgiven ?? 0), 0) + joined;
  const forborne = Math.min((terms.forborne ?? 0) + (change.forborne ?? 0), balance);
  const next = {
    ...terms,
    statusDate: change.date,
    balance,
    maturityDate: change.maturityDate ?? terms.maturityDate,
    ...(forborne > 0 && { forborne }),
    ...(terms.interest && { interest: interestFrom(terms, change, last.rate, accrued - joined) }),
  };
  if (!isRedeeming(next) || !isRedeeming(terms)) return next;
  const agreed = terms.kind === 'fixed-payment' || terms.kind === 'simple-interest';
  const payment = change.payment ?? (agreed ? terms.redemption.payment : undefined);
  const firstDate = change.paymentsFrom ?? firstRedemption(terms);
  return { ...next, redemption: { ...terms.redemption, payment, firstDate } };
}

function interestFrom(
  terms: ModifiableLoan,
  { rate, paymentsFrom, capitalises }: LoanModification,
  current: number,
  accrued: number,
): NonNullable<ModifiableLoan['interest']> {
  const interest = { ...terms.interest, rate: rate ?? current, accrued };
  if (!isRedeeming(terms) || paymentsFrom === undefined) return interest;
  // Interest goes on the dates that the payments had: the holiday takes principal alone.
  const { cycle } = terms.redemption;
  const dates = interest.cycle ? {} : { cycle, firstDate: firstRedemption(terms) };
  const until = capitalises && cycle ? { capitalisedUntil: addPeriods(paymentsFrom, cycle, -1) } : {};
  return { ...interest, ...dates, ...until };
}

/** A holiday sets payments anew when it ends, for what was capitalised. */
function withEnds(changes: readonly LoanModification[]): LoanModification[] {
  return changes
    .flatMap((change) => {
      if (change.paymentsFrom === undefined) return [change];
      const end = addPeriods(change.paymentsFrom, { count: 1, unit: 'day' }, -1);
      return end > change.date ? [change, { date: end, paymentsFrom: change.paymentsFrom }] : [change];
    })
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * The events of a loan whose terms change on the way: those of `projectContract` up to each date, a `modification` that
 * shows the state under the new terms, and then those of the loan as it is from there on.
 * @throws ContractInvalid, ObservationMissing, TooManyEvents, PrepaymentLockedOut
 */
export function projectModified(
  terms: ModifiableLoan,
  modifications: readonly LoanModification[],
  observations: Observations = NOTHING_OBSERVED,
  until?: Moment,
): ContractEvent[] {
  const events: ContractEvent[] = [];
  let current = terms;
  for (const change of withEnds(modifications)) {
    if (until !== undefined && change.date > until) break;
    const standing = standingAt(current, observations, change.date);
    events.push(...standing.events);
    if (standing.last.balance === 0 && standing.last.accrued === 0) return events;
    current = modified(current, change, standing);
    const sign = current.side === 'asset' ? 1 : -1;
    const { rate = 0, accrued = 0 } = current.interest ?? {};
    const state = { balance: sign * current.balance, rate, accrued: sign * accrued };
    events.push({ kind: 'modification', at: change.date, flow: 0, ...state });
  }
  return [...events, ...projectContract(current, observations, until)];
}
