import { mulDiv, RATE_SCALE } from '@weir/money';
import { sumOfShares, withBalance } from '../compile/combinations.js';
import type { CompiledDeal } from '../compile/compiled-deal.js';
import type { TrancheSummary } from './summarise.js';

/**
 * An exchangeable class over one payment date, cents: sums of the shares of its classes' figures, each share rounded down to
 * the cent. `factor` = closing ÷ original at `RATE_SCALE`, half up.
 */
export type CombinationSummary = Pick<
  TrancheSummary,
  'original' | 'opening' | 'interestDue' | 'interestPaid' | 'principalPaid' | 'closing' | 'factor' | 'interestShortfall'
>;

/** The figures of exchangeable classes, from those of the classes. */
export function summariseCombinations(
  { combinations, tranches }: Pick<CompiledDeal, 'combinations' | 'tranches'>,
  figures: Readonly<Record<string, TrancheSummary>>,
): Record<string, CombinationSummary> {
  const entries = combinations.map((combination): [string, CombinationSummary] => {
    const { name, original, of } = combination;
    const sum = (part: keyof TrancheSummary, shares = of): bigint =>
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
