import type { FieldPlace } from '../header.js';
import { median } from '../mapping/guess-numbers.js';
import type { NumberUnit } from '../mapping/mapping.js';
import { type Judged, LEAST_CELLS, writtenNumbers } from './unit-doubts.js';

/** The middle one of the cells as they are written. */
const middleOf = (unit: NumberUnit, cells: readonly string[]): number => median(writtenNumbers(unit, cells));

const isWithin = ([low, high]: readonly [number, number], size: number): boolean => size >= low && size <= high;

/** Whether a person stated the unit of a column of cells of such a size. */
export function isStated({ unit }: FieldPlace, cells: readonly string[]): boolean {
  if (unit?.kind !== 'number' || unit.stated === undefined) return false;
  return isWithin(unit.stated, middleOf(unit, cells));
}

/** What is said of cells that are of another size than those of which a person stated the unit; null where they are of it. */
export function awayOf({ place: { unit } }: Judged, cells: readonly string[]): string | null {
  if (unit?.kind !== 'number' || unit.stated === undefined || cells.length < LEAST_CELLS) return null;
  const middle = middleOf(unit, cells);
  const [low, high] = unit.stated;
  if (middle === 0 || isWithin(unit.stated, middle)) return null;
  return `is stated in the mapping to be ${unit.scale} of ${low} to ${high} in the middle, and ${middle} is in the middle`;
}

/** How far from the middle one a statement reaches: with its other side less than a hundred times. */
const REACH = 8;

/** What to write to state the unit of a column of such cells; null where no cell tells a size. */
function statementFor(unit: NumberUnit, cells: readonly string[]): string | null {
  const middle = middleOf(unit, cells);
  if (middle === 0) return null;
  const [low, high] = [middle / REACH, middle * REACH].map((size) => Number(size.toPrecision(2)));
  return `"stated": [${low}, ${high}]`;
}

/** What decides the unit of a column. @param cells those that speak against it */
export function unitRemedy({ place: { field, column }, number, mapped }: Judged, cells: readonly string[]): string {
  const statement = statementFor(number, cells);
  const [what, scales] =
    field.kind === 'rate'
      ? ['of the rates', '"percentage" or "fraction"']
      : ['of every amount column', '"cents", "thousands" or "whole"'];
  const set = mapped
    ? `set "scale" ${what} in the mapping to what it is (${scales})`
    : `propose a mapping of the columns, set "scale" ${what} to what it is (${scales}), and confirm it`;
  if (statement === null) return set;
  return `${set}; where ${column} really is as it is read ("${number.scale}"), a person states it beside that scale: ${statement}, between which the middle cell lies`;
}
