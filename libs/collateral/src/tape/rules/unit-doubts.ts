import type { FieldPlace } from '../header.js';
import { converterOf } from '../mapping/convert.js';
import { TWINS } from '../mapping/guess-dates.js';
import { median, undecidedRate } from '../mapping/guess-numbers.js';
import { fitOf } from '../mapping/guess-unit.js';
import type { DateUnit, NumberUnit } from '../mapping/mapping.js';
import type { Field } from '../model/field.js';
import type { RateFactor } from './size-check.js';

/** Cells without which a column is not judged: a few may be anything. */
export const LEAST_CELLS = 10;
const FEW_CELLS = 3;

/** What a column without a unit of its own is read as. */
const PLAIN: NumberUnit = { kind: 'number', decimal: '.', thousands: '', scale: 'whole', negative: 'minus' };
const PLAIN_DATE: DateUnit = { kind: 'date', patterns: ['MM-DD-YYYY', 'YYYY-MM-DD', 'MM/YYYY', 'YYYY-MM'] };

const looksLike = (scale: string, other: string): string => `is read as ${scale}s, but its cells look like ${other}s`;

/** The numbers of cells as they are written, whatever they count; what is no number is left out. */
export function writtenNumbers(unit: NumberUnit, cells: readonly string[]): number[] {
  const convert = converterOf({ ...unit, scale: 'whole' });
  return cells
    .map((cell) => convert(cell.replace(/\s*%$/, '')))
    .flatMap((text) => (text === null ? [] : [Number(text)]));
}

/** A column whose unit is judged. */
export interface Judged {
  readonly place: FieldPlace;
  readonly number: NumberUnit;
  readonly dates: DateUnit;
  /** Whether a mapping says the unit: then it is no standard that does. */
  readonly mapped: boolean;
}

const isSigned = (cell: string): boolean => cell.endsWith('%');

/** In how many times of what is read the rates are, as payments say and as a month's interest does. */
export interface RateEvidence {
  readonly payments: RateFactor | null;
  readonly interest: RateFactor | null;
}

/** Whether the cells are plausible in the other scale alone, or payments say that they are in it; or nothing tells in which. */
function rateDoubt(
  { place: { field, column }, number, mapped }: Judged,
  cells: readonly string[],
  { payments, interest }: RateEvidence,
): string | null {
  const { scale } = number;
  if (payments === 1 || (scale !== 'fraction' && scale !== 'percentage')) return null;
  const other = scale === 'fraction' ? 'percentage' : 'fraction';
  const ofOther = scale === 'fraction' ? 0.01 : 100;
  if (payments === ofOther) return `${looksLike(scale, other)}, and the payments are those of such rates`;
  const bare = cells.filter((cell) => !isSigned(cell));
  const guess = fitOf(field, column, bare);
  if (guess.unit?.kind === 'number' && guess.doubt === null)
    return guess.unit.scale === other ? looksLike(scale, other) : null;
  if (interest === ofOther) return `${looksLike(scale, other)}, and the interest is that of such rates`;
  const undecided = mapped && interest !== 1 ? undecidedRate(field, median(writtenNumbers(number, bare))) : null;
  return undecided && `is read as ${scale}s, and nothing tells that it is so: ${undecided}`;
}

/** Decimals of an amount; no cents have them. */
const DECIMALS = /[.,](?:\d{1,2}|\d{4,})$/;

export const hasDecimals = (cell: string): boolean => DECIMALS.test(cell);

/** Sizes below which no loan bears a rate in percent, and above which none of some loans bears it as a fraction. */
const [LEAST_PERCENT, MOST_FRACTION] = [0.1, 1];

/** Few rates are doubted where every one of them would be above 100 %, or below a tenth of a percent. */
function fewRatesDoubt({ place: { field, column }, number }: Judged, cells: readonly string[]): string | null {
  const bare = cells.filter((cell) => !isSigned(cell));
  const sizes = writtenNumbers(number, bare)
    .map(Math.abs)
    .filter((size) => size !== 0);
  if (sizes.length < FEW_CELLS || fitOf(field, column, bare).unit === null) return null;
  const { scale } = number;
  if (scale === 'fraction') return sizes.every((size) => size > MOST_FRACTION) ? looksLike(scale, 'percentage') : null;
  const isFraction = (size: number): boolean => size < LEAST_PERCENT && size * 100 >= LEAST_PERCENT;
  return scale === 'percentage' && sizes.every(isFraction) ? looksLike(scale, 'fraction') : null;
}

function moneyDoubt({ place: { field, column }, number: { scale } }: Judged, cells: readonly string[]): string | null {
  const guess = fitOf(field, column, cells).unit;
  return scale === 'whole' && guess?.kind === 'number' && guess.scale === 'cents'
    ? 'is read as whole units, but its cells look like cents'
    : null;
}

function dateDoubt({ place: { field, column }, dates: { patterns } }: Judged, cells: readonly string[]): string | null {
  const { unit, doubt } = fitOf(field, column, cells);
  if (unit?.kind !== 'date' || doubt !== null) return null;
  for (const [one, other] of [...TWINS, ...TWINS.map(([a, b]) => [b, a] as const)]) {
    if (patterns.includes(one) && !patterns.includes(other) && unit.patterns.includes(other))
      return `is read as ${one}, but its cells look like ${other}: day and month would change places`;
  }
  return null;
}

export const isDate = ({ kind }: Field): boolean => kind === 'date' || kind === 'month';

/** Ratios like debt to income are a hundred times apart by themselves. */
export const isRate = ({ role }: Field): boolean => role === 'rate' || role === 'originalRate';

/** What is judged of a column; null where nothing is. @param mapped whether a mapping says its unit */
export function judgedOf(place: FieldPlace, mapped: boolean): Judged | null {
  const { field, unit } = place;
  const { kind } = field;
  if (kind !== 'money' && !isDate(field) && !isRate(field)) return null;
  const number =
    unit?.kind === 'number' ? unit : ({ ...PLAIN, scale: kind === 'rate' ? 'fraction' : 'whole' } as const);
  return { place, number, dates: unit?.kind === 'date' ? unit : PLAIN_DATE, mapped: mapped && unit !== null };
}

/** What speaks against the unit of a column by its cells alone, and by what payments say of rates; null when nothing does. */
export function doubtOf(one: Judged, cells: readonly string[], evidence: RateEvidence): string | null {
  const { field } = one.place;
  if (cells.length < LEAST_CELLS) {
    if (!isRate(field) || evidence.payments === 1) return null;
    return evidence.payments === null ? fewRatesDoubt(one, cells) : rateDoubt(one, cells, evidence);
  }
  if (isDate(field)) return dateDoubt(one, cells);
  return field.kind === 'money' ? moneyDoubt(one, cells) : rateDoubt(one, cells, evidence);
}

/** How far (as a factor) a number may be from the middle one and still be of its unit. */
const NEAR = 10;

/** Whether a cell is one of those that speak against the unit: of the size of most, or a date that reads in other forms alone. */
export function differsBy(one: Judged, cells: readonly string[]): (cell: string) => boolean {
  const { place, number, dates } = one;
  if (isDate(place.field)) {
    const convert = converterOf(dates);
    return (cell) => convert(cell) === null;
  }
  const bare = cells.filter((cell) => !isSigned(cell));
  const typical = median(writtenNumbers(number, bare));
  return (cell) => {
    const [size = 0] = isSigned(cell) ? [] : writtenNumbers(number, [cell]).map(Math.abs);
    return size >= typical / NEAR && size <= typical * NEAR;
  };
}
