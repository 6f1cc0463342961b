import type { PlainDate } from '@weir/calendar';
import { type Curve, MOST_MULTIPLE, type Multipliers, type PoolAssumptions } from '@weir/collateral';
import { rateOn, type RatePath, type Scenario } from '../scenario/scenario.js';

/** How one member of a set differs from its base. */
export interface Stress {
  /** Multiples of the base's assumptions, its own multipliers included; 1 leaves them. */
  readonly prepayment: number;
  readonly default: number;
  readonly severity: number;
  /** Added to every index, fractions a year, by payment date; the last holds for ever after. */
  readonly rates: readonly number[];
  /** Least that an index becomes by it; null for none. */
  readonly floor: number | null;
}

export const UNSTRESSED: Stress = { prepayment: 1, default: 1, severity: 1, rates: [0], floor: null };

function scaled(curve: Curve | undefined, multiple: number): Curve {
  const scale = (value: number): number => Math.min(value * multiple, MOST_MULTIPLE);
  if (typeof curve === 'object') return { by: curve.by, values: curve.values.map(scale) };
  return scale(curve ?? 1);
}

function stressedPool(pool: PoolAssumptions, stress: Stress): PoolAssumptions {
  const { multipliers = {} } = pool;
  const multiplied: Multipliers = {
    prepayment: scaled(multipliers.prepayment, stress.prepayment),
    default: scaled(multipliers.default, stress.default),
    severity: scaled(multipliers.severity, stress.severity),
  };
  return { ...pool, multipliers: multiplied };
}

function shifted(path: RatePath, { rates, floor }: Stress, dates: readonly PlainDate[]): RatePath {
  if (rates.every((shift) => shift === 0)) return path;
  const values = dates.map((date, period) => {
    const rate = rateOn(path, period, date);
    const moved = rate + (rates[Math.min(period, rates.length - 1)] ?? 0);
    // A base that is below the floor already is not lifted to it.
    return floor === null ? moved : Math.max(moved, Math.min(floor, rate));
  });
  return { kind: 'by-period', values };
}

/** The base under a stress. `dates` are the first days of the projected collection periods. */
export function stressedScenario(base: Scenario, name: string, stress: Stress, dates: readonly PlainDate[]): Scenario {
  const each = <T>(table: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value)]));
  return {
    ...base,
    name,
    assumptions: stressedPool(base.assumptions, stress),
    groups: each(base.groups, (pool) => stressedPool(pool, stress)),
    rates: each(base.rates, (path) => shifted(path, stress, dates)),
  };
}
