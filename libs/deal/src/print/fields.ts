import type { Formula } from '../expression/ast.js';

/** What stands in a document: a text, a list, or fields. */
export type Value = string | readonly Value[] | Fields;
export interface Fields {
  [name: string]: Value;
}

/** The fields that are there; null ones are left out. */
export function given(fields: Record<string, Value | null | undefined>): Fields {
  const entries = Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] != null);
  return Object.fromEntries(entries);
}

/** Things by their names in document order, or null when there are none. */
export function byName<T extends { name: string }>(items: readonly T[], valueOf: (item: T) => Value): Fields | null {
  if (items.length === 0) return null;
  return Object.fromEntries(items.map((item) => [item.name, valueOf(item)]));
}

export function textOf(formula: Formula): string {
  return formula.text;
}

export function maybeText(formula: Formula | null): string | null {
  return formula && formula.text;
}

/** `true` or `false` where it differs from what is meant when nothing is written. */
export function flag(value: boolean, otherwise: boolean): string | null {
  return value === otherwise ? null : String(value);
}
