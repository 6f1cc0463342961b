import { isMap } from 'yaml';
import type { Priority, TrancheGroup } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import type { Reading } from './reading.js';
import { StepReader } from './steps.js';

/** The priority of payments: one list of steps, or one for each state. */
export function readPriorities(cursor: Cursor, groups: readonly TrancheGroup[], reading: Reading): Priority[] {
  const reader = new StepReader(new Map(groups.map(({ name, tranches }) => [name, tranches])), reading);
  if (!isMap(cursor.node)) return [{ state: null, steps: reader.steps(cursor), ...cursor.place }];
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.refer(name, 'state', at, value.path);
    return { state: name, steps: reader.steps(value), ...cursor.findings.place(at) };
  });
}
