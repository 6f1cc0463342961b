import { createHash } from 'node:crypto';
import { suggest } from '@weir/deal';
import { ASSET_CLASSES, assetClassNamed, namesOf, plainName } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { MappingInvalid } from '../errors.js';
import {
  DATE_PATTERNS,
  SCALES,
  type MappedColumn,
  type Mapping,
  type TotalsMark,
  type TotalsMarks,
  type Unit,
} from './mapping.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const oneOf = <T extends string>(value: unknown, known: readonly T[]): value is T => known.includes(value as T);

const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string');

/** What is wrong with a unit, or null. */
function unitFault(unit: unknown): string | null {
  if (unit === null) return null;
  if (!isObject(unit)) return 'is no object';
  if (unit.kind === 'date') {
    const good = isWords(unit.patterns) && unit.patterns.every((pattern) => oneOf(pattern, DATE_PATTERNS));
    return good ? null : `needs patterns of ${DATE_PATTERNS.join(', ')}`;
  }
  if (unit.kind === 'flag') return isWords(unit.yes) && isWords(unit.no) ? null : 'needs lists yes and no';
  if (unit.kind === 'bucket') return null;
  if (unit.kind !== 'number') return 'needs kind number, date, flag or bucket';
  if (!oneOf(unit.decimal, ['.', ','])) return 'needs decimal "." or ","';
  if (!oneOf(unit.thousands, ['', ',', '.', ' ', "'"])) return 'needs a thousands separator, or ""';
  if (unit.decimal === unit.thousands) return 'has one sign for decimals and thousands';
  if (!oneOf(unit.scale, SCALES)) return `needs a scale of ${SCALES.join(', ')}`;
  if (!oneOf(unit.negative, ['minus', 'parentheses', 'trailing'])) return 'needs how negatives are written';
  return unit.stated === undefined || isStatement(unit.stated) ? null : STATEMENT;
}

const STATEMENT =
  'needs as "stated" two amounts above zero, less than a hundred times apart, between which the middle cell lies';

/** Whether it is a range that tells a number from one a hundred times larger. */
function isStatement(stated: unknown): boolean {
  if (!Array.isArray(stated) || stated.length !== 2) return false;
  const [low, high] = stated as unknown[];
  return typeof low === 'number' && typeof high === 'number' && low > 0 && low < high && high < low * 100;
}

/** What is wrong with how rows of totals are known, or null. @param columns those of the mapping */
function totalsFault(totals: unknown, columns: readonly MappedColumn[], one: AssetClass): string | null {
  if (totals === undefined) return null;
  if (!Array.isArray(totals)) return markFault(totals, columns, one);
  if (totals.length === 0) return '"totals" is an empty list: leave it out';
  return totals.map((mark) => markFault(mark, columns, one)).find((fault) => fault !== null) ?? null;
}

function markFault(totals: unknown, columns: readonly MappedColumn[], one: AssetClass): string | null {
  if (
    !isObject(totals) ||
    typeof totals.column !== 'string' ||
    (totals.adds !== true && totals.named !== true && !isWords(totals.says))
  )
    return '"totals" needs a "column", and "says" with a list of texts, "named": true or "adds": true';
  if (totals.mayDiffer !== undefined && totals.mayDiffer !== true)
    return '"mayDiffer" of "totals" is true, or left out';
  const { column, adds } = totals;
  const found = columns.find((mapped) => mapped.column === column);
  if (found === undefined) return `the column "${column}" of "totals" is none of the mapping`;
  const field = one.fields.find(({ name }) => name === found.field);
  return adds === true && field?.kind !== 'money'
    ? `the column "${column}" of "totals" holds no amounts that add up`
    : null;
}

/** What a name that is no field was most likely meant to be: the field that servicers call so, or the nearest name. */
function meantOf(name: string, { fields }: AssetClass): string {
  const called = fields.find((field) => namesOf(field).some((other) => plainName(other) === plainName(name)));
  const known = fields.map((field) => field.name);
  return called === undefined ? suggest(name, known) : `; did you mean "${called.name}"?`;
}

function markOf(mark: Record<string, unknown>): TotalsMark {
  const column = mark.column as string;
  const accepted = mark.mayDiffer === true ? ({ mayDiffer: true } as const) : {};
  if (mark.says !== undefined) return { column, says: mark.says as string[], ...accepted };
  return mark.named === true ? { column, named: true, ...accepted } : { column, adds: true, ...accepted };
}

/** One mark stays one and a list a list: a mapping that was saved keeps its hash. */
const totalsOf = (totals: unknown): TotalsMarks =>
  Array.isArray(totals) ? totals.map(markOf) : markOf(totals as Record<string, unknown>);

/**
 * Reads a mapping from JSON that a person may have edited.
 * @throws MappingInvalid naming all that is wrong with it
 */
export function parseMapping(text: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new MappingInvalid(['it is not JSON']);
  }
  if (!isObject(json) || json.form !== 1 || !Array.isArray(json.columns)) {
    throw new MappingInvalid(['it needs "form": 1, "assetClass" and a list "columns"']);
  }
  const assetClass = assetClassNamed(String(json.assetClass));
  if (assetClass === null) {
    const hint = suggest(
      String(json.assetClass),
      ASSET_CLASSES.map(({ name }) => name),
    );
    throw new MappingInvalid([`there is no asset class "${String(json.assetClass)}"${hint}`]);
  }
  const faults: string[] = [];
  const [columns, fields] = [new Set<string>(), new Set<string>()];
  const mapped = json.columns.flatMap((entry: unknown, index): MappedColumn[] => {
    if (!isObject(entry) || typeof entry.column !== 'string') {
      faults.push(`columns[${index}] needs a "column"`);
      return [];
    }
    const { column, field = null, unit = null } = entry;
    if (columns.has(column)) faults.push(`the column "${column}" appears twice`);
    columns.add(column);
    if (field !== null && !assetClass.fields.some(({ name }) => name === field)) {
      const said = `"${String(field)}" of the column "${column}" is no field of ${assetClass.name}`;
      faults.push(`${said}${meantOf(String(field), assetClass)}`);
    } else if (field !== null && fields.has(String(field))) faults.push(`the field ${String(field)} has two columns`);
    fields.add(String(field));
    const fault = unitFault(unit);
    if (fault !== null) faults.push(`the unit of "${column}" ${fault}`);
    return [{ column, field: field as string | null, unit: unit as Unit | null }];
  });
  const fault = totalsFault(json.totals, mapped, assetClass);
  if (fault !== null) faults.push(fault);
  if (faults.length > 0) throw new MappingInvalid(faults);
  const totals = json.totals === undefined ? {} : { totals: totalsOf(json.totals) };
  return { form: 1, assetClass: assetClass.name, columns: mapped, ...totals };
}

/** The mapping as JSON in one form: the same mapping gives the same text. */
export function printMapping({ assetClass, columns, totals }: Mapping): string {
  const sorted = (value: unknown): unknown =>
    isObject(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
      : value;
  const plain = columns.map(({ column, field, unit }) => ({ column, field, unit: sorted(unit) }));
  const marked = totals === undefined ? {} : { totals: totalsOf(totals) };
  return `${JSON.stringify({ form: 1, assetClass, columns: plain, ...marked }, null, 2)}\n`;
}

/** SHA-256 of the printed mapping, hexadecimal: the version that a reading names. */
export function mappingHash(mapping: Mapping): string {
  return createHash('sha256').update(printMapping(mapping)).digest('hex');
}
