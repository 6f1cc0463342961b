import { formatMoney, formatRate } from '@weir/money';
import type { AverageStanding, ConcentrationResult } from './limit.js';

/** How a limit stands, as data for people and programs: amounts, rates, means and bounds as decimal text. */
export type LimitView = {
  readonly id: string;
  /** Balance of the pool, and of loans that do not state what the limit is of. */
  readonly pool: string;
  readonly unstated: string;
  readonly unknown: boolean;
  readonly breached: boolean;
} & (
  | {
      readonly kind: 'share';
      readonly amount: string;
      readonly share: string;
      readonly most: string;
      readonly values: readonly string[];
    }
  | {
      readonly kind: 'average';
      readonly field: string;
      readonly average: string | null;
      readonly least: string | null;
      readonly most: string | null;
    }
);

/** A bound of a mean as the document writes it. */
export function boundText({ field: { kind } }: AverageStanding, bound: bigint | null): string | null {
  if (bound === null) return null;
  if (kind === 'rate') return formatRate(bound);
  return kind === 'money' ? formatMoney(bound) : String(bound);
}

/** The mean to two decimals; null when no loan states it. */
export function averageText({ field: { kind }, average }: AverageStanding): string | null {
  if (average === null) return null;
  if (kind === 'rate') return `${(average / 1e10).toFixed(2)} %`;
  return (kind === 'money' ? average / 100 : average).toFixed(2);
}

/** A limit's standing as data. */
export function limitView(result: ConcentrationResult): LimitView {
  const { id, unknown, breached } = result;
  const shared = { id, pool: formatMoney(result.pool), unstated: formatMoney(result.unstated), unknown, breached };
  if (result.kind === 'share') {
    const { kind, values, amount, share, most } = result;
    return { ...shared, kind, values, amount: formatMoney(amount), share: formatRate(share), most: formatRate(most) };
  }
  const [least, most] = [boundText(result, result.least), boundText(result, result.most)];
  return { ...shared, kind: result.kind, field: result.field.name, average: averageText(result), least, most };
}
