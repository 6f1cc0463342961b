import { formatMoney } from '@weir/money';
import { readUnit } from '@weir/valuation';
import { SolveInvalid } from '../errors.js';

/** How a figure that is solved for is written. */
export interface Quantity {
  readonly kind: 'percent' | 'money' | 'number';
  /** What follows the figure in the document, such as " USD". */
  readonly suffix: string;
}

/** Smallest change of each kind, in its own unit: a ten-thousandth of a percent, a cent, a millionth. */
export const STEP: Readonly<Record<Quantity['kind'], number>> = { percent: 1e-6, money: 0.01, number: 1e-6 };

/** The kind of a figure from its text: `5.3 %`, `1000.00 USD`, `1000.00`, `0.5`. Null when it is none. */
export function quantityOf(text: string): { quantity: Quantity; value: number } | null {
  const percent = /^(-?[\d.]+)\s*%$/.exec(text.trim());
  if (percent) return { quantity: { kind: 'percent', suffix: ' %' }, value: Number(percent[1]) / 100 };
  const money = /^(-?\d+(?:\.\d+)?)(\s*[A-Z]{3})$/.exec(text.trim());
  if (money) return { quantity: { kind: 'money', suffix: money[2] ?? '' }, value: Number(money[1]) };
  if (/^-?\d+\.\d\d$/.test(text.trim())) return { quantity: { kind: 'money', suffix: '' }, value: Number(text) };
  if (/^-?\d+(?:\.\d+)?$/.test(text.trim())) return { quantity: { kind: 'number', suffix: '' }, value: Number(text) };
  return null;
}

/** A figure as the document writes it; rounded to the step of its kind. */
export function quantityText({ kind, suffix }: Quantity, value: number): string {
  if (kind === 'money') return `${formatMoney(BigInt(Math.round(value * 100)))}${suffix}`;
  if (kind === 'number') return `${Number(value.toFixed(6))}${suffix}`;
  const [whole, fraction = ''] = (value * 100).toFixed(4).split('.');
  return `${whole}.${fraction.replace(/0{1,2}$/, '')}${suffix}`;
}

/** A figure that a user wrote for a bracket or a condition. @throws SolveInvalid */
export function figureOf(text: string): number {
  const trimmed = text.trim();
  try {
    if (/(%|bp)$/.test(trimmed)) return Number(readUnit('rate', trimmed)) / 1e12;
    const amount = trimmed.replace(/\s*[A-Z]{3}$/, '');
    return Number(readUnit('ratio', amount)) / 1e12;
  } catch {
    throw new SolveInvalid(text, 'write a figure like 100 %, 45 bp, 1000.00 or 3.0');
  }
}
