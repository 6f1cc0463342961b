import { type TrancheMetrics, type ValueTable } from '@weir/valuation';
import { assumptionsText } from '../loading/scenarios.js';
import { decimal, moneyText, NONE, percent } from '../output/figures.js';
import { textTable, wrapped } from '../output/table.js';
import { collateralColumns } from './collateral-columns.js';
import { cashTables, collateralTables, couponText, trancheTable, triggerTable } from './flow-tables.js';
import type { Outcome } from './outcome.js';

const right = (title: string) => ({ title, right: true });
const CENT = 0.5;

function head({ deal, firstPeriod, compiled, note }: Outcome, width: number): string[] {
  const from = firstPeriod === 1 ? `from closing ${deal.closingDate}` : `after payment date ${firstPeriod - 1}`;
  const last = compiled.periods.at(-1)?.paymentDate;
  const text = `Projected ${from} to ${last} at the latest; ${note}; ${deal.currency}`;
  return [deal.name, wrapped(text, width - 2)];
}

/** How a class that was paid in full was paid. */
function fateOf({ highestShortfall }: TrancheMetrics): string {
  return highestShortfall >= CENT ? 'in full, late' : 'in full';
}

function classTable({ metrics, runs }: Outcome, index: number, width: number): string {
  const projection = runs[index]?.projection;
  const { tranches = [], combinations = [] } = projection ?? {};
  const classes = [...tranches, ...combinations];
  const found = metrics[index] ?? [];
  // Coupons make room for losses when there are any.
  const losing = found.some(({ paidInFull }) => !paidInFull);
  const rows = found.map((of, place) => {
    const flows = classes[place];
    const lost = [of.writtenDown + of.outstanding, of.shortfall].map((cents) =>
      cents >= CENT ? moneyText(cents) : NONE,
    );
    return [
      of.name,
      moneyText(flows?.original),
      ...(losing ? [] : [flows && projection ? couponText(flows, projection.lastActiveRow + 1) : NONE]),
      decimal(of.averageLife, 2),
      of.window ? `${of.window.first.slice(0, 7)}–${of.window.last.slice(0, 7)}` : NONE,
      moneyText(of.interest),
      ...(losing ? lost : []),
      ...(losing ? [] : [fateOf(of)]),
    ];
  });
  const columns = [
    { title: 'class' },
    right('original'),
    ...(losing ? [] : [{ ...right('coupon'), dispensable: 1 }]),
    right('life'),
    { title: 'principal' },
    { ...right('interest'), dispensable: losing ? 1 : 0 },
    ...(losing ? [right('not repaid'), right('interest owed')] : []),
    ...(losing ? [] : [{ title: 'paid' }]),
  ];
  return textTable(columns, rows, width);
}

function scenarioHead({ runs }: Outcome, index: number, width: number): string[] {
  const run = runs[index];
  if (!run) return [];
  const { scenario, called, fault, compiled } = run.projection;
  const call = called
    ? [
        `  ${called.call} is exercised on ${compiled.periods[called.period - 1]?.paymentDate} (payment date ${called.period})`,
      ]
    : [];
  const stop = fault ? [wrapped(`The projection stops: ${fault.message}.`, width - 2, '  ! ', '    ')] : [];
  return [wrapped(`Scenario ${run.name}: ${assumptionsText(scenario)}`, width - 2, '', '  '), ...call, ...stop];
}

function flows(outcome: Outcome, index: number, width: number): string[] {
  const run = outcome.runs[index];
  if (!run) return [];
  const { projection, collateral } = run;
  const until = projection.lastActiveRow + 1;
  const classes = projection.tranches.flatMap((tranche) => {
    const known = [tranche.name, `Class ${tranche.name}`].includes(tranche.label);
    const label = known ? '' : ` (${tranche.label})`;
    return ['', `Class ${tranche.name}${label} by payment date`, trancheTable(projection, tranche, until, width)];
  });
  const cash = cashTables(projection, until, width).flatMap((table) => [
    '',
    'Others and accounts by payment date',
    table,
  ]);
  const combinations = projection.combinations.flatMap((combination) => [
    '',
    `Combination ${combination.name} by payment date (shares of classes, each rounded down to the cent)`,
    trancheTable(projection, combination, until, width),
  ]);
  const pool = collateralTables(projection, collateralColumns(collateral), until, width);
  return [...classes, ...combinations, ...cash, ...pool.flatMap((table) => ['', 'Collateral by payment date', table])];
}

function triggers(outcome: Outcome, index: number, width: number): string[] {
  const projection = outcome.runs[index]?.projection;
  const table = projection ? triggerTable(projection, projection.lastActiveRow + 1, width) : null;
  return table === null ? [] : ['', 'Triggers', table];
}

/** A table of prices, yields or margins; each column with its average life below. */
function valueTable(
  name: string,
  titles: { what: string; row: (value: number) => string; cell: (value: number | null) => string; rowTitle: string },
  table: ValueTable | null,
): string[] {
  if (!table) return [];
  const called = table.columns.some(({ horizon }) => horizon === 'call');
  const columns = table.columns.map((column) => right(called ? `${column.name} to ${column.horizon}` : column.name));
  const rows = table.rows.map((row, index) => [
    titles.row(row),
    ...table.columns.map(({ values }) => titles.cell(values[index] ?? null)),
  ]);
  const middle = Math.floor(table.rows.length / 2);
  const durations = table.columns.map(({ modifiedDurations }) => decimal(modifiedDurations[middle], 2));
  const lives = table.columns.map(({ averageLife }) => decimal(averageLife, 2));
  const ends = (['first', 'last'] as const).map((end) => [
    `${end} principal`,
    ...table.columns.map(({ window }) => (window ? window[end].slice(0, 7) : NONE)),
  ]);
  const foot = [
    ['average life', ...lives],
    ...(durations.some((text) => text !== NONE)
      ? [[`mod. duration at ${titles.row(table.rows[middle] ?? 0)}`, ...durations]]
      : []),
    ...ends,
  ];
  return ['', `Class ${name}: ${titles.what}`, textTable([right(titles.rowTitle), ...columns], [...rows, ...foot])];
}

const priceText = (price: number): string => price.toFixed(4);
const basisPoints = (value: number | null): string => (value === null ? NONE : (10_000 * value).toFixed(1));
const priceCell = (value: number | null): string => (value === null ? NONE : value.toFixed(4));

function tables({ tables: found }: Outcome): string[] {
  return found.flatMap(({ name, yields, prices, margins, marginPrices }) => [
    ...valueTable(
      name,
      { what: 'yield', rowTitle: 'price', row: priceText, cell: (value) => percent(value, 3) },
      yields,
    ),
    ...valueTable(name, { what: 'price', rowTitle: 'yield', row: (rate) => percent(rate, 3), cell: priceCell }, prices),
    ...valueTable(name, { what: 'discount margin, bp', rowTitle: 'price', row: priceText, cell: basisPoints }, margins),
    ...valueTable(name, { what: 'price', rowTitle: 'margin, bp', row: basisPoints, cell: priceCell }, marginPrices),
  ]);
}

function decrements({ decrements: found }: Outcome): string[] {
  return found.flatMap(({ name, table }) => {
    if (!table) return [];
    const rows = table.rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)]);
    const lives = ['average life', ...table.averageLives.map((life) => decimal(life, 2))];
    const columns = table.columns.map(right);
    return [
      '',
      `Class ${name}: percent of the balance outstanding`,
      textTable([{ title: 'date' }, ...columns], [...rows, lives]),
    ];
  });
}

function breakEvens({ breakEvens: found }: Outcome): string[] {
  if (found.length === 0) return [];
  const rows = found.map(({ scenario, result }) => {
    const { tranche, holds, cdr, factor, loss, baseLoss, multiple, unbroken } = result;
    const most = cdr === null ? `${decimal(factor, 2)} × defaults` : `${percent(cdr)} CDR`;
    const times = multiple === null ? NONE : `${multiple.toFixed(2)} ×`;
    return holds
      ? [scenario, tranche, `${unbroken ? 'over ' : ''}${most}`, percent(loss), percent(baseLoss), times]
      : [scenario, tranche, 'not paid in full without any default', NONE, percent(baseLoss), NONE];
  });
  return [
    '',
    'Break-even: the most defaults with the class paid in full, and the loss of the pool',
    textTable(
      [
        { title: 'scenario' },
        { title: 'class' },
        right('default rate'),
        right('pool loss'),
        right('base case'),
        right('multiple'),
      ],
      rows,
    ),
  ];
}

/** The outcome for people, in lines of at most `width`; flows by payment date only when `withFlows`. */
export function projectionText(outcome: Outcome, withFlows: boolean, width: number): string {
  const scenarios = outcome.runs.flatMap((_, index) => [
    '',
    ...scenarioHead(outcome, index, width),
    classTable(outcome, index, width),
    ...(withFlows ? flows(outcome, index, width) : []),
    ...triggers(outcome, index, width),
  ]);
  const hint =
    withFlows || outcome.runs.length === 0
      ? []
      : ['', 'Flows by payment date: --flows, --csv, --json, --out DIR; else --only NAME'];
  return [
    ...head(outcome, width),
    ...scenarios,
    ...tables(outcome),
    ...decrements(outcome),
    ...breakEvens(outcome),
    ...hint,
    '',
  ].join('\n');
}
