import { parseMoney, parseRate } from '@weir/money';
import type { Place } from './diagnostic.js';

/** A number of a limit is no whole number. */
class NotWhole extends Error {
  override readonly name = 'NotWhole';
  constructor(readonly text: string) {
    super(`"${text}" is not a whole number`);
  }
}

function parseCount(text: string): bigint {
  if (!/^\d{1,9}$/.test(text)) throw new NotWhole(text);
  return BigInt(text);
}

/** How a figure of a limit is written, on the scale of what it is compared with: cents, `RATE_SCALE`, or a count. */
export const LIMIT_FIGURES = { money: parseMoney, rate: parseRate, count: parseCount } as const;
export type LimitFigure = keyof typeof LIMIT_FIGURES;

/**
 * What a limit may be of, whatever the columns of the tape are called, and how its figures are written; null: a text, of
 * which there are no figures. A limit may also name a field of the loan model itself.
 */
export const LOAN_FACTS = {
  balance: 'money',
  originalAmount: 'money',
  rate: 'rate',
  originalRate: 'rate',
  loanToValue: 'rate',
  originalTerm: 'count',
  remainingTerm: 'count',
  creditScore: 'count',
  daysPastDue: 'count',
  region: null,
  obligor: null,
  status: null,
} as const satisfies Record<string, LimitFigure | null>;
export type LoanFact = keyof typeof LOAN_FACTS;

/**
 * A part of the pool: loans with one of some values; each value by itself, or the largest so many values together, in both
 * cases but for `except`; or loans whose figure, as written, lies from one end, included, to the other.
 */
export type LimitedPart =
  | { readonly values: readonly string[] }
  | { readonly each: true; readonly except: readonly string[] }
  | { readonly largest: number; readonly except: readonly string[] }
  | { readonly from: string | null; readonly below: string | null };

/** The most that a part of the pool may be of it, by balance. */
export interface ShareLimit {
  readonly kind: 'share';
  readonly id: string;
  /** One of `LOAN_FACTS`, or a field of the loan model. */
  readonly field: string;
  readonly part: LimitedPart;
  /** At `RATE_SCALE`. */
  readonly most: bigint;
}

/** Bounds, as written, of a mean over the pool, weighed by balance. */
export interface AverageLimit {
  readonly kind: 'average';
  readonly id: string;
  readonly field: string;
  readonly least: string | null;
  readonly most: string | null;
}

/** A concentration limit of a deal. */
export type ConcentrationLimit = (ShareLimit | AverageLimit) & Place;
