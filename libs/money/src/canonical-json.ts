import { NotCanonical } from './errors.js';

function canonical(value: unknown, path: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonical(path, 'number that is not finite');
    return value;
  }
  if (Array.isArray(value)) return value.map((item, index) => canonical(item, `${path}[${index}]`));
  if (typeof value !== 'object') throw new NotCanonical(path, typeof value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new NotCanonical(path, value.constructor.name);
  // A null prototype keeps a key named __proto__ an ordinary key.
  const sorted: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (item !== undefined) sorted[key] = canonical(item, `${path}.${key}`);
  }
  return sorted;
}

/**
 * The one form in which Weir publishes JSON: keys sorted by code unit (integer-like keys first, as JavaScript orders
 * them), two spaces of indent, a final line feed. Absent (undefined) members are left out.
 * @throws NotCanonical on bigint, functions, class instances and numbers that are not finite.
 */
export function canonicalJson(value: unknown): string {
  return `${JSON.stringify(canonical(value, '$'), null, 2)}\n`;
}
