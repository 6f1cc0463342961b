import type { ContractDayCount } from './accrual.js';
import type { BusinessDayRule } from './business-days.js';
import type { Moment, Period } from './moment.js';
import type { Cycle, EndOfMonthRule, Recurrence } from './schedule.js';

/** Whose side the flows are told from: the lender's (`asset`) or the borrower's (`liability`). */
export type Side = 'asset' | 'liability';

/** How the borrower performs; only `defaulted` changes the flows: none come any more. */
export const PERFORMANCES = ['performing', 'delayed', 'delinquent', 'defaulted'] as const;

/** One of `PERFORMANCES`. */
export type Performance = (typeof PERFORMANCES)[number];

/** What every contract states. */
export interface CommonTerms {
  id: string;
  currency: string;
  side: Side;
  /** The moment at which the terms below stood; events up to it are past. */
  statusDate: Moment;
  /** Outstanding principal, zero or more, in units of the currency. */
  balance: number;
  performance?: Performance | undefined;
  /** The currency in which flows are paid, when not the contract's: each at the rate of the series `USD/EUR` for USD paid in EUR. */
  settlementCurrency?: string | undefined;
}

/** How dates and fractions of a year are reckoned. */
export interface Conventions {
  dayCount: ContractDayCount;
  endOfMonth: EndOfMonthRule;
  /** How recurring dates move; without a rule they stay. */
  businessDays?: BusinessDayRule | undefined;
}

/** Interest and when it is paid. Without a first date and a cycle it is paid at maturity. */
export interface InterestTerms extends Recurrence {
  /** A fraction of one a year. */
  rate: number;
  /** Accrued at the status date; by default reckoned from the last interest date before it. */
  accrued?: number | undefined;
  /** Up to this moment interest is added to the balance instead of paid. */
  capitalisedUntil?: Moment | undefined;
}

/** What interest is reckoned on, when that is not the balance. */
export interface InterestBaseTerms extends Recurrence {
  /** The balance; what it was at the initial date; or what it was at the last date of a cycle. */
  kind: 'balance' | 'initial-balance' | 'lagged-balance';
  /** The base at the status date, or from the initial date; by default the balance. */
  amount?: number | undefined;
}

/** How a floating rate is reset: index × multiplier + spread, within caps and floors. */
export interface RateResetTerms extends Recurrence {
  index: string;
  spread: number;
  multiplier: number;
  lifeCap?: number | undefined;
  lifeFloor?: number | undefined;
  /** The most by which one reset raises the rate, zero or more. */
  periodCap?: number | undefined;
  /** The most by which one reset lowers the rate, zero or more. */
  periodFloor?: number | undefined;
  /** The rate of the next reset after the status date, already fixed. */
  nextRate?: number | undefined;
  /** The most by which the first reset of all moves the rate, either way, in place of the period's cap and floor. */
  initialCap?: number | undefined;
  /** How long before a reset its index is observed. */
  lookback?: Period | undefined;
  /** The rate before caps and floors is rounded to the nearest multiple of this, half way up. */
  roundTo?: number | undefined;
}

/** A rate that is agreed from a date on. */
export interface RateChange {
  from: Moment;
  /** A fraction of one a year. */
  rate: number;
}

/** A recurring fee: an amount each time, or a yearly rate on the balance. */
export interface FeeTerms extends Recurrence {
  basis: 'amount' | 'balance';
  rate: number;
  /** Accrued at the status date; by default reckoned from the last fee date before it. */
  accrued?: number | undefined;
}

/** Payments that grow with an index: interest, principal or both are multiplied by index ÷ base. */
export interface ScalingTerms extends Recurrence {
  index: string;
  /** The index when the contract was agreed, above zero. */
  base: number;
  interest: boolean;
  principal: boolean;
  /** Multipliers at the status date. */
  interestMultiplier: number;
  principalMultiplier: number;
}

/**
 * Protection against prepayment from the stretch before, or the beginning, up to `until`:
 * - `lockout`: none is taken;
 * - `defeasance`: none is taken, for the loan is defeased instead, and pays as scheduled;
 * - `yield-maintenance`: costs what the lender loses on it until maturity against the yield of `index` (a year's effective one), and
 *   at least `share` of it;
 * - `share`: costs `share` of it.
 */
export interface ProtectedUntil {
  until: Moment;
  kind: 'lockout' | 'defeasance' | 'yield-maintenance' | 'share';
  share?: number | undefined;
  index?: string | undefined;
}

/** What a prepayment does to the payments after it, and what it costs. */
export interface PrepaymentTerms extends Recurrence {
  /** `lower-payment`: the same term. `shorter-term`: the same payment. */
  effect: 'lower-payment' | 'shorter-term';
  /** Series of the fraction of the balance prepaid on each date of the cycle. */
  model?: string | undefined;
  /** An amount; a yearly rate on the balance since the last event; or the rate lost against the reset index. */
  penalty?: { kind: 'amount' | 'rate' | 'rate-lost'; value: number } | undefined;
  /** In order of their ends; a prepayment within them costs what they say and not the `penalty`. */
  protection?: readonly ProtectedUntil[] | undefined;
}

/** The contract changes hands at a clean price, accrued interest on top. */
export interface Transfer {
  date: Moment;
  price: number;
}

/** What the contracts that lend money have in common. */
export interface LoanTerms extends CommonTerms {
  conventions: Conventions;
  initialDate: Moment;
  /** Added to what is paid out on the initial date; negative for a discount. */
  initialPremium?: number | undefined;
  maturityDate?: Moment | undefined;
  interest?: InterestTerms | undefined;
  interestBase?: InterestBaseTerms | undefined;
  rateReset?: RateResetTerms | undefined;
  /** A rate in agreed steps; a level payment is set anew at each. */
  rateChanges?: readonly RateChange[] | undefined;
  /** Part of the balance that bears no interest and is repaid at maturity. */
  forborne?: number | undefined;
  fee?: FeeTerms | undefined;
  scaling?: ScalingTerms | undefined;
  prepayment?: PrepaymentTerms | undefined;
  purchase?: Transfer | undefined;
  termination?: Transfer | undefined;
}

/** When principal is repaid and how much of it (`linear`), or how much with interest (`annuity`, `fixed-payment`). */
export interface RedemptionTerms extends Recurrence {
  payment?: number | undefined;
}

/** When a level payment is set anew, and how far it may move. */
export interface PaymentResetTerms extends Recurrence {
  /** The most by which the payment moves at each of these dates, as a share of it (7.5 % is 0.075). */
  cap?: number | undefined;
  /** Dates at which no cap holds it back. */
  recasts?: Recurrence | undefined;
  /** A balance that a payment would leave above this sets it anew at once, without a cap. */
  balanceCap?: number | undefined;
}

/** All principal at maturity; ACTUS PAM. */
export interface BulletLoan extends LoanTerms {
  kind: 'bullet';
}

/** Equal parts of principal, interest on top; ACTUS LAM. */
export interface LinearLoan extends LoanTerms {
  kind: 'linear';
  redemption: RedemptionTerms;
}

/** Level payments of interest and principal, set anew when the rate changes; ACTUS ANN. */
export interface AnnuityLoan extends LoanTerms {
  kind: 'annuity';
  redemption: RedemptionTerms;
  /** The date by which the level payment would repay everything; what is left at an earlier maturity is a balloon. */
  amortisationDate?: Moment | undefined;
  /** Dates of their own at which the payment is set anew; by default when the rate changes. */
  paymentReset?: PaymentResetTerms | undefined;
  /** Of a lease: the value of the leased thing that the payments leave, due at maturity. */
  residualValue?: number | undefined;
}

/** The same payment whatever the rate: what interest exceeds it is added to the balance; ACTUS NAM. */
export interface FixedPaymentLoan extends LoanTerms {
  kind: 'fixed-payment';
  redemption: RedemptionTerms;
}

/**
 * Level payments on which interest has accrued by the day, as in auto loans: a payment covers first the interest accrued
 * since the one before and then principal, so the day it comes moves the split. What it leaves of the interest waits
 * without bearing interest. Observed payments take the place of those scheduled up to the last of them.
 */
export interface SimpleInterestLoan extends LoanTerms {
  kind: 'simple-interest';
  redemption: RedemptionTerms;
}

/** A stretch of a stepped loan in which principal is repaid or drawn in equal amounts; without a cycle, once. */
export interface PrincipalStep {
  from: Moment;
  cycle?: Cycle | undefined;
  amount: number;
  direction: 'repaid' | 'drawn';
}

/** A stretch of a stepped loan with its own interest dates. */
export interface InterestStep {
  from: Moment;
  cycle?: Cycle | undefined;
}

/** A stretch in which the rate is fixed at `rate`, or reset to index × multiplier + spread + `rate`. */
export interface RateStep {
  from: Moment;
  cycle?: Cycle | undefined;
  kind: 'fixed' | 'floating';
  rate: number;
}

/** Principal, interest dates and rate in steps; ACTUS LAX. */
export interface SteppedLoan extends LoanTerms {
  kind: 'stepped';
  principalSteps: readonly PrincipalStep[];
  interestSteps: readonly InterestStep[];
  rateSteps: readonly RateStep[];
}

/** Repaid at maturity, or on call after a notice; interest is capitalised on the way; ACTUS CLM. */
export interface CallLoan extends LoanTerms {
  kind: 'call';
  notice: Period;
}

/** Drawn and repaid as observed, without maturity; interest is capitalised; ACTUS UMP. */
export interface OpenEndedLoan extends LoanTerms {
  kind: 'open-ended';
}

/**
 * A line that is drawn and repaid up to a limit: on each date of the cycle the borrower pays `minimum.share` of the balance, at least
 * `minimum.amount`, the interest so far and what exceeds the limit, interest first. Drawings are those observed and, where
 * `utilisation` names a series of drawn shares of the limit, up to it after each payment; none from `drawUntil` on.
 */
export interface RevolvingLoan extends LoanTerms {
  kind: 'revolving';
  limit: number;
  redemption: Recurrence;
  minimum: { share: number; amount: number };
  drawUntil?: Moment | undefined;
  utilisation?: string | undefined;
}

/** Cash; ACTUS CSH. */
export interface CashPosition extends CommonTerms {
  kind: 'cash';
}

/** A fixed leg against a floating one on the same notional amount, seen by who receives fixed (`asset`); ACTUS SWPPV. */
export interface InterestRateSwap extends CommonTerms {
  kind: 'interest-rate-swap';
  conventions: Conventions;
  initialDate: Moment;
  maturityDate: Moment;
  fixedRate: number;
  /** The floating rate at the status date, or from the initial date. */
  floatingRate: number;
  /** Accrued at the status date, told as if receiving fixed: of the fixed leg, or of the difference where that is paid alone. */
  accrued?: number | undefined;
  /** Of the floating leg where both are paid; below zero when it is owed. By default reckoned like `accrued`. */
  floatingAccrued?: number | undefined;
  payments: Recurrence;
  rateReset: RateResetTerms;
  /** Each leg paid, or the difference alone. */
  settlement: 'gross' | 'net';
  purchase?: Transfer | undefined;
  termination?: Transfer | undefined;
}

/** Contracts that lend money. */
export type Loan =
  | BulletLoan
  | LinearLoan
  | AnnuityLoan
  | FixedPaymentLoan
  | SimpleInterestLoan
  | SteppedLoan
  | RevolvingLoan
  | CallLoan
  | OpenEndedLoan;

/** A contract whose flows `projectContract` tells. */
export type Contract = Loan | CashPosition | InterestRateSwap;

/** +1 for flows to the lender, -1 seen by the borrower. */
export const signOf = (side: Side): 1 | -1 => (side === 'asset' ? 1 : -1);
