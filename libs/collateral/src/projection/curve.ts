/**
 * A figure that may change from month to month, as a fraction (6 % is 0.06): a constant, or a vector whose last value
 * holds for ever after. `by: 'month'` counts from the first projected month, `by: 'age'` from the loans' origination:
 * the first value is that of the month in which the age goes from 0 to 1.
 */
export type Curve = number | { readonly by: 'month' | 'age'; readonly values: readonly number[] };

/** The value in a projected month (from 1), in which the loans' age becomes `age` (from 1). */
export function curveAt(curve: Curve, month: number, age: number): number {
  if (typeof curve === 'number') return curve;
  const index = Math.max(0, (curve.by === 'month' ? month : age) - 1);
  return curve.values[Math.min(index, curve.values.length - 1)] ?? 0;
}

/** All values that a curve takes. */
export function curveValues(curve: Curve): readonly number[] {
  return typeof curve === 'number' ? [curve] : curve.values;
}
