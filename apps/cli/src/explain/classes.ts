import type { Recipients, Tranche } from '@weir/deal';
import { formatRate, groupMoney } from '@weir/money';
import { formulaText } from './formula-words.js';
import { listed } from './words.js';

/** To whom: classes in sequence (then) or side by side (and, pro rata). */
export function recipientsText(to: Recipients): string {
  if (to.kind === 'one') {
    const bounds = [
      to.until ? `until its balance is ${formulaText(to.until)}` : '',
      to.limit ? `at most ${formulaText(to.limit)}` : '',
    ].filter(Boolean);
    return bounds.length ? `${to.name} (${bounds.join(', ')})` : to.name;
  }
  const parts = to.of.map((part) => (part.kind === 'one' ? recipientsText(part) : `(${recipientsText(part)})`));
  if (parts.length === 1) return parts[0] ?? '';
  if (to.kind === 'sequential') return parts.join(', then ');
  const weights = to.by ? ` by ${listed(to.by.map(formulaText))}` : '';
  return `${listed(parts)} pro rata${weights}`;
}

/** How large a class is, as the document says it. */
export function sizeText({ size }: Tranche): string {
  switch (size.kind) {
    case 'share':
      return `${formatRate(size.share)} of the pool at the cut-off date, rounded down to a multiple of ${groupMoney(size.roundDown)}`;
    case 'amount':
      return formulaText(size.amount);
    case 'credit-enhancement':
      return `the largest amount with credit enhancement of ${formatRate(size.enhancement)}, rounded down to a multiple of ${groupMoney(size.roundDown)}`;
  }
}
