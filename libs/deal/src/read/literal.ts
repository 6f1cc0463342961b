import { dayNumber, parseDate } from '@weir/calendar';
import { parseMoney, parseRate } from '@weir/money';
import type { Unit } from '../expression/ast.js';
import type { Cursor } from '../source/cursor.js';

class NotAFlag extends Error {
  override readonly name = 'NotAFlag';
  constructor(readonly text: string) {
    super(`"${text}" is neither true nor false`);
  }
}

function parseFlag(text: string): bigint {
  if (text !== 'true' && text !== 'false') throw new NotAFlag(text);
  return text === 'true' ? 1n : 0n;
}

const PARSERS: Record<Unit, (text: string) => bigint> = {
  money: parseMoney,
  rate: parseRate,
  ratio: parseRate,
  date: (text) => BigInt(dayNumber(parseDate(text))),
  flag: parseFlag,
};

/** A literal of a unit as a slot holds it: cents, 10^12, a day number, 0/1. An amount may name the deal's currency. */
export function readLiteral(cursor: Cursor, unit: Unit, currency: string): bigint {
  return cursor.parsed(
    (text) => PARSERS[unit](unit === 'money' && text.endsWith(` ${currency}`) ? text.slice(0, -4) : text),
    0n,
    unit === 'date' ? 'date' : unit === 'rate' ? 'rate' : 'number',
  );
}
