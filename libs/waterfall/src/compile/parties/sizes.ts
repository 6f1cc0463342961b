import type { Tranche } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { Build } from '../build.js';
import { LoweringFault } from '../errors.js';
import { type Sum, sumOf } from '../sum.js';

/** Face of a tranche in cents. @throws LoweringFault @throws ValueUnknown */
function originalOf(build: Build, tranche: Tranche, above: readonly Tranche[]): bigint {
  const { size } = tranche;
  const pool = build.cutOffPool;
  const rounded = (amount: bigint, multiple: bigint): bigint => (amount <= 0n ? 0n : (amount / multiple) * multiple);
  switch (size.kind) {
    case 'share':
      return ((size.share * pool) / (RATE_SCALE * size.roundDown)) * size.roundDown;
    case 'amount':
      return knownAmount(tranche, build.constant(size.amount));
    case 'credit-enhancement': {
      const senior = above.filter(({ notional }) => !notional).reduce((sum, { name }) => sum + face(build, name), 0n);
      return rounded((pool * (RATE_SCALE - size.enhancement)) / RATE_SCALE - senior, size.roundDown);
    }
  }
}

/** A face that was found, cents; it is always constant. @throws ValueUnknown */
function face(build: Build, name: string): bigint {
  return build.emitter.constant(build.read(`${name}.original`)) ?? 0n;
}

function knownAmount(tranche: Tranche, amount: bigint | null): bigint {
  if (amount !== null) return amount;
  const message = `the amount of ${tranche.name} must be known at closing; use literals and cutOffPool`;
  throw new LoweringFault(tranche, 'not-at-closing', message, `tranches.${tranche.name}.amount`);
}

function checked(tranche: Tranche, path: string, original: bigint): Sum {
  // A class may be made without a face (a residual interest), but not lose it to rounding.
  const meant = tranche.size.kind === 'amount';
  if (original === 0n && !meant) {
    const message = `${tranche.name} rounds down to nothing on this pool; lower roundDown or raise the share`;
    throw new LoweringFault(tranche, 'tranche-empty', message, path);
  }
  if (original < 0n) {
    throw new LoweringFault(tranche, 'negative', `the amount of ${tranche.name} is negative; write max(0, …)`, path);
  }
  return sumOf(original);
}

/**
 * Makes TRANCHE.original known: a share of the cut-off pool, an amount, or the largest face with a credit enhancement,
 * which is the pool less it and less all classes above, rounded down.
 */
export function defineSizes(build: Build): void {
  const { tranches } = build.deal;
  tranches.forEach((tranche, index) => {
    build.define(`${tranche.name}.original`, 'money', () =>
      checked(tranche, `tranches[${index}]`, originalOf(build, tranche, tranches.slice(0, index))),
    );
  });
}

/** Faces in order of seniority, cents; null where one is not known. */
export function originalsOf(build: Build): (bigint | null)[] {
  return build.deal.tranches.map(({ name }) => build.known(() => face(build, name)));
}
