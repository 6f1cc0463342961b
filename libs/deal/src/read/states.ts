import type { DealState } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { optionalFormula, type Reading, readNameList } from './reading.js';

/** Which state may follow which is looked at for all of them together. */
const MOST_STATES = 100;

/** States of a deal, the first of them the initial one; each is a flag `state.NAME` in formulas. */
export function readStates(cursor: Cursor, reading: Reading): DealState[] {
  const { names } = reading;
  const states = cursor.entries().map(({ name, at, value }): DealState => {
    names.declare(name, 'state', at, value.path);
    const fields = value.fields([], ['when', 'from']);
    const when = optionalFormula(fields.when, reading, 'flag');
    if (fields.from && !when) fields.from.error('unknown-field', '"from" goes with "when"');
    const from = fields.from ? readNameList(fields.from, 'state', reading) : null;
    if (from?.includes(name)) fields.from?.error('state', `${name} cannot be entered from itself`);
    return { name, when, from, ...cursor.findings.place(at) };
  });
  if (states.length === 1) cursor.error('state', 'a deal with states has two or more; leave the block out otherwise');
  if (states.length > MOST_STATES) cursor.error('state', `a deal has at most ${MOST_STATES} states`);
  // Which state holds today is decided by all of the conditions together.
  const of = states.flatMap(({ when }) => when ?? []);
  for (const { name } of states) names.define(`state.${name}`, { unit: 'flag', of });
  return states;
}
