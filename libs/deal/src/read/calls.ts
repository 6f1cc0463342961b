import type { Call } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { formulaOf, type Reading, readParty } from './reading.js';

/** Rights to redeem; each defines NAME.permitted, NAME.exercised (an input) and NAME.price. */
export function readCalls(cursor: Cursor, reading: Reading): Call[] {
  const { names } = reading;
  return cursor.entries().map(({ name, at, value }) => {
    names.declare(name, 'call', at, value.path);
    const fields = value.fields(['by', 'when', 'price']);
    const by = readParty(fields.by, reading);
    const when = formulaOf(fields.when, reading, 'flag');
    const price = formulaOf(fields.price, reading, 'money');
    names.define(`${name}.permitted`, { unit: 'flag', of: [when] });
    names.define(`${name}.exercised`, { unit: 'flag' });
    names.define(`${name}.price`, { unit: 'money', of: [price] });
    return { name, by, when, price, ...cursor.findings.place(at) };
  });
}
