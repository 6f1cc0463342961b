import { type Curve, curveValues } from './curve.js';
import { PoolAssumptionInvalid } from './errors.js';
import type { DefaultModel, PrepaymentModel, Speed } from './speed.js';

/**
 * What becomes of a loan that defaults until it is liquidated, `recoveryLag` months later:
 * - `charged-off`: it leaves the balance at once; recoveries follow, after the last payment too (consumer loans);
 * - `held`: it stays in the balance, pays nothing, and leaves when liquidated (mortgages without advances);
 * - `advanced`: it stays, and the servicer advances its scheduled principal and interest until liquidation.
 * The last two are the two methods of Uniform Practices SF, C.3; they have no new defaults in the last `recoveryLag` months.
 */
export const DEFAULTED_LOANS = ['charged-off', 'held', 'advanced'] as const;
export type DefaultedLoans = (typeof DEFAULTED_LOANS)[number];

/** How a pool behaves. */
export interface PoolAssumptions {
  readonly prepayment: Speed<PrepaymentModel>;
  readonly default: Speed<DefaultModel>;
  /** Share of the balance at default that is lost, taken in the month of the default. */
  readonly severity: Curve;
  /** Months from default to liquidation; 0 recovers in the same month. */
  readonly recoveryLag: number;
  readonly defaultedLoans: DefaultedLoans;
}

/** Scheduled payments only. */
export const AS_SCHEDULED: PoolAssumptions = {
  prepayment: { model: 'CPR', speed: 0 },
  default: { model: 'CDR', speed: 0 },
  severity: 0,
  recoveryLag: 0,
  defaultedLoans: 'charged-off',
};

function checkCurve(field: string, curve: Curve, most: number): void {
  const values = curveValues(curve);
  if (values.length === 0) throw new PoolAssumptionInvalid(field, 0, 'at least one value');
  const wrong = values.find((value) => !(value >= 0 && value <= most));
  if (wrong !== undefined) throw new PoolAssumptionInvalid(field, wrong, `fractions from 0 to ${most} (6 % is 0.06)`);
}

/** A multiple of a standard curve may pass 1; 100 is 10,000 %. */
const MOST_MULTIPLE = 100;

/** @throws PoolAssumptionInvalid at the first assumption out of range. */
export function checkAssumptions(assumptions: PoolAssumptions): void {
  const { prepayment, severity, recoveryLag } = assumptions;
  checkCurve('prepayment', prepayment.speed, prepayment.model === 'PSA' ? MOST_MULTIPLE : 1);
  checkCurve('default', assumptions.default.speed, assumptions.default.model === 'SDA' ? MOST_MULTIPLE : 1);
  checkCurve('severity', severity, 1);
  if (!Number.isInteger(recoveryLag) || recoveryLag < 0 || recoveryLag > 600) {
    throw new PoolAssumptionInvalid('recoveryLag', recoveryLag, 'whole months from 0 to 600');
  }
}
