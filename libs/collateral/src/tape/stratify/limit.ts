import type { Field } from '../model/field.js';

/**
 * Which part of a pool: loans with one of some values; each value but for some, none of which may pass the limit; the
 * largest so many values together; or loans whose number (cents, rate at `RATE_SCALE`, count) lies from one end, included,
 * to the other.
 */
export type PoolPart =
  | { readonly values: readonly string[] }
  | { readonly each: true; readonly except?: readonly string[] }
  | { readonly largest: number; readonly except?: readonly string[] }
  | { readonly from: bigint | null; readonly below: bigint | null };

/** The most that a part of the pool may be of it, by closing balance. */
export interface PoolShareLimit {
  readonly kind: 'share';
  readonly id: string;
  /** Field of the loan model by which the part is told. */
  readonly field: string;
  readonly part: PoolPart;
  /** At `RATE_SCALE`: a tenth of it is 10 %. */
  readonly most: bigint;
}

/** Bounds of a mean over the pool, weighed by closing balance, on the scale of the field. */
export interface PoolAverageLimit {
  readonly kind: 'average';
  readonly id: string;
  readonly field: string;
  readonly least: bigint | null;
  readonly most: bigint | null;
}

/** A limit that tapes of one asset class can be held against. */
export type PoolLimit = PoolShareLimit | PoolAverageLimit;

/** How a limit stands against the pool, in cents; comparisons are exact. */
interface Standing {
  readonly id: string;
  readonly pool: bigint;
  /** Balance of loans that do not state what the limit is of. */
  readonly unstated: bigint;
  /** No loan states it, so that nothing is known of the limit. */
  readonly unknown: boolean;
  readonly breached: boolean;
}

/** Shares at `RATE_SCALE`, rounded down for showing. */
export interface ShareStanding extends Standing {
  readonly kind: 'share';
  readonly amount: bigint;
  readonly share: bigint;
  readonly most: bigint;
  /** The values that make up the part; the largest ones where many do. */
  readonly values: readonly string[];
}

/** The mean for showing, on the scale of its field; null when no loan states it. */
export interface AverageStanding extends Standing {
  readonly kind: 'average';
  readonly field: Pick<Field, 'name' | 'kind'>;
  readonly average: number | null;
  readonly least: bigint | null;
  readonly most: bigint | null;
}

export type ConcentrationResult = ShareStanding | AverageStanding;
