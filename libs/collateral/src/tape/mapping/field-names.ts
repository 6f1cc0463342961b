import { namesOf } from '../model/asset-classes.js';
import type { AssetClass, Field } from '../model/field.js';
import { namesOfRole } from '../model/role-names.js';
import { type NameMeaning, meaningOfName, signatureOf } from './name-meaning.js';

/** A name by which a field is known, and what it says. */
export interface FieldName {
  readonly name: string;
  readonly meaning: NameMeaning;
}

const known = new WeakMap<AssetClass, ReadonlyMap<Field, readonly FieldName[]>>();

/** Names of a class's fields: their own, and what loans' files call the role, where that is no other field's own name. */
function namesIn(one: AssetClass): ReadonlyMap<Field, readonly FieldName[]> {
  const owners = new Map(
    one.fields.flatMap((field) => namesOf(field).map((name) => [signatureOf(name), field] as const)),
  );
  const roles = new Set<string>();
  const names = one.fields.map((field) => {
    const first = field.role !== null && !roles.has(field.role);
    if (field.role !== null) roles.add(field.role);
    const free = (name: string): boolean => (owners.get(signatureOf(name)) ?? field) === field;
    const all = [...namesOf(field), ...(first ? namesOfRole(field.role, one.name).filter(free) : [])];
    return [field, all.map((name) => ({ name, meaning: meaningOfName(name) }))] as const;
  });
  return new Map(names);
}

/** All names by which a field of a class is known. */
export function namesOfField(one: AssetClass, field: Field): readonly FieldName[] {
  let names = known.get(one);
  if (names === undefined) known.set(one, (names = namesIn(one)));
  return names.get(field) ?? [];
}
