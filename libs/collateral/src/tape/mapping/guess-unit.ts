import { isAbsent } from '../cells.js';
import type { Field } from '../model/field.js';
import { converterOf } from './convert.js';
import { guessDates, type Guess } from './guess-dates.js';
import { guessNumbers } from './guess-numbers.js';
import type { FlagUnit, Unit } from './mapping.js';
import { daysOfBucket } from './status-days.js';

const FLAGS: readonly FlagUnit[] = [
  { kind: 'flag', yes: ['true'], no: ['false'] },
  { kind: 'flag', yes: ['Y', 'yes'], no: ['N', 'no'] },
  { kind: 'flag', yes: ['J', 'ja'], no: ['N', 'nein'] },
  { kind: 'flag', yes: ['1'], no: ['0'] },
  { kind: 'flag', yes: ['T'], no: ['F'] },
];

function guessFlags(cells: readonly string[]): Guess<Unit> | null {
  const trials = FLAGS.map((unit) => {
    const convert = converterOf(unit);
    return { unit, share: cells.filter((cell) => convert(cell) !== null).length / cells.length };
  });
  const best = trials.reduce((one, other) => (other.share > one.share ? other : one));
  if (best.share < 0.5) return null;
  return { ...best, evidence: [`${best.unit.yes[0]} is yes, ${best.unit.no[0]} is no`], doubt: null };
}

/** How well cells fit what a field holds. */
export interface ContentFit {
  readonly unit: Unit | null;
  /** From 0, nothing fits, to 1; null when there is no cell to judge by. */
  readonly fit: number | null;
  readonly evidence: readonly string[];
  readonly doubt: string | null;
  /** Whether the cells leave open what they count, though other columns may tell. */
  readonly open?: boolean;
}

/** Days past due that are written as buckets, where hardly a cell is a number. */
function guessBuckets(cells: readonly string[]): Guess<Unit> | null {
  const read = cells.map(daysOfBucket).filter((days) => days !== null).length;
  if (read * 2 < cells.length) return null;
  const evidence = ['the cells are buckets: days past due are the lower bound of each'];
  return { unit: { kind: 'bucket' }, share: read / cells.length, evidence, doubt: null };
}

/** Numbers, or buckets of days where more of the cells are such. */
function guessCounts(field: Field, column: string, cells: readonly string[]): Guess<Unit> | null {
  const numbers = guessNumbers(field, column, cells);
  const buckets = field.role === 'daysPastDue' ? guessBuckets(cells) : null;
  return buckets !== null && buckets.share > (numbers?.share ?? 0) ? buckets : numbers;
}

const NOTHING: ContentFit = { unit: null, fit: 0, evidence: [], doubt: null };

function fitOfTexts(field: Field, cells: readonly string[]): ContentFit {
  const distinct = new Set(cells).size;
  if (field.role === 'key') {
    const fit = distinct / cells.length;
    return { ...NOTHING, fit, evidence: [`${distinct} of ${cells.length} cells differ`] };
  }
  if (field.codes !== null) {
    const known = cells.filter((cell) => cell.split(';').every((code) => field.codes?.includes(code.trim()))).length;
    return {
      ...NOTHING,
      fit: known / cells.length,
      evidence: [`${known} of ${cells.length} cells are in the code list`],
    };
  }
  return { ...NOTHING, fit: 0.7 };
}

/** Share of the cells that are plausible under a unit. */
function plausible(field: Field, cells: readonly string[], unit: Unit): number {
  if (unit.kind !== 'number') return 1;
  const convert = converterOf(unit);
  const [low, high] = field.range;
  const values = cells.map(convert).filter((text) => text !== null);
  return values.filter((text) => Number(text) >= low && Number(text) <= high).length / Math.max(1, values.length);
}

/** Judges how sample cells fit a field, and in which unit. */
export function fitOf(field: Field, column: string, sample: readonly (string | null)[]): ContentFit {
  const cells = sample.filter((cell): cell is string => cell !== null && !isAbsent(cell) && !/^none$/i.test(cell));
  if (cells.length === 0) return { ...NOTHING, fit: null, evidence: ['no cell of the sample has a value'] };
  if (field.kind === 'text' || field.kind === 'code') return fitOfTexts(field, cells);
  const dated = field.kind === 'date' || field.kind === 'month';
  const guess = dated
    ? guessDates(cells)
    : field.kind === 'flag'
      ? guessFlags(cells)
      : guessCounts(field, column, cells);
  if (guess === null) return { ...NOTHING, evidence: [`hardly a cell is ${dated ? 'a date' : `a ${field.kind}`}`] };
  const { unit, share, evidence, doubt, open = false } = guess;
  return { unit, fit: share * plausible(field, cells, unit), evidence, doubt, open };
}
