import type { AccountFlows, DealProjection, PayeeFlows, TrancheFlows } from '@weir/valuation';
import { accountText } from '../explain/steps.js';
import { spoken } from '../explain/words.js';
import { decimal, moneyText, NONE, percent, unitText } from '../output/figures.js';
import { type Column, textTable } from '../output/table.js';
import type { FigureColumn } from './collateral-columns.js';

const right = (title: string): Column => ({ title, right: true });
const hasAny = (column: Float64Array): boolean => column.some((value) => Math.abs(value) >= 0.5);

/** Rows of the dates on which the class is outstanding or paid. */
function rowsOf(tranche: TrancheFlows, until: number): number[] {
  const busy = [tranche.opening, tranche.interestPaid, tranche.principalPaid, tranche.shortfall];
  const rows = Array.from({ length: until }, (_, row) => row);
  const last = rows.findLastIndex((row) => busy.some((column) => (column[row] ?? 0) >= 0.5));
  return rows.slice(0, last + 1);
}

/** By how much the coupon of a class changes over the rows, as a fraction. */
function couponSpan({ coupon }: TrancheFlows, rows: readonly number[]): number {
  const known = rows.map((row) => coupon[row] ?? Number.NaN).filter((rate) => !Number.isNaN(rate));
  return known.length === 0 ? 0 : Math.max(...known) - Math.min(...known);
}

/** Decimals of a coupon's percentage: five for one that changes, as an index is published. */
const decimalsOf = (tranche: TrancheFlows, rows: readonly number[]): number => (couponSpan(tranche, rows) > 0 ? 5 : 3);

/** The coupon of a class while it is outstanding: one figure, or the lowest and the highest. */
export function couponText(tranche: TrancheFlows, until: number): string {
  const rows = rowsOf(tranche, until);
  const known = rows.map((row) => tranche.coupon[row] ?? Number.NaN).filter((rate) => !Number.isNaN(rate));
  if (known.length === 0) return NONE;
  const [least, most] = [Math.min(...known), Math.max(...known)].map((rate) => percent(rate, 3));
  return least === most ? `${least}` : `${least?.replace(' %', '')}–${most}`;
}

interface Shown {
  title: string;
  cells: readonly string[];
  total: string;
  /** Left out first where the table is too wide: the highest goes first. */
  dispensable: number;
}

/** Width of a terminal for which tables are made. */
const WIDTH = 100;

function widthOf(columns: readonly Shown[]): number {
  const widths = columns.map(({ title, cells, total }) =>
    Math.max(title.length, total.length, ...cells.map((cell) => cell.length)),
  );
  return 2 + 'payment date'.length + widths.reduce((sum, width) => sum + 2 + width, 0);
}

/** The columns that fit, in their order. */
function fitting(columns: readonly Shown[]): readonly Shown[] {
  if (widthOf(columns) <= WIDTH) return columns;
  const most = Math.max(...columns.map(({ dispensable }) => dispensable));
  return most === 0 ? columns : fitting(columns.filter(({ dispensable }) => dispensable !== most));
}

const total = (values: Float64Array): string => moneyText(values.reduce((sum, value) => sum + (value || 0), 0));

/** A class by payment date; columns of what never happens are left out, and those that do not fit a hundred columns. */
export function trancheTable(projection: DealProjection, tranche: TrancheFlows, until: number): string {
  const rows = rowsOf(tranche, until);
  const money = (title: string, values: Float64Array, summed: boolean, always: boolean, dispensable = 0): Shown[] =>
    always || hasAny(values)
      ? [{ title, cells: rows.map((row) => moneyText(values[row])), total: summed ? total(values) : '', dispensable }]
      : [];
  const short = hasAny(tranche.shortfall);
  const columns: Shown[] = [
    {
      title: 'coupon',
      cells: rows.map((row) => percent(tranche.coupon[row], decimalsOf(tranche, rows))),
      total: '',
      // A coupon that changes is a figure of each date; one that does not stands in the table of classes.
      dispensable: couponSpan(tranche, rows) > 0 ? 0 : 3,
    },
    ...money(tranche.notional ? 'notional' : 'opening', tranche.opening, false, true),
    ...(short ? money('interest due', tranche.interestDue, true, true, 2) : []),
    ...money('interest', tranche.interestPaid, true, true),
    ...money('int. owed', tranche.shortfall, false, false),
    ...money('principal', tranche.principalPaid, true, !tranche.notional),
    ...money('written down', tranche.writeDown, true, false),
    ...money('closing', tranche.closing, false, true),
    { title: 'factor', cells: rows.map((row) => decimal(tranche.factor[row], 6)), total: '', dispensable: 1 },
  ];
  const shown = fitting(columns);
  const dates = projection.paymentDates;
  return textTable(
    [{ title: 'payment date' }, ...shown.map(({ title }) => right(title))],
    [
      ...rows.map((row, index) => [dates[row] ?? '', ...shown.map(({ cells }) => cells[index] ?? '')]),
      ['total', ...shown.map(({ total: sum }) => sum)],
    ],
  );
}

/** Columns side by side, as many as fit. */
function inWidth(columns: readonly { title: string; cells: readonly string[] }[], first: readonly string[]): string[] {
  const columnWidth = ({ title, cells }: (typeof columns)[number]): number =>
    2 + cells.reduce((most, cell) => Math.max(most, cell.length), title.length);
  const tables: (typeof columns)[number][][] = [[]];
  let width = 14;
  for (const column of columns) {
    if (width + columnWidth(column) > 98 && (tables.at(-1)?.length ?? 0) > 0) {
      tables.push([]);
      width = 14;
    }
    tables.at(-1)?.push(column);
    width += columnWidth(column);
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
  const shown = (values: Float64Array): boolean => hasAny(values.subarray(0, until));
  const payees = projection.payees
    .filter(({ paid, due }) => shown(paid) || (due !== null && shown(due)))
    .flatMap(({ name, paid, short }: PayeeFlows) => [
      { title: spoken(name), cells: cells(paid) },
      ...(short && shown(short) ? [{ title: `${spoken(name)} owed`, cells: cells(short) }] : []),
    ]);
  const accounts = projection.accounts
    .filter(({ closing }: AccountFlows) => shown(closing))
    .map(({ name, closing }) => ({ title: accountText(name), cells: cells(closing) }));
  return inWidth([...payees, ...accounts], dates);
}

/** What the collateral pays and what is left of it, by payment date. */
export function collateralTables(projection: DealProjection, columns: readonly FigureColumn[], until: number) {
  const shown = columns.map(({ name, unit, values }) => ({
    title: name,
    cells: [...values.slice(0, until)].map((value) => unitText(unit, value)),
  }));
  return inWidth(shown, projection.paymentDates.slice(0, until));
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
