import type { Unit } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { OpName } from '../program/opcodes.js';
import type { Operand } from './assembler.js';
import type { Emitter } from './emitter.js';
import { LoweringFault } from './errors.js';
import { joined, negated, netted, type Sum } from './sum.js';

type Side = { sum: Sum; unit: Unit };

const each = ({ plus, minus }: Sum, change: (operand: Operand) => Operand): Sum => ({
  plus: plus.map(change),
  minus: minus.map(change),
});

/**
 * Sums in which dates take part, else null. A date is a day number and a number of days a ratio at `RATE_SCALE`: date −
 * date gives days, date ± days a date (parts of a day are dropped).
 */
export function lowerDateArithmetic(
  emitter: Emitter,
  at: number,
  op: '+' | '-',
  { left, right }: { left: Side; right: Side },
): Sum | null {
  const dates = [left, right].filter(({ unit }) => unit === 'date').length;
  if (dates === 0) return null;
  const signed = (sum: Sum): Sum => (op === '+' ? sum : negated(sum));
  if (dates === 2) {
    const days = netted(joined(left.sum, signed(right.sum)));
    return each(days, (part) => emitter.combine(at, 'MULF', part, RATE_SCALE, 1n));
  }
  const whole = ({ sum, unit }: Side): Sum => {
    if (unit === 'date') return sum;
    const { plus, minus } = emitter.parts(at, sum);
    return each(netted({ plus: [plus], minus: [minus] }), (part) => emitter.combine(at, 'MULF', part, 1n, RATE_SCALE));
  };
  return joined(whole(left), signed(whole(right)));
}

/**
 * The multiple that is rounded to, in slot units. @throws LoweringFault unless it is positive and known at closing
 * @throws ValueUnknown
 */
export function multipleOf(emitter: Emitter, multiple: Sum, at: number): bigint {
  const unit = emitter.constant(multiple);
  if (unit !== null && unit > 0n) return unit;
  throw new LoweringFault(at, 'arguments', 'this rounds to a multiple that must be positive and known at closing');
}

/** How many units a value is, rounded; a negative one by its magnitude. */
export function countOf(emitter: Emitter, at: number, rounding: OpName, value: Sum, unit: bigint): Sum {
  const { plus, minus } = emitter.parts(at, value);
  const count = (part: Operand): Operand => emitter.combine(at, rounding, part, 1n, unit);
  return { plus: [count(plus)], minus: [count(minus)] };
}

/** A whole number of units. */
export function timesUnit(emitter: Emitter, at: number, count: Sum, unit: bigint): Sum {
  return netted(each(netted(count), (part) => emitter.combine(at, 'MULF', part, unit, 1n)));
}
