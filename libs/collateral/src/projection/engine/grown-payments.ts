/** ((1 + r)^n − 1) ÷ r, what n payments of 1 grow to: a level payment repays its reciprocal of the balance. */
export function grownPayments(rate: number, payments: number): number {
  return rate === 0 ? payments : Math.expm1(payments * Math.log1p(rate)) / rate;
}
