import type { Formula, Recipients, Tranche } from '@weir/deal';
import { formatRate, groupMoney } from '@weir/money';

/** A formula as the document writes it, on one line. */
export function formulaText({ text }: Formula): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function amountText(amount: Formula | 'all'): string {
  return amount === 'all' ? 'all there is' : formulaText(amount);
}

/** A, B and C. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** An identifier as words: assetRepresentationsReviewer becomes asset representations reviewer. */
export function spoken(name: string): string {
  // A capital that stands alone is a class: interestA is interest A.
  return name
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/(?<= )[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

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
      return `${formatRate(size.share)} of the pool at the cut-off date, rounded down to ${groupMoney(size.roundDown)}`;
    case 'amount': {
      const { expression } = size.amount;
      const written = expression.kind === 'number' && expression.value.den === 1n;
      return written ? groupMoney(expression.value.num) : formulaText(size.amount);
    }
    case 'credit-enhancement':
      return `the largest amount with credit enhancement of ${formatRate(size.enhancement)}, rounded down to ${groupMoney(size.roundDown)}`;
  }
}
