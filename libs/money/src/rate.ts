import { RateFormatError } from './errors.js';

/** A rate is an integer at this scale: 1.00 % is 10,000,000,000. */
export const RATE_SCALE = 10n ** 12n;

const RATE = /^(-?)(\d{1,9})(?:\.(\d{1,14}))?( ?%)?$/;

/**
 * Rate at `RATE_SCALE` from a percentage ("0.60 %") or a plain ratio ("0.006"); both exact, nothing is rounded.
 * @throws RateFormatError on any other text, and when the rate needs more than 12 decimals as a ratio.
 */
export function parseRate(text: string): bigint {
  const match = RATE.exec(text.trim());
  if (!match) throw new RateFormatError(text);
  const [, sign, whole = '', fraction = '', percent] = match;
  const scaled = BigInt(whole + fraction.padEnd(14, '0'));
  const divisor = percent ? 10_000n : 100n;
  if (scaled % divisor !== 0n) throw new RateFormatError(text);
  return sign === '-' ? -(scaled / divisor) : scaled / divisor;
}

/** Percentage text of a rate at `RATE_SCALE`, at least two decimals and no more than needed: 6e9 → "0.60 %". */
export function formatRate(rate: bigint): string {
  const magnitude = rate < 0n ? -rate : rate;
  const digits = magnitude.toString().padStart(11, '0');
  const fraction = digits.slice(-10).replace(/0{1,8}$/, '');
  return `${rate < 0n ? '-' : ''}${digits.slice(0, -10)}.${fraction} %`;
}
