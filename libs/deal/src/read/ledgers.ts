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
    return { name, signed: readFlag(fields.signed, false), initial, ...cursor.findings.place(at) };
  });
}
