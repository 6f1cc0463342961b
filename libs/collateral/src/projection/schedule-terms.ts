import { PoolLineInvalid } from './errors.js';

/** Day counts of a line: equal months, or days of the calendar month over a fixed year or (ACT/ACT) its own. */
export const LINE_DAY_COUNTS = ['30/360', 'ACT/360', 'ACT/365F', 'ACT/366', 'ACT/ACT'] as const;
export type LineDayCount = (typeof LINE_DAY_COUNTS)[number];

/** What becomes of the interest of a payment holiday. */
export const HOLIDAY_INTEREST = ['paid', 'capitalised'] as const;

/** Months in which no principal falls due. */
export interface Holiday {
  /** Projected month (from 1) in which it begins. */
  readonly from: number;
  readonly months: number;
  /** Interest is paid, or added to the balance. */
  readonly interest: (typeof HOLIDAY_INTEREST)[number];
  /** The last payment moves by as many months; otherwise the payments after it rise. */
  readonly extends?: boolean;
}

/** New terms from the beginning of a projected month on; the payment is then set anew. Amounts are in the balance's unit. */
export interface Modification {
  /** Projected month, from 1. */
  readonly month: number;
  /** The gross rate from then on, a fraction a year; what the servicer keeps stays, as far as the rate goes. */
  readonly rate?: number;
  /** Months by which the last payment, and a balloon, move. */
  readonly extension?: number;
  /** Principal that is written off. */
  readonly forgiven?: number;
  /** Principal that from then on bears no interest and falls due with the last payment. */
  readonly forborne?: number;
}

/**
 * What makes a line's schedule other than level, linear or bullet payments. Amounts are in the unit of the line's balance,
 * and as of it: they shrink with it as loans prepay and default.
 */
export interface ScheduleTerms {
  /** Monthly payment of interest and principal as agreed; interest that it does not cover is added to the balance. */
  readonly payment?: number;
  /** Months between resets of the payment to the level one; without it a given payment stays until a recast. */
  readonly paymentResetEvery?: number;
  /** Projected month of the first reset of the payment; `paymentResetEvery + 1` when not given. */
  readonly firstPaymentReset?: number;
  /** Most by which a reset moves the payment, either way, as a share of it (7.5 % is 0.075). */
  readonly paymentCap?: number;
  /** Months between resets that no cap holds back. */
  readonly recastEvery?: number;
  /** Projected month of the first recast; `recastEvery + 1` when not given. */
  readonly firstRecast?: number;
  /** A balance that would pass this makes a recast at once. */
  readonly balanceCap?: number;
  /** Payment of a revolving line as a share of the balance, interest included; never less than the interest. */
  readonly minimumPayment?: number;
  /** Months in which a revolving line may be drawn; to its end when not given. */
  readonly drawMonths?: number;
  /** A fixed schedule: principal by projected month (entry 0 is the first); what is left falls due in the last. */
  readonly principal?: readonly number[];
  /** Value of the leased thing that the payments leave; it falls due by the sale of the thing, not from the lessee. */
  readonly residual?: number;
  /** Principal that the payments leave for the last one. */
  readonly balloon?: number;
  /** Part of the balance that bears no interest and falls due with the last payment. */
  readonly forborne?: number;
  readonly holiday?: Holiday;
  readonly modification?: Modification;
  /** `30/360` when not given. Level payments are those of equal months whatever the day count. */
  readonly dayCount?: LineDayCount;
  /** Days are those of the month before the payment's: what falls due early in a month is the interest of the one before. */
  readonly arrears?: boolean;
  /** Interest of the first projected month in months: 1.5 for a first period half a month too long. */
  readonly firstPeriod?: number;
}

/** Months by which the last payment moves. */
export function extensionOf({ holiday, modification }: ScheduleTerms): number {
  return (holiday?.extends ? holiday.months : 0) + (modification?.extension ?? 0);
}

const isMonths = (value: number, least: number): boolean => Number.isInteger(value) && value >= least && value <= 1200;
const isAmount = (value: number): boolean => value >= 0 && value < Infinity;

/** Reads terms of one group and throws at the first that is out of range. */
class TermCheck {
  constructor(
    private readonly line: number,
    private readonly group: string,
  ) {}

  need(holds: boolean, field: string, value: number | undefined, expected: string): void {
    if (!holds) throw new PoolLineInvalid(this.line, `${this.group}${field}`, value ?? 0, expected);
  }

  months(field: string, value: number | undefined, least = 1): void {
    this.need(value === undefined || isMonths(value, least), field, value, `whole months from ${least} to 1200`);
  }

  amount(field: string, value: number | undefined, most = Infinity): void {
    const holds = value === undefined || (isAmount(value) && value <= most);
    this.need(holds, field, value, most === Infinity ? 'an amount that is not negative' : `an amount up to ${most}`);
  }

  share(field: string, value: number | undefined): void {
    this.need(value === undefined || (value >= 0 && value <= 1), field, value, 'a share from 0 to 1 (5 % is 0.05)');
  }
}

function checkPayment(terms: ScheduleTerms, check: TermCheck): void {
  const { payment, paymentCap, paymentResetEvery, recastEvery, firstPaymentReset, firstRecast } = terms;
  check.amount('payment', payment);
  check.need(payment !== 0, 'payment', payment, 'an amount above zero');
  check.months('paymentResetEvery', paymentResetEvery);
  check.months('firstPaymentReset', firstPaymentReset);
  check.months('recastEvery', recastEvery);
  check.months('firstRecast', firstRecast);
  check.share('paymentCap', paymentCap);
  const isReset = paymentCap === undefined || paymentResetEvery !== undefined;
  check.need(isReset, 'paymentCap', paymentCap, 'paymentResetEvery beside it, in months');
  check.amount('balanceCap', terms.balanceCap);
}

/** @throws PoolLineInvalid at the first term that is out of range, or that does not go with the balance. */
export function checkSchedule(terms: ScheduleTerms, balance: number, line: number): void {
  const check = new TermCheck(line, 'schedule.');
  checkPayment(terms, check);
  check.share('minimumPayment', terms.minimumPayment);
  check.months('drawMonths', terms.drawMonths, 0);
  for (const amount of terms.principal ?? []) check.amount('principal', amount);
  check.amount('residual', terms.residual, balance);
  check.amount('balloon', terms.balloon, balance - (terms.residual ?? 0));
  check.amount('forborne', terms.forborne, balance - (terms.residual ?? 0) - (terms.balloon ?? 0));
  const { holiday, modification, firstPeriod = 1 } = terms;
  check.need(firstPeriod >= 0 && firstPeriod <= 12, 'firstPeriod', firstPeriod, 'months from 0 to 12');
  if (holiday) {
    check.months('holiday.from', holiday.from);
    check.months('holiday.months', holiday.months);
  }
  if (!modification) return;
  const { rate = 0 } = modification;
  check.months('modification.month', modification.month);
  check.months('modification.extension', modification.extension, 0);
  check.need(rate >= 0 && rate < 1, 'modification.rate', rate, 'a fraction a year, like 0.08 for 8 %');
  check.amount('modification.forgiven', modification.forgiven, balance);
  check.amount('modification.forborne', modification.forborne, balance);
}
