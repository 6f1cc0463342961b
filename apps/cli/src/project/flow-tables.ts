import type { AccountFlows, DealProjection, PayeeFlows, TrancheFlows } from '@weir/valuation';
import { decimal, moneyText, NONE, percent, unitText } from '../output/figures.js';
import { type Column, textTable } from '../output/table.js';

const right = (title: string): Column => ({ title, right: true });
const hasAny = (column: Float64Array): boolean => column.some((value) => Math.abs(value) >= 0.5);

interface MoneyColumn {
  title: string;
  values: Float64Array;
  always?: boolean;
}

/** Rows of the dates on which the class is outstanding or paid. */
function rowsOf(tranche: TrancheFlows, until: number): number[] {
  const busy = [tranche.opening, tranche.interestPaid, tranche.principalPaid, tranche.shortfall];
  const rows = Array.from({ length: until }, (_, row) => row);
  const last = rows.findLastIndex((row) => busy.some((column) => (column[row] ?? 0) >= 0.5));
  return rows.slice(0, last + 1);
}

/** A class by payment date; columns of what never happens are left out. */
export function trancheTable(projection: DealProjection, tranche: TrancheFlows, until: number): string {
  const interestShort = hasAny(tranche.shortfall);
  const columns: MoneyColumn[] = [
    { title: tranche.notional ? 'notional' : 'opening', values: tranche.opening, always: true },
    ...(interestShort ? [{ title: 'interest due', values: tranche.interestDue }] : []),
    { title: 'interest', values: tranche.interestPaid, always: true },
    { title: 'int. owed', values: tranche.shortfall },
    { title: 'principal', values: tranche.principalPaid, always: !tranche.notional },
    { title: 'written down', values: tranche.writeDown },
    { title: 'closing', values: tranche.closing, always: true },
  ];
  const shown = columns.filter(({ values, always }) => always || hasAny(values));
  const dates = projection.paymentDates;
  const rows = rowsOf(tranche, until).map((row) => [
    dates[row] ?? '',
    percent(tranche.coupon[row], 3),
    ...shown.map(({ values }) => moneyText(values[row])),
    decimal(tranche.factor[row], 6),
  ]);
  const totals = shown.map(({ title, values }) =>
    ['interest', 'interest due', 'principal', 'written down'].includes(title)
      ? moneyText(values.reduce((sum, value) => sum + (value || 0), 0))
      : '',
  );
  return textTable(
    [{ title: 'payment date' }, right('coupon'), ...shown.map(({ title }) => right(title)), right('factor')],
    [...rows, ['total', '', ...totals, '']],
  );
}

/** Columns side by side, as many as fit. */
function inWidth(columns: readonly { title: string; cells: readonly string[] }[], first: readonly string[]): string[] {
  const widthOf = ({ title, cells }: (typeof columns)[number]): number =>
    2 + cells.reduce((most, cell) => Math.max(most, cell.length), title.length);
  const tables: (typeof columns)[number][][] = [[]];
  let width = 14;
  for (const column of columns) {
    if (width + widthOf(column) > 98 && (tables.at(-1)?.length ?? 0) > 0) {
      tables.push([]);
      width = 14;
    }
    tables.at(-1)?.push(column);
    width += widthOf(column);
  }
  return tables.map((group) =>
    textTable(
      [{ title: 'payment date' }, ...group.map(({ title }) => right(title))],
      first.map((date, row) => [date, ...group.map(({ cells }) => cells[row] ?? '')]),
    ),
  );
}

/** What others are paid and what the accounts hold, by payment date. */
export function cashTables(projection: DealProjection, until: number): string[] {
  const dates = projection.paymentDates.slice(0, until);
  const cells = (values: Float64Array): string[] => [...values.slice(0, until)].map(moneyText);
  const payees = projection.payees
    .filter(({ paid, due }) => hasAny(paid) || (due !== null && hasAny(due)))
    .flatMap(({ name, paid, short }: PayeeFlows) => [
      { title: name, cells: cells(paid) },
      ...(short && hasAny(short) ? [{ title: `${name} owed`, cells: cells(short) }] : []),
    ]);
  const accounts = projection.accounts
    .filter(({ closing }: AccountFlows) => hasAny(closing))
    .map(({ name, closing }) => ({ title: `${name} (account)`, cells: cells(closing) }));
  return inWidth([...payees, ...accounts], dates);
}

/** Each trigger: when it first was on, and how near it came to it. */
export function triggerTable(projection: DealProjection, until: number): string | null {
  const dates = projection.paymentDates;
  const rows = projection.triggers.map(({ name, unit, value, threshold, distance, on }) => {
    const first = on.subarray(0, until).findIndex((flag) => flag === 1);
    const count = on.subarray(0, until).reduce((sum, flag) => sum + (flag === 1 ? 1 : 0), 0);
    const since = first < 0 ? 'never' : (dates[first] ?? '');
    if (!value || !threshold || !distance || !unit) return [name, since, String(count), NONE, NONE, NONE, NONE];
    const span = distance.subarray(0, until);
    const nearest = span.reduce((best, far, row) => (Math.abs(far) < Math.abs(span[best] ?? Infinity) ? row : best), 0);
    return [
      name,
      since,
      String(count),
      dates[nearest] ?? '',
      ...[value, threshold, distance].map((side) => unitText(unit, side[nearest])),
    ];
  });
  if (rows.length === 0) return null;
  const titles = ['value', 'threshold', 'distance'].map(right);
  return textTable(
    [{ title: 'trigger' }, { title: 'on since' }, right('dates on'), { title: 'nearest' }, ...titles],
    rows,
  );
}
