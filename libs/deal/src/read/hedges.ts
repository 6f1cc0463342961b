import { DAY_COUNTS } from '@weir/calendar';
import { ACCRUALS, type Hedge, type HedgeLeg } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { formulaOf, type Reading, readParty, refuseLastPayee } from './reading.js';

function readLeg(cursor: Cursor | undefined, reading: Reading): HedgeLeg | null {
  if (!cursor) return null;
  const fields = cursor.fields(['rate', 'dayCount']);
  return { rate: formulaOf(fields.rate, reading, 'rate'), dayCount: fields.dayCount.choice(DAY_COUNTS) };
}

/** Hedges; each defines NAME.payment and NAME.receipt (one of them zero) and NAME.notional. */
export function readHedges(cursor: Cursor, reading: Reading): Hedge[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'hedge', at, value.path);
    refuseLastPayee(value, name, at);
    const fields = value.fields(['counterparty', 'notional'], ['pays', 'receives', 'accrual']);
    if (!fields.pays && !fields.receives) {
      value.error('missing-field', 'a hedge pays, receives, or both: write "pays:" for a swap, "receives:" for a cap');
    }
    const notional = formulaOf(fields.notional, reading, 'money');
    const [pays, receives] = [readLeg(fields.pays, reading), readLeg(fields.receives, reading)];
    const of = [notional, ...[pays, receives].flatMap((leg) => (leg ? [leg.rate] : []))];
    for (const member of ['payment', 'receipt']) reading.names.define(`${name}.${member}`, { unit: 'money', of });
    reading.names.define(`${name}.notional`, { is: notional });
    return {
      name,
      counterparty: readParty(fields.counterparty, reading),
      notional,
      pays,
      receives,
      accrual: fields.accrual ? fields.accrual.choice(ACCRUALS) : 'adjusted',
      ...cursor.findings.place(at),
    };
  });
}
