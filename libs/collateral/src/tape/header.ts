import { MissingColumns, TapeUnreadable } from './errors.js';
import { converterOf, type Convert } from './mapping/convert.js';
import { daysOfStatus } from './mapping/status-days.js';
import type { Mapping, Unit } from './mapping/mapping.js';
import type { AssetClass, Field } from './model/field.js';
import { requiredOf } from './model/needs.js';
import { isEsmaCode } from './source/vocabulary.js';

/** Where a field stands in the file and in a row that was read, and how its cells are written. */
export interface FieldPlace {
  readonly field: Field;
  /** Index of its cell in a record of the file. */
  readonly at: number;
  /** Index of its value in a row that was read. */
  readonly slot: number;
  /** Name of its column in the file. */
  readonly column: string;
  /** How its cells are written; null where they are what Weir reads already. */
  readonly unit: Unit | null;
  /** How its cells become what Weir reads; null where they are that already. */
  readonly convert: Convert | null;
  /** Whether it is reckoned from a column of another field; what that says nothing of is not stated. */
  readonly reckoned?: true;
}

/** Where each field that Weir reads stands in a row, and how its cells are written. */
export interface TapeHeader {
  readonly width: number;
  /** Names of the file's columns. */
  readonly columns: readonly string[];
  /** Fields of the asset class that the file has, in the class's order, each at its slot. */
  readonly places: readonly FieldPlace[];
  /** The place of a field; undefined where the file lacks it. */
  place(field: string): FieldPlace | undefined;
  /** Index of the cell of a field or of a column; undefined where the file lacks it. */
  at(name: string): number | undefined;
  /** Whether a mapping says what the columns are, and not their own names. */
  readonly mapped: boolean;
  /** Days past due that are reckoned from a status, where no column states them. */
  readonly reckoned: FieldPlace | null;
  /** Name of the field's column in the file. */
  nameOf(field: string): string;
}

/** The column names of a source and the row they stand in. */
export interface SourceColumns {
  readonly columns: readonly string[];
  readonly headerRow: number;
}

const HEADER_REMEDY =
  'confirm a mapping of the columns there are (weir tape --propose writes one), or name them by the SEC ABS-EE elements or the ESMA field codes';

/** ESMA states rates as percentages and flags as Y and N. */
const ESMA_UNITS: Partial<Record<Field['kind'], Unit>> = {
  rate: { kind: 'number', decimal: '.', thousands: '', scale: 'percentage', negative: 'minus' },
  flag: { kind: 'flag', yes: ['Y', 'true'], no: ['N', 'false'] },
};

type FoundColumn = Pick<FieldPlace, 'at' | 'column' | 'unit'>;

/** Which field a column is: by the mapping, or by its own name or code when there is none. */
function fieldOfColumns(one: AssetClass, mapping: Mapping | null): (column: string) => [Field, Unit | null] | null {
  const byName = new Map(one.fields.map((field) => [field.name, field]));
  if (mapping !== null) {
    const mapped = new Map(mapping.columns.map((column) => [column.column, column]));
    return (column) => {
      const found = mapped.get(column);
      const field = byName.get(found?.field ?? '');
      return field === undefined ? null : [field, found?.unit ?? null];
    };
  }
  const byCode = new Map(one.fields.flatMap((field) => (field.esma === null ? [] : [[field.esma, field] as const])));
  return (column) => {
    const coded = isEsmaCode(column) ? byCode.get(column) : undefined;
    if (coded !== undefined) return [coded, ESMA_UNITS[coded.kind] ?? null];
    const named = byName.get(column);
    return named === undefined ? null : [named, null];
  };
}

function findColumns(source: SourceColumns, one: AssetClass, mapping: Mapping | null, keys: ReadonlySet<string>) {
  const fieldOf = fieldOfColumns(one, mapping);
  const fields = new Map<string, FoundColumn>();
  const columns = new Map<string, number>();
  const twice = (name: string): never => {
    throw new TapeUnreadable(
      'header',
      source.headerRow,
      `the column ${name} appears twice`,
      'leave one of the two out',
    );
  };
  source.columns.forEach((column, at) => {
    const found = fieldOf(column);
    if (columns.has(column) && keys.has(column)) twice(column);
    if (!columns.has(column)) columns.set(column, at);
    if (found === null) return;
    const [field, unit] = found;
    if (fields.has(field.name)) twice(mapping === null ? column : `of ${field.name}`);
    fields.set(field.name, { at, column, unit });
  });
  return { fields, columns };
}

/** What a status that says no number of days states of them. */
const daysOrNone: Convert = (cell) => daysOfStatus(cell) ?? '';

type Found = Omit<FieldPlace, 'slot' | 'convert'> & { readonly convert?: Convert };

/**
 * The status from which days past due are reckoned where a servicer's own tape has no column of them; null where it has one.
 * Codes of a standard say no days.
 */
function statusFor(field: Field, fields: ReadonlyMap<string, FoundColumn>, one: AssetClass): Found | null {
  if (field.role !== 'daysPastDue' || fields.has(field.name)) return null;
  const status = one.fields
    .filter(({ name, role }) => name === 'loanStatus' || role === 'status')
    .sort((a, b) => Number(b.name === 'loanStatus') - Number(a.name === 'loanStatus'))
    .flatMap(({ name }) => fields.get(name) ?? [])[0];
  if (status === undefined) return null;
  return { field, at: status.at, column: status.column, unit: null, convert: daysOrNone, reckoned: true };
}

/**
 * Binds the columns of a source to the fields of an asset class; columns that are no field are left alone.
 * @param keyColumns fields or columns of the configured loan key, which the tape must have too
 * @throws TapeUnreadable when no column is a field, or a field has two columns
 * @throws MissingColumns naming every required field that is absent
 */
export function readHeader(
  source: SourceColumns,
  one: AssetClass,
  keyColumns: readonly string[],
  mapping: Mapping | null = null,
): TapeHeader {
  const { fields, columns } = findColumns(source, one, mapping, new Set(keyColumns));
  if (fields.size === 0) {
    throw new TapeUnreadable('header', source.headerRow, 'no column is one that Weir knows', HEADER_REMEDY);
  }
  const cells = new Map([...columns, ...[...fields].map(([name, { at }]) => [name, at] as const)]);
  const required = requiredOf(one, mapping !== null).map(({ name }) => name);
  // Whatever identifies a loan is the key, and need not be the field of that role.
  const keyField = one.fields.find(({ role }) => role === 'key')?.name;
  const wanted = new Set([...keyColumns, ...required.filter((name) => name !== keyField)]);
  const missing = [...wanted].filter((name) => !cells.has(name));
  if (missing.length > 0) throw new MissingColumns(missing, one, mapping !== null);
  const places = one.fields
    .flatMap((field): Found[] => {
      const found = fields.get(field.name);
      if (found !== undefined) return [{ field, ...found }];
      const status = mapping === null ? null : statusFor(field, fields, one);
      return status === null ? [] : [status];
    })
    .map((found, slot): FieldPlace => {
      const { convert = found.unit === null ? null : converterOf(found.unit) } = found;
      return { ...found, slot, convert };
    });
  const byName = new Map(places.map((place) => [place.field.name, place]));
  return {
    width: source.columns.length,
    columns: source.columns,
    places,
    place: (field) => byName.get(field),
    at: (name) => cells.get(name),
    mapped: mapping !== null,
    reckoned: places.find(({ reckoned }) => reckoned) ?? null,
    nameOf: (field) => fields.get(field)?.column ?? field,
  };
}
