import { MoneyFormatError } from './errors.js';

const AMOUNT = /^(-?)(\d{1,36})(?:\.(\d{1,2}))?$/;

/**
 * Minor units (cents) of a strict decimal: an optional minus, digits, at most two decimals. No separators, plus
 * signs, exponents or spaces. @throws MoneyFormatError
 */
export function parseMoney(text: string): bigint {
  const match = AMOUNT.exec(text);
  if (!match) throw new MoneyFormatError(text);
  const [, sign, whole = '', fraction = ''] = match;
  const minor = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -minor : minor;
}

/** Decimal text of minor units, always two decimals: -123450n → "-1234.50". The form of money in JSON and CSV. */
export function formatMoney(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The same with thousands separators, for people: -123450n → "-1,234.50". Not parsed back. */
export function groupMoney(minor: bigint): string {
  const text = formatMoney(minor);
  return text.replace(/\B(?=(\d{3})+(?=\.))/g, ',');
}
