import { type YearCount, yearsBetween } from './accrual.js';
import type { Moment } from './moment.js';

/**
 * The level payment of interest and principal that repays `balance` and what it has `accrued` on the dates after `from`,
 * at a constant rate without compounding inside a period. Source: ACTUS technical specification, "Annuity Amount Function":
 * (n + a) × Π(1 + r·Y) ÷ (1 + ΣΠ(1 + r·Y)), where a holds the interest up to the first date. What is to be `left` after the last
 * date is taken off the first product.
 */
export function levelPayment(
  { balance, accrued, rate, left = 0 }: { balance: number; accrued: number; rate: number; left?: number },
  from: Moment,
  dates: readonly Moment[],
  yearCount: YearCount,
): number {
  const [first] = dates;
  if (first === undefined) return balance + accrued - left;
  const owed = balance + accrued + yearsBetween(yearCount, from, first) * rate * balance;
  const growths = dates.slice(1).map((date, index) => 1 + rate * yearsBetween(yearCount, dates[index] as Moment, date));
  // From the last period backwards: each product is the next one's times its own growth.
  const { product, sum } = growths.reduceRight(
    (so, growth) => ({ product: so.product * growth, sum: so.sum + so.product * growth }),
    { product: 1, sum: 0 },
  );
  return (owed * product - left) / (1 + sum);
}
