import { findingsCsv, type Finding } from '@weir/collateral';
import { groupMoney } from '@weir/money';
import { textTable } from '../output/table.js';
import type { HistoryOutcome, MonthOutcome } from './judge.js';
import { isOpen } from './limit-text.js';
import { qualityTable } from './quality.js';
import { ruleCounts, ruleTable, type RuleCount } from './text.js';
import { vintageLines } from './vintages.js';

/** What was found in all months together, by rule, each with the first of them. */
function countsOver(months: readonly MonthOutcome[]): RuleCount[] {
  const found = new Map<string, RuleCount>();
  for (const { month, result } of months) {
    for (const count of ruleCounts(result)) {
      const known = found.get(count.rule);
      const example = `${month}, ${count.example}`;
      const [findings, rows] = [count.findings + (known?.findings ?? 0), count.rows + (known?.rows ?? 0)];
      found.set(count.rule, { ...count, findings, rows, example: known?.example ?? example });
    }
  }
  return [...found.values()];
}

/** Balances that are shown of a month: its closing one and, where the class knows one beside it, that by the note. */
const BALANCES = ['closing', 'actual'] as const;

const balanceOf = ({ result, assetClass }: MonthOutcome, balance: (typeof BALANCES)[number]): string => {
  const sum = result.sums[assetClass.fields.find(({ role }) => role === balance)?.name ?? ''];
  return sum === undefined ? '' : groupMoney(sum);
};

function monthTable(months: readonly MonthOutcome[]): string {
  const picks = months.some(({ selection }) => selection !== null);
  const balances = BALANCES.filter((balance) => months.some((month) => balanceOf(month, balance) !== ''));
  const rows = months.map((outcome) => {
    const { month, result, quality, selection, limits } = outcome;
    const findings = result.tally.reduce((sum, count) => sum + count.findings, 0);
    const open = limits.filter(isOpen).length;
    return [
      ...[month, `${result.reportingFrom} to ${result.reportingTo}`, String(result.rows)],
      ...balances.map((balance) => balanceOf(outcome, balance)),
      ...(picks ? [String(selection?.pool.length ?? 0)] : []),
      ...[String(result.blocked.length), String(findings), quality.score.toFixed(1)],
      open === 0 ? '' : `${open} ${open === 1 ? 'limit' : 'limits'} not met`,
    ];
  });
  const figures = ['rows', ...balances, ...(picks ? ['pool'] : []), 'blocked', 'findings', 'quality'];
  const right = figures.map((title) => ({ title, right: true }));
  return textTable([{ title: 'month' }, { title: 'period' }, ...right, { title: '' }], rows);
}

/** The whole answer about a file of several months in text. */
export function historyText(file: string, outcome: HistoryOutcome): string {
  const { whole, months, unplaced, source, assetClass, scores } = outcome;
  const { several, distinctKeys, rows } = whole;
  const span = `${several?.months[0]?.month} to ${several?.months.at(-1)?.month}`;
  const found = countsOver(months);
  return [
    `${file}: a history of ${months.length} months, ${span}: ${rows} rows, ${distinctKeys} loan keys`,
    `${assetClass.title}; ${source.evidence.map(({ what, value, because }) => `${what} ${value} (${because})`).join(', ')}`,
    'Each month is judged as a tape of its own, by the months before it; --period YYYY-MM shows one in full.',
    '',
    monthTable(months),
    ...(unplaced.length === 0 ? [] : ['', 'Rows of no month, without which the history is not whole:']),
    ...unplaced.slice(0, SHOWN).map(({ message, remedy }) => `  ${message}; ${remedy}`),
    ...(unplaced.length > SHOWN ? [`  and ${unplaced.length - SHOWN} more`] : []),
    '',
    ...(found.length === 0 ? ['Nothing was found to object to.'] : ruleTable(found)),
    ...qualityTable(scores),
    ...vintageLines(outcome),
  ].join('\n');
}

/** Rows of no month that are shown. */
const SHOWN = 25;

/** All findings as CSV, each beside its month; rows of no month first. */
export function* historyFindingsCsv({ unplaced, months }: HistoryOutcome): Generator<string> {
  const lines = (findings: readonly Finding[]): string[] => [...findingsCsv(findings)];
  const [head = ''] = lines([]);
  yield `month,${head}`;
  for (const line of lines(unplaced).slice(1)) yield `,${line}`;
  for (const { month, result } of months) for (const line of lines(result.findings).slice(1)) yield `${month},${line}`;
}
