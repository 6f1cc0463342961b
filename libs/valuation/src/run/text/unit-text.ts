import { dateOfDay, dayNumber, parseDate } from '@weir/calendar';
import type { Unit } from '@weir/deal';
import { formatMoney } from '@weir/money';
import { UnitTextInvalid } from '../errors.js';

/** Decimals of rates and ratios in slots. */
const RATE_DECIMALS = 12;
const NUMBER = /^\d+(?:\.\d*)?$|^\.\d+$/;
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/** Digits of a number as an integer at 10^decimals; digits beyond are rounded half away from zero when `round`. */
function scaled(text: string, decimals: number, round: boolean): bigint | null {
  const plain = GROUPED.test(text) ? text.replace(/,/g, '') : text;
  if (!NUMBER.test(plain)) return null;
  const [whole = '', fraction = ''] = plain.split('.');
  const kept = BigInt((whole || '0') + fraction.slice(0, decimals).padEnd(decimals, '0'));
  const beyond = fraction.slice(decimals).replace(/0+$/, '');
  if (beyond === '') return kept;
  if (!round) return null;
  return beyond.charCodeAt(0) >= '5'.charCodeAt(0) ? kept + 1n : kept;
}

/** The text without its sign: `-5`, `+5`, and `(5)` as accountants write it. */
function unsigned(text: string): { negative: boolean; rest: string } {
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed) return { negative: true, rest: (bracketed[1] ?? '').trim() };
  return { negative: /^[-\u2212]/.test(text), rest: text.replace(/^[-\u2212+]\s*/, '') };
}

/** A dash alone is the zero of accounts. */
const DASH = /^[-\u2212\u2013\u2014]$/;
/** A currency's sign before an amount; it may stand before or after the sign of the amount. */
const SIGN = /^\p{Sc}\s*/u;

function money(text: string): bigint | null {
  const figure = text.replace(SIGN, '');
  if (DASH.test(figure)) return 0n;
  const { negative, rest } = unsigned(figure);
  const value = scaled(rest.replace(SIGN, ''), 2, false);
  return value !== null && negative ? -value : value;
}

function rate(text: string): bigint | null {
  if (DASH.test(text)) return 0n;
  const { negative, rest } = unsigned(text);
  const percent = /^(.*?)\s*%$/.exec(rest);
  const points = /^(.*?)\s*bp$/.exec(rest);
  const figure = percent?.[1] ?? points?.[1] ?? rest;
  const value = scaled(figure, RATE_DECIMALS - (percent ? 2 : points ? 4 : 0), true);
  return value !== null && negative ? -value : value;
}

function date(text: string): bigint | null {
  try {
    return BigInt(dayNumber(parseDate(text)));
  } catch {
    // The one error that it throws says what is said below.
    return null;
  }
}

const FLAGS: Readonly<Record<string, bigint>> = { true: 1n, yes: 1n, '1': 1n, false: 0n, no: 0n, '0': 0n };

const READERS: Record<Unit, { read: (text: string) => bigint | null; expected: string }> = {
  money: { read: money, expected: 'an amount with at most two decimals, like -1234.50' },
  rate: { read: rate, expected: 'a rate like 5.3 % or 0.053' },
  ratio: { read: rate, expected: 'a number like 0.25 or 25 %' },
  date: { read: date, expected: 'a date like 2025-06-15' },
  flag: { read: (text) => FLAGS[text.toLowerCase()] ?? null, expected: 'true or false' },
};

/**
 * A value in slot units (cents, 10^12, day number, 0 or 1) from its text. Amounts must be whole cents; rates and ratios
 * are rounded half up to twelve decimals. Thousands separators, accountants' brackets and dashes (zero) and a currency's sign
 * are read.
 * @throws UnitTextInvalid
 */
export function readUnit(unit: Unit, text: string): bigint {
  const { read, expected } = READERS[unit];
  const value = read(text.trim());
  if (value === null) throw new UnitTextInvalid(text, unit, expected);
  return value;
}

/**
 * The same of what a servicer or a publisher of rates reports: a bare 5.33, as percentages are often published, would be
 * 533 % and is refused. @throws UnitTextInvalid
 */
export function readReported(unit: Unit, text: string): bigint {
  const value = readUnit(unit, text);
  const one = 10n ** BigInt(RATE_DECIMALS);
  if (unit === 'rate' && !/[%p]/.test(text) && (value >= one || value <= -one)) {
    throw new UnitTextInvalid(text, unit, `${text} % (it would be ${text} times 100 %)`);
  }
  return value;
}

/** Canonical text of a value in slot units; `readUnit` reads it back to the same value. */
export function writeUnit(unit: Unit, value: bigint): string {
  switch (unit) {
    case 'money':
      return formatMoney(value);
    case 'date':
      return dateOfDay(Number(value));
    case 'flag':
      return value === 0n ? 'false' : 'true';
    case 'rate':
    case 'ratio': {
      const digits = (value < 0n ? -value : value).toString().padStart(RATE_DECIMALS + 1, '0');
      const fraction = digits.slice(-RATE_DECIMALS).replace(/0+$/, '');
      return `${value < 0n ? '-' : ''}${digits.slice(0, -RATE_DECIMALS)}${fraction ? `.${fraction}` : ''}`;
    }
  }
}

/** What one slot unit is: 100 cents, 10^12 of a rate. Divides a slot value into units of the currency or a fraction. */
export const SLOT_SCALE: Readonly<Record<Unit, number>> = { money: 100, rate: 1e12, ratio: 1e12, date: 1, flag: 1 };
