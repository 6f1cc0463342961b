import type { Tranche } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { Build } from '../build.js';
import { type Sum, sumOf } from '../sum.js';

/** Face of a tranche in cents. */
function originalOf(build: Build, tranche: Tranche, above: readonly Tranche[]): bigint {
  const { size } = tranche;
  const pool = build.cutOffPool;
  const rounded = (amount: bigint, multiple: bigint): bigint => (amount <= 0n ? 0n : (amount / multiple) * multiple);
  switch (size.kind) {
    case 'share':
      return ((size.share * pool) / (RATE_SCALE * size.roundDown)) * size.roundDown;
    case 'amount':
      return build.constant(size.amount) ?? notAtClosing(build, tranche);
    case 'credit-enhancement': {
      const senior = above.filter(({ notional }) => !notional).reduce((sum, { name }) => sum + face(build, name), 0n);
      return rounded((pool * (RATE_SCALE - size.enhancement)) / RATE_SCALE - senior, size.roundDown);
    }
  }
}

function face(build: Build, name: string): bigint {
  const { plus } = build.read(`${name}.original`);
  return (plus[0] ?? 0n) as bigint;
}

function notAtClosing(build: Build, tranche: Tranche): bigint {
  const message = `the amount of ${tranche.name} must be known at closing; use literals and cutOffPool`;
  build.report(tranche, `tranches.${tranche.name}.amount`, 'not-at-closing', message);
  return 0n;
}

function checked(build: Build, tranche: Tranche, original: bigint): Sum {
  const path = `tranches[${build.deal.tranches.indexOf(tranche)}]`;
  // A class may be made without a face (a residual interest), but not lose it to rounding.
  const meant = tranche.size.kind === 'amount';
  if (original === 0n && !meant) {
    const message = `${tranche.name} rounds down to nothing on this pool; lower roundDown or raise the share`;
    build.report(tranche, path, 'tranche-empty', message);
  }
  if (original < 0n) {
    build.report(tranche, path, 'negative', `the amount of ${tranche.name} is negative; write max(0, …)`);
  }
  return sumOf(original < 0n ? 0n : original);
}

/**
 * Makes TRANCHE.original known: a share of the cut-off pool, an amount, or the largest face with a credit enhancement,
 * which is the pool less it and less all classes above, rounded down.
 */
export function defineSizes(build: Build): void {
  const { tranches } = build.deal;
  tranches.forEach((tranche, index) => {
    build.define(`${tranche.name}.original`, 'money', () =>
      checked(build, tranche, originalOf(build, tranche, tranches.slice(0, index))),
    );
  });
}

/** Faces in order of seniority, cents. */
export function originalsOf(build: Build): bigint[] {
  return build.deal.tranches.map(({ name }) => face(build, name));
}
