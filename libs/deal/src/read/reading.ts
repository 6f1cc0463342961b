import { parseMoney, parseRate } from '@weir/money';
import type { Formula, Unit } from '../expression/ast.js';
import { PARTY_ROLES } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { suggest } from '../suggestion.js';
import { readFormula } from './formula.js';
import type { NameKind, Names } from './names.js';
import type { Scope } from './values.js';

/** What the readers of a document's blocks share. */
export interface Reading {
  names: Names;
  /** Marks an amount in formulas: `2500.00 USD`. */
  currency: string;
  /** Everyone who can be paid: the five roles and the parties that the document names beside them. */
  parties: readonly string[];
  /** Months of every collection period, or null when they differ. */
  monthsInPeriod: number | null;
  /** Which names the formulas that are read now may use. */
  scope: Scope;
}

/** A formula of one of the units. */
export function formulaOf(cursor: Cursor, reading: Reading, ...wanted: Unit[]): Formula {
  return readFormula(cursor, reading.names, reading.currency, wanted, reading.scope);
}

/** The same reading, of formulas that must be known at closing. */
export function atClosing(reading: Reading): Reading {
  return { ...reading, scope: 'closing' };
}

/** A formula of one of the units where the field is written, else null. */
export function optionalFormula(cursor: Cursor | undefined, reading: Reading, ...wanted: Unit[]): Formula | null {
  return cursor ? formulaOf(cursor, reading, ...wanted) : null;
}

/** The name of something that the document declares; another is reported. */
export function readName(cursor: Cursor | undefined, kinds: NameKind | readonly NameKind[], reading: Reading): string {
  if (!cursor) return '';
  const name = cursor.text();
  reading.names.refer(name, kinds, cursor.at, cursor.path);
  return name;
}

/** A list of different names of one kind. */
export function readNameList(cursor: Cursor | undefined, kind: NameKind, reading: Reading): string[] {
  const met = new Set<string>();
  return (cursor?.items() ?? []).map((item) => {
    const name = readName(item, kind, reading);
    if (name !== '' && met.has(name)) item.error('duplicate-name', `the ${kind} ${name} stands twice in this list`);
    met.add(name);
    return name;
  });
}

/** Someone who can be paid. One of the five roles that is missing was reported where the parties stand. */
export function readParty(cursor: Cursor | undefined, { parties, names }: Reading): string {
  const name = cursor?.text() ?? '';
  const isRole = PARTY_ROLES.some((role) => role === name);
  if (name !== '' && !parties.includes(name) && !isRole && !names.mayBeUnread(name, [])) {
    cursor?.error('unknown-party', `there is no party "${name}"${suggest(name, parties)}`);
  }
  return name;
}

/** true or false; `otherwise` when the field is not written, and `unread` when it is neither. */
export function readFlag(cursor: Cursor | undefined, otherwise: boolean, unread = otherwise): boolean {
  if (!cursor) return otherwise;
  const flag = cursor.choice(['true', 'false']) === 'true';
  return cursor.isSound ? flag : unread;
}

/** A name that formulas can use, declared where it stands as the text of a field. */
export function declareText(cursor: Cursor, kind: NameKind, { names }: Reading): string {
  const name = cursor.text();
  if (name !== '' && !/^[A-Za-z_]\w*$/.test(name)) {
    cursor.error('name', `"${name}" is no name: use letters, digits and _, a letter first`);
  } else names.declare(name, kind, cursor.at, cursor.path);
  return name;
}

/** A payee cannot have the name of the last one: what each is paid is kept by name, and both would be paid as one. */
export function refuseLastPayee(cursor: Cursor, name: string, at: number = cursor.at): void {
  if (name === 'residual') cursor.error('reserved-name', '"residual" names the last payee; choose another name', at);
}

/** An amount above zero, in cents. */
export function positiveMoney(cursor: Cursor): bigint {
  return positive(cursor, parseMoney);
}

/** A share above zero at `RATE_SCALE`. */
export function positiveShare(cursor: Cursor): bigint {
  return positive(cursor, parseRate);
}

function positive(cursor: Cursor, parse: (text: string) => bigint): bigint {
  const value = cursor.parsed(parse, 1n, 'number');
  if (value <= 0n) cursor.error('number', 'this must be above zero');
  return value > 0n ? value : 1n;
}
