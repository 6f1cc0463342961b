import { limitView } from '@weir/collateral';
import { formatMoney } from '@weir/money';
import type { HistoryOutcome, TapeOutcome } from './judge.js';
import { ruleCounts, valueText } from './text.js';

const vintagesJson = ({ vintages }: Pick<TapeOutcome, 'vintages'>): object[] =>
  vintages.map(({ originalBalance, months, ...vintage }) => ({
    ...vintage,
    originalBalance: formatMoney(originalBalance),
    months: months.map(({ opening, closing, chargeOffs, recoveries, prepaid, ...month }) => ({
      ...month,
      ...{ opening: formatMoney(opening), closing: formatMoney(closing), prepaid: formatMoney(prepaid) },
      ...{ chargeOffs: formatMoney(chargeOffs), recoveries: formatMoney(recoveries) },
    })),
  }));

/** What `weir tape` tells of a tape, as data; amounts as decimal strings. */
export function tapeJson(outcome: TapeOutcome): object {
  const { source, assetClass, result, quality, selection, strats } = outcome;
  const sums = Object.fromEntries(Object.entries(result.sums).map(([column, amount]) => [column, formatMoney(amount)]));
  const { rows, distinctKeys, reportingFrom, reportingTo, missing, noData, blocked } = result;
  const { format, evidence } = source;
  const shared = { rows, distinctKeys, reportingFrom, reportingTo };
  const pool = {
    loans: selection?.pool.length ?? null,
    excluded: selection?.excluded.length ?? null,
    blocked: blocked.length,
  };
  const file = { format, evidence, assetClass: assetClass.name };
  const tables = strats.map(({ field, strata }) => ({
    field,
    strata: strata.map((line) => ({ ...line, balance: formatMoney(line.balance) })),
  }));
  const limits = outcome.limits.map(limitView);
  const vintages = vintagesJson(outcome);
  const difference = outcome.difference && {
    ...outcome.difference,
    changes: outcome.difference.changes.map(({ key, row, field, was, is, unread }) => ({
      ...{ key, row, field },
      ...{ was: valueText(assetClass, field, was), is: valueText(assetClass, field, is) },
      unread,
    })),
  };
  const found = { quality, qualityByTape: outcome.scores, findings: ruleCounts(result), missing, noData, sums };
  return { ...shared, ...file, pool, ...found, strats: tables, limits, vintages, difference };
}

/** What it tells of a file of several months: each as `tapeJson` tells it. */
export function historyJson(outcome: HistoryOutcome): object {
  const { whole, months, unplaced, source, assetClass, scores } = outcome;
  const { rows, distinctKeys, reportingFrom, reportingTo } = whole;
  const { format, evidence } = source;
  return {
    ...{ rows, distinctKeys, reportingFrom, reportingTo, format, evidence, assetClass: assetClass.name },
    ...{ unplaced, qualityByTape: scores, vintages: vintagesJson(outcome) },
    months: months.map((month) => ({ month: month.month, ...tapeJson(month) })),
  };
}
