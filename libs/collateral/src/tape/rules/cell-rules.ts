import { detached } from '../detached.js';
import type { FindingLog, TapeRule } from '../finding.js';
import type { FieldPlace } from '../header.js';
import type { Field } from '../model/field.js';
import { identifierForm, type IdentifierForm, isLei, isRegion } from '../model/identifiers.js';
import type { FieldValue, RowReader } from '../row-reader.js';

/** A rule of one cell beyond its type, of the row to which a reader has turned. */
export type CellRule = (reader: RowReader, log: FindingLog) => void;

const ZERO = 0x30;

/** The year with which a date or a month begins. */
function yearOf(date: string): number {
  let year = 0;
  for (let at = 0; at < 4; at++) year = year * 10 + date.charCodeAt(at) - ZERO;
  return year;
}

/** The size of a value on the scale in which ranges are told: units of money, fractions, years, counts. */
function sizeOf(value: FieldValue, unit: number): number | null {
  if (typeof value === 'bigint') return Number(value) / unit;
  if (typeof value === 'string') return unit === YEARS ? yearOf(value) : null;
  return typeof value === 'number' ? value : null;
}

/** What sizes are counted in. */
const [COUNTS, YEARS] = [1, -1];
const UNITS: Partial<Record<Field['kind'], number>> = { money: 100, rate: 1e12, date: YEARS, month: YEARS };

const REMEDIES: Partial<Record<Field['kind'], string>> = {
  rate: 'check the rate, and whether the column holds fractions or percentages',
  money: 'check the amount, and whether the column holds units or cents',
  date: 'check the year, and how the column writes dates',
  month: 'check the year, and how the column writes dates',
};

function remark(place: FieldPlace, reader: RowReader, log: FindingLog, rule: TapeRule, said: string, remedy: string) {
  const { row } = reader;
  const { column } = place;
  log.add({ row, column, value: reader.text(place), rule, message: `row ${row}: ${column} ${said}`, remedy });
}

/** What is not in a code list of a cell that may state several codes. */
function strangeCode(value: string, codes: ReadonlySet<string>): string | undefined {
  return value.split(';').find((code) => !codes.has(code.trim()));
}

/** Codes of a list that a remedy names. */
const MOST_NAMED = 70;

/** Cells in other words that are held back until one of the column is in its code list. */
const MOST_HELD = 1_000;

/**
 * A code list of a column that a servicer calls by a name of its own, of a field by which nothing is reckoned: it may say it
 * in words of its own ("New", "Used"), so that the list holds from the first cell on that is in it.
 */
function ownCodeRule(place: FieldPlace, list: readonly string[]): CellRule {
  const codes = new Set(list);
  const rule = codeRule(place, list);
  const held: { readonly row: number; readonly value: string; readonly log: FindingLog }[] = [];
  let isMet = false;
  return (reader, log) => {
    if (isMet) return rule(reader, log);
    const value = reader.values[place.slot] ?? null;
    if (typeof value !== 'string') return;
    isMet = strangeCode(value, codes) === undefined;
    if (!isMet && held.length < MOST_HELD) held.push({ row: reader.row, value: detached(value), log });
    if (isMet) for (const one of held) tellCode(place, one, list);
  };
}

function tellCode(
  { column }: FieldPlace,
  { row, value, log }: { readonly row: number; readonly value: string; readonly log: FindingLog },
  list: readonly string[],
): void {
  const message = `row ${row}: ${column} is "${value.slice(0, 60)}", which is not in its code list`;
  log.add({ row, column, value, rule: 'unknown-code', message, remedy: codeRemedy(list) });
}

const codeRemedy = (list: readonly string[]): string =>
  `write one of ${list.length > MOST_NAMED ? `its codes, like ${list.slice(0, 4).join(', ')}` : list.join(', ')}`;

function codeRule(place: FieldPlace, list: readonly string[]): CellRule {
  const codes = new Set(list);
  const known = codeRemedy(list);
  return (reader, log) => {
    const value = reader.values[place.slot] ?? null;
    if (value === null || (typeof value === 'string' && codes.has(value))) return;
    const strange = strangeCode(String(value), codes);
    if (strange === undefined) return;
    const said = `is "${strange.slice(0, 60)}", which is not in its code list`;
    remark(place, reader, log, 'unknown-code', said, known);
  };
}

function rangeRule(place: FieldPlace): CellRule {
  const { kind, range } = place.field;
  const [low, high] = range;
  const unit = UNITS[kind] ?? COUNTS;
  const remedy = REMEDIES[kind] ?? 'check the value';
  return (reader, log) => {
    const value = reader.values[place.slot] ?? null;
    const size = value === null ? null : sizeOf(value, unit);
    if (size === null || (size >= low && size <= high)) return;
    remark(place, reader, log, 'out-of-range', `is outside what is plausible (${low} to ${high})`, remedy);
  };
}

interface FormCheck {
  readonly is: (text: string) => boolean;
  readonly rule: TapeRule;
  readonly said: string;
  readonly remedy: string;
}

const FORMS: Readonly<Record<IdentifierForm, FormCheck>> = {
  lei: {
    is: isLei,
    rule: 'wrong-identifier',
    said: 'is no legal entity identifier: twenty characters whose last two are the check digits of the others (ISO 17442)',
    remedy: 'state the identifier as it is registered',
  },
  region: {
    is: isRegion,
    rule: 'unknown-code',
    said: 'is no region of NUTS: the code of a country and at most three characters',
    remedy: 'state the region like DE212, or of a country without regions its code and ZZZ',
  },
};

function formRule(place: FieldPlace, { is, rule, said, remedy }: FormCheck): CellRule {
  return (reader, log) => {
    const value = reader.values[place.slot] ?? null;
    if (typeof value === 'string' && !is(value)) remark(place, reader, log, rule, said, remedy);
  };
}

/** Whether a servicer's own name is mapped to a field by which nothing is reckoned. */
const isOwn = ({ column, field: { name, esma, role } }: FieldPlace): boolean =>
  role === null && column !== name && column !== esma;

/** The rules of single cells beyond their types: what is plausible, and code lists. All warn. */
export function cellRulesOf(places: readonly FieldPlace[]): readonly CellRule[] {
  return places.flatMap((place) => {
    const { kind, template, esma } = place.field;
    // A template's list holds of the template's columns; a servicer's own column may say it in other words.
    const codes = (place.column === esma ? template?.codes : null) ?? place.field.codes;
    if (codes !== null) return [isOwn(place) ? ownCodeRule(place, codes) : codeRule(place, codes)];
    const form = place.column === esma ? identifierForm(place.field.name) : null;
    if (form !== null) return [formRule(place, FORMS[form])];
    return kind === 'text' || kind === 'flag' || kind === 'code' ? [] : [rangeRule(place)];
  });
}
