/** Level payment: amount × r ÷ (1 − (1 + r)^−n), r the annual rate ÷ 12, n months; amount ÷ n without interest. */
export function levelPayment(amount: number, annualRate: number, months: number): number {
  const r = annualRate / 12;
  return r === 0 ? amount / months : (amount * r) / (1 - (1 + r) ** -months);
}
