import type { NamedFormula, StepAction } from '../model.js';
import { ANY_UNIT } from './formula.js';
import { formulaOf, readFlag, readName, readParty } from './reading.js';
import { book, interest, principal, readMoney, readMoneyOrAll, type Verb, type VerbInput, write } from './verb.js';

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

function readTest({ value, reading }: VerbInput): StepAction {
  const trigger = readName(value, 'trigger', reading);
  reading.names.takes(trigger, Number(reading.scope));
  return { kind: 'test', trigger };
}

function readDraw({ value, fields: { into }, reading }: VerbInput): StepAction {
  const facility = readName(value, 'facility', reading);
  const order = Number(reading.scope);
  reading.names.takes(facility, order);
  // Of a facility that is drawn before the first step it is known already.
  reading.names.define(`${facility}.draw`, { unit: 'money', after: order });
  return { kind: 'draw', facility, into: readName(into, 'account', reading) };
}

function readResidual({ value, reading }: VerbInput): StepAction {
  const payee = value.text();
  if (reading.names.kindOf(payee) === 'tranche') reading.names.refer(payee, 'tranche', value.at, value.path);
  else if (payee !== '' && !reading.names.mayBeUnread(payee, ['tranche']))
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
  draw: { pays: true, needs: ['into'], read: readDraw },
  repay: {
    pays: true,
    read: ({ value, reading }) => ({ kind: 'repay', facility: readName(value, 'facility', reading) }),
  },
  add: book('add'),
  subtract: book('subtract'),
  set: book('set'),
  compute: { pays: false, read: readCompute },
  enter: { pays: false, read: ({ value, reading }) => ({ kind: 'enter', state: readName(value, 'state', reading) }) },
  test: { pays: false, read: readTest },
  residual: { pays: true, read: readResidual },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof VERBS;
