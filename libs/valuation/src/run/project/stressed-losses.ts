import type { CollateralColumn, Deal } from '@weir/deal';
import { LossesNotScalable } from '../errors.js';
import { eachGroup } from './collateral-groups.js';
import type { CollateralTable } from './collateral-table.js';
import { rolledInCents } from './rolled-in-cents.js';

/** What loans that do not default pay or are worth at the end of a period: it falls with their number. */
const SURVIVING: readonly CollateralColumn[] = [
  'poolClosing',
  'loanCount',
  'delinquent30',
  'delinquent60',
  'delinquent90',
  'scheduledPrincipal',
  'prepayments',
  'principalCollected',
  'interestCollected',
  'netInterest',
  'servicing',
  'prepaymentInterestShortfall',
  'repurchaseProceeds',
];
const CASH = SURVIVING.slice(SURVIVING.indexOf('scheduledPrincipal'));
/** What comes of the loans that default. */
const DEFAULTED: readonly CollateralColumn[] = ['chargeOffs', 'recoveries', 'losses'];

const isIn = (names: readonly string[], name: string): boolean => names.includes(name);

/** Which column says what part of the pool defaults: charge-offs, or losses where nothing is said of those. */
function defaultsOf({ columns }: CollateralTable): Float64Array | undefined {
  return columns['chargeOffs'] ?? columns['losses'];
}

/** Losses of each date: as given, else charge-offs less recoveries. Cents. */
export function lossesOf({ columns, rows }: CollateralTable): Float64Array {
  const [given, chargedOff, recovered] = [columns['losses'], columns['chargeOffs'], columns['recoveries']];
  return given ?? Float64Array.from({ length: rows }, (_, row) => (chargedOff?.[row] ?? 0) - (recovered?.[row] ?? 0));
}

/**
 * Whether losses of collections can be multiplied: they need the pool's opening balance and its charge-offs or losses, and no
 * amount of which nothing says how it changes with them. @throws LossesNotScalable with every reason
 */
export function checkScalable(deal: Deal, table: CollateralTable): void {
  const { columns } = table;
  const reasons: string[] = [];
  if (!columns['poolOpening']) reasons.push('there is no column poolOpening');
  const defaults = defaultsOf(table);
  if (!defaults) reasons.push('there is no column chargeOffs or losses');
  else if (!defaults.some((amount) => amount > 0))
    reasons.push('no loss is in the collections, so there is none to multiply');
  const money = new Set(deal.report.flatMap(({ name, unit }) => (unit === 'money' ? [name] : [])));
  const known = ['poolOpening', ...SURVIVING, ...DEFAULTED];
  for (const [name, column] of Object.entries(columns)) {
    const moves = money.has(name) && !isIn(known, name) && column.some((amount) => amount !== 0);
    if (moves) reasons.push(`nothing says how the amount "${name}" changes with losses`);
  }
  if (reasons.length > 0) throw new LossesNotScalable(reasons);
}

/**
 * Collections with `factor` times their default rate. On each date the part of the opening pool that defaults
 * (charge-offs ÷ opening balance, at most all of it) is multiplied; loans that do not default pay as in the collections, and
 * recoveries and losses keep their ratio to the charge-offs of their date. So with d the given rate, the pool that
 * is left at the end of a date is (1 − factor·d) ÷ (1 − d) of what it was, and everything that it pays likewise; opening
 * balance = principal + charge-offs + closing balance stays true. Each collateral group's columns by its own default rate.
 */
export function stressLosses(table: CollateralTable, factor: number): CollateralTable {
  return eachGroup(table, (part) => stressPart(part, factor));
}

function stressPart(table: CollateralTable, factor: number): CollateralTable {
  const { columns, rows } = table;
  const [opening, defaults] = [columns['poolOpening'], defaultsOf(table)];
  const before = new Float64Array(rows);
  const after = new Float64Array(rows);
  const times = new Float64Array(rows);
  let left = 1;
  for (let row = 0; row < rows; row++) {
    const pool = opening?.[row] ?? 0;
    const rate = pool > 0 ? Math.min(1, (defaults?.[row] ?? 0) / pool) : 0;
    const stressed = Math.min(1, factor * rate);
    before[row] = left;
    times[row] = rate > 0 ? (left * stressed) / rate : 0;
    // A pool of which all defaults anyway leaves nothing.
    left *= rate < 1 ? (1 - stressed) / (1 - rate) : 0;
    after[row] = left;
  }
  const scaled = (name: string, column: Float64Array): Float64Array => {
    const by = name === 'poolOpening' ? before : isIn(SURVIVING, name) ? after : isIn(DEFAULTED, name) ? times : null;
    return by ? column.map((value, row) => value * (by[row] ?? 0)) : column;
  };
  const stressed = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, scaled(name, column)]));
  return { ...table, columns: rolledInCents(stressed, [...CASH, ...DEFAULTED]) };
}

/** From which factor on all of the pool defaults on the first date on which any of it does. */
export function highestFactor(table: CollateralTable): number {
  const [opening, defaults] = [table.columns['poolOpening'], defaultsOf(table)];
  const row = defaults?.findIndex((amount) => amount > 0) ?? -1;
  const amount = defaults?.[row] ?? 0;
  return amount > 0 ? Math.max(1, (opening?.[row] ?? 0) / amount) : 1;
}
