import type { LoanMonth } from './loan-month.js';

/**
 * The money of a loan's month as unsigned parts (cents), in the order in which a published row states them. A signed
 * amount is two parts, what went forward and what was taken back, since a sum tree and the waterfall's inputs hold no
 * negative number and netting would hide reversals.
 */
export const LOAN_PARTS = [
  'opening',
  'closing',
  'interestGross',
  'interestReversed',
  'principalGross',
  'principalReversed',
  'adjustmentLowering',
  'adjustmentRaising',
  'chargeOffGross',
  'chargeOffReversed',
  'recoveryGross',
  'recoveryReversed',
  'repurchaseGross',
  'repurchaseReversed',
] as const;

export type LoanParts = Record<(typeof LOAN_PARTS)[number], bigint>;

const above = (amount: bigint | null): bigint => (amount !== null && amount > 0n ? amount : 0n);
const below = (amount: bigint | null): bigint => (amount !== null && amount < 0n ? -amount : 0n);

type Balances = Pick<LoanMonth, 'opening' | 'principal' | 'otherPrincipalAdjustment'>;

/**
 * Principal taken back by returned payments, in cents. Servicers state it in one of two ways: as negative principal, or
 * as gross principal with a negative adjustment beside it that raises the balance again. A negative adjustment of a loan
 * that opened at zero is its boarding and reverses nothing.
 */
export function principalReversed(loan: Balances): bigint {
  return below(loan.principal) + (loan.opening > 0n ? below(loan.otherPrincipalAdjustment) : 0n);
}

/** Splits a loan's month into its parts; what is not stated has the part zero. */
export function loanParts(loan: LoanMonth): LoanParts {
  return {
    opening: loan.opening,
    closing: loan.closing,
    interestGross: above(loan.interest),
    interestReversed: below(loan.interest),
    principalGross: above(loan.principal),
    principalReversed: principalReversed(loan),
    adjustmentLowering: above(loan.otherPrincipalAdjustment),
    adjustmentRaising: loan.opening > 0n ? 0n : below(loan.otherPrincipalAdjustment),
    chargeOffGross: above(loan.chargeOff),
    chargeOffReversed: below(loan.chargeOff),
    recoveryGross: above(loan.recovery),
    recoveryReversed: below(loan.recovery),
    repurchaseGross: above(loan.repurchase),
    repurchaseReversed: below(loan.repurchase),
  };
}
