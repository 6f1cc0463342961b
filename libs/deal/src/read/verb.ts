import { isScalar, isSeq, type Node } from 'yaml';
import type { PrincipalMethod, Recipients, StepAction } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import type { Formula } from '../expression/ast.js';
import { formulaOf, type Reading } from './reading.js';
import { type Order, type RecipientKind, RecipientReader } from './recipients.js';

/** Fields that stand beside the verb of a step. */
export const EXTRAS = ['to', 'method', 'into', 'payee', 'carry', 'then', 'else'] as const;
export type Extra = (typeof EXTRAS)[number];

/** What a verb is read from: its own value, the fields beside it, and what is known around the step. */
export interface VerbInput {
  step: Cursor;
  value: Cursor;
  fields: Partial<Record<Extra, Cursor>>;
  reading: Reading;
  groups: RecipientKind['groups'];
}

/** How a verb is written and read. */
export interface Verb {
  /** Whether the step pays cash from the accounts of `from:`. */
  pays: boolean;
  needs?: readonly Extra[];
  takes?: readonly Extra[];
  read(input: VerbInput): StepAction;
}

function readMethod(cursor: Cursor | undefined, { names }: Reading): PrincipalMethod {
  const text = cursor?.text() ?? '';
  if (text === 'sequential') return { kind: 'sequential' };
  if (text === 'pro rata') return { kind: 'pro-rata' };
  const trigger = /^pro rata until (\w+), then sequential$/.exec(text)?.[1];
  if (cursor && trigger !== undefined) {
    names.refer(trigger, 'trigger', cursor.at + 'pro rata until '.length, cursor.path);
    return { kind: 'pro-rata-until', trigger };
  }
  if (text !== '') cursor?.error('choice', 'write sequential, pro rata, or "pro rata until TRIGGER, then sequential"');
  return { kind: 'sequential' };
}

function readTo(
  cursor: Cursor | undefined,
  order: Order,
  kind: 'tranche' | 'ledger',
  { reading, groups }: VerbInput,
  unbounded: RecipientKind['unbounded'] = {},
): Recipients {
  if (!cursor) return { kind: 'sequential', of: [], by: null };
  const field = kind === 'tranche' ? 'class' : 'ledger';
  const of = { kind, field, groups: kind === 'tranche' ? groups : new Map(), unbounded } as const;
  return new RecipientReader(of, reading).read(cursor, order);
}

const NO_UNTIL = 'a write-up ends where all that was written down is back; bound it by "limit:"';
const NO_BOUND = 'a ledger is set to the amount as it is; write min(…) or max(…) there';

/** A formula of an amount. */
export function readMoney(cursor: Cursor, reading: Reading): Formula {
  return formulaOf(cursor, reading, 'money');
}

/** An amount, or `all` that the sources hold. */
export function readMoneyOrAll(cursor: Cursor, reading: Reading): Formula | 'all' {
  return cursor.text() === 'all' ? 'all' : readMoney(cursor, reading);
}

/** Whether an order makes a difference: a single class, or a block that says its order, needs none. */
function needsMethod(to: Node | null | undefined, groups: RecipientKind['groups']): boolean {
  if (!isSeq(to)) return false;
  const [only] = to.items;
  if (to.items.length > 1 || only === undefined) return to.items.length > 1;
  return isScalar(only) ? groups.has(String(only.value)) : isSeq(only);
}

/** Principal to recipients, in the order that `method` says. */
export function principal(kind: 'principal' | 'priority-principal'): Verb {
  return {
    pays: true,
    needs: ['to'],
    takes: ['method'],
    read: (input) => {
      const { step, fields } = input;
      if (!fields.method && needsMethod(fields.to?.node, input.groups)) {
        step.error('missing-field', `"method" is missing in ${step.path}: sequential or pro rata`);
      }
      const amount = readMoney(input.value, input.reading);
      const method = readMethod(input.fields.method, input.reading);
      const order = method.kind === 'sequential' ? 'sequential' : 'pro-rata';
      return { kind, amount, to: readTo(input.fields.to, order, 'tranche', input), method };
    },
  };
}

/** Interest of several classes is shared by what is due to each, unless an order is written. */
export function interest(kind: 'interest' | 'carryover'): Verb {
  return {
    pays: true,
    takes: ['method'],
    read: (input) => {
      const { method } = input.fields;
      const order = method?.choice(['pro rata', 'sequential']) === 'sequential' ? 'sequential' : 'pro-rata';
      return { kind, to: readTo(input.value, order, 'tranche', input) };
    },
  };
}

/** Balances down or up, in the order of the list. */
export function write(kind: 'write-down' | 'write-up'): Verb {
  return {
    pays: false,
    needs: ['to'],
    read: (input) => ({
      kind,
      amount: readMoney(input.value, input.reading),
      to: readTo(input.fields.to, 'sequential', 'tranche', input, kind === 'write-up' ? { until: NO_UNTIL } : {}),
    }),
  };
}

/** A change of ledgers, in the order of the list. */
export function book(change: 'add' | 'subtract' | 'set'): Verb {
  const unbounded = change === 'set' ? { until: NO_BOUND, limit: NO_BOUND } : {};
  return {
    pays: false,
    needs: ['to'],
    read: (input) => ({
      kind: 'book',
      change,
      amount: readMoney(input.value, input.reading),
      to: readTo(input.fields.to, 'sequential', 'ledger', input, unbounded),
    }),
  };
}
