import type { LoanRecord, RoleOf } from './loan-record.js';
import type { Role } from './model/field.js';
import { imprecision } from './single-precision.js';

/** What moves a loan's balance in a month as its row states it, cents; null is not stated. */
export interface MonthBalances {
  readonly opening: bigint | null;
  readonly closing: bigint | null;
  /** All principal that is cash, or was booked as such. */
  readonly principal: bigint | null;
  /** Principal beyond the schedule; null of a class that does not state it apart. */
  readonly unscheduled: bigint | null;
  /** What else took the balance down: adjustments that are no cash, less interest that joined it. */
  readonly adjustment: bigint;
  /** Charged off or realised as a loss, as stated. */
  readonly chargeOff: bigint | null;
  /** The amounts as they are written: `principal` is a sum of them. */
  readonly written: readonly (bigint | null)[];
}

type Stated = (role: Role) => bigint | null;

/** Roles of principal: scheduled or collected, unscheduled, other. */
const PRINCIPAL = ['principal', 'unscheduled', 'otherPrincipal'] as const;

/** Balances of a month, whatever way a value is looked up by role. */
export function balancesBy(stated: Stated): MonthBalances {
  const parts = PRINCIPAL.flatMap((role) => stated(role) ?? []);
  const [opening, closing, chargeOff] = [stated('opening'), stated('closing'), stated('chargeOff')];
  return {
    ...{ opening, closing, chargeOff },
    principal: parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0n),
    unscheduled: stated('unscheduled'),
    adjustment: (stated('adjustment') ?? 0n) - (stated('capitalised') ?? 0n),
    written: [opening, closing, chargeOff, ...parts],
  };
}

/** Balances of a month out of a record. */
export function monthBalances(record: Pick<LoanRecord, 'values'>, roleOf: RoleOf): MonthBalances {
  return balancesBy((role) => {
    const value = roleOf(record, role);
    return typeof value === 'bigint' ? value : null;
  });
}

/** What principal and adjustments leave of the fall of the balance: what a charge-off must explain. Null without balances. */
export function unexplained({ opening, closing, principal, adjustment }: MonthBalances): bigint | null {
  return opening === null || closing === null ? null : opening - closing - (principal ?? 0n) - adjustment;
}

/** How far figures of a month may be apart and yet be the same, as its amounts were written. */
export const roundingOf = ({ written }: MonthBalances): bigint => imprecision(written);
