import { isAbsent } from '../cells.js';
import type { FindingLog } from '../finding.js';
import type { TapeHeader } from '../header.js';
import { fitOf } from '../mapping/guess-unit.js';
import { ratesOfOtherScale } from '../mapping/guess-numbers.js';
import { TWINS } from '../mapping/guess-dates.js';
import { converterOf } from '../mapping/convert.js';
import type { DateUnit, NumberUnit } from '../mapping/mapping.js';
import type { Field } from '../model/field.js';

/** Cells without which a column is not judged: a few may be anything. */
const LEAST_CELLS = 10;

/** What a column without a unit of its own is read as. */
const PLAIN: NumberUnit = { kind: 'number', decimal: '.', thousands: '', scale: 'whole', negative: 'minus' };
const PLAIN_DATE: DateUnit = { kind: 'date', patterns: ['MM-DD-YYYY', 'YYYY-MM-DD', 'MM/YYYY', 'YYYY-MM'] };

function rateDoubt(field: Field, column: string, unit: NumberUnit, cells: readonly string[]): string | null {
  const { scale } = unit;
  if ((field.role !== 'rate' && field.role !== 'originalRate') || (scale !== 'fraction' && scale !== 'percentage'))
    return null;
  const bare = cells.filter((cell) => !cell.endsWith('%'));
  const guess = fitOf(field, column, bare);
  if (guess.unit?.kind === 'number' && guess.doubt === null && guess.unit.scale !== scale)
    return `is read as ${scale}s, but its cells look like ${guess.unit.scale}s`;
  const read = converterOf({ ...unit, scale: 'whole' });
  const strays = ratesOfOtherScale(
    bare.map((cell) => Number(read(cell) ?? 0)),
    scale,
  );
  const size = scale === 'percentage' ? 'smaller' : 'larger';
  return strays === 0
    ? null
    : `is read as ${scale}s, but ${strays} of ${bare.length} cells are about a hundred times ${size} than the others`;
}

function moneyDoubt(field: Field, column: string, { scale }: NumberUnit, cells: readonly string[]): string | null {
  if (scale === 'cents' && cells.some((cell) => /[.,]\d{1,2}$/.test(cell)))
    return 'is read as cents, but its cells have decimals';
  const guess = fitOf(field, column, cells).unit;
  return scale === 'whole' && guess?.kind === 'number' && guess.scale === 'cents'
    ? 'is read as whole units, but its cells look like cents'
    : null;
}

function dateDoubt(field: Field, column: string, { patterns }: DateUnit, cells: readonly string[]): string | null {
  const { unit, doubt } = fitOf(field, column, cells);
  if (unit?.kind !== 'date' || doubt !== null) return null;
  for (const [one, other] of [...TWINS, ...TWINS.map(([a, b]) => [b, a] as const)]) {
    if (patterns.includes(one) && !patterns.includes(other) && unit.patterns.includes(other))
      return `is read as ${one}, but its cells look like ${other}: day and month would change places`;
  }
  return null;
}

/**
 * Judges by the first rows whether columns are written as they are read: a file whose rates were percentages and are
 * fractions now, or whose days and months changed places, reads without an unreadable cell and is wrong all the same.
 */
export function checkUnits(header: TapeHeader, first: readonly (readonly (string | null)[])[], log: FindingLog): void {
  for (const { field, at, column, unit } of header.places) {
    const { kind } = field;
    if (kind !== 'rate' && kind !== 'money' && kind !== 'date' && kind !== 'month') continue;
    const cells = first.map((row) => row[at] ?? '').filter((cell) => !isAbsent(cell));
    if (cells.length < LEAST_CELLS) continue;
    const dates = kind === 'date' || kind === 'month';
    const number =
      unit?.kind === 'number' ? unit : ({ ...PLAIN, scale: kind === 'rate' ? 'fraction' : 'whole' } as const);
    const said = dates
      ? dateDoubt(field, column, unit?.kind === 'date' ? unit : PLAIN_DATE, cells)
      : (kind === 'rate' ? rateDoubt : moneyDoubt)(field, column, number, cells);
    if (said === null) continue;
    const remedy = 'look at the column; where the servicer changed how it writes it, propose and confirm a new mapping';
    log.add({ row: null, column, value: cells[0] ?? null, rule: 'unit-differs', message: `${column} ${said}`, remedy });
  }
}
