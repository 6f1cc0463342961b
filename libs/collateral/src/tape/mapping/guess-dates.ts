import { converterOf } from './convert.js';
import { DATE_PATTERNS, type DatePattern, type DateUnit } from './mapping.js';

/** A unit that was guessed, and why. */
export interface Guess<U> {
  readonly unit: U;
  /** Share of the cells that read under it. */
  readonly share: number;
  readonly evidence: readonly string[];
  /** What the cells cannot decide; a person must. */
  readonly doubt: string | null;
  /** Whether the cells leave open what they count, though other columns may tell. */
  readonly open?: boolean;
}

/** Forms that the same cells may have: which part is the day only a day above 12 tells. */
export const TWINS: readonly (readonly [DatePattern, DatePattern])[] = [
  ['MM/DD/YYYY', 'DD/MM/YYYY'],
  ['MM-DD-YYYY', 'DD-MM-YYYY'],
  ['MM/DD/YY', 'DD/MM/YY'],
];

/** Years in which a loan begins or ends; digits that give others are no date. */
const isPlausible = (date: string | null): boolean => date !== null && date >= '1950' && date < '2100';

function matches(cells: readonly string[], pattern: DatePattern): number {
  const convert = converterOf({ kind: 'date', patterns: [pattern] });
  return cells.filter((cell) => isPlausible(convert(cell))).length;
}

/** How dates are written; several forms when the column mixes them. Null when hardly a cell is a date. */
export function guessDates(cells: readonly string[]): Guess<DateUnit> | null {
  const counts = new Map(DATE_PATTERNS.map((pattern) => [pattern, matches(cells, pattern)]));
  const evidence: string[] = [];
  let doubt: string | null = null;
  for (const [american, european] of TWINS) {
    const [m, d] = [counts.get(american) ?? 0, counts.get(european) ?? 0];
    if (m === 0 && d === 0) continue;
    const loser = m >= d ? european : american;
    const both = cells.filter((cell) => matches([cell], american) + matches([cell], european) === 2).length;
    if (m > both && d > both)
      doubt = `${m - both} cells read only as ${american} and ${d - both} only as ${european}: days and months change places within the column`;
    else if (m === d) doubt = `${american} and ${european} read all cells alike: no day is above 12`;
    else
      evidence.push(`${Math.abs(m - d)} cells have a day above 12 where ${m > d ? american : european} puts the day`);
    counts.delete(loser);
  }
  // Six or eight digits and serials are numbers too: they count only when nothing else does.
  const shaped = [...counts].filter(([pattern, count]) => count > 0 && pattern !== 'excel-serial');
  const used = (shaped.length > 0 ? shaped : [...counts].filter(([, count]) => count > 0)).sort((a, b) => b[1] - a[1]);
  if (used.length === 0) return null;
  const unit: DateUnit = { kind: 'date', patterns: used.map(([pattern]) => pattern) };
  const convert = converterOf(unit);
  const share = cells.filter((cell) => isPlausible(convert(cell))).length / cells.length;
  if (share < 0.5) return null;
  evidence.unshift(...used.map(([pattern, count]) => `${count} of ${cells.length} cells are ${pattern}`));
  return { unit, share, evidence, doubt };
}
