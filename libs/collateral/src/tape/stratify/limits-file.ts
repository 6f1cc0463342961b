import { parseMoney, parseRate } from '@weir/money';
import { LimitsInvalid } from '../errors.js';
import type { AssetClass, Field } from '../model/field.js';
import type { ConcentrationLimit } from './concentration.js';

type Part = ConcentrationLimit['part'];

/** A figure of a limit on the scale of its field: cents, `RATE_SCALE`, or a count. @throws when it is none */
function figure(field: Field, text: unknown): bigint {
  if (typeof text !== 'string') throw new TypeError('figures are texts');
  if (field.kind === 'money') return parseMoney(text);
  return field.kind === 'rate' ? parseRate(text) : BigInt(text);
}

function partOf(field: Field, entry: Record<string, unknown>): Part | string {
  const { values, each, largest, from = null, below = null } = entry;
  if (Array.isArray(values)) return { values: values.map(String) };
  if (each === true) return { each: true };
  if (typeof largest === 'number' && Number.isInteger(largest) && largest > 0) return { largest };
  if (from === null && below === null) return 'needs values, each, largest, or from and below';
  try {
    return { from: from === null ? null : figure(field, from), below: below === null ? null : figure(field, below) };
  } catch {
    return `needs from and below as texts of ${field.kind}, like "650" or "12.5 %"`;
  }
}

function readLimit(entry: Record<string, unknown>, one: AssetClass): ConcentrationLimit | string {
  const field = one.fields.find(({ name }) => name === entry.field);
  if (typeof entry.id !== 'string' || entry.id === '') return 'needs an "id"';
  if (field === undefined) return `${entry.id}: "${String(entry.field)}" is no field of ${one.name}`;
  const part = partOf(field, entry);
  if (typeof part === 'string') return `${entry.id} ${part}`;
  try {
    return { id: entry.id, field: field.name, part, most: parseRate(String(entry.most)) };
  } catch {
    return `${entry.id} needs "most" like "20 %"`;
  }
}

/**
 * Reads concentration limits: a JSON list of `{ id, field, most }` with `values`, `each: true`, `largest: n`, or `from` and
 * `below`.
 * @throws LimitsInvalid naming all that is wrong
 */
export function parseLimits(text: string, one: AssetClass): ConcentrationLimit[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new LimitsInvalid(['they are not JSON']);
  }
  if (!Array.isArray(json)) throw new LimitsInvalid(['they are no list']);
  const read = json.map((entry: unknown) => readLimit(Object(entry) as Record<string, unknown>, one));
  const faults = read.filter((limit) => typeof limit === 'string');
  if (faults.length > 0) throw new LimitsInvalid(faults);
  return read.filter((limit) => typeof limit !== 'string');
}
