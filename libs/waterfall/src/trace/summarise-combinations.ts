import { mulDiv, RATE_SCALE } from '@weir/money';
import { sumOfShares, withBalance } from '../compile/combinations.js';
import type { CompiledDeal } from '../compile/compiled-deal.js';

/**
 * An exchangeable class over one payment date, cents: sums of the shares of its classes' figures, each share rounded down to
 * the cent. `factor` = closing ÷ original at `RATE_SCALE`, half up.
 */
export interface CombinationSummary {
  original: bigint;
  opening: bigint;
  interestDue: bigint;
  interestPaid: bigint;
  principalPaid: bigint;
  closing: bigint;
  factor: bigint;
  /** Unpaid interest that carries forward. */
  interestShortfall: bigint;
}

/** The figures of exchangeable classes, from the same figures of the classes. */
export function summariseCombinations(
  { combinations, tranches }: Pick<CompiledDeal, 'combinations' | 'tranches'>,
  figures: Readonly<Record<string, CombinationSummary>>,
): Record<string, CombinationSummary> {
  const entries = combinations.map((combination): [string, CombinationSummary] => {
    const { name, original, of } = combination;
    const sum = (part: keyof CombinationSummary, shares = of): bigint =>
      sumOfShares(shares, (at) => figures[tranches[at]?.name ?? '']?.[part] ?? 0n);
    const balances = withBalance(combination, tranches);
    const closing = sum('closing', balances);
    return [
      name,
      {
        original,
        opening: sum('opening', balances),
        interestDue: sum('interestDue'),
        interestPaid: sum('interestPaid'),
        principalPaid: sum('principalPaid'),
        closing,
        factor: original === 0n ? 0n : mulDiv(closing, RATE_SCALE, original, 'half-up'),
        interestShortfall: sum('interestShortfall'),
      },
    ];
  });
  return Object.fromEntries(entries);
}
