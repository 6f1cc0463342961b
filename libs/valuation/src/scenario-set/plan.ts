import type { PlainDate } from '@weir/calendar';
import { MOST_MULTIPLE } from '@weir/collateral';
import type { Scenario, Stress } from '../scenario/scenario.js';
import { ScenarioSetInvalid } from './errors.js';
import { RandomStream } from './random-stream.js';
import { stressedScenario, UNSTRESSED } from '../scenario/stress.js';

/** Every combination of the axes; one that is left out stays as the base has it. */
export interface ScenarioGrid {
  readonly kind: 'grid';
  readonly base: Scenario;
  /** Multiples of the base; `rates` are added to every index, fractions a year. */
  readonly axes: Partial<Readonly<Record<'prepayment' | 'default' | 'severity' | 'rates', readonly number[]>>>;
}

/** Random futures around a base. */
export interface MonteCarlo {
  readonly kind: 'monte-carlo';
  readonly base: Scenario;
  readonly paths: number;
  /** Whole number from 0 below 2^53: the same seed gives the same paths. */
  readonly seed: number;
  /** Standard deviations of the logarithms of the multiples, each of mean 1 and level over a path's life. */
  readonly prepayment?: number;
  readonly default?: number;
  /** Correlation of those two logarithms, −1 to 1. */
  readonly correlation?: number;
  /** A shift of all indices from payment date to payment date that is drawn back to none. */
  readonly rates?: {
    /** Standard deviation of a year's move, fractions a year; and the share of a shift that a year draws back. */
    readonly volatility: number;
    readonly meanReversion: number;
    readonly floor?: number;
  };
}

/** Scenarios that are run as one. */
export type ScenarioSet =
  { readonly kind: 'list'; readonly scenarios: readonly Scenario[] } | ScenarioGrid | MonteCarlo;

/** A set whose members can be made one by one, in any order and on any machine. */
export interface ScenarioPlan {
  readonly count: number;
  /** The scenario at a place, from 0; the same one each time. */
  at(index: number): Scenario;
}

/** More scenarios than a set is run with. */
export const MOST_SCENARIOS = 1_000_000;

const AXES = ['prepayment', 'default', 'severity', 'rates'] as const;

/** Why a set cannot be run: all faults, none when it can. */
export function setFaults(set: ScenarioSet): string[] {
  const faults: string[] = [];
  const need = (holds: boolean, fault: string): unknown => holds || faults.push(fault);
  if (set.kind === 'grid') {
    for (const axis of AXES) {
      const values = set.axes[axis] ?? [axis === 'rates' ? 0 : 1];
      const isRight = (value: number): boolean =>
        axis === 'rates' ? value > -1 && value < 1 : value >= 0 && value <= MOST_MULTIPLE;
      need(values.length > 0, `the axis ${axis} has no value: give one at least, or leave it out`);
      const expected =
        axis === 'rates' ? 'a shift between -1 and 1 (1 % is 0.01)' : `a multiple from 0 to ${MOST_MULTIPLE}`;
      for (const value of values.filter((each) => !isRight(each))) need(false, `${axis} is ${value}: give ${expected}`);
    }
  }
  if (set.kind === 'monte-carlo') {
    const { seed, correlation = 0, rates } = set;
    need(Number.isSafeInteger(seed) && seed >= 0, `seed is ${seed}: give a whole number from 0 below 2^53`);
    need(correlation >= -1 && correlation <= 1, `correlation is ${correlation}: give -1 to 1`);
    const sizes = { prepayment: set.prepayment ?? 0, default: set.default ?? 0 };
    for (const [name, size] of Object.entries({ ...sizes, 'rates.volatility': rates?.volatility ?? 0 })) {
      need(size >= 0 && size <= 5, `${name} is ${size}: give a standard deviation from 0 to 5`);
    }
    const reversion = rates?.meanReversion ?? 0;
    need(reversion >= 0 && reversion <= 1, `rates.meanReversion is ${reversion}: give a share from 0 to 1`);
  }
  const count = countOf(set);
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST_SCENARIOS;
  need(isCount, `it has ${count} scenarios: give 1 to ${MOST_SCENARIOS}`);
  return faults;
}

function countOf(set: ScenarioSet): number {
  if (set.kind === 'list') return set.scenarios.length;
  if (set.kind === 'monte-carlo') return set.paths;
  return AXES.reduce((count, axis) => count * (set.axes[axis] ?? [1]).length, 1);
}

/** The point of a grid: the last axis moves fastest. */
function pointOf(grid: ScenarioGrid, index: number): { readonly name: string; readonly stress: Stress } {
  let rest = index;
  const found: Partial<Record<(typeof AXES)[number], number>> = {};
  for (const axis of [...AXES].reverse()) {
    const values = grid.axes[axis];
    if (!values) continue;
    found[axis] = values[rest % values.length] ?? 0;
    rest = Math.floor(rest / values.length);
  }
  const name = AXES.flatMap((axis) => (found[axis] === undefined ? [] : [`${axis} ${found[axis]}`])).join(', ');
  const { rates = 0, ...multiples } = found;
  return { name: name || grid.base.name, stress: { ...UNSTRESSED, ...multiples, rates: [rates] } };
}

/** Shifts of the indices by payment date: the first keeps today's rate. */
function shiftsOf(rates: MonteCarlo['rates'], random: RandomStream, dates: readonly PlainDate[]): readonly number[] {
  if (!rates) return [0];
  let shift = 0;
  return dates.map((date, period) => {
    if (period === 0) return 0;
    const years = yearsFrom(dates[period - 1] ?? date, date);
    shift = shift * (1 - rates.meanReversion) ** years + rates.volatility * Math.sqrt(years) * random.normal();
    return shift;
  });
}

const monthsOf = (date: PlainDate): number => 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7));
const yearsFrom = (from: PlainDate, to: PlainDate): number => (monthsOf(to) - monthsOf(from)) / 12;

/** One path. Prepayment and default draw first, so that they are the same whether rates move or not. */
function pathOf(set: MonteCarlo, index: number, dates: readonly PlainDate[]): Stress {
  const random = new RandomStream(set.seed, index);
  const { correlation = 0 } = set;
  const [first, second] = [random.normal(), random.normal()];
  const together = correlation * first + Math.sqrt(1 - correlation ** 2) * second;
  const multiple = (deviation: number, draw: number): number =>
    Math.min(Math.exp(deviation * draw - deviation ** 2 / 2), MOST_MULTIPLE);
  return {
    prepayment: multiple(set.prepayment ?? 0, first),
    default: multiple(set.default ?? 0, together),
    severity: 1,
    rates: shiftsOf(set.rates, random, dates),
    floor: set.rates?.floor ?? null,
  };
}

/**
 * A set made ready: how many scenarios it has, and each by its place. `dates` are the first days of the projected
 * collection periods. Nothing is drawn but from the set's seed and a path's place. @throws ScenarioSetInvalid
 */
export function planScenarios(set: ScenarioSet, dates: readonly PlainDate[]): ScenarioPlan {
  const faults = setFaults(set);
  if (faults.length > 0) throw new ScenarioSetInvalid(faults);
  const count = countOf(set);
  const make = (index: number): Scenario | undefined => {
    if (set.kind === 'list') return set.scenarios[index];
    if (set.kind === 'monte-carlo') {
      return stressedScenario(set.base, `path ${index + 1}`, pathOf(set, index, dates), dates);
    }
    const { name, stress } = pointOf(set, index);
    return stressedScenario(set.base, name, stress, dates);
  };
  return {
    count,
    at: (index) => {
      const found = Number.isInteger(index) && index >= 0 && index < count ? make(index) : undefined;
      if (!found) throw new ScenarioSetInvalid([`it has no scenario ${index}: give 0 to ${count - 1}`]);
      return found;
    },
  };
}
