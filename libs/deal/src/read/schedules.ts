import { parseDate, type PlainDate } from '@weir/calendar';
import { isMap } from 'yaml';
import type { Unit } from '../expression/ast.js';
import type { Schedule } from '../model.js';
import type { Cursor, Entry } from '../source/cursor.js';
import { readLiteral } from './literal.js';
import type { Reading } from './reading.js';

const UNITS = ['money', 'rate', 'ratio', 'date', 'flag'] as const satisfies readonly Unit[];

type Step = { from: number | PlainDate; value: bigint };

function readKey({ name, at, value }: Entry): number | PlainDate | null {
  if (/^[1-9]\d{0,3}$/.test(name)) return Number(name);
  try {
    return parseDate(name);
  } catch {
    const message = `"${name}" is neither the number of a payment date nor a date like 2025-06-15`;
    value.error('schedule', message, at);
    return null;
  }
}

/** Steps in rising order, all by number or all by date. */
function readSteps(cursor: Cursor, unit: Unit, currency: string): Step[] {
  const steps: Step[] = [];
  for (const entry of cursor.entries(false)) {
    const value = readLiteral(entry.value, unit, currency);
    const from = readKey(entry);
    if (from === null) continue;
    const last = steps.at(-1);
    if (last && typeof last.from !== typeof from) {
      entry.value.error('schedule', 'write all steps of a schedule by number, or all by date', entry.at);
    } else if (last && last.from >= from) {
      entry.value.error('schedule', `${from} must come after ${last.from}; write the steps in rising order`, entry.at);
    }
    if (!last && typeof from === 'number' && from > 1) {
      const message = `up to payment date ${from - 1} this is zero; write a value from 1 on if that is not meant`;
      cursor.findings.warn(entry.at, entry.value.path, 'schedule', message);
    }
    steps.push({ from, value });
  }
  if (steps.length === 0 && cursor.isSound) cursor.error('shape', 'write at least one value');
  return steps;
}

/** Schedules: a value for each payment date, or values that hold from a payment date on; zero before the first. */
export function readSchedules(cursor: Cursor, { names, currency }: Reading): Schedule[] {
  return cursor.entries().flatMap(({ name, at, value }) => {
    names.declare(name, 'schedule', at, value.path);
    const fields = value.fields(['unit', 'values']);
    const unit = fields.unit.choice(UNITS);
    names.define(name, fields.unit.isSound ? { unit } : {});
    const { values } = fields;
    const read: Schedule['values'] = isMap(values.node)
      ? { kind: 'steps', steps: readSteps(values, unit, currency) }
      : { kind: 'list', values: values.items().map((item) => readLiteral(item, unit, currency)) };
    // Of values with a fault nothing is known, on any date.
    if (cursor.findings.isBroken(value.path)) return [];
    return { name, unit, values: read, ...cursor.findings.place(at) };
  });
}
