import type { AccountFlows, ComparisonFlows, DealProjection, PayeeFlows, TrancheFlows } from '@weir/valuation';
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
  dispensable: number;
}

const total = (values: Float64Array): string => moneyText(values.reduce((sum, value) => sum + (value || 0), 0));

/** A class by payment date; columns of what never happens are left out, and those that do not fit. */
export function trancheTable(projection: DealProjection, tranche: TrancheFlows, until: number, width: number): string {
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
      dispensable: couponSpan(tranche, rows) > 0 ? 0 : 4,
    },
    // It is the closing balance of the date before.
    ...money(tranche.notional ? 'notional' : 'opening', tranche.opening, false, true, 1),
    ...(short ? money('interest due', tranche.interestDue, true, true, 3) : []),
    ...money('interest', tranche.interestPaid, true, true),
    ...money('int. owed', tranche.shortfall, false, false),
    ...money('principal', tranche.principalPaid, true, !tranche.notional),
    ...money('written down', tranche.writeDown, true, false),
    ...money('closing', tranche.closing, false, true),
    { title: 'factor', cells: rows.map((row) => decimal(tranche.factor[row], 6)), total: '', dispensable: 2 },
  ];
  const dates = projection.paymentDates;
  return textTable(
    [{ title: 'payment date' }, ...columns.map(({ title, dispensable }) => ({ title, right: true, dispensable }))],
    [
      ...rows.map((row, index) => [dates[row] ?? '', ...columns.map(({ cells }) => cells[index] ?? '')]),
      ['total', ...columns.map(({ total: sum }) => sum)],
    ],
    width,
  );
}

/** Columns side by side, as many as fit. */
function inWidth(
  columns: readonly { title: string; cells: readonly string[] }[],
  first: readonly string[],
  most: number,
): string[] {
  const columnWidth = ({ title, cells }: (typeof columns)[number]): number =>
    2 + cells.reduce((longest, cell) => Math.max(longest, cell.length), title.length);
  const tables: (typeof columns)[number][][] = [[]];
  let width = 14;
  for (const column of columns) {
    if (width + columnWidth(column) > most && (tables.at(-1)?.length ?? 0) > 0) {
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
      most,
    ),
  );
}

/** What others are paid and what the accounts hold, by payment date. */
export function cashTables(projection: DealProjection, until: number, width: number): string[] {
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
  return inWidth([...payees, ...accounts], dates, width);
}

/** What the collateral pays and what is left of it, by payment date. */
export function collateralTables(
  projection: DealProjection,
  columns: readonly FigureColumn[],
  until: number,
  width: number,
) {
  const shown = columns.map(({ name, unit, values }) => ({
    title: name,
    cells: [...values.slice(0, until)].map((value) => unitText(unit, value)),
  }));
  return inWidth(shown, projection.paymentDates.slice(0, until), width);
}

/** When a comparison came nearest to where it turns, with both sides and the distance then. */
function nearestOf(
  { unit, value, threshold, distance }: ComparisonFlows,
  dates: readonly string[],
  until: number,
): string[] {
  if (!value || !threshold || !distance || !unit) return [NONE, NONE, NONE, NONE];
  const span = distance.subarray(0, until);
  const nearest = span.reduce((best, far, row) => (Math.abs(far) < Math.abs(span[best] ?? Infinity) ? row : best), 0);
  return [dates[nearest] ?? '', ...[value, threshold, distance].map((side) => unitText(unit, side[nearest]))];
}

/** Each trigger: when it first was on, and how near it came to it; below one that joins several comparisons, each. */
export function triggerTable(projection: DealProjection, until: number, width: number): string | null {
  const dates = projection.paymentDates;
  const rows = projection.triggers.flatMap(({ name, on, comparisons, ...test }) => {
    const first = on.subarray(0, until).findIndex((flag) => flag === 1);
    const count = on.subarray(0, until).reduce((sum, flag) => sum + (flag === 1 ? 1 : 0), 0);
    const since = first < 0 ? 'never' : (dates[first] ?? '');
    return [
      [name, since, String(count), ...nearestOf(test, dates, until)],
      ...comparisons.map(({ text, ...comparison }) => [`  ${text}`, '', '', ...nearestOf(comparison, dates, until)]),
    ];
  });
  if (rows.length === 0) return null;
  const titles = ['value', 'threshold', 'distance'].map(right);
  return textTable(
    [
      { title: 'trigger' },
      { title: 'on since' },
      { ...right('dates on'), dispensable: 2 },
      { title: 'nearest', dispensable: 1 },
      ...titles,
    ],
    rows,
    width,
  );
}
