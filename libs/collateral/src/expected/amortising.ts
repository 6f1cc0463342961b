import { addMonths, monthsBetween, type PlainDate } from '@weir/calendar';
import type { LoanRecord } from '../tape/loan-record.js';

/** What a tape says of how a commercial mortgage repays; of other classes nothing. */
export interface Amortising {
  /** The next payment is of interest alone. */
  readonly interestOnly: boolean;
  /** The next payment is the first that repays: the one before it says nothing of its amount. */
  readonly first: boolean;
  /** Level payments until the loan would be repaid, the next one included; null when it is not stated. */
  readonly payments: number | null;
}

/** Interest only until a balloon, by the code list of payment types. */
const INTEREST_ONLY = '3';
const NONE: Amortising = { interestOnly: false, first: false, payments: null };

const monthStart = (date: string): PlainDate => `${date.slice(0, 7)}-01`;
const countOf = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0);

/**
 * How the payment after a row's period repays. The interest-only term counts payments from the first that was due; the
 * amortisation term begins after it.
 */
export function amortisingAfter({ values, period }: LoanRecord): Amortising {
  const first = values['firstLoanPaymentDueDate'];
  const isInterestOnly = values['paymentTypeCode'] === INTEREST_ONLY;
  if (isInterestOnly || typeof first !== 'string' || period === null) return { ...NONE, interestOnly: isInterestOnly };
  const paid = monthsBetween(monthStart(first), addMonths(monthStart(period.to), 1));
  const alone = countOf(values['originalInterestOnlyTermNumber']);
  const term = countOf(values['originalAmortizationTermNumber']);
  const payments = term === 0 ? null : Math.max(term + alone - Math.max(paid, 0), 1);
  if (paid < alone) return { ...NONE, interestOnly: true };
  return { interestOnly: false, first: alone > 0 && paid === alone, payments };
}
