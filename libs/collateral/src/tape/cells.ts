import { daysInMonth } from '@weir/calendar';
import { RATE_SCALE } from '@weir/money';
import { plainNumber } from './source/xlsx-cell.js';

const RATE_DECIMALS = RATE_SCALE.toString().length - 1;

/** Texts whose reading is remembered: columns of dates and rates say the same again and again. */
const MOST_REMEMBERED = 4_096;

/** Remembers what texts of no more than 24 characters read as, as long as there are few of them. */
function remembering<T>(read: (cell: string) => T): (cell: string) => T {
  const known = new Map<string, T>();
  return (cell) => {
    if (cell.length > 24) return read(cell);
    const before = known.get(cell);
    if (before !== undefined) return before;
    const value = read(cell);
    // A copy: a piece of a file's text would hold on to the file.
    if (known.size < MOST_REMEMBERED) known.set(Buffer.from(cell, 'utf8').toString('utf8'), value);
    return value;
  };
}

/** Why an ESMA template has no value there: ND1 to ND4, with a date or without, and ND5. Null when the cell is none. */
export function noDataOption(cell: string): string | null {
  return cell.startsWith('ND') && /^ND(?:[1-5]|4-\d{4}-\d\d-\d\d)$/.test(cell) ? cell.slice(0, 3) : null;
}

/** Whether a cell says that there is no value: empty, NA, or an ESMA no-data option. That is not zero. */
export function isAbsent(cell: string): boolean {
  if (cell === '') return true;
  // Nearly every cell is told by its first character.
  return cell.charCodeAt(0) === LETTER_N && (cell === 'NA' || cell === 'N/A' || noDataOption(cell) !== null);
}

/** Signs with which a spreadsheet takes a text for a formula. */
const [PLUS, MINUS, EQUALS, AT] = [0x2b, 0x2d, 0x3d, 0x40];

/**
 * What makes a formula of a text that begins with such a sign: an equals sign with something behind it, a call of a
 * function, a place in a sheet, a sum or product, or a call of another program.
 */
const FORMULAS = [
  /^=+\s*[^=\s]/,
  /^[-+@]+[A-Za-z_][\w.]*\(/,
  /^[-+@]+\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?!\w)/i,
  /^[-+]\d[\d.,]*\s*[+*^&]/,
  /^[-+@][^|]*\|.*!/,
];

/** Whether a text is a formula of a spreadsheet; a dash, a negative number and a number of a telephone are none. */
export function isFormula(cell: string): boolean {
  const first = cell.charCodeAt(0);
  if (first !== EQUALS && first !== PLUS && first !== MINUS && first !== AT) return false;
  return FORMULAS.some((formula) => formula.test(cell));
}

const [POINT, ZERO, LETTER_N] = [0x2e, 0x30, 0x4e];

/**
 * Cents of an amount as nearly all are, below 10^13 with two decimals at most, which float64 counts exactly; -1 of any
 * other text. By character codes: a large tape has tens of millions of them.
 */
export function plainCents(cell: string): number {
  const { length } = cell;
  if (length === 0 || length > 16) return -1;
  let [digits, decimals] = [0, -1];
  let count = 0;
  for (let at = 0; at < length; at++) {
    const code = cell.charCodeAt(at);
    if (code === POINT && decimals === -1 && at > 0) decimals = 0;
    else {
      const digit = code - ZERO;
      if (digit < 0 || digit > 9) return -1;
      digits = digits * 10 + digit;
      count++;
      if (decimals !== -1) decimals++;
    }
  }
  if (decimals === 0 || decimals > 2 || count - Math.max(decimals, 0) > 13) return -1;
  return decimals === 2 ? digits : decimals === 1 ? digits * 10 : digits * 100;
}

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{0,400}))?$/;

/** What is left of a difference that was computed in float64 and is nothing: 1.8189894035458565E-12. */
const REMAINDER = /^-?\d(?:\.\d{1,20})?e-\d{1,3}$/i;

/** A decimal that is written with an exponent below zero, as a plain one; null of any other text. */
export const withoutExponent = (cell: string): string | null => (REMAINDER.test(cell) ? plainNumber(cell) : null);

/** Digits past the cent that float64 leaves of an amount that was computed: 12140.960000000001, 565.2499999999999. */
const NOISE = /^(?:0{5,}|9{5,})/;

/** Cents of a strict decimal, rounded half up (away from zero) where it has more than two decimals that say something; null if it is none. */
export function readMoney(cell: string): { cents: bigint; rounded: boolean } | null {
  const plain = plainCents(cell);
  if (plain !== -1) return { cents: BigInt(plain), rounded: false };
  const match = DECIMAL.exec(cell) ?? DECIMAL.exec(withoutExponent(cell) ?? '');
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const rest = fraction.slice(2);
  const carry = (rest[0] ?? '0') >= '5' ? 1n : 0n;
  const size = BigInt(whole) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0')) + carry;
  return { cents: sign === '-' ? -size : size, rounded: /[1-9]/.test(rest) && !NOISE.test(rest) };
}

/** The number of nine digits at most, as nearly all are written; -1 of any other text. */
function plainInteger(cell: string): number {
  const { length } = cell;
  if (length === 0 || length > 9) return -1;
  let number = 0;
  for (let at = 0; at < length; at++) {
    const digit = cell.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** A whole number of at most nine digits ("12", "-3", "12.000"); null if it is none. */
export function readInteger(cell: string): number | null {
  const plain = plainInteger(cell);
  if (plain !== -1) return plain;
  const match = /^(-?\d{1,9})(?:\.0*)?$/.exec(cell);
  return match ? Number(match[1]) : null;
}

const RATE_POWERS = Array.from({ length: RATE_DECIMALS + 1 }, (_, power) => 10 ** power);

/**
 * A rate at `RATE_SCALE` as nearly all are written, below 1,000 with digits that float64 counts exactly at that scale; -1 of
 * any other text.
 */
function plainRate(cell: string): number {
  const point = cell.indexOf('.');
  const decimals = point === -1 ? 0 : cell.length - point - 1;
  if (cell.length > 14 || point === 0 || point > 3 || (point === -1 && cell.length > 3)) return -1;
  if (point !== -1 && (decimals === 0 || decimals > RATE_DECIMALS)) return -1;
  let digits = 0;
  for (let at = 0; at < cell.length; at++) {
    if (at === point) continue;
    const digit = cell.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    digits = digits * 10 + digit;
  }
  return cell === '' ? -1 : digits * (RATE_POWERS[RATE_DECIMALS - decimals] ?? 1);
}

const readAnyRate = remembering((cell: string): bigint | null => {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,30}))?( ?%)?$/.exec(cell);
  if (!match) return null;
  const [, sign, whole = '', fraction = '', percent] = match;
  // A percent sign moves the point two places to the left.
  const decimals = percent === undefined ? RATE_DECIMALS : RATE_DECIMALS - 2;
  const carry = (fraction[decimals] ?? '0') >= '5' ? 1n : 0n;
  const size = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0')) + carry;
  return sign === '-' ? -size : size;
});

/**
 * A rate at `RATE_SCALE` of a fraction ("0.0687" and "6.87%" are 6.87 %); null if it is none. Decimals past the scale are rounded half
 * up in silence: files written from floats are full of 0.053900000000000003, and a tape's rate never makes money.
 */
export function readRate(cell: string): bigint | null {
  const plain = plainRate(cell);
  return plain === -1 ? readAnyRate(cell) : BigInt(plain);
}

/** ISO date of MM-DD-YYYY or YYYY-MM-DD; null if there is no such day in the years 1900 to 2199. */
export const readDate = remembering((cell: string): string | null => {
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(cell) ?? [];
  const match = /^(\d\d)-(\d\d)-((?:19|20|21)\d\d)$/.exec(
    isoYear === undefined ? cell : `${isoMonth}-${isoDay}-${isoYear}`,
  );
  if (!match) return null;
  const [, month = '', day = '', year = ''] = match;
  if (Number(month) < 1 || Number(month) > 12) return null;
  if (Number(day) < 1 || Number(day) > daysInMonth(Number(year), Number(month))) return null;
  return `${year}-${month}-${day}`;
});

/** ISO month (YYYY-MM) of MM/YYYY, of YYYY-MM or of a full date (see `readDate`); null if there is no such month. */
export const readMonth = remembering((cell: string): string | null => {
  if (/^(?:19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(cell)) return cell;
  const match = /^(\d\d)\/((?:19|20|21)\d\d)$/.exec(cell);
  if (!match) return readDate(cell)?.slice(0, 7) ?? null;
  const [, month = '', year = ''] = match;
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month}` : null;
});

/** A credit score, or 'none' for what servicers write when there is none; null if it is neither. */
export function readScore(cell: string): number | 'none' | null {
  const score = readInteger(cell);
  return score === 0 || (score === null && /^none$/i.test(cell)) ? 'none' : score;
}

/** true or false in any case; null if it is neither. */
export function readFlag(cell: string): boolean | null {
  if (cell === 'true' || /^true$/i.test(cell)) return true;
  return cell === 'false' || /^false$/i.test(cell) ? false : null;
}
