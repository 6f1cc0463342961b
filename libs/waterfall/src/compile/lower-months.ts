import { RATE_SCALE } from '@weir/money';
import type { Operand } from './assembler.js';
import type { Emitter } from './emitter.js';
import { type Sum, sumOf } from './sum.js';

// Dates are day numbers, and months are counted from March of the year 0, so that the leap day ends a year: twelve months
// of 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31 days begin floor((153 m + 2) ÷ 5) days into it.

/** Days from 1 March of the year 0 to 1 January 1970 in the Gregorian calendar. */
const EPOCH = 719_468n;

/** Days and months of the four hundred years after which the calendar repeats. */
const CYCLE = { days: 146_097n, months: 4_800n };

/** Calendar months of day numbers in instructions: integer arithmetic that every executor does alike. */
class Months {
  constructor(
    private readonly emitter: Emitter,
    private readonly at: number,
  ) {}

  add(...operands: Operand[]): Operand {
    return this.emitter.add(this.at, operands);
  }

  /** Less, of values that never turn negative. */
  less(from: Operand, take: Operand): Operand {
    return this.emitter.combine(this.at, 'SSUB', from, take);
  }

  min(a: Operand, b: Operand): Operand {
    return this.emitter.combine(this.at, 'MIN', a, b);
  }

  /** floor(value × num ÷ den). */
  part(value: Operand, num: bigint, den: bigint): Operand {
    return this.emitter.combine(this.at, 'MULF', value, num, den);
  }

  /** The first day of a month, as days since 1 March of the year 0. */
  firstDay(month: Operand): Operand {
    const year = this.part(month, 1n, 12n);
    const ofYear = this.less(month, this.part(year, 12n, 1n));
    const leapDays = this.less(this.add(this.part(year, 1n, 4n), this.part(year, 1n, 400n)), this.part(year, 1n, 100n));
    const days = this.part(this.add(this.part(ofYear, 153n, 1n), 2n), 1n, 5n);
    return this.add(this.part(year, 365n, 1n), leapDays, days);
  }

  /** The month of a date, and which day of it the date is, the first being 0. */
  of(date: Operand): { month: Operand; day: Operand } {
    const days = this.add(date, EPOCH);
    // By the average length, less three days: never later than the month, and at most one earlier.
    const near = this.part(this.less(days, 3n), CYCLE.months, CYCLE.days);
    const next = this.add(near, 1n);
    const reached = this.emitter.combine(this.at, 'LE', this.firstDay(next), days);
    const month = this.emitter.combine(this.at, 'SEL', reached, next, near);
    return { month, day: this.less(days, this.firstDay(month)) };
  }

  /** The day of a month, or the last that it has, the first being 0. */
  held(month: Operand, day: Operand): Operand {
    const length = this.less(this.firstDay(this.add(month, 1n)), this.firstDay(month));
    return this.min(day, this.less(length, 1n));
  }
}

/**
 * The same day so many months later, or the last day of that month when it has no such day. `months` stands at
 * `RATE_SCALE` and may be negative; parts of a month are dropped.
 */
export function lowerAddMonths(emitter: Emitter, at: number, date: Operand, months: Sum): Operand {
  const code = new Months(emitter, at);
  const { month, day } = code.of(date);
  const parts = emitter.parts(at, months);
  const [later, earlier] = [code.part(parts.plus, 1n, RATE_SCALE), code.part(parts.minus, 1n, RATE_SCALE)];
  const to = emitter.settle(at, { plus: [month, later], minus: [earlier] });
  return emitter.settle(at, { plus: [code.firstDay(to), code.held(to, day)], minus: [EPOCH] });
}

/**
 * Whole months from one date to another, at `RATE_SCALE`: the most that can be added to the first without passing the
 * second; negative, of the two exchanged, when the second is earlier.
 */
export function lowerMonthsBetween(emitter: Emitter, at: number, from: Operand, to: Operand): Sum {
  const code = new Months(emitter, at);
  const [first, last] = [code.min(from, to), emitter.combine(at, 'MAX', from, to)];
  const [a, b] = [code.of(first), code.of(last)];
  const notReached = emitter.combine(at, 'LT', b.day, code.held(b.month, a.day));
  const count = code.part(code.less(code.less(b.month, a.month), notReached), RATE_SCALE, 1n);
  const turned = emitter.combine(at, 'LT', to, from);
  const plus = emitter.combine(at, 'SEL', turned, 0n, count);
  const minus = emitter.combine(at, 'SEL', turned, count, 0n);
  return { ...sumOf(plus), minus: minus === 0n ? [] : [minus] };
}

/** The year and the month (1 to 12) of a date, at `RATE_SCALE`. */
export function lowerPartOfDate(emitter: Emitter, at: number, date: Operand): { year: Operand; month: Operand } {
  const code = new Months(emitter, at);
  // Counted from January of the year 0, two months before the month from which the others count.
  const months = code.add(code.of(date).month, 2n);
  const year = code.part(months, 1n, 12n);
  const month = code.add(code.less(months, code.part(year, 12n, 1n)), 1n);
  return { year: code.part(year, RATE_SCALE, 1n), month: code.part(month, RATE_SCALE, 1n) };
}
