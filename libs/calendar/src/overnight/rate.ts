import { mulDiv, RATE_SCALE, type Rounding } from '@weir/money';
import { OvernightPeriodError } from '../errors.js';
import type { PlainDate } from '../plain-date.js';
import { type Fixings, type ObservationOptions, observationsOf } from './observation.js';

/** Decimals of a rate at `RATE_SCALE`. */
const SCALE_DECIMALS = 12;

/** How a rate in arrears is observed and rounded. */
export interface ArrearsOptions extends ObservationOptions {
  /** Days of a year of the rate: 360 for SOFR and €STR, 365 for SONIA. */
  basis: 360 | 365;
  /** The one rounding, of the period's rate. */
  rounding: Rounding;
  /** Decimals of the ratio that are kept, 0 to 12 (default): 7 is a percentage of five, as SOFR averages are published. */
  decimals?: number;
}

function rounded(num: bigint, den: bigint, { rounding, decimals = SCALE_DECIMALS }: ArrearsOptions): bigint {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > SCALE_DECIMALS) {
    throw new OvernightPeriodError('decimals');
  }
  const unit = 10n ** BigInt(SCALE_DECIMALS - decimals);
  return mulDiv(num, 1n, den * unit, rounding) * unit;
}

const daysOf = (observations: readonly { days: number }[]): bigint =>
  BigInt(observations.reduce((sum, { days }) => sum + days, 0));

/**
 * The rate of an interest period by daily compounding in arrears, at `RATE_SCALE`: (∏ (1 + rate × days ÷ basis) − 1) ×
 * basis ÷ all days, exact until the one rounding. Days are those of the interest period, with an observation shift those
 * of the observation period; interest is balance × this rate × days of the interest period ÷ basis in either case. A
 * margin is added to the result by the caller. Source: ISDA 2021 Definitions, overnight rate compounding; the New York Fed's
 * "Additional Information about Reference Rates" for the SOFR averages.
 * @throws OvernightPeriodError, FixingMissingError, DateFormatError, CalendarNameError
 */
export function compoundedRate(fixings: Fixings, from: PlainDate, to: PlainDate, options: ArrearsOptions): bigint {
  const observations = observationsOf(fixings, from, to, options);
  const basis = BigInt(options.basis);
  const one = basis * RATE_SCALE;
  const grown = observations.reduce((product, { rate, days }) => product * (one + rate * BigInt(days)), 1n);
  const invested = one ** BigInt(observations.length);
  return rounded((grown - invested) * one, invested * daysOf(observations), options);
}

/**
 * The rate of an interest period by the simple average of its days in arrears, at `RATE_SCALE`: ∑ rate × days ÷ all days,
 * exact until the one rounding. Source: ARRC, technical appendices to the SOFR conventions for syndicated business loans
 * (2020), simple SOFR in arrears.
 * @throws OvernightPeriodError, FixingMissingError, DateFormatError, CalendarNameError
 */
export function averageRate(fixings: Fixings, from: PlainDate, to: PlainDate, options: ArrearsOptions): bigint {
  const observations = observationsOf(fixings, from, to, options);
  const weighted = observations.reduce((sum, { rate, days }) => sum + rate * BigInt(days), 0n);
  return rounded(weighted, daysOf(observations), options);
}
