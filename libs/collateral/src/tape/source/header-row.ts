import { isAbsent } from '../cells.js';
import type { SourceRecord } from './source.js';

/** Rows from the top among which the column names are looked for. */
export const HEADER_SEARCH_ROWS = 30;

/** Whether a text is the name of a column that Weir knows. */
export type KnowsName = (name: string) => boolean;

const isNumber = (cell: string): boolean => /^[-+(]?[\d.,\s]+[)%]?$/.test(cell);

/** How much a row looks like column names: known names weigh most, then distinct texts. */
function likeness({ cells }: SourceRecord, known: KnowsName): { score: number; names: number } {
  const filled = cells.filter((cell): cell is string => cell !== null && cell !== '');
  const texts = new Set(filled.filter((cell) => !isNumber(cell) && !isAbsent(cell)));
  const names = [...texts].filter(known).length;
  const share = filled.length === 0 ? 0 : texts.size / filled.length;
  return { score: names * 10 + texts.size * share, names };
}

/**
 * The row of the column names among the first ones: titles and notes may stand above it.
 * @returns its index and how many names of it are known; null when there are no rows
 */
export function findHeaderRow(
  records: readonly SourceRecord[],
  known: KnowsName,
): { index: number; names: number } | null {
  let best: { index: number; names: number; score: number } | null = null;
  records.slice(0, HEADER_SEARCH_ROWS).forEach((record, index) => {
    const found = likeness(record, known);
    // A later row of texts is a row of data, unless it names more columns.
    if (best === null || found.score > best.score * (found.names > best.names ? 1 : 2)) best = { index, ...found };
  });
  return best;
}
