import { dateOfDay } from '@weir/calendar';
import type { Unit } from '@weir/deal';
import { formatMoney, formatRate, groupMoney } from '@weir/money';
import { writeUnit } from '@weir/valuation';

/** What stands where there is no figure. */
export const NONE = '–';

const isFigure = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

/** Cents as people read them: 1,234.50. */
export function moneyText(cents: number | null | undefined): string {
  return isFigure(cents) ? groupMoney(BigInt(Math.round(cents))) : NONE;
}

/** Cents as a decimal for files: 1234.50; empty when there is none. */
export function plainMoney(cents: number | null | undefined): string {
  return isFigure(cents) ? formatMoney(BigInt(Math.round(cents))) : '';
}

/** A fraction as a percentage. */
export function percent(value: number | null | undefined, decimals = 2): string {
  return isFigure(value) ? `${(100 * value).toFixed(decimals)} %` : NONE;
}

export function decimal(value: number | null | undefined, decimals: number): string {
  return isFigure(value) ? value.toFixed(decimals) : NONE;
}

/** A figure of a projection (money in cents, rates as fractions) for people. */
export function unitText(unit: Unit, value: number | null | undefined): string {
  if (!isFigure(value)) return NONE;
  switch (unit) {
    case 'money':
      return moneyText(value);
    case 'rate':
      return percent(value, 4);
    case 'ratio':
      return String(Number(value.toFixed(6)));
    case 'date':
      return dateOfDay(Math.round(value));
    case 'flag':
      return value === 0 ? 'no' : 'yes';
  }
}

/** The same for files and JSON: decimals without separators; empty when there is none. */
export function plainText(unit: Unit, value: number | null | undefined): string {
  if (!isFigure(value)) return '';
  switch (unit) {
    case 'money':
      return plainMoney(value);
    case 'rate':
    case 'ratio':
      return writeUnit(unit, BigInt(Math.round(value * 1e12)));
    case 'date':
      return dateOfDay(Math.round(value));
    case 'flag':
      return value === 0 ? 'false' : 'true';
  }
}

/** A value in slot units for people. */
export function slotText(unit: Unit, value: bigint): string {
  if (unit === 'money') return groupMoney(value);
  if (unit === 'rate') return formatRate(value);
  if (unit === 'flag') return value === 0n ? 'no' : 'yes';
  return writeUnit(unit, value);
}
