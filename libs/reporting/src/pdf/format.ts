import { groupMoney } from '@weir/money';
import { baseUnitText } from '../json.js';

/** A hyphen in front of a figure becomes a minus sign, as wide as a digit. */
const minus = (text: string): string => text.replace(/^-/, '\u2212');

/** Cents for people: 1,234.50. */
export const money = (cents: bigint): string => minus(groupMoney(cents));

/** Base units for people, with as many decimals as the cash has. */
export const cash = (amount: bigint, unitsPerCent: bigint): string => minus(baseUnitText(amount, unitsPerCent, true));

/** Whole numbers with thousands separators. */
export const count = (n: number): string => n.toString().replace(/\B(?=(\d{3})+$)/g, ',');

/** A ratio at `RATE_SCALE` with a fixed number of decimals, half up. */
export function decimal(ratio: bigint, places: number): string {
  const step = 10n ** BigInt(12 - places);
  const magnitude = ((ratio < 0n ? -ratio : ratio) + step / 2n) / step;
  const digits = magnitude.toString().padStart(places + 1, '0');
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return ratio < 0n && magnitude > 0n ? `\u2212${text}` : text;
}

/** A ratio at `RATE_SCALE` as a percentage with a fixed number of decimals, half up. */
export const percent = (ratio: bigint, places: number): string => `${decimal(ratio * 100n, places)} %`;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** "2020-08-17" as 17 August 2020. */
export function longDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}
