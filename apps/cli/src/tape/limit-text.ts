import { averageText, boundText, type ConcentrationResult } from '@weir/collateral';
import { formatRate, groupMoney } from '@weir/money';
import { NONE, percent } from '../output/figures.js';
import { textTable } from '../output/table.js';

const wordOf = ({ breached, unknown }: ConcentrationResult): string =>
  unknown ? 'not stated' : breached ? 'breached' : 'met';

/** Whether a limit asks for attention: it is breached, or no loan states what it is of. */
export const isOpen = ({ breached, unknown }: ConcentrationResult): boolean => breached || unknown;

function row(result: ConcentrationResult): string[] {
  const unstated = result.unstated === 0n ? '' : groupMoney(result.unstated);
  if (result.kind === 'average') {
    const bounds = [boundText(result, result.least) ?? NONE, boundText(result, result.most) ?? NONE];
    return [
      result.id,
      '',
      averageText(result) ?? NONE,
      ...bounds,
      unstated,
      wordOf(result),
      `mean ${result.field.name}`,
    ];
  }
  const { id, amount, share, most, values } = result;
  const figures = [groupMoney(amount), percent(Number(share) / 1e12), '', percent(Number(most) / 1e12)];
  return [id, ...figures, unstated, wordOf(result), values.slice(0, 3).join(', ')];
}

/** The limits as a table; nothing without any. */
export function limitLines(limits: readonly ConcentrationResult[]): string[] {
  if (limits.length === 0) return [];
  const titles = ['limit', 'amount', 'share', 'least', 'most', 'not stated', '', 'of'].map((title, index) => ({
    title,
    right: index > 0 && index < 6,
  }));
  return ['', 'Concentration limits', textTable(titles, limits.map(row))];
}

/** One limit that asks for attention, in a sentence. */
export function limitSentence(result: ConcentrationResult): string {
  const name = `concentration limit ${result.id}`;
  if (result.unknown) return `${name}: no loan of the pool states what it is of`;
  if (result.kind === 'share') {
    const of = result.values.length === 0 ? '' : ` (${result.values.slice(0, 3).join(', ')})`;
    return `${name}${of}: ${formatRate(result.share)} of the pool, at most ${formatRate(result.most)} is allowed`;
  }
  const bounds = [
    ...(result.least === null ? [] : [`at least ${boundText(result, result.least)}`]),
    ...(result.most === null ? [] : [`at most ${boundText(result, result.most)}`]),
  ];
  return `${name}: the mean is ${averageText(result)}, ${bounds.join(' and ')} is allowed`;
}
