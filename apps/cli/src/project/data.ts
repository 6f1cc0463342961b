import type { Unit } from '@weir/deal';
import { formatMoney } from '@weir/money';
import { type DealProjection, type ValueTable, writeCsv } from '@weir/valuation';
import { plainMoney, plainText } from '../output/figures.js';
import { collateralColumns, type FigureColumn, groupColumns } from './collateral-columns.js';
import { lineNames } from './line-names.js';
import type { Outcome, ProjectedRun } from './outcome.js';

/** Rows that were run, up to the last on which anything happens. */
const rowsOf = (projection: DealProjection): number => projection.lastActiveRow + 1;

/** All figures, a row a payment date and line. */
export function longCsv(runs: readonly ProjectedRun[]): string {
  const head = ['scenario', 'period', 'paymentDate', 'line', 'amount'];
  const rows = runs.flatMap(({ name, projection }) => {
    const dates = projection.paymentDates;
    const columns = lineNames(projection).map((line) => ({
      line,
      unit: projection.unitOf(line),
      values: projection.figure(line),
    }));
    return Array.from({ length: rowsOf(projection) }, (_, row) =>
      columns.map(({ line, unit, values }) => [
        name,
        String(projection.firstPeriod + row),
        dates[row] ?? '',
        line,
        plainText(unit, values[row]),
      ]),
    ).flat();
  });
  return writeCsv([head, ...rows]);
}

/** A row a payment date, a column a figure. */
function byDate(projection: DealProjection, columns: readonly FigureColumn[]): string {
  const dates = projection.paymentDates;
  const rows = Array.from({ length: rowsOf(projection) }, (_, row) => [
    String(projection.firstPeriod + row),
    dates[row] ?? '',
    ...columns.map(({ unit, values }) => plainText(unit, values[row])),
  ]);
  return writeCsv([['period', 'paymentDate', ...columns.map(({ name }) => name)], ...rows]);
}

/** One scenario's figures, a row a payment date and a column a figure. */
export function wideCsv(projection: DealProjection, names: readonly string[] = lineNames(projection)): string {
  const columns = names.map((name) => ({
    name,
    unit: projection.unitOf(name),
    values: projection.figure(name),
  }));
  return byDate(projection, columns);
}

/** The collateral of one scenario, each of its groups beside the total, as `--collections` takes it. */
export const collateralCsv = ({ projection, collateral }: ProjectedRun): string =>
  byDate(projection, [...collateralColumns(collateral), ...groupColumns(collateral)]);

/** What each class comes to, a row a scenario and class. */
export function summaryCsv({ runs, metrics, deal }: Outcome): string {
  const head =
    'scenario,class,currency,original,averageLife,firstPrincipal,lastPrincipal,interest,principal,writtenDown,outstanding,interestOwed,paidInFull';
  const rows = runs.flatMap(({ name, projection }, index) =>
    (metrics[index] ?? []).map((found) => [
      name,
      found.name,
      deal.currency,
      plainMoney([...projection.tranches, ...projection.combinations].find((of) => of.name === found.name)?.original),
      found.averageLife === null ? '' : found.averageLife.toFixed(6),
      found.window?.first ?? '',
      found.window?.last ?? '',
      ...[found.interest, found.principal, found.writtenDown, found.outstanding, found.shortfall].map(plainMoney),
      String(found.paidInFull),
    ]),
  );
  return writeCsv([head.split(','), ...rows]);
}

/** How figures of each unit are written in files. */
const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  money: 'amount',
  rate: 'fraction a year (0.05 is 5 %)',
  ratio: 'number',
  date: 'date (YYYY-MM-DD)',
  flag: 'true or false',
};

/** The columns of the flow files with their units. */
export function unitsCsv({ runs, deal }: Outcome): string {
  const [first] = runs;
  const names = first ? lineNames(first.projection) : [];
  const rows = names.map((name) => {
    const unit = first?.projection.unitOf(name) ?? 'money';
    return [name, unit === 'money' ? `${deal.currency} ${UNIT_WORDS.money}` : UNIT_WORDS[unit]];
  });
  return writeCsv([['line', 'unit'], ...rows]);
}

/** Prices, yields and margins, a row a value: prices in percent of the balance, rates as fractions, lives in years. */
export function tablesCsv({ tables }: Outcome): string {
  const head = 'class,scenario,horizon,given,at,find,value,modifiedDuration,averageLife,firstPrincipal,lastPrincipal';
  const text = (value: number | null | undefined): string =>
    value === null || value === undefined ? '' : String(Number(value.toFixed(8)));
  const rows = tables.flatMap(({ name, yields, prices, margins, marginPrices }) =>
    (
      [
        ['price', 'yield', yields],
        ['yield', 'price', prices],
        ['price', 'discountMargin', margins],
        ['discountMargin', 'price', marginPrices],
      ] as const
    ).flatMap(([given, find, table]) =>
      (table?.columns ?? []).flatMap(({ name: scenario, horizon, values, modifiedDurations, averageLife, window }) =>
        (table?.rows ?? []).map((at, row) => [
          ...[name, scenario, horizon, given, text(at), find],
          ...[text(values[row]), text(modifiedDurations[row]), text(averageLife)],
          ...[window?.first ?? '', window?.last ?? ''],
        ]),
      ),
    ),
  );
  return writeCsv([head.split(','), ...rows]);
}

function tableJson(table: ValueTable | null): object | null {
  return (
    table && {
      rows: table.rows,
      columns: table.columns.map(({ name, horizon, values, modifiedDurations, averageLife, window }) => ({
        scenario: name,
        horizon,
        values,
        modifiedDurations,
        averageLife,
        window,
      })),
    }
  );
}

function runJson({ name, projection, collateral }: ProjectedRun, index: number, { metrics }: Outcome): object {
  const rows = rowsOf(projection);
  const texts = (unit: Unit, values: Float64Array): string[] =>
    [...values.subarray(0, rows)].map((value) => plainText(unit, value));
  const lines = lineNames(projection).map(
    (line) => [line, texts(projection.unitOf(line), projection.figure(line))] as const,
  );
  const columns = [...collateralColumns(collateral), ...groupColumns(collateral)];
  const pool = columns.map((column) => [column.name, texts(column.unit, column.values)] as const);
  return {
    scenario: name,
    called: projection.called,
    fault: projection.fault,
    paymentDates: projection.paymentDates.slice(0, rows),
    classes: (metrics[index] ?? []).map(
      ({ interest, principal, writtenDown, outstanding, shortfall, highestShortfall, ...rest }) => ({
        ...rest,
        interest: plainMoney(interest),
        principal: plainMoney(principal),
        writtenDown: plainMoney(writtenDown),
        outstanding: plainMoney(outstanding),
        shortfall: plainMoney(shortfall),
        highestShortfall: plainMoney(highestShortfall),
      }),
    ),
    lines: Object.fromEntries(lines),
    comparisons: Object.fromEntries(
      projection.triggers.flatMap((trigger) =>
        trigger.comparisons.map(({ text }, index) => [`trigger.${trigger.name}.${index + 1}`, text] as const),
      ),
    ),
    collateral: Object.fromEntries(pool),
    bought: projection.bought.map(({ step, row, paid, balance }) => ({
      step,
      paymentDate: projection.paymentDates[row],
      paid: plainMoney(paid),
      balance: plainMoney(balance),
    })),
  };
}

/** The outcome as data: amounts, rates and factors of the flows are decimal strings, a value a payment date. */
export function projectionJson(outcome: Outcome): object {
  const { deal, compiled, firstPeriod, leftOut, runs, tables, decrements, breakEvens } = outcome;
  return {
    deal: deal.name,
    programHash: compiled.program.hash,
    firstPeriod,
    leftOut: leftOut.map(({ balance, ...loan }) => ({ ...loan, balance: formatMoney(balance) })),
    scenarios: runs.map((run, index) => runJson(run, index, outcome)),
    tables: tables.map(({ name, yields, prices, margins, marginPrices }) => ({
      class: name,
      yields: tableJson(yields),
      prices: tableJson(prices),
      margins: tableJson(margins),
      marginPrices: tableJson(marginPrices),
    })),
    decrements: decrements.map(({ name, table }) => ({ class: name, table })),
    breakEvens: breakEvens.map(({ scenario, result }) => ({ scenario, ...result })),
  };
}
