import { lastMonth, type PoolLine, rateIn } from '../projection/pool-line.js';

/**
 * Scheduled balance of one unit of a loan after each month, without prepayment and default: entry 0 is 1, the entry of
 * the last payment 0. Level monthly payments, unrounded: with r = grossRate ÷ 12 and m payments to come,
 * the share of the balance that a payment repays is r ÷ ((1 + r)^m − 1) (1 ÷ m when r is 0), which is the ratio of the
 * amortised loan balances of Uniform Practices SF, B.1.
 */
export function scheduledBalances(line: PoolLine): Float64Array {
  const end = lastMonth(line);
  const interestOnly = line.interestOnlyMonths ?? 0;
  const balances = new Float64Array(end + 1);
  balances[0] = 1;
  for (let month = 1; month < end; month++) {
    const paymentsToCome = line.remainingTerm - month + 1;
    const share = month <= interestOnly ? 0 : shareOf(line, rateIn(line.grossRate, month) / 12, paymentsToCome);
    balances[month] = (balances[month - 1] ?? 0) * (1 - share);
  }
  return balances;
}

function shareOf({ amortisation = 'level' }: PoolLine, rate: number, payments: number): number {
  if (amortisation === 'bullet') return 0;
  return amortisation === 'linear' ? 1 / payments : repaidShare(rate, payments);
}

function repaidShare(rate: number, payments: number): number {
  return rate === 0 ? 1 / payments : rate / Math.expm1(payments * Math.log1p(rate));
}
