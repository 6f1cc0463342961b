import { POOL_COLUMNS } from '@weir/valuation';
import { spoken } from '../explain/words.js';
import { decimal, moneyText } from '../output/figures.js';
import { type Column, textTable, wrapped } from '../output/table.js';
import { type PoolRun, shownColumns } from './data.js';

const right = (title: string): Column => ({ title, right: true });

const nameOf = (group: string | null): string => (group === null ? 'the pool' : group === '' ? 'no group' : group);

function totalsTable({ parts }: PoolRun, width: number): string {
  const rows = parts.map(({ group, flows, totals }) => [
    nameOf(group),
    moneyText(flows.openingBalance[0]),
    decimal(totals.averageLife, 4),
    ...[totals.interest, totals.netInterest, totals.principal, totals.recoveries, totals.losses].map(moneyText),
  ]);
  const columns = ['balance', 'life', 'interest', 'net interest', 'principal', 'recoveries', 'losses'].map(right);
  return textTable([{ title: '' }, ...columns], rows, width);
}

function monthsTables({ parts }: PoolRun, width: number): string[] {
  const columns = shownColumns(parts);
  return parts.flatMap((part) => {
    const shown: Column[] = columns.map((name) => ({
      ...right(spoken(name)),
      dispensable: KEPT.includes(name) ? 0 : 1,
    }));
    const rows = Array.from({ length: part.flows.months }, (_, month) => [
      String(month + 1),
      ...columns.map((name) => {
        const column = POOL_COLUMNS[name];
        const value = column === undefined ? 0 : (part.flows[column][month] ?? 0);
        return name === 'loanCount' ? decimal(value, 2) : moneyText(value);
      }),
    ]);
    return ['', `By month: ${nameOf(part.group)}`, textTable([right('month'), ...shown], rows, width)];
  });
}

/** What a narrow table of months keeps; files have all columns. */
const KEPT: readonly string[] = [
  'poolOpening',
  'scheduledPrincipal',
  'prepayments',
  'netInterest',
  'chargeOffs',
  'poolClosing',
];

/** A pool for people. */
export function poolText(note: string, runs: readonly PoolRun[], withMonths: boolean, width: number): string {
  const each = runs.flatMap((run) => [
    '',
    wrapped(`Scenario ${run.scenario}: ${run.assumes}`, width - 2, '', '  '),
    totalsTable(run, width),
    ...(withMonths ? monthsTables(run, width) : []),
  ]);
  const hint = withMonths ? [] : ['', 'Months: --flows, --csv, --json, --out DIR'];
  const head = `${note}, without a deal; lives in years from the cut-off date, each month’s principal at its end`;
  return [wrapped(head, width - 2), ...each, ...hint, ''].join('\n');
}
