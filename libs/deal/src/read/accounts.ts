import type { Account } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { atClosing, optionalFormula, readFlag, type Reading } from './reading.js';

const NEEDS_TARGET = ['floor', 'nonDeclining', 'fundedAtClosing'] as const;

type Terms = Omit<Account, 'name' | 'line' | 'column'>;

function readTerms(value: Cursor, reading: Reading): Terms {
  const fields = value.fields([], ['target', 'initial', ...NEEDS_TARGET]);
  for (const field of NEEDS_TARGET) {
    // What is put in at closing may be an amount of its own instead.
    if (fields.target || (field === 'fundedAtClosing' && fields.initial)) continue;
    fields[field]?.error('unknown-field', `"${field}" needs a target beside it`);
  }
  const fundedAtClosing = readFlag(fields.fundedAtClosing, fields.initial !== undefined, false);
  // Without an amount of its own, closing pays the target in: then the target has to be known at closing.
  const scoped = fundedAtClosing && !fields.initial ? atClosing(reading) : reading;
  return {
    target: optionalFormula(fields.target, scoped, 'money'),
    floor: optionalFormula(fields.floor, scoped, 'money'),
    nonDeclining: readFlag(fields.nonDeclining, false),
    fundedAtClosing,
    initial: optionalFormula(fields.initial, atClosing(reading), 'money'),
  };
}

/** Accounts; each defines NAME.balance, and NAME.target when it has one. */
export function readAccounts(cursor: Cursor, reading: Reading): Account[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'account', at, value.path);
    const terms = readTerms(value, reading);
    const { target, floor } = terms;
    reading.names.define(`${name}.balance`, { unit: 'money' });
    if (target) reading.names.define(`${name}.target`, { unit: 'money', of: floor ? [target, floor] : [target] });
    return { name, ...terms, ...cursor.findings.place(at) };
  });
}
