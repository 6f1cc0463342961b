import {
  type AverageLimit,
  LIMIT_FIGURES,
  type LimitedPart,
  type LimitFigure,
  LOAN_FACTS,
  type LoanFact,
  type ShareLimit,
  suggest,
} from '@weir/deal';
import { ASSET_CLASSES } from '../model/asset-classes.js';
import type { AssetClass, Field, Role } from '../model/field.js';
import type { PoolLimit, PoolPart } from './limit.js';

/** A limit as it is written, whatever the asset class. */
export type WrittenLimit = ShareLimit | AverageLimit;

/** Roles that are what a fact says; the first that the asset class has counts. */
const ROLES: Record<LoanFact, readonly Role[]> = {
  balance: ['closing'],
  originalAmount: ['originalAmount'],
  rate: ['rate', 'originalRate'],
  originalRate: ['originalRate', 'rate'],
  loanToValue: ['ltv'],
  originalTerm: ['originalTerm'],
  remainingTerm: ['remainingTerm'],
  creditScore: ['score'],
  daysPastDue: ['daysPastDue'],
  region: ['region'],
  obligor: ['obligor'],
  status: ['status'],
};

/** How figures of a field are written; null: it has none. */
const FIGURES: Partial<Record<Field['kind'], LimitFigure>> = {
  money: 'money',
  rate: 'rate',
  integer: 'count',
  score: 'count',
};
const EXAMPLES: Record<LimitFigure, string> = { money: '12500.00', rate: '12.5 %', count: '650' };

const isFact = (name: string): name is LoanFact => name in LOAN_FACTS;

/** The field that a limit is of: the one that has the fact's role, or the one of its name. */
function fieldOf(name: string, { fields }: AssetClass): Field | undefined {
  const roles = isFact(name) ? ROLES[name] : [];
  const byRole = roles.flatMap((role) => fields.filter((field) => field.role === role));
  return byRole[0] ?? fields.find((field) => field.name === name);
}

/** A figure on the scale of its field; null when none is written. Answers a text when it cannot be read. */
function figureOf(field: Field, written: string | null): { value: bigint | null } | string {
  if (written === null) return { value: null };
  const kind = FIGURES[field.kind];
  if (kind === undefined) return `: ${field.name} is no number: write values, each or largest`;
  try {
    return { value: LIMIT_FIGURES[kind](written) };
  } catch {
    return `: "${written}" is no figure of ${field.name}; write it like ${EXAMPLES[kind]}`;
  }
}

/** Two bounds of a field, or what is wrong with one. */
function boundsOf(field: Field, low: string | null, high: string | null): [bigint | null, bigint | null] | string {
  const [from, to] = [figureOf(field, low), figureOf(field, high)];
  if (typeof from === 'string') return from;
  return typeof to === 'string' ? to : [from.value, to.value];
}

function partOf(field: Field, part: LimitedPart): PoolPart | string {
  if (!('from' in part)) return part;
  const bounds = boundsOf(field, part.from, part.below);
  return typeof bounds === 'string' ? bounds : { from: bounds[0], below: bounds[1] };
}

function limitOf(written: WrittenLimit, one: AssetClass): PoolLimit | string {
  const { id, kind } = written;
  const field = fieldOf(written.field, one);
  if (field === undefined) {
    const known = one.fields.map(({ name }) => name);
    return `${id}: ${one.title} have no field "${written.field}"${suggest(written.field, known)}`;
  }
  if (kind === 'average') {
    const bounds = FIGURES[field.kind] ? boundsOf(field, written.least, written.most) : ': there is no mean of texts';
    if (typeof bounds === 'string') return `${id}${bounds}`;
    return { kind, id, field: field.name, least: bounds[0], most: bounds[1] };
  }
  const part = partOf(field, written.part);
  return typeof part === 'string' ? `${id}${part}` : { kind, id, field: field.name, part, most: written.most };
}

/** Limits as tapes of an asset class are held against them, and what is wrong with the others, each by its name. */
export function limitsOfClass(
  limits: readonly WrittenLimit[],
  one: AssetClass,
): { readonly limits: readonly PoolLimit[]; readonly faults: readonly string[] } {
  const read = limits.map((limit) => limitOf(limit, one));
  return {
    limits: read.filter((limit) => typeof limit !== 'string'),
    faults: read.filter((limit) => typeof limit === 'string'),
  };
}

/** Limits of a deal that tapes of no asset class can be held against. */
export function unusableLimits<Limit extends WrittenLimit>(limits: readonly Limit[]): Limit[] {
  return limits.filter((limit) => ASSET_CLASSES.every((one) => limitsOfClass([limit], one).faults.length > 0));
}
