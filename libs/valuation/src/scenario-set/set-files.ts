import { formatMoney } from '@weir/money';
import { writeCsv } from '../run/text/csv.js';
import type { Outcome, SetResult } from './shards.js';
import { type FigureSummary, summarise } from './summary.js';

/** How a figure is written: amounts as decimal text with two places, everything else as a number. */
export type FigureUnit = 'amount' | 'years' | 'fraction a year' | 'percent of par' | '1 or 0';

const UNITS: readonly (readonly [pattern: RegExp, unit: FigureUnit])[] = [
  [/\.averageLife$/, 'years'],
  [/\.(yield|margin)\(/, 'fraction a year'],
  [/\.(price|priceAtMargin)\(/, 'percent of par'],
  [/\.paidInFull$|^fault$/, '1 or 0'],
];

/** The unit of an outcome's figure by its name. */
export const figureUnit = (name: string): FigureUnit => UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? 'amount';

/** Cents as an amount, rounded half up; lives, yields and prices to ten places. */
function written(unit: FigureUnit, value: number): string | number {
  return unit === 'amount' ? formatMoney(BigInt(Math.round(value))) : Number(value.toFixed(10));
}

const SHARES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

function summaryRow({ name, count, mean, standardDeviation, least, most, percentiles }: FigureSummary) {
  const unit = figureUnit(name);
  // The mean of a flag is the share of scenarios that have it.
  const value = (figure: number): string | number => written(unit, figure);
  return {
    figure: name,
    unit,
    count,
    mean: value(mean),
    standardDeviation: value(standardDeviation),
    least: value(least),
    most: value(most),
    percentiles: Object.fromEntries(
      percentiles.map(({ share, value: at }) => [`p${Math.round(100 * share)}`, value(at)]),
    ),
  };
}

/** A JSON list, an item a line. */
const jsonLines = (items: readonly unknown[]): string =>
  `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;

/** Names of the files of a set. */
export const SET_FILES = ['results.json', 'results.csv', 'summary.json', 'summary.csv'] as const;

/** A file of a set's results. */
export interface SetFile {
  readonly name: (typeof SET_FILES)[number];
  readonly mediaType: 'application/json' | 'text/csv';
  readonly text: string;
}

/**
 * The results of a set as files: every figure of every scenario, in the order of the scenarios, and how each figure is
 * spread over them. The same result gives the same bytes.
 */
export function setFiles(result: SetResult): SetFile[] {
  const figures = [...new Set(result.outcomes.flatMap((outcome) => Object.keys(outcome)))];
  const units = figures.map(figureUnit);
  const row = (outcome: Outcome): (string | number | null)[] =>
    figures.map((name, index) => {
      const value = outcome[name] ?? null;
      return value === null ? null : written(units[index] ?? 'amount', value);
    });
  const rows = result.outcomes.map((outcome, index) => ({ name: result.names[index] ?? '', values: row(outcome) }));
  const summary = summarise(result, SHARES).map(summaryRow);
  const head = figures.map((figure, index) => ({ figure, unit: units[index] }));
  const plain = rows.map(({ name, values }) => [name, ...values.map((value) => (value === null ? '' : String(value)))]);
  const spread = summary.map(({ percentiles, ...rest }) => [...Object.values(rest), ...Object.values(percentiles)]);
  const percentileNames = SHARES.map((share) => `p${Math.round(100 * share)}`);
  const summaryHead = ['figure', 'unit', 'count', 'mean', 'standardDeviation', 'least', 'most', ...percentileNames];
  return [
    {
      name: 'results.json',
      mediaType: 'application/json',
      text: `{"figures": ${jsonLines(head)},\n"scenarios": ${jsonLines(rows)}}\n`,
    },
    { name: 'results.csv', mediaType: 'text/csv', text: writeCsv([['scenario', ...figures], ...plain]) },
    { name: 'summary.json', mediaType: 'application/json', text: `${jsonLines(summary)}\n` },
    { name: 'summary.csv', mediaType: 'text/csv', text: writeCsv([summaryHead, ...spread.map((r) => r.map(String))]) },
  ];
}
