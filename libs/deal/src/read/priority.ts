import { PARTY_ROLES, type PrincipalMethod, type Step, type StepAction } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { readFormula } from './formula.js';
import type { NameKind, Names } from './names.js';

const VERBS = ['fee', 'interest', 'priorityPrincipal', 'principal', 'replenish', 'residual'] as const;
type Fields = Partial<Record<(typeof VERBS)[number] | 'to' | 'method', Cursor>>;

function referTo(cursor: Cursor | undefined, kind: NameKind, names: Names): string {
  if (!cursor) return '';
  const name = cursor.text();
  names.refer(name, kind, cursor.at, cursor.path);
  return name;
}

function readMethod(cursor: Cursor, names: Names): PrincipalMethod {
  const text = cursor.text();
  if (text === 'sequential') return { kind: 'sequential' };
  if (text === 'pro rata') return { kind: 'pro-rata' };
  const trigger = /^pro rata until (\w+), then sequential$/.exec(text)?.[1];
  if (trigger !== undefined) {
    names.refer(trigger, 'trigger', cursor.at + 'pro rata until '.length, cursor.path);
    return { kind: 'pro-rata-until', trigger };
  }
  if (text !== '') cursor.error('choice', 'write sequential, pro rata, or "pro rata until TRIGGER, then sequential"');
  return { kind: 'sequential' };
}

function readTo(cursor: Cursor, names: Names): string[] {
  const to = cursor.items().map((item) => referTo(item, 'tranche', names));
  if (new Set(to).size < to.length) cursor.error('duplicate-name', 'a tranche stands twice in this list');
  return to;
}

function readAction(step: Cursor, fields: Fields, names: Names, currency: string, scope: number): StepAction | null {
  const verbs = VERBS.filter((verb) => fields[verb]);
  const verb = verbs[0];
  if (verb === undefined || verbs.length > 1) {
    step.error('step', `a step does one of ${VERBS.join(', ')}; this one does ${verbs.join(' and ') || 'none'}`);
    return null;
  }
  const amount = fields[verb] as Cursor;
  if (verb === 'priorityPrincipal' || verb === 'principal') {
    for (const field of ['to', 'method'] as const) {
      if (!fields[field]) step.error('missing-field', `"${field}" is missing in ${step.path}`);
    }
    return {
      kind: verb === 'principal' ? 'principal' : 'priority-principal',
      amount: readFormula(amount, names, currency, ['money'], scope),
      to: fields.to ? readTo(fields.to, names) : [],
      method: fields.method ? readMethod(fields.method, names) : { kind: 'sequential' },
    };
  }
  for (const field of ['to', 'method'] as const)
    fields[field]?.error('unknown-field', `"${field}" goes with principal`);
  if (verb === 'fee') return { kind: 'fee', fee: referTo(amount, 'fee', names) };
  if (verb === 'interest') return { kind: 'interest', tranche: referTo(amount, 'tranche', names) };
  if (verb === 'replenish') return { kind: 'reserve', account: referTo(amount, 'account', names) };
  return { kind: 'residual', payee: amount.choice(PARTY_ROLES) };
}

function readFrom(cursor: Cursor, names: Names): string[] {
  const from = cursor.items().map((item) => referTo(item, 'account', names));
  if (new Set(from).size < from.length) cursor.error('duplicate-name', 'an account stands twice in this list');
  return from;
}

/** The priority of payments; the amount of a step may use the due amounts of the steps above it. */
export function readPriority(cursor: Cursor, names: Names, currency: string): Step[] {
  const steps: Step[] = [];
  for (const item of cursor.items()) {
    const fields = item.fields(['step', 'from'], [...VERBS, 'to', 'method']);
    const id = fields.step.text();
    if (id !== '' && !/^[A-Za-z_]\w*$/.test(id))
      fields.step.error('name', `"${id}" is no name: use letters and digits`);
    names.declare(id, 'step', fields.step.at, fields.step.path);
    const action = readAction(item, fields, names, currency, steps.length + 1);
    const from = readFrom(fields.from, names);
    if (action?.kind === 'reserve' && from.includes(action.account)) {
      fields.from.error('accounts', 'an account cannot replenish itself');
    }
    for (const member of ['due', 'paid', 'short'])
      names.define(`${id}.${member}`, { unit: 'money', after: steps.length + 1 });
    if (action) steps.push({ id, from, action, ...item.place });
  }
  return steps;
}
