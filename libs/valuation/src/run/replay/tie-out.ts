import type { Unit } from '@weir/deal';
import type { PaidDate } from './pay-date.js';
import { figureOfRun } from './run-figure.js';
import type { TrusteeFigure } from './trustee-file.js';

/** A figure that differs, in slot units; `difference` = trustee − computed. */
export interface Variance {
  readonly period: number;
  readonly line: string;
  readonly unit: Unit;
  readonly trustee: bigint;
  readonly computed: bigint;
  readonly difference: bigint;
  /** Line of the trustee's file. */
  readonly fileLine: number;
}

/** All figures of one line over the payment dates. Sums only for amounts. */
export interface LineTotal {
  readonly line: string;
  readonly unit: Unit;
  readonly compared: number;
  readonly variances: number;
  readonly trustee: bigint;
  readonly computed: bigint;
  readonly difference: bigint;
}

export interface TieOut {
  readonly compared: number;
  readonly variances: readonly Variance[];
  readonly lines: readonly LineTotal[];
  /** Figures of payment dates that were not replayed. */
  readonly notReplayed: readonly number[];
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function totalOf(line: string, compared: readonly Variance[], differing: ReadonlySet<Variance>): LineTotal {
  const sum = (part: 'trustee' | 'computed' | 'difference'): bigint =>
    compared.reduce((total, variance) => total + variance[part], 0n);
  return {
    line,
    unit: compared[0]?.unit ?? 'money',
    compared: compared.length,
    variances: compared.filter((variance) => differing.has(variance)).length,
    trustee: sum('trustee'),
    computed: sum('computed'),
    difference: sum('difference'),
  };
}

/**
 * Compares a trustee's figures with an exact replay. An amount may be off by `tolerance` cents; a rate or ratio by half of
 * the last digit that the trustee wrote.
 */
export function tieOut(paid: readonly PaidDate[], trustee: readonly TrusteeFigure[], tolerance = 0n): TieOut {
  const dates = new Map(paid.map((date) => [date.period, date]));
  const differing = new Set<Variance>();
  const byLine = new Map<string, Variance[]>();
  const notReplayed = new Set<number>();
  for (const { period, line, figure, value, fileLine, rounding } of trustee) {
    const date = dates.get(period);
    if (!date) {
      notReplayed.add(period);
      continue;
    }
    const computed = figureOfRun(date, figure);
    const difference = value - computed;
    const variance = { period, line, unit: figure.unit, trustee: value, computed, difference, fileLine };
    const allowed = figure.unit === 'money' ? tolerance : rounding;
    if (magnitude(difference) > allowed) differing.add(variance);
    byLine.set(line, [...(byLine.get(line) ?? []), variance]);
  }
  const lines = [...byLine].map(([line, compared]) => totalOf(line, compared, differing));
  const compared = lines.reduce((sum, line) => sum + line.compared, 0);
  return { compared, variances: [...differing], lines, notReplayed: [...notReplayed].sort((a, b) => a - b) };
}
