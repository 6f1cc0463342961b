import { formatMoney } from '@weir/money';
import type { Field, Role } from '../model/field.js';
import type { FieldValue } from '../row-reader.js';

/** A value's place in a table: what it is called and where it stands. */
export interface Bucket {
  readonly label: string;
  /** Position among the table's ranges; 0 for tables by value. */
  readonly order: number;
}

/** How the values of a field are put into buckets. */
export type Bucketing = (value: FieldValue) => Bucket;

const THOUSANDS = [
  0, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 2000, 5000, 10_000, 50_000,
];

/** Lower ends of the ranges by role: amounts in cents, rates at `RATE_SCALE`, counts as they are. */
const EDGES: Partial<Record<Role, readonly bigint[]>> = {
  opening: THOUSANDS.map((thousand) => BigInt(thousand) * 100_000n),
  closing: THOUSANDS.map((thousand) => BigInt(thousand) * 100_000n),
  originalAmount: THOUSANDS.map((thousand) => BigInt(thousand) * 100_000n),
  value: THOUSANDS.map((thousand) => BigInt(thousand) * 100_000n),
  rate: Array.from({ length: 31 }, (_, percent) => BigInt(percent) * 10_000_000_000n),
  originalRate: Array.from({ length: 31 }, (_, percent) => BigInt(percent) * 10_000_000_000n),
  ltv: Array.from({ length: 16 }, (_, tenth) => BigInt(tenth) * 100_000_000_000n),
  originalTerm: Array.from({ length: 41 }, (_, year) => BigInt(year) * 12n),
  remainingTerm: Array.from({ length: 41 }, (_, year) => BigInt(year) * 12n),
  score: [0n, 500n, 550n, 600n, 650n, 700n, 750n, 800n, 850n],
  daysPastDue: [0n, 1n, 31n, 61n, 91n, 121n],
};

const NOT_STATED: Bucket = { label: 'not stated', order: Number.MAX_SAFE_INTEGER };

const percent = (rate: bigint): string => `${Number(rate / 10_000_000_000n)} %`;

function print(field: Field, edge: bigint): string {
  if (field.kind === 'money') return formatMoney(edge).replace(/\.00$/, '');
  return field.kind === 'rate' ? percent(edge) : String(edge);
}

/** Ranges of a field: each from its lower end, included, to the next. */
export function ranges(field: Field, edges: readonly bigint[]): Bucketing {
  const labels = edges.map((edge, index) => {
    const next = edges[index + 1];
    return next === undefined
      ? `${print(field, edge)} and more`
      : `${print(field, edge)} to under ${print(field, next)}`;
  });
  return (value) => {
    if (typeof value !== 'bigint' && typeof value !== 'number') return NOT_STATED;
    const size = BigInt(value);
    const above = edges.findIndex((edge) => edge > size);
    const order = above === -1 ? edges.length - 1 : above - 1;
    if (order < 0) return { label: `under ${print(field, edges[0] ?? 0n)}`, order: -1 };
    return { label: labels[order] ?? '', order };
  };
}

/** By value; dates by year. */
const byValue =
  (field: Field): Bucketing =>
  (value) => {
    if (value === null) return NOT_STATED;
    const dated = field.kind === 'date' || field.kind === 'month';
    return { label: dated ? String(value).slice(0, 4) : String(value), order: 0 };
  };

/** The usual buckets of a field: ranges by its role, values otherwise. */
export function bucketsOf(field: Field): Bucketing {
  const edges = field.role === null ? undefined : EDGES[field.role];
  if (edges !== undefined) return ranges(field, edges);
  const numeric = field.kind === 'money' || field.kind === 'rate';
  return numeric ? ranges(field, field.kind === 'money' ? (EDGES.closing ?? []) : (EDGES.rate ?? [])) : byValue(field);
}
