import type { Deal } from '@weir/deal';
import { mulDiv, RATE_SCALE } from '@weir/money';
import type { CompiledCombination, CompiledDeal } from './compiled-deal.js';

/**
 * What the holder of a combination has of amounts of its classes, cents: the sum of the shares, each rounded down to the
 * cent. `amountOf` is asked by the place of a class.
 */
export function sumOfShares(of: CompiledCombination['of'], amountOf: (tranche: number) => bigint): bigint {
  return of.reduce((sum, { tranche, share }) => sum + mulDiv(amountOf(tranche), share, RATE_SCALE, 'down'), 0n);
}

/** Classes that have a balance of the combination's: notional ones only when there are no others. */
export function withBalance(
  { of, notional }: Pick<CompiledCombination, 'of' | 'notional'>,
  tranches: CompiledDeal['tranches'],
): CompiledCombination['of'] {
  return of.filter(({ tranche }) => notional || tranches[tranche]?.notional === false);
}

/** Exchangeable classes over the classes that are paid. */
export function combinationsOf(deal: Deal, tranches: CompiledDeal['tranches']): CompiledCombination[] {
  return deal.combinations.map(({ name, of: shares }) => {
    const of = shares.map(({ tranche, share }) => ({
      tranche: tranches.findIndex((found) => found.name === tranche),
      share,
    }));
    const notional = of.every(({ tranche }) => tranches[tranche]?.notional === true);
    const original = sumOfShares(withBalance({ of, notional }, tranches), (at) => tranches[at]?.original ?? 0n);
    return { name, original, notional, of };
  });
}
