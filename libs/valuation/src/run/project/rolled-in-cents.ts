import type { CollateralColumn } from '@weir/deal';
import { CentsSplit, inCents } from './in-cents.js';

type Columns = Readonly<Record<string, Float64Array>>;

/** What principal and interest are made of. */
const PRINCIPAL: readonly CollateralColumn[] = ['scheduledPrincipal', 'prepayments'];
const INTEREST: readonly CollateralColumn[] = ['netInterest', 'servicing'];
/** What takes from the pool's balance beside principal and what defaults, and what adds to it. */
const TAKEN: readonly CollateralColumn[] = ['dilutions', 'forgiven', 'residualsDue'];
const ADDED: readonly CollateralColumn[] = ['draws', 'capitalised'];
/** What the balance loses when loans default: the charge-offs, or what comes of loans that stay in it until then. */
const DEFAULTED: readonly (readonly CollateralColumn[])[] = [['chargeOffs'], ['recoveries', 'losses']];

/** What float64 leaves of nothing, cents, beside a balance. */
const near = (difference: number, balance: number): boolean => Math.abs(difference) <= 0.01 + 1e-12 * Math.abs(balance);

const present = (columns: Columns, names: readonly string[]): string[] => names.filter((name) => columns[name]);

const totalOn = (columns: Columns, names: readonly string[], row: number): number =>
  names.reduce((sum, name) => sum + (columns[name]?.[row] ?? 0), 0);

const everyRow = (rows: number, holds: (row: number) => boolean): boolean => {
  for (let row = 0; row < rows; row++) if (!holds(row)) return false;
  return true;
};

/** Whether a column is the sum of others on each date. */
function isSumOf(columns: Columns, name: string, parts: readonly string[]): boolean {
  const total = columns[name];
  if (!total || present(columns, parts).length < parts.length) return false;
  return everyRow(total.length, (row) => near(totalOn(columns, parts, row) - (total[row] ?? 0), total[row] ?? 0));
}

/** The columns by which the balance rolls from each date to the next; null when they do not explain it. */
function reducersOf(columns: Columns): readonly string[] | null {
  const { poolOpening: opening, poolClosing: closing } = columns;
  if (!opening || !closing) return null;
  const principal = isSumOf(columns, 'principalCollected', PRINCIPAL) ? PRINCIPAL : ['principalCollected'];
  const rolls = (names: readonly string[]): boolean =>
    everyRow(opening.length, (row) => {
      const balance = opening[row] ?? 0;
      const left = balance - totalOn(columns, names, row) + totalOn(columns, ADDED, row);
      const before = row === 0 ? balance : (closing[row - 1] ?? 0);
      return near(left - (closing[row] ?? 0), balance) && near(balance - before, balance);
    });
  const all = DEFAULTED.map((defaulted) => present(columns, [...principal, ...defaulted, ...TAKEN]));
  return all.find(rolls) ?? null;
}

/** Balances and what moves them: the balance is rounded, and what takes from it makes up the difference. */
function rolled(columns: Columns, reducers: readonly string[]): Columns {
  const { poolOpening = new Float64Array(0), poolClosing = poolOpening } = columns;
  const added = Object.fromEntries(
    present(columns, ADDED).map((name) => [name, inCents(columns[name] ?? poolOpening)]),
  );
  const split = new CentsSplit(reducers.map((name) => columns[name] ?? poolOpening));
  const [opening, closing] = [new Float64Array(poolOpening.length), new Float64Array(poolOpening.length)];
  let balance = Math.round(poolOpening[0] ?? 0);
  for (let row = 0; row < opening.length; row++) {
    opening[row] = balance;
    balance += totalOn(added, ADDED, row);
    balance -= split.on(row, Math.max(0, balance - Math.round(poolClosing[row] ?? 0)));
    closing[row] = balance;
  }
  const taken = Object.fromEntries(reducers.map((name, index) => [name, split.cents[index] ?? opening]));
  return { ...added, ...taken, poolOpening: opening, poolClosing: closing };
}

/** A total and its parts in cents: the parts add up on each date. */
function splitBy(columns: Columns, total: Float64Array, parts: readonly string[]): Columns {
  const split = new CentsSplit(parts.map((name) => columns[name] ?? total));
  total.forEach((cents, row) => split.on(row, cents));
  return Object.fromEntries(parts.map((name, index) => [name, split.cents[index] ?? total]));
}

/** After how many dates recoveries and losses are those of what was charged off; null when not by whole dates. */
function datesToLiquidate(columns: Columns): number | null {
  const chargedOff = columns['chargeOffs'];
  if (!chargedOff || present(columns, ['recoveries', 'losses']).length < 2) return null;
  const liquidated = (row: number): number => totalOn(columns, ['recoveries', 'losses'], row);
  for (let dates = 0; dates < chargedOff.length; dates++) {
    const of = (row: number): number => chargedOff[row - dates] ?? 0;
    if (everyRow(chargedOff.length, (row) => near(liquidated(row) - of(row), of(row)))) return dates;
  }
  return null;
}

/** Recoveries and losses of what was charged off, in the cents in which it was. */
function liquidatedInCents(columns: Columns, rounded: Columns): Columns {
  const dates = datesToLiquidate(columns);
  const chargedOff = rounded['chargeOffs'];
  if (dates === null || !chargedOff || rounded['losses']) return {};
  const total = chargedOff.map((_, row) => chargedOff[row - dates] ?? 0);
  return splitBy(columns, total, ['recoveries', 'losses']);
}

/**
 * Columns of a pool in whole cents that add up on every date: opening − principal − charge-offs (and what else takes from
 * the balance or adds to it) = closing, and the next date opens with it; principal = scheduled + prepayments; interest = net +
 * servicing; losses = charge-offs − recoveries where they are of one date, or the charge-offs of so many dates before. Where the
 * given columns do not add up, each flow is rounded by its own running sum and balances stay as they are. `flows` names the
 * columns that are flows; what is not named and no balance stays as it is.
 */
export function rolledInCents(columns: Columns, flows: readonly string[]): Columns {
  const reducers = reducersOf(columns);
  const rounded: Record<string, Float64Array> = { ...(reducers ? rolled(columns, reducers) : {}) };
  Object.assign(rounded, liquidatedInCents(columns, rounded));
  for (const name of present(columns, flows)) rounded[name] ??= inCents(columns[name] ?? new Float64Array(0));
  const added = (name: string, parts: readonly string[]): void => {
    const total = rounded[name];
    if (total) rounded[name] = total.map((_, row) => totalOn(rounded, parts, row));
  };
  if (reducers?.includes('scheduledPrincipal')) added('principalCollected', PRINCIPAL);
  if (isSumOf(columns, 'interestCollected', INTEREST)) added('interestCollected', INTEREST);
  return { ...columns, ...rounded };
}
