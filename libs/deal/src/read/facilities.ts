import type { Facility } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { formulaOf, optionalFormula, type Reading, readParty, refuseLastPayee } from './reading.js';

/** Facilities that lend to the deal; each defines NAME.draw and NAME.drawn. */
export function readFacilities(cursor: Cursor, reading: Reading): Facility[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'facility', at, value.path);
    refuseLastPayee(value, name, at);
    const fields = value.fields(['provider', 'draw'], ['limit']);
    const draw = formulaOf(fields.draw, reading, 'money');
    const limit = optionalFormula(fields.limit, reading, 'money');
    reading.names.define(`${name}.draw`, { unit: 'money', of: limit ? [draw, limit] : [draw] });
    reading.names.define(`${name}.drawn`, { unit: 'money' });
    return { name, provider: readParty(fields.provider, reading), draw, limit, ...cursor.findings.place(at) };
  });
}
