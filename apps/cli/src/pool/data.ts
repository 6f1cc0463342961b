import { formatMoney } from '@weir/money';
import { POOL_COLUMNS, type PoolProjection, writeCsv } from '@weir/valuation';

/** A pool under one scenario: its groups, then the whole. */
export interface PoolRun {
  readonly scenario: string;
  /** What the scenario assumes, in words. */
  readonly assumes: string;
  readonly parts: readonly PoolProjection[];
}

/** Columns with an amount in any month of any part, in their order; opening and closing balances always. */
export function shownColumns(parts: readonly PoolProjection[]): string[] {
  return Object.entries(POOL_COLUMNS).flatMap(([name, column]) => {
    const isAlways = name === 'poolOpening' || name === 'poolClosing';
    return isAlways || parts.some(({ flows }) => flows[column].some((value) => value !== 0)) ? [name] : [];
  });
}

/**
 * An amount in cents as a decimal of the currency with six places: these are not payments, and who rounds to the dollar or the
 * cent rounds once.
 */
export function exactAmount(cents: number): string {
  const text = (cents / 100).toFixed(6);
  return Number(text) === 0 ? '0.000000' : text;
}

const cellOf = (name: string, value: number): string =>
  name === 'loanCount' ? String(Number(value.toFixed(6))) : exactAmount(value);

/** What stands in one column of a part, month by month. */
const valuesOf = ({ flows }: PoolProjection, name: string): Float64Array => {
  const column = POOL_COLUMNS[name];
  return column === undefined ? new Float64Array(0) : flows[column];
};

/** A row a month of each part, the whole pool's `group` empty. */
export function poolCsv(runs: readonly PoolRun[]): string {
  const columns = shownColumns(runs.flatMap(({ parts }) => parts));
  const rows = runs.flatMap(({ scenario, parts }) =>
    parts.flatMap((part) => {
      const values = columns.map((name) => ({ name, of: valuesOf(part, name) }));
      return Array.from({ length: part.flows.months }, (_, month) => [
        ...[scenario, part.group ?? '', String(month + 1)],
        ...values.map(({ name, of }) => cellOf(name, of[month] ?? 0)),
      ]);
    }),
  );
  return writeCsv([['scenario', 'group', 'month', ...columns], ...rows]);
}

function partJson(part: PoolProjection): object {
  const { averageLife, ...amounts } = part.totals;
  const totals = Object.entries(amounts).map(([name, cents]) => [name, formatMoney(BigInt(Math.round(cents)))]);
  const columns = shownColumns([part]).map((name) => [
    name,
    [...valuesOf(part, name)].map((value) => cellOf(name, value)),
  ]);
  return {
    group: part.group,
    totals: { ...Object.fromEntries(totals), averageLife },
    months: Object.fromEntries(columns),
  };
}

/** The same as data: totals to the cent, months with six places. */
export function poolJson(note: string, runs: readonly PoolRun[]): object {
  return {
    pool: note,
    scenarios: runs.map(({ scenario, assumes, parts }) => ({ scenario, assumes, parts: parts.map(partJson) })),
  };
}
