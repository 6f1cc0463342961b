import type { Curve } from './curve.js';
import type { Delinquency, LoanStatus } from './delinquency.js';
import type { DefaultModel, PrepaymentModel, Speed } from './speed.js';

/**
 * What becomes of a loan that defaults until it is liquidated, `recoveryLag` months later:
 * - `charged-off`: it leaves the balance at once; recoveries follow, after the last payment too (consumer loans);
 * - `held`: it stays in the balance, pays nothing, and leaves when liquidated (mortgages without advances);
 * - `advanced`: it stays, and the servicer advances its scheduled principal and interest until liquidation.
 * The last two are the two methods of Uniform Practices SF, C.3; they have no new defaults in the last `recoveryLag` months.
 */
export const DEFAULTED_LOANS = ['charged-off', 'held', 'advanced'] as const;
export type DefaultedLoans = (typeof DEFAULTED_LOANS)[number];

/** What the servicer advances of the payments that delinquent loans miss. */
export const ADVANCED_PAYMENTS = ['interest', 'principal-and-interest'] as const;

/** Advances on delinquent loans: only what the servicer holds recoverable, a share of what is missed. */
export interface Advances {
  readonly of: (typeof ADVANCED_PAYMENTS)[number];
  readonly recoverable: number;
}

/** Multiples of the assumptions: 1 leaves them as they are; a rate never passes all there is. */
export interface Multipliers {
  readonly prepayment?: Curve;
  /** Of the default speed, and of the rolls that worsen a status. */
  readonly default?: Curve;
  readonly severity?: Curve;
}

/** How a pool behaves. */
export interface PoolAssumptions {
  readonly prepayment: Speed<PrepaymentModel>;
  /** Months from origination in which no loan prepays. */
  readonly prepaymentLockout?: number;
  /** Share of the prepaid principal that the borrower pays on top. */
  readonly prepaymentPenalty?: Curve;
  readonly default: Speed<DefaultModel>;
  /** Speeds of loans that were delinquent at the cut-off date; a status without its own follows `default`. */
  readonly defaultByStatus?: Partial<Readonly<Record<LoanStatus, Speed<DefaultModel>>>>;
  /** Share of the balance at default that is lost, taken in the month of the default. */
  readonly severity: Curve;
  /** Months from default to liquidation; 0 recovers in the same month. */
  readonly recoveryLag: number;
  /** Shares of the liquidation that fall into the month `recoveryLag` after default and those that follow; sum 1. */
  readonly recoveryTiming?: readonly number[];
  readonly defaultedLoans: DefaultedLoans;
  readonly delinquency?: Delinquency;
  readonly advances?: Advances;
  /** Share of the performing balance that credit notes and the like take off in a month, without cash. */
  readonly dilution?: Curve;
  /** Drawn share of the limits of revolving lines, to which they are drawn again after each month's payments. */
  readonly utilisation?: Curve;
  /** What the sale of leased things brings, of their residual values; all of them when not given. */
  readonly residualRealisation?: Curve;
  readonly multipliers?: Multipliers;
}

/** Scheduled payments only. */
export const AS_SCHEDULED: PoolAssumptions = {
  prepayment: { model: 'CPR', speed: 0 },
  default: { model: 'CDR', speed: 0 },
  severity: 0,
  recoveryLag: 0,
  defaultedLoans: 'charged-off',
};

/** Multiples of a standard curve may pass 1, and so may stresses; 100 is 10,000 %. */
export const MOST_MULTIPLE = 100;

/** Months that a recovery, and a lockout, may take. */
export const MOST_RECOVERY_MONTHS = 600;

/** Months after default in which something is liquidated, with its share. */
export function liquidation({ recoveryLag, recoveryTiming = [1] }: PoolAssumptions): {
  readonly first: number;
  readonly shares: readonly number[];
} {
  return { first: recoveryLag, shares: recoveryTiming };
}

/** Months after default until nothing more is recovered. */
export function longestRecovery(assumptions: PoolAssumptions): number {
  const { first, shares } = liquidation(assumptions);
  return first + shares.length - 1;
}
