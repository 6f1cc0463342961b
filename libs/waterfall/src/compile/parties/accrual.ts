import { RATE_SCALE } from '@weir/money';
import type { Operand } from '../assembler.js';
import type { Build } from '../build.js';
import { type DayTerms, dayFractionsOf } from './day-fractions.js';

/** What an amount is multiplied and divided by to give its interest for the accrual period. */
export interface AccrualFactor {
  multiplier: Operand;
  divisor: bigint;
}

/**
 * Rate × day fraction. A constant rate is multiplied into the row of the payment date; any other is multiplied in the
 * run, exactly.
 */
export function accrualFactor(build: Build, name: string, rate: Operand, terms: DayTerms): AccrualFactor {
  const fractions = build.known(() => dayFractionsOf(build.deal, terms, build.periods));
  if (fractions === null) return { multiplier: build.emitter.unknown(), divisor: 1n };
  const { nums, denominator } = fractions;
  const divisor = denominator * RATE_SCALE;
  const row = (column: string, words: bigint[]): Operand => build.emitter.settle(0, build.row(column, words));
  if (typeof rate === 'bigint') {
    const words = nums.map((num) => num * rate);
    return { multiplier: row(`${name}.accrual`, words), divisor };
  }
  const days = row(`${name}.days`, nums);
  return { multiplier: build.op('MULF', rate, days, 1n), divisor };
}

/** base × rate × day fraction with one rounding, the deal's. */
export function accrued(build: Build, base: Operand, { multiplier, divisor }: AccrualFactor): Operand {
  if (base === 0n || multiplier === 0n) return 0n;
  return build.op(build.rounding, base, multiplier, divisor);
}

/** The day fraction of each payment date at `RATE_SCALE`, half up. */
export function scaledDayFractions(build: Build, terms: DayTerms): bigint[] {
  const { nums, denominator } = dayFractionsOf(build.deal, terms, build.periods);
  return nums.map((num) => (2n * num * RATE_SCALE + denominator) / (2n * denominator));
}
