import type { FieldPlace } from '../header.js';
import type { AssetClass } from '../model/field.js';
import type { FieldValue } from '../row-reader.js';
import { type RateFactor, type RowSizes, SizeCheck } from '../rules/size-check.js';
import type { SourceRecord } from '../source/source.js';
import { converterOf } from './convert.js';
import type { NumberUnit, Unit } from './mapping.js';

/** A column whose unit was guessed by its own cells. */
interface Guessed {
  readonly column: string;
  readonly field: string | null;
  readonly unit: Unit | null;
  readonly evidence: readonly string[];
  readonly doubt: string | null;
  /** Where its own cells leave the scale open: what is in doubt of it once the scale is known. */
  readonly open?: { readonly otherwise: string | null };
}

interface Place extends FieldPlace {
  readonly unit: NumberUnit;
}

/** Units of a rate and of money as the rows' figures are kept. */
const KEPT = { rate: 1e12, money: 100 } as const;

function valueOf({ field, convert }: FieldPlace, cell: string | null): FieldValue {
  const text = cell === null || convert === null ? null : convert(cell);
  if (text === null) return null;
  if (field.kind === 'money' || field.kind === 'rate') return BigInt(Math.round(Number(text) * KEPT[field.kind]));
  return Number(text);
}

function placesOf(one: AssetClass, columns: readonly Guessed[]): Place[] {
  const found = columns.flatMap(({ column, field: name, unit }, at) => {
    const field = one.fields.find((known) => known.name === name);
    return field === undefined || unit?.kind !== 'number' ? [] : [{ field, at, column, unit }];
  });
  return found.map((place, slot) => ({ ...place, slot, convert: converterOf(place.unit) }));
}

/** The columns held against each other under their units. */
class Weighed {
  readonly places: readonly Place[];
  readonly sizes: SizeCheck;
  readonly rows: readonly RowSizes[];

  constructor(one: AssetClass, columns: readonly Guessed[], head: readonly SourceRecord[]) {
    this.places = placesOf(one, columns);
    this.sizes = new SizeCheck(one, this.places, true);
    this.rows = head.map(({ row, cells }) =>
      this.sizes.sizesOf(
        row,
        this.places.map((place) => valueOf(place, cells[place.at] ?? null)),
      ),
    );
  }

  /** What looks like another unit, by column. */
  doubts(): ReadonlyMap<string, string> {
    return new Map(this.sizes.doubts(this.rows, new Set()).map(({ place, said }) => [place.column, said]));
  }
}

const OTHER = { fraction: 'percentage', percentage: 'fraction' } as const;

/** A rate in the scale of which the payments or the interest are; as it is where they do not tell. */
function rateByPayments<C extends Guessed>(column: C, { places, sizes, rows }: Weighed): C {
  const place = places.find((one) => one.column === column.column);
  if (place === undefined) return column;
  const { unit } = place;
  if (unit.scale !== 'fraction' && unit.scale !== 'percentage') return column;
  const payments = sizes.rateFactor(rows, place);
  const factor: RateFactor | null = payments ?? sizes.interestFactor(rows, place);
  const ofOther = unit.scale === 'fraction' ? 0.01 : 100;
  if (factor !== 1 && factor !== ofOther) return column;
  // What is decided by the cells alone is turned by payments, which are exact, and not by interest.
  if (factor === ofOther && payments === null && !column.open) return column;
  const scale = factor === 1 ? unit.scale : OTHER[unit.scale];
  const because = `the ${payments === null ? 'interest is that' : 'payments are those'} of ${scale}s`;
  const doubt = column.open ? column.open.otherwise : column.doubt;
  return { ...column, unit: { ...unit, scale }, evidence: [...column.evidence, because], doubt };
}

const isAmount = (one: AssetClass, { field }: Guessed): boolean =>
  one.fields.some(({ name, kind }) => name === field && kind === 'money');

/** Amounts that their own cells leave open are in the unit of those that tell, where they fit each other in it. */
function amountsTogether<C extends Guessed>(
  one: AssetClass,
  columns: readonly C[],
  head: readonly SourceRecord[],
): C[] {
  const amounts = columns.filter((column) => isAmount(one, column) && column.unit?.kind === 'number');
  const scaleOf = ({ unit }: Guessed): string => (unit?.kind === 'number' ? unit.scale : '');
  const telling = amounts.find((column) => !column.open && /^(?:whole|cents)$/.test(scaleOf(column)));
  if (telling === undefined || amounts.every(({ open }) => !open)) return [...columns];
  const scale = scaleOf(telling) as NumberUnit['scale'];
  const same = columns.map((column): C => {
    if (!amounts.includes(column) || !column.open || column.unit?.kind !== 'number') return column;
    return { ...column, unit: { ...column.unit, scale } };
  });
  const doubts = new Weighed(one, same, head).doubts();
  return same.map((column, index): C => {
    const was = columns[index] ?? column;
    if (!was.open || !amounts.includes(was)) return column;
    if (doubts.size > 0) return was;
    const because = `of the size of ${telling.column} in ${scale === 'whole' ? 'whole units' : scale}`;
    return { ...column, evidence: [...column.evidence, because], doubt: was.open.otherwise };
  });
}

/**
 * Weighs the units of columns, which were guessed by their own cells, by what the columns say of each other: rates by payments and
 * interest, amounts by amounts. What then still looks like another unit is a doubt.
 */
export function weighUnits<C extends Guessed>(
  one: AssetClass,
  columns: readonly C[],
  head: readonly SourceRecord[],
): C[] {
  const together = amountsTogether(one, columns, head);
  const weighed = new Weighed(one, together, head);
  const rated = together.map((column) => rateByPayments(column, weighed));
  const doubts = new Weighed(one, rated, head).doubts();
  return rated.map((column) => {
    const said = doubts.get(column.column);
    return said === undefined || column.doubt !== null ? column : { ...column, doubt: `it ${said}` };
  });
}
