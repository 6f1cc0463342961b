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

/** Tapes that are all shown; of more, the first, the last and the worst. */
const [MOST_SHOWN, WORST_SHOWN] = [12, 5];

/** Places of the tapes that are shown, in order. */
function shownOf(scores: readonly TapeScore[]): readonly number[] {
  const all = scores.map((_, index) => index);
  if (scores.length <= MOST_SHOWN) return all;
  const scoreAt = (index: number): number => scores[index]?.quality.score ?? 0;
  const between = all.slice(1, -1).sort((a, b) => scoreAt(a) - scoreAt(b) || b - a);
  return [0, ...between.slice(0, WORST_SHOWN).sort((a, b) => a - b), scores.length - 1];
}

/** The scores of several tapes, in order, of many those that tell most; nothing for one alone. */
export function qualityTable(scores: readonly TapeScore[]): string[] {
  if (scores.length < 2) return [];
  const shown = shownOf(scores);
  const rows = shown.flatMap((index) => {
    const score = scores[index];
    return score === undefined ? [] : [lineOf(score, changeOf(scores, index))];
  });
  const figures = ['rows', 'score', 'change', ...partNames(scores)].map((title) => ({ title, right: true }));
  const left = `${shown.length} of ${scores.length} tapes: the first, the last, and the ${WORST_SHOWN} worst between them; --quality FILE writes all`;
  const title = shown.length === scores.length ? [] : [left];
  return ['', 'Data quality by tape', ...title, textTable([{ title: 'tape' }, ...figures], rows)];
}

/** A tape's line. @param change by how much its score differs from that of the tape before */
function lineOf({ file, reportingTo, rows, quality }: TapeScore, change: string): string[] {
  const parts = partsOf(quality).map((score) => score.toFixed(1));
  return [reportingTo === '' ? file : reportingTo, String(rows), quality.score.toFixed(1), change, ...parts];
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
