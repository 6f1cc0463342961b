import type { PlainDate } from '@weir/calendar';
import { type Curve, MOST_MULTIPLE, type Multipliers, type PoolAssumptions } from '@weir/collateral';
import { rateOn, type RatePath, type Scenario, type Stress } from './scenario.js';

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

/** The shift of a day: that of the payment date whose collection period it is in; before the first, the first one's. */
function shiftsOn(dates: readonly PlainDate[], { rates }: Stress, of: readonly PlainDate[]): number[] {
  let period = 0;
  return dates.map((date) => {
    while (period + 1 < of.length && (of[period + 1] ?? '') <= date) period += 1;
    return rates[Math.min(period, rates.length - 1)] ?? 0;
  });
}

/** What moves indices: the shift of each projected date, and the least that it brings an index to. */
type Shifts = { readonly by: readonly number[]; readonly floor: number | null };

function shifted(path: RatePath, { by, floor }: Shifts, dates: readonly PlainDate[]): RatePath {
  const values = dates.map((date, period) => {
    const rate = rateOn(path, period, date);
    const moved = rate + (by[period] ?? 0);
    // A base that is below the floor already is not lifted to it.
    return floor === null ? moved : Math.max(moved, Math.min(floor, rate));
  });
  return { kind: 'by-period', values };
}

/**
 * The base under a stress, what its steps buy included. `dates` are the first days of the projected collection periods, in
 * order, and `of` those that the shifts of the rates are of, where these are another deal's.
 */
export function stressedScenario(
  base: Scenario,
  name: string,
  stress: Stress,
  dates: readonly PlainDate[],
  of: readonly PlainDate[] = dates,
): Scenario {
  const each = <T>(table: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value)]));
  const isStill = stress.rates.every((shift) => shift === 0);
  const shifts = { by: isStill ? [] : shiftsOn(dates, stress, of), floor: stress.floor };
  return {
    ...base,
    name,
    member: { base, stress, dates: of },
    assumptions: stressedPool(base.assumptions, stress),
    groups: each(base.groups, (pool) => stressedPool(pool, stress)),
    rates: isStill ? base.rates : each(base.rates, (path) => shifted(path, shifts, dates)),
    reinvestment: each(base.reinvestment, (bought) => ({
      ...bought,
      assumptions: stressedPool(bought.assumptions, stress),
    })),
  };
}
