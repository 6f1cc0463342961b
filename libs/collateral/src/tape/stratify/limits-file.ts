import type { LimitedPart } from '@weir/deal';
import { parseRate } from '@weir/money';
import { LimitsInvalid } from '../errors.js';
import type { AssetClass } from '../model/field.js';
import type { PoolLimit } from './limit.js';
import { limitsOfClass, type WrittenLimit } from './limits-of-class.js';

type Entry = Record<string, unknown>;

const NEEDS_PART = 'needs values, each, largest, or from and below';
const NEEDS_TEXTS = 'needs its figures as texts, like "650" or "12.5 %"';

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

function partOf({ values, each, largest, except, from = null, below = null }: Entry): LimitedPart | string {
  const left = { except: Array.isArray(except) ? except.map(String) : [] };
  if (Array.isArray(values)) return { values: values.map(String) };
  if (each === true) return { each: true, ...left };
  if (typeof largest === 'number' && Number.isInteger(largest) && largest > 0) return { largest, ...left };
  if (from === null && below === null) return NEEDS_PART;
  return isTextOrNull(from) && isTextOrNull(below) ? { from, below } : NEEDS_TEXTS;
}

function readAverage(entry: Entry, id: string): WrittenLimit | string {
  const { average, least = null, most = null } = entry;
  if (least === null && most === null) return `${id} needs "least" or "most"`;
  if (!isTextOrNull(least) || !isTextOrNull(most)) return `${id} ${NEEDS_TEXTS}`;
  return { kind: 'average', id, field: String(average), least, most };
}

function readLimit(entry: Entry): WrittenLimit | string {
  const { id, field, most } = entry;
  if (typeof id !== 'string' || id === '') return 'needs an "id"';
  if (entry.average !== undefined) return readAverage(entry, id);
  if (typeof field !== 'string') return `${id} needs a "field", or an "average"`;
  const part = partOf(entry);
  if (typeof part === 'string') return `${id} ${part}`;
  try {
    return { kind: 'share', id, field, part, most: parseRate(String(most)) };
  } catch {
    return `${id} needs "most" like "20 %"`;
  }
}

/**
 * Reads concentration limits: a JSON list of `{ id, field, most }` with `values`, `each: true`, `largest: n`, or `from` and
 * `below`, or of `{ id, average, least, most }`, as a deal document has them.
 * @throws LimitsInvalid naming all that is wrong
 */
export function parseLimits(text: string, one: AssetClass): PoolLimit[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new LimitsInvalid(['they are not JSON']);
  }
  if (!Array.isArray(json)) throw new LimitsInvalid(['they are no list']);
  const read = json.map((entry: unknown) => readLimit(Object(entry) as Entry));
  const { limits, faults } = limitsOfClass(
    read.filter((limit) => typeof limit !== 'string'),
    one,
  );
  const all = [...read.filter((limit) => typeof limit === 'string'), ...faults];
  if (all.length > 0) throw new LimitsInvalid(all);
  return [...limits];
}

/** Limits of a deal, as tapes of an asset class are held against them. @throws LimitsInvalid naming all that is wrong */
export function limitsFor(written: readonly WrittenLimit[], one: AssetClass): readonly PoolLimit[] {
  const { limits, faults } = limitsOfClass(written, one);
  if (faults.length > 0) throw new LimitsInvalid(faults);
  return limits;
}
