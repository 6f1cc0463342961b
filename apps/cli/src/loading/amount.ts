import { parseMoney } from '@weir/money';
import { OptionInvalid } from '../errors.js';

const AMOUNT = /^-?\d+(\.\d{1,2})?$/;
const FORM = 'an amount with at most two decimals and no separators, like 1234.50';

/** An option's amount in cents. @throws OptionInvalid */
export function amountOption(option: string, text: string): bigint {
  const trimmed = text.trim();
  if (!AMOUNT.test(trimmed)) throw new OptionInvalid(option, text, FORM);
  return parseMoney(trimmed);
}
