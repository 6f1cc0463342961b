import type { SetResult } from './shards.js';

/** How one figure is spread over the scenarios of a set. */
export interface FigureSummary {
  readonly name: string;
  /** Scenarios that have the figure; the rest is of these. */
  readonly count: number;
  readonly mean: number;
  /** Of the sample: divided by count − 1; 0 of a single one. */
  readonly standardDeviation: number;
  readonly least: number;
  readonly most: number;
  /** One for each share asked for. */
  readonly percentiles: readonly { readonly share: number; readonly value: number }[];
}

/**
 * The value below which a share (0 to 1) of sorted values lies, between two of them in proportion: the one at place
 * share × (n − 1), counted from 0. NaN of none.
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return low + (high - low) * (place - below);
}

/** Every figure of a set's outcomes, by name, in the order in which they first come. */
export function summarise(
  { outcomes }: SetResult,
  shares: readonly number[] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99],
): FigureSummary[] {
  const names = [...new Set(outcomes.flatMap((outcome) => Object.keys(outcome)))];
  return names.flatMap((name): FigureSummary[] => {
    const values = outcomes.flatMap((outcome) => outcome[name] ?? []);
    if (values.length === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const sorted = Float64Array.from(values).sort();
    return [
      {
        name,
        count: values.length,
        mean,
        standardDeviation: values.length === 1 ? 0 : Math.sqrt(squares / (values.length - 1)),
        least: percentile(sorted, 0),
        most: percentile(sorted, 1),
        percentiles: shares.map((share) => ({ share, value: percentile(sorted, share) })),
      },
    ];
  });
}
