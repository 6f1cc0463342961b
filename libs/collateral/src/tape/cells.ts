import { daysInMonth } from '@weir/calendar';
import { RATE_SCALE } from '@weir/money';

const RATE_DECIMALS = RATE_SCALE.toString().length - 1;

/** Why an ESMA template has no value there: ND1 to ND4, with a date or without, and ND5. Null when the cell is none. */
export function noDataOption(cell: string): string | null {
  return cell.startsWith('ND') && /^ND(?:[1-5]|4-\d{4}-\d\d-\d\d)$/.test(cell) ? cell.slice(0, 3) : null;
}

/** Whether a cell says that there is no value: empty, NA, or an ESMA no-data option. That is not zero. */
export function isAbsent(cell: string): boolean {
  return cell === '' || cell === 'NA' || cell === 'N/A' || noDataOption(cell) !== null;
}

/** Amounts as nearly all are; below 10^13 their cents are exact in float64, since the product's error is far below a half. */
const PLAIN_AMOUNT = /^\d{1,13}(?:\.\d{1,2})?$/;

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{0,20}))?$/;

/** Cents of a strict decimal, rounded half up (away from zero) where it has more than two decimals; null if it is none. */
export function readMoney(cell: string): { cents: bigint; rounded: boolean } | null {
  if (PLAIN_AMOUNT.test(cell)) return { cents: BigInt(Math.round(Number(cell) * 100)), rounded: false };
  const match = DECIMAL.exec(cell);
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const rest = fraction.slice(2);
  const carry = (rest[0] ?? '0') >= '5' ? 1n : 0n;
  const size = BigInt(whole) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0')) + carry;
  return { cents: sign === '-' ? -size : size, rounded: /[1-9]/.test(rest) };
}

/** A whole number of at most nine digits ("12", "-3", "12.000"); null if it is none. */
export function readInteger(cell: string): number | null {
  const match = /^(-?\d{1,9})(?:\.0*)?$/.exec(cell);
  return match ? Number(match[1]) : null;
}

/**
 * A rate at `RATE_SCALE` of a fraction ("0.0687" is 6.87 %); null if it is none. Decimals past the scale are rounded half
 * up in silence: files written from floats are full of 0.053900000000000003, and a tape's rate never makes money.
 */
export function readRate(cell: string): bigint | null {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,30}))?$/.exec(cell);
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const carry = (fraction[RATE_DECIMALS] ?? '0') >= '5' ? 1n : 0n;
  const size = BigInt(whole) * RATE_SCALE + BigInt(fraction.slice(0, RATE_DECIMALS).padEnd(RATE_DECIMALS, '0')) + carry;
  return sign === '-' ? -size : size;
}

/** ISO date of MM-DD-YYYY or YYYY-MM-DD; null if there is no such day in the years 1900 to 2199. */
export function readDate(cell: string): string | null {
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(cell) ?? [];
  const match = /^(\d\d)-(\d\d)-((?:19|20|21)\d\d)$/.exec(
    isoYear === undefined ? cell : `${isoMonth}-${isoDay}-${isoYear}`,
  );
  if (!match) return null;
  const [, month = '', day = '', year = ''] = match;
  if (Number(month) < 1 || Number(month) > 12) return null;
  if (Number(day) < 1 || Number(day) > daysInMonth(Number(year), Number(month))) return null;
  return `${year}-${month}-${day}`;
}

/** ISO month (YYYY-MM) of MM/YYYY, of YYYY-MM or of a full date (see `readDate`); null if there is no such month. */
export function readMonth(cell: string): string | null {
  if (/^(?:19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(cell)) return cell;
  const match = /^(\d\d)\/((?:19|20|21)\d\d)$/.exec(cell);
  if (!match) return readDate(cell)?.slice(0, 7) ?? null;
  const [, month = '', year = ''] = match;
  return Number(month) >= 1 && Number(month) <= 12 ? `${year}-${month}` : null;
}

/** A credit score, or 'none' for what servicers write when there is none; null if it is neither. */
export function readScore(cell: string): number | 'none' | null {
  if (/^none$/i.test(cell)) return 'none';
  const score = readInteger(cell);
  return score === 0 ? 'none' : score;
}

/** true or false in any case; null if it is neither. */
export function readFlag(cell: string): boolean | null {
  if (/^true$/i.test(cell)) return true;
  return /^false$/i.test(cell) ? false : null;
}
