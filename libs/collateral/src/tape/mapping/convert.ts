import { daysInMonth } from '@weir/calendar';
import { dateOfSerial } from '../source/xlsx-cell.js';
import { daysOfBucket } from './status-days.js';
import { withoutExponent } from '../cells.js';
import type { DatePattern, NumberUnit, Unit } from './mapping.js';

/** A cell as it is written to the form in which Weir reads it; null when it is not written that way. */
export type Convert = (cell: string) => string | null;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** German months that are written otherwise. */
const GERMAN_MONTHS: Readonly<Record<string, number>> = { mär: 3, mrz: 3, mai: 5, okt: 10, dez: 12 };
const monthNamed = (name: string): number => GERMAN_MONTHS[name] ?? MONTHS.indexOf(name) + 1;

/** A decimal with its point moved to the left (to the right where `places` is below zero), exactly. */
export function shiftPoint(decimal: string, places: number): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(decimal) ?? [];
  if (places < 0) {
    const digits = fraction.padEnd(-places, '0');
    const rest = digits.slice(-places);
    return `${sign}${whole}${digits.slice(0, -places)}${rest === '' ? '' : `.${rest}`}`;
  }
  const digits = whole.padStart(places + 1, '0');
  const cut = digits.length - places;
  const moved = digits.slice(cut) + fraction;
  return moved === '' ? sign + digits : `${sign}${digits.slice(0, cut)}.${moved}`;
}

/** Decimal places by which a scale is moved to whole units or fractions. */
const SHIFTS: Record<NumberUnit['scale'], number> = {
  ...{ whole: 0, cents: 2, thousands: -3, millions: -6 },
  ...{ fraction: 0, percentage: 2 },
};

/** The sign or code of a currency, before or behind an amount. */
export const CURRENCY = /^(?:[$€£]|[A-Z]{3}(?=[\s\d(-]))\s*|\s*(?:[$€£]|(?<=[\d\s)-])[A-Z]{3})$/g;

/** Groups of three digits, as a thousands separator parts them. */
function grouped(thousands: string): RegExp {
  const mark = thousands === ' ' ? '[\\s\\u00a0\\u202f]' : `\\${thousands}`;
  return new RegExp(`^\\d{1,3}(?:${mark}\\d{3})+$`);
}

/**
 * Numbers: currency signs are dropped, groups must be of three, what is left is a plain decimal. What has a percent sign is a
 * hundredth, whatever the others of its column are.
 */
function numbers(unit: NumberUnit): Convert {
  const groups = unit.thousands === '' ? null : grouped(unit.thousands);
  const marks = unit.thousands === ' ' ? /[\s\u00a0\u202f]/g : new RegExp(`\\${unit.thousands || ','}`, 'g');
  const shift = SHIFTS[unit.scale];
  const read: Convert = (cell) => {
    let text = cell.replace(CURRENCY, '').replace(/\s*%$/, '');
    let negative = false;
    if (unit.negative === 'parentheses' && /^\(.*\)$/.test(text)) [text, negative] = [text.slice(1, -1), true];
    else if (unit.negative === 'trailing' && text.endsWith('-')) [text, negative] = [text.slice(0, -1), true];
    else if (/^[-−]/.test(text)) [text, negative] = [text.slice(1), true];
    text = text.replace(CURRENCY, '');
    const at = text.indexOf(unit.decimal);
    let whole = at === -1 ? text : text.slice(0, at);
    const fraction = at === -1 ? '' : text.slice(at + 1);
    if (groups?.test(whole)) whole = whole.replace(marks, '');
    if (!/^\d{1,15}$/.test(whole === '' ? '0' : whole) || !/^\d*$/.test(fraction) || whole + fraction === '')
      return null;
    const plain = `${negative ? '-' : ''}${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`;
    const places = unit.scale !== 'percentage' && cell.endsWith('%') ? shift + SHIFTS.percentage : shift;
    return places === 0 ? plain : shiftPoint(plain, places);
  };
  return (cell) => {
    const plain = read(cell);
    const small = plain === null ? withoutExponent(cell) : null;
    return small === null ? plain : read(small);
  };
}

/** A time of day behind a date. */
const TIME = /(?<=\d)[ T]\d\d?:\d\d.*$/;

const SHAPES: Record<Exclude<DatePattern, 'excel-serial'>, RegExp> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d\d?)-(?<d>\d\d?)(?:[T ].*)?$/,
  'MM-DD-YYYY': /^(?<m>\d\d?)-(?<d>\d\d?)-(?<y>\d{4})$/,
  'DD-MM-YYYY': /^(?<d>\d\d?)-(?<m>\d\d?)-(?<y>\d{4})$/,
  'MM/DD/YYYY': /^(?<m>\d\d?)\/(?<d>\d\d?)\/(?<y>\d{4})$/,
  'DD/MM/YYYY': /^(?<d>\d\d?)\/(?<m>\d\d?)\/(?<y>\d{4})$/,
  'DD.MM.YYYY': /^(?<d>\d\d?)\.(?<m>\d\d?)\.(?<y>\d{4})$/,
  'MM/DD/YY': /^(?<m>\d\d?)\/(?<d>\d\d?)\/(?<y>\d\d)$/,
  'DD/MM/YY': /^(?<d>\d\d?)\/(?<m>\d\d?)\/(?<y>\d\d)$/,
  'DD.MM.YY': /^(?<d>\d\d?)\.(?<m>\d\d?)\.(?<y>\d\d)$/,
  'YYYY/MM/DD': /^(?<y>\d{4})\/(?<m>\d\d?)\/(?<d>\d\d?)$/,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)$/,
  'DD-MMM-YYYY': /^(?<d>\d\d?)[- ](?<n>[A-Za-zä]{3})[- ](?<y>\d{4})$/,
  'DD-MMM-YY': /^(?<d>\d\d?)[- ](?<n>[A-Za-zä]{3})[- ](?<y>\d\d)$/,
  'MMM-YYYY': /^(?<n>[A-Za-zä]{3})[- ](?<y>\d{4})$/,
  'MMM-YY': /^(?<n>[A-Za-zä]{3})[- ](?<y>\d\d)$/,
  'MM/YYYY': /^(?<m>\d\d?)\/(?<y>\d{4})$/,
  'MM-YYYY': /^(?<m>\d\d?)-(?<y>\d{4})$/,
  'YYYY-MM': /^(?<y>\d{4})-(?<m>\d\d)$/,
  YYYYMM: /^(?<y>\d{4})(?<m>\d\d)$/,
};

/** Dates to YYYY-MM-DD, months to YYYY-MM; null when there is no such day. Two-digit years are of this century up to 79. */
function dates(pattern: DatePattern): Convert {
  if (pattern === 'excel-serial') return (cell) => (/^\d{1,7}$/.test(cell) ? dateOfSerial(Number(cell), false) : null);
  const shape = SHAPES[pattern];
  return (cell) => {
    const { y = '', m, d, n } = shape.exec(cell.replace(TIME, ''))?.groups ?? {};
    if (y === '') return null;
    const month = n === undefined ? Number(m) : monthNamed(n.toLowerCase());
    const year = y.length === 2 ? Number(y) + (Number(y) < 80 ? 2000 : 1900) : Number(y);
    if (month < 1 || month > 12) return null;
    const yearMonth = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    if (d === undefined) return yearMonth;
    if (Number(d) < 1 || Number(d) > daysInMonth(year, month)) return null;
    return `${yearMonth}-${d.padStart(2, '0')}`;
  };
}

/** How a column's cells are turned into the form in which Weir reads them. */
export function converterOf(unit: Unit): Convert {
  if (unit.kind === 'number') return numbers(unit);
  if (unit.kind === 'bucket') return daysOfBucket;
  if (unit.kind === 'date') {
    const trials = unit.patterns.map(dates);
    return (cell) => trials.reduce<string | null>((found, trial) => found ?? trial(cell), null);
  }
  const yes = new Set(unit.yes.map((word) => word.toLowerCase()));
  const no = new Set(unit.no.map((word) => word.toLowerCase()));
  return (cell) => (yes.has(cell.toLowerCase()) ? 'true' : no.has(cell.toLowerCase()) ? 'false' : null);
}
