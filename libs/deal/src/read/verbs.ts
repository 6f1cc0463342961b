import { isSeq } from 'yaml';
import type { NamedFormula, PrincipalMethod, Recipients, StepAction } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import type { Formula } from '../expression/ast.js';
import { ANY_UNIT } from './formula.js';
import { formulaOf, readFlag, type Reading, readName, readParty } from './reading.js';
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
): Recipients {
  if (!cursor) return { kind: 'sequential', of: [], by: null };
  const field = kind === 'tranche' ? 'class' : 'ledger';
  return new RecipientReader({ kind, field, groups: kind === 'tranche' ? groups : new Map() }, reading).read(
    cursor,
    order,
  );
}

function readMoney(cursor: Cursor, reading: Reading): Formula {
  return formulaOf(cursor, reading, 'money');
}

/** An amount, or `all` that the sources hold. */
function readMoneyOrAll(cursor: Cursor, reading: Reading): Formula | 'all' {
  return cursor.text() === 'all' ? 'all' : readMoney(cursor, reading);
}

function principal(kind: 'principal' | 'priority-principal'): Verb {
  return {
    pays: true,
    needs: ['to'],
    takes: ['method'],
    read: (input) => {
      const { step, fields } = input;
      // A single class, or a block that says its order, needs no method.
      if (isSeq(fields.to?.node) && !fields.method) {
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
function interest(kind: 'interest' | 'carryover'): Verb {
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

function write(kind: 'write-down' | 'write-up'): Verb {
  return {
    pays: false,
    needs: ['to'],
    read: (input) => ({
      kind,
      amount: readMoney(input.value, input.reading),
      to: readTo(input.fields.to, 'sequential', 'tranche', input),
    }),
  };
}

function book(change: 'add' | 'subtract' | 'set'): Verb {
  return {
    pays: false,
    needs: ['to'],
    read: (input) => ({
      kind: 'book',
      change,
      amount: readMoney(input.value, input.reading),
      to: readTo(input.fields.to, 'sequential', 'ledger', input),
    }),
  };
}

function readReplenish({ value, fields: { into }, reading }: VerbInput): StepAction {
  if (!into) return { kind: 'reserve', account: readName(value, 'account', reading) };
  const ledger = readName(value, 'ledger', reading);
  return { kind: 'replenish-ledger', ledger, into: readName(into, 'account', reading) };
}

/** Each value sees those above it: it has an order number of its own within the step. */
function readCompute({ value, reading }: VerbInput): StepAction {
  const values = value.entries().map(({ name, at, value: text }): NamedFormula => {
    reading.names.declare(name, 'value', at, text.path);
    const formula = formulaOf(text, reading, ...ANY_UNIT);
    reading.names.define(name, { is: formula, after: Number(reading.scope) });
    reading.scope = Number(reading.scope) + 1;
    return { name, formula, ...text.findings.place(at) };
  });
  return { kind: 'compute', values };
}

function readResidual({ value, reading }: VerbInput): StepAction {
  const payee = value.text();
  if (reading.names.kindOf(payee) === 'tranche') reading.names.refer(payee, 'tranche', value.at, value.path);
  else if (payee !== '')
    readParty(value, { ...reading, parties: [...reading.parties, ...reading.names.of('tranche')] });
  return { kind: 'residual', payee };
}

/** Every verb of a step but `if`. */
export const VERBS = {
  fee: { pays: true, read: ({ value, reading }) => ({ kind: 'fee', fee: readName(value, 'fee', reading) }) },
  feeExcess: {
    pays: true,
    read: ({ value, reading }) => ({ kind: 'fee-excess', fee: readName(value, 'fee', reading) }),
  },
  interest: interest('interest'),
  carryover: interest('carryover'),
  priorityPrincipal: principal('priority-principal'),
  principal: principal('principal'),
  capitalise: {
    pays: false,
    read: ({ value, reading }) => ({ kind: 'capitalise', tranche: readName(value, 'tranche', reading) }),
  },
  advance: {
    pays: false,
    needs: ['to'],
    read: ({ value, fields: { to }, reading }) => ({
      kind: 'advance',
      amount: readMoney(value, reading),
      tranche: readName(to, 'tranche', reading),
    }),
  },
  writeDown: write('write-down'),
  writeUp: write('write-up'),
  replenish: { pays: true, takes: ['into'], read: readReplenish },
  release: {
    pays: true,
    needs: ['into'],
    read: ({ value, fields: { into }, reading }) => ({
      kind: 'release',
      account: readName(value, 'account', reading),
      into: readName(into, 'account', reading),
    }),
  },
  transfer: {
    pays: true,
    needs: ['into'],
    read: ({ value, fields: { into }, reading }) => ({
      kind: 'transfer',
      amount: readMoneyOrAll(value, reading),
      into: readName(into, 'account', reading),
    }),
  },
  pay: {
    pays: true,
    needs: ['payee'],
    takes: ['carry'],
    read: ({ value, fields: { payee, carry }, reading }) => ({
      kind: 'pay',
      amount: readMoneyOrAll(value, reading),
      payee: readParty(payee, reading),
      carry: readFlag(carry, false),
    }),
  },
  hedge: { pays: true, read: ({ value, reading }) => ({ kind: 'hedge', hedge: readName(value, 'hedge', reading) }) },
  repay: {
    pays: true,
    read: ({ value, reading }) => ({ kind: 'repay', facility: readName(value, 'facility', reading) }),
  },
  add: book('add'),
  subtract: book('subtract'),
  set: book('set'),
  compute: { pays: false, read: readCompute },
  enter: { pays: false, read: ({ value, reading }) => ({ kind: 'enter', state: readName(value, 'state', reading) }) },
  residual: { pays: true, read: readResidual },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof VERBS;
