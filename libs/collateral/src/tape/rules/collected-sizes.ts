import { levelPayment } from './level-payment.js';

/** What of a row tells how much it can have paid: units of the currency, fractions; 0 is not stated. */
export type CollectedFigures = Readonly<
  Record<
    | 'originalAmount'
    | 'opening'
    | 'closing'
    | 'payment'
    | 'interest'
    | 'principal'
    | 'totalPaid'
    | 'unscheduled'
    | 'otherPrincipal'
    | 'adjustment'
    | 'chargeOff'
    | 'rate'
    | 'originalRate',
    number
  >
>;

/** An amount that is repaid over a term of months. */
interface Basis {
  readonly amount: number;
  readonly term: number;
}

/** Part of a payment below which it is one of interest alone, and says nothing of principal. */
const HARDLY_ANY = 0.05;
/** The same of an instalment that is reckoned from the terms. */
const EXACTLY = 0.005;

const yearly = ({ rate, originalRate }: CollectedFigures): number => rate || originalRate;

/** Interest of the month: as stated, else by the rate. */
function interestOf(figures: CollectedFigures): number {
  return figures.interest || ((figures.opening || figures.closing) * yearly(figures)) / 12;
}

/** By how much cash took the balance down; null where the balances do not tell. */
function fallOf({ opening, closing, adjustment, chargeOff }: CollectedFigures): number | null {
  return opening > 0 ? opening - closing - adjustment - chargeOff : null;
}

/** What falls due in a month: the instalment, else what a level one would be; 0 where nothing tells. */
function dueOf(figures: CollectedFigures, [basis]: readonly Basis[]): number {
  if (figures.payment > 0) return figures.payment;
  const rate = yearly(figures);
  return basis === undefined || rate < 0 || rate > 1 ? 0 : levelPayment(basis.amount, rate, basis.term);
}

/** Whether what falls due is of interest: what was paid, or that of what was lent. */
function isInterestAlone(figures: CollectedFigures, due: number): boolean {
  const { interest, originalAmount } = figures;
  return interest >= due * (1 - HARDLY_ANY) || (originalAmount * yearly(figures)) / 12 >= due * (1 - EXACTLY);
}

/** A loan that is repaid pays more than is due, whatever the unit: how far below, then tells nothing. */
const atLeastOne = (ratio: number): number => Math.max(1, ratio);

/** Held against the fall of the balance; less than it tells of no unit where the loan is at zero: it may be written off. */
const ofFall = ({ closing }: CollectedFigures, ratio: number): number => (closing > 0 ? ratio : atLeastOne(ratio));

/** What was lent is the most that a loan at zero can have paid. */
const ofRepaid = ({ originalAmount }: CollectedFigures, amount: number): number =>
  originalAmount > 0 ? atLeastOne(amount / originalAmount) : 0;

/**
 * How many times the principal that a row can have paid it reports: the fall of the balance, else what instalment and
 * interest leave, of a loan at zero what was lent; 0 where nothing tells.
 * @param bases what the instalment may be of, the best first
 */
export function principalRatio(figures: CollectedFigures, bases: readonly Basis[]): number {
  const { principal, closing, interest } = figures;
  if (principal <= 0) return 0;
  const fall = (fallOf(figures) ?? 0) - figures.unscheduled - figures.otherPrincipal;
  if (fall > 0) return ofFall(figures, principal / fall);
  if (closing <= 0) return ofRepaid(figures, principal);
  const due = dueOf(figures, bases);
  if (isInterestAlone(figures, due)) return 0;
  // Interest of few days leaves more principal, interest of many less: the more of the two is held against.
  const month = (closing * yearly(figures)) / 12;
  const left = due - (interest > 0 ? Math.min(interest, month || interest) : month);
  return left > due * HARDLY_ANY ? atLeastOne(principal / left) : 0;
}

/** As `principalRatio`, of all that was paid: the fall of the balance and interest, else the instalment. */
export function totalPaidRatio(figures: CollectedFigures, bases: readonly Basis[]): number {
  const { totalPaid, closing } = figures;
  if (totalPaid <= 0) return 0;
  const [fall, interest] = [fallOf(figures), interestOf(figures)];
  if (fall !== null && fall >= 0 && fall + interest > 0) return ofFall(figures, totalPaid / (fall + interest));
  if (closing <= 0) return ofRepaid(figures, totalPaid);
  const due = dueOf(figures, bases);
  return due > 0 ? atLeastOne(totalPaid / due) : 0;
}
