import type { TapeQuality, TapeResult } from '@weir/collateral';
import { writeCsv } from '@weir/valuation';
import { textTable } from '../output/table.js';

/** The quality of one of the tapes that were read. */
export interface TapeScore {
  readonly file: string;
  /** Last day of its period; empty when it states none. */
  readonly reportingTo: string;
  readonly rows: number;
  readonly quality: TapeQuality;
}

export const scoreOf = (file: string, { reportingTo, rows }: TapeResult, quality: TapeQuality): TapeScore => ({
  ...{ file, reportingTo, rows, quality },
});

const partsOf = ({ parts }: TapeQuality): number[] => Object.values(parts).map(({ score }) => score);
const partNames = (scores: readonly TapeScore[]): string[] => Object.keys(scores[0]?.quality.parts ?? {});

/** By how much the score differs from that of the tape before; empty for the first. */
function changeOf(scores: readonly TapeScore[], index: number): string {
  const [now, before] = [scores[index], scores[index - 1]];
  if (now === undefined || before === undefined) return '';
  const change = now.quality.score - before.quality.score;
  return `${change > 0 ? '+' : ''}${change.toFixed(1)}`;
}

/** The scores of several tapes, in order; nothing for one alone. */
export function qualityTable(scores: readonly TapeScore[]): string[] {
  if (scores.length < 2) return [];
  const rows = scores.map(({ file, reportingTo, rows: count, quality }, index) => [
    reportingTo === '' ? file : reportingTo,
    String(count),
    quality.score.toFixed(1),
    changeOf(scores, index),
    ...partsOf(quality).map((score) => score.toFixed(1)),
  ]);
  const figures = ['rows', 'score', 'change', ...partNames(scores)].map((title) => ({ title, right: true }));
  return ['', 'Data quality by tape', textTable([{ title: 'tape' }, ...figures], rows)];
}

/** A row a tape: its score and the parts of it, each with what it was found by. */
export function qualityCsv(scores: readonly TapeScore[]): string {
  const names = partNames(scores);
  const head = ['file', 'reportingTo', 'rows', 'score', ...names.flatMap((name) => [name, `${name}Because`])];
  const rows = scores.map(({ file, reportingTo, rows: count, quality }) => [
    ...[file, reportingTo, String(count), quality.score.toFixed(1)],
    ...Object.values(quality.parts).flatMap(({ score, because }) => [score.toFixed(1), because]),
  ]);
  return writeCsv([head, ...rows]);
}
