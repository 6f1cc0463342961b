import type { Amortisation } from '../projection/pool-line.js';

/** What one month's scheduled payment is made of. Amounts in minor units. */
export interface PaymentTerms {
  /** Outstanding before the payment. */
  readonly balance: bigint;
  /** A year's rate at RATE_SCALE; a month bears a twelfth of it. */
  readonly rate: bigint;
  /** Payments still to come, this one included. */
  readonly payments: number;
  /** `level` when not given. */
  readonly amortisation?: Amortisation;
  /** Only interest falls due this month. */
  readonly interestOnly?: boolean;
  /** Days of the period over those of the year, instead of a twelfth: 31 and 360. The level payment stays that of equal months. */
  readonly days?: { readonly period: number; readonly year: number };
  /** Payment of interest and principal as agreed; interest that it does not cover is added to the balance. */
  readonly agreed?: bigint;
  /** Payment of a revolving line: a share of the balance at RATE_SCALE, at least an amount and at least the interest. */
  readonly minimum?: { readonly share: bigint; readonly amount: bigint };
  /** Principal of this month in a fixed schedule. */
  readonly scheduledPrincipal?: bigint;
  /** Part of the balance that a lease's payments leave; due with the last, by the sale of the leased thing. */
  readonly residual?: bigint;
  /** Part of the balance that bears no interest; due with the last payment. */
  readonly forborne?: bigint;
  /** A payment holiday whose interest is added to the balance. */
  readonly capitalised?: boolean;
}
