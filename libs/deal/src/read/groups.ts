import { RATE_SCALE } from '@weir/money';
import type { Combination, TrancheGroup } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { positiveShare, type Reading, readNameList } from './reading.js';

const SUMS = ['opening', 'balance', 'original', 'interestDue', 'shortfall', 'unpaidInterest', 'carryover'];

/** Defines what the classes of a group, or all of them (`notes`), add up to. */
export function defineSums(name: string, tranches: readonly string[], { names }: Reading): void {
  for (const member of SUMS) {
    const of = tranches.map((tranche) => `${tranche}.${member}`);
    const isOriginal = member === 'original';
    names.define(`${name}.${member}`, { unit: 'money', of, atClosing: isOriginal, positive: isOriginal });
  }
}

/** Named lists of tranches; each defines the sums of GROUP_MEMBERS. */
export function readGroups(cursor: Cursor, reading: Reading): TrancheGroup[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'group', at, value.path);
    const tranches = readNameList(value, 'tranche', reading);
    defineSums(name, tranches, reading);
    return { name, tranches, ...cursor.findings.place(at) };
  });
}

function readShare(tranche: string, at: number, value: Cursor, reading: Reading): Combination['of'][number] {
  reading.names.refer(tranche, 'tranche', at, value.path);
  const share = positiveShare(value);
  if (share > RATE_SCALE) value.error('share', `more than 100 % of the class ${tranche} cannot be exchanged`);
  return { tranche, share };
}

/** Exchangeable classes and which shares of other classes they stand for. */
export function readCombinations(cursor: Cursor, reading: Reading): Combination[] {
  return cursor.entries().map(({ name, at, value }) => {
    reading.names.declare(name, 'combination', at, value.path);
    const of = value.entries().map((entry) => readShare(entry.name, entry.at, entry.value, reading));
    if (of.length === 0 && value.isSound) value.error('shape', 'write at least one class and its share: A: 100 %');
    return { name, of, ...cursor.findings.place(at) };
  });
}
