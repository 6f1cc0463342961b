import type { Ledger } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { atClosing, optionalFormula, readFlag, type Reading } from './reading.js';

/** Ledgers; each defines NAME.balance. */
export function readLedgers(cursor: Cursor, reading: Reading): Ledger[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'ledger', at, value.path);
    reading.names.define(`${name}.balance`, { unit: 'money' });
    const fields = value.fields([], ['signed', 'initial']);
    const initial = optionalFormula(fields.initial, atClosing(reading), 'money');
    // A ledger of which it cannot be read whether it is signed may be: then it may begin below zero.
    const signed = readFlag(fields.signed, false, true);
    return { name, signed, initial, ...cursor.findings.place(at) };
  });
}
