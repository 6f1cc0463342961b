import { addDays } from '@weir/calendar';
import type { Workbook } from './xlsx-parts.js';

/** A cell as a sheet states it. */
export interface SheetCell {
  readonly type: string;
  readonly style: number;
  readonly value: string;
}

/** Column number (from 0) of a reference such as BC12; null when it is none, or beyond the last column that sheets have. */
export function columnOf(reference: string): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference)?.[1];
  if (letters === undefined) return null;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return column < 16_384 ? column : null;
}

/** Digits that float64 keeps of any decimal, and spreadsheets show. */
const DIGITS = 15;

/** A number as plain decimal text: sheets hold float64, of which the first fifteen digits are what was typed or computed. */
export function plainNumber(text: string): string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  const shortest = String(Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS)));
  const [, sign = '', whole = '', fraction = '', exponent = ''] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest) ?? [];
  if (exponent === '') return shortest;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return digits.length <= point
    ? sign + digits.padEnd(point, '0')
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** 31 December 2199 in the 1900 count and in that of 1904: beyond it the platform has no dates. */
const LAST_SERIAL = 109_574;
const LAST_SERIAL_1904 = 108_112;

/**
 * ISO date of a day count; null when it is none. Day 60 of the 1900 count is the 29 February 1900 that never was, so the
 * days before it are one later than the count says.
 */
export function dateOfSerial(serial: number, from1904: boolean): string | null {
  const days = Math.floor(serial);
  if (!(days >= 0 && days <= (from1904 ? LAST_SERIAL_1904 : LAST_SERIAL))) return null;
  if (from1904) return addDays('1904-01-01', days);
  if (days === 60 || days === 0) return null;
  return addDays('1900-01-01', days < 60 ? days - 1 : days - 2);
}

/** A number as a percent format shows it: 0.0687 as 6.87%. */
function percentText(text: string): string {
  const hundredfold = Number(text) * 100;
  return Number.isFinite(hundredfold) ? `${plainNumber(String(Number(hundredfold.toPrecision(DIGITS))))}%` : text;
}

/**
 * The text that a cell stands for: dates as YYYY-MM-DD, percentages with their sign, flags as true and false; null when it has
 * no value.
 */
export function cellText(cell: SheetCell, { texts, styles, from1904 }: Workbook): string | null {
  const { type, value } = cell;
  if (type === 's') return texts[Number(value)]?.trim() ?? null;
  if (type === 'b') return value === '1' ? 'true' : 'false';
  if (type === 'd') return value.slice(0, 10);
  if (type === 'str' || type === 'inlineStr' || type === 'e') return value.trim();
  if (value === '') return null;
  const style = styles[cell.style];
  if (style === 'percent') return percentText(value);
  const date = style === 'date' ? dateOfSerial(Number(value), from1904) : null;
  return date ?? plainNumber(value);
}
