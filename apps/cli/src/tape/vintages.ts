import type { Vintage, VintageMonth } from '@weir/collateral';
import { formatMoney, groupMoney } from '@weir/money';
import { writeCsv } from '@weir/valuation';
import { NONE, percent } from '../output/figures.js';
import { textTable } from '../output/table.js';

/** Rows up to which every month on book is shown. */
const FEW = 36;
/** Vintages beyond which those of a year are shown together. */
const MOST_VINTAGES = 40;
/** Months between the columns of a curve: the least that gives no more than `MOST_MARKS` of them. */
const STEPS = [1, 3, 6, 12, 24, 60];
const MOST_MARKS = 8;

const right = (title: string) => ({ title, right: true });

function everyMonth(vintages: readonly Vintage[]): string {
  const rows = vintages.flatMap(({ name, loans, originalBalance, months }) =>
    months.map(({ monthOnBook, cumulativeNetLoss, smm }) => [
      ...[name, String(loans), groupMoney(originalBalance), String(monthOnBook)],
      ...[percent(cumulativeNetLoss, 4), percent(smm, 4)],
    ]),
  );
  const titles = ['loans', 'original', 'month', 'net loss', 'prepaid'].map(right);
  return textTable([{ title: 'vintage' }, ...titles], rows);
}

/** Loans whose curves are shown in one row. */
interface Cohort {
  readonly name: string;
  readonly loans: number;
  readonly original: bigint;
  /** Months on book of the first and the last tape. */
  readonly from: number;
  readonly to: number;
  /** Amounts of each month on book. */
  readonly lost: ReadonlyMap<number, bigint>;
  readonly prepaid: ReadonlyMap<number, bigint>;
}

/** Losses of a month as the vintage's own curve counts them: its steps times the original balance, in cents. */
function lossSteps({ months, originalBalance }: Vintage): [number, bigint][] {
  let before = 0;
  return months.map(({ monthOnBook, cumulativeNetLoss }) => {
    const to = Math.round(cumulativeNetLoss * Number(originalBalance));
    const step = BigInt(to - before);
    before = to;
    return [monthOnBook, step];
  });
}

function summed(steps: readonly (readonly [number, bigint])[]): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  for (const [month, amount] of steps) sums.set(month, (sums.get(month) ?? 0n) + amount);
  return sums;
}

function cohortOf(name: string, vintages: readonly Vintage[]): Cohort {
  const months = vintages.flatMap((vintage) => vintage.months.map(({ monthOnBook }) => monthOnBook));
  return {
    name,
    loans: vintages.reduce((sum, { loans }) => sum + loans, 0),
    original: vintages.reduce((sum, { originalBalance }) => sum + originalBalance, 0n),
    from: months.reduce((least, month) => Math.min(least, month), Infinity),
    to: months.reduce((most, month) => Math.max(most, month), 0),
    lost: summed(vintages.flatMap(lossSteps)),
    prepaid: summed(
      vintages.flatMap((vintage) => vintage.months.map((one) => [one.monthOnBook, one.prepaid] as const)),
    ),
  };
}

/** The vintages, or those of a year together where they are many. */
function cohortsOf(vintages: readonly Vintage[]): Cohort[] {
  if (vintages.length <= MOST_VINTAGES) return vintages.map((vintage) => cohortOf(vintage.name, [vintage]));
  const years = new Map<string, Vintage[]>();
  for (const vintage of vintages) {
    const year = vintage.name.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), vintage]);
  }
  return [...years].map(([year, some]) => cohortOf(year, some));
}

/** Months on book that have a column. */
function marksOf(cohorts: readonly Cohort[]): number[] {
  const [from, to] = [Math.min(...cohorts.map((one) => one.from)), Math.max(...cohorts.map((one) => one.to))];
  const step = STEPS.find((one) => Math.floor(to / one) - Math.floor((from - 1) / one) <= MOST_MARKS) ?? to;
  const first = Math.ceil(Math.max(from, 1) / step) * step;
  return Array.from({ length: Math.max(Math.floor((to - first) / step) + 1, 0) }, (_, index) => first + index * step);
}

/** What had come by a month on book, of the original balance; nothing outside the months that the tapes tell of. */
function shareBy(
  { from, to, original }: Cohort,
  amounts: ReadonlyMap<number, bigint>,
  month: number,
  decimals = 2,
): string {
  if (month < from || month > to || original === 0n) return NONE;
  let sum = 0n;
  for (const [at, amount] of amounts) if (at <= month) sum += amount;
  return percent(Number(sum) / Number(original), decimals);
}

function curveTable(cohorts: readonly Cohort[], amounts: 'lost' | 'prepaid'): string {
  const marks = marksOf(cohorts);
  const rows = cohorts.map((cohort) => [
    ...[cohort.name, String(cohort.loans), groupMoney(cohort.original), `${cohort.from}–${cohort.to}`],
    ...marks.map((month) => shareBy(cohort, cohort[amounts], month)),
    shareBy(cohort, cohort[amounts], cohort.to, 4),
  ]);
  const facts = [right('loans'), { ...right('original'), dispensable: 1 }, right('on book')];
  return textTable([{ title: 'vintage' }, ...facts, ...marks.map((month) => right(`${month} m`)), right('last')], rows);
}

/** Static pools as tables, every month where they are few; nothing without any. */
export function vintageLines({ vintages }: { readonly vintages: readonly Vintage[] }): string[] {
  if (vintages.length === 0) return [];
  const rows = vintages.reduce((sum, { months }) => sum + months.length, 0);
  if (rows <= FEW) return ['', 'Static pools, by month on book', everyMonth(vintages)];
  const cohorts = cohortsOf(vintages);
  return [
    '',
    'Static pools: net loss up to a month on book, of the original balance',
    curveTable(cohorts, 'lost'),
    '',
    'Static pools: principal prepaid up to a month on book, of the original balance',
    curveTable(cohorts, 'prepaid'),
    '',
    'Every vintage and month: --vintages FILE, or --json.',
  ];
}

const COLUMNS = 'monthOnBook opening closing chargeOffs recoveries prepaid cumulativeNetLoss smm'.split(' ');

function csvRow(month: VintageMonth): string[] {
  const { opening, closing, chargeOffs, recoveries, prepaid } = month;
  return [
    String(month.monthOnBook),
    ...[opening, closing, chargeOffs, recoveries, prepaid].map((amount) => formatMoney(amount)),
    String(month.cumulativeNetLoss),
    month.smm === null ? '' : String(month.smm),
  ];
}

/** A row each vintage and month on book; shares as fractions. */
export function vintagesCsv(vintages: readonly Vintage[]): string {
  const rows = vintages.flatMap(({ name, loans, originalBalance, months }) =>
    months.map((month) => [name, String(loans), formatMoney(originalBalance), ...csvRow(month)]),
  );
  return writeCsv([['vintage', 'loans', 'originalBalance', ...COLUMNS], ...rows]);
}
