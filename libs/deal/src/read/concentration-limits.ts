import { RATE_SCALE } from '@weir/money';
import {
  type ConcentrationLimit,
  LIMIT_FIGURES,
  type LimitedPart,
  LOAN_FACTS,
  type LoanFact,
} from '../concentration-limit.js';
import type { Cursor } from '../source/cursor.js';
import { positiveShare } from './reading.js';

const PARTS = ['values', 'each', 'largest', 'from', 'below'] as const;
const FIELDS = ['id', 'field', 'average', ...PARTS, 'except', 'least', 'most'] as const;
type Fields = Partial<Record<(typeof FIELDS)[number], Cursor>>;

const isFact = (name: string): name is LoanFact => name in LOAN_FACTS;

/** The name of what the limit is of. Whether the loan model has such a field is known where a tape is read. */
function readFact(cursor: Cursor): string {
  const name = cursor.text();
  if (name !== '' && !/^[A-Za-z_]\w*$/.test(name)) {
    cursor.error('name', `"${name}" is no field of a loan: use letters, digits and _, a letter first`);
  }
  return name;
}

/** A figure as it is written; of a fact that is known here it must be one of its kind. */
function readFigure(cursor: Cursor | undefined, field: string): string | null {
  if (!cursor) return null;
  const kind = isFact(field) ? LOAN_FACTS[field] : undefined;
  if (kind === null) {
    cursor.error('value', `${field} is a text, which has no figure: write values, each or largest`);
  } else if (kind) cursor.parsed(LIMIT_FIGURES[kind], 0n, 'value');
  return cursor.text();
}

const textsOf = (cursor: Cursor | undefined): string[] => cursor?.items().map((item) => item.text()) ?? [];

function readCount(cursor: Cursor): number {
  const text = cursor.text();
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  cursor.error('number', `"${text}" is no count: write a whole number like 5`);
  return 1;
}

function readPart(fields: Fields, field: string): LimitedPart {
  const { values, each, largest, from, below } = fields;
  if (fields.except && !each && !largest) {
    fields.except.error('unknown-field', '"except" goes with each and largest');
  }
  const except = textsOf(fields.except);
  if (values) return { values: textsOf(values) };
  if (each) {
    each.choice(['true']);
    return { each: true, except };
  }
  if (largest) return { largest: readCount(largest), except };
  return { from: readFigure(from, field), below: readFigure(below, field) };
}

/** Kinds of part that are written: one of values, each, largest, and the two ends of a range. */
function partsIn(fields: Fields): number {
  const range = fields.from !== undefined || fields.below !== undefined ? 1 : 0;
  return range + [fields.values, fields.each, fields.largest].filter((part) => part !== undefined).length;
}

function readShareLimit(limit: Cursor, fields: Fields, id: string, field: string): ConcentrationLimit {
  if (partsIn(fields) !== 1) {
    limit.error('shape', 'a limit is of one part of the pool: write values, each, largest, or from and below');
  }
  fields.least?.error('unknown-field', '"least" goes with average; a share has only "most"');
  if (!fields.most) limit.lacks('most', '');
  const most = fields.most ? positiveShare(fields.most) : RATE_SCALE;
  if (most > RATE_SCALE) fields.most?.error('share', 'a part of the pool is at most 100 % of it');
  return { kind: 'share', id, field, part: readPart(fields, field), most, ...limit.place };
}

function readAverageLimit(limit: Cursor, fields: Fields, id: string, field: string): ConcentrationLimit {
  for (const name of [...PARTS, 'except'] as const) {
    fields[name]?.error('unknown-field', `"${name}" tells a part of the pool; an average is of all of it`);
  }
  if (!fields.least && !fields.most) limit.lacks('least', ': an average needs "least" or "most"');
  const [least, most] = [readFigure(fields.least, field), readFigure(fields.most, field)];
  return { kind: 'average', id, field, least, most, ...limit.place };
}

/** Concentration limits: the most that parts of the pool may be of it, and bounds of means over it. */
export function readConcentrationLimits(cursor: Cursor): ConcentrationLimit[] {
  const seen = new Set<string>();
  return cursor.items(0).map((limit) => {
    const { id: named, ...fields } = limit.fields(['id'], FIELDS.slice(1)) as Fields & { id: Cursor };
    const id = named.text();
    if (id !== '' && seen.has(id)) named.error('duplicate-name', `"${id}" already names a concentration limit`);
    seen.add(id);
    if (fields.average) {
      fields.field?.error('unknown-field', 'a limit has "field", for a share of the pool, or "average"');
      return readAverageLimit(limit, fields, id, readFact(fields.average));
    }
    if (!fields.field) limit.lacks('field', ': a limit has "field", for a share of the pool, or "average"');
    return readShareLimit(limit, fields, id, fields.field ? readFact(fields.field) : '');
  });
}
