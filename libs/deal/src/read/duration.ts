import type { Cursor } from '../source/cursor.js';

/** Seconds of the units in which a duration is written; a year has 365 days. */
const UNITS = { year: 31_536_000, day: 86_400, hour: 3_600, minute: 60, second: 1 } as const;
const LONGEST = 100 * UNITS.year;

/** A length of time like `2 days` or `36 hours`, in seconds. */
export function readDuration(cursor: Cursor): number {
  const text = cursor.text();
  const [, count, unit] = /^(\d{1,9}) (year|day|hour|minute|second)s?$/.exec(text) ?? [];
  const seconds = Number(count) * UNITS[unit as keyof typeof UNITS];
  if (unit !== undefined && seconds <= LONGEST) return seconds;
  if (text !== '') cursor.error('value', `"${text}" is no length of time: write it like 2 days, 36 hours or 3 years`);
  return 0;
}

/** A length of time in whole days. */
export function readDays(cursor: Cursor, most: number): number {
  const seconds = readDuration(cursor);
  const days = seconds / UNITS.day;
  if (Number.isInteger(days) && days <= most) return days;
  cursor.error('value', `this is counted in whole days, at most ${most}`);
  return 0;
}

/** A length of time as it is written, in the largest unit that holds it whole. */
export function durationText(seconds: number): string {
  const units = Object.entries(UNITS);
  const [unit, length] = units.find(([, one]) => seconds >= one && seconds % one === 0) ?? ['second', 1];
  const count = seconds / length;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
