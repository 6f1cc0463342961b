import {
  ADVANCED_PAYMENTS,
  type Advances,
  type DefaultModel,
  type Delinquency,
  LOAN_STATUSES,
  type LoanStatus,
  ROLL_TARGETS,
  type RollRates,
  type Speed,
} from '@weir/collateral';
import { type Cursor, suggest } from '@weir/deal';
import { shareOf } from './values.js';

/** The longest lag that the buckets 30, 60, 90 and 120 have room for. */
const MOST_LAG = 4;

/** Entries of a block by names that are known; any other is reported. */
function byName<Name extends string, T>(
  cursor: Cursor,
  names: readonly Name[],
  read: (value: Cursor) => T,
): Partial<Record<Name, T>> {
  const entries = cursor.entries(false).flatMap(({ name, at, value }) => {
    const known = names.find((each) => each === name);
    if (known) return [[known, read(value)] as const];
    value.error('unknown-field', `"${name}" is no status here${suggest(name, names)}`, at);
    return [];
  });
  return Object.fromEntries(entries) as Partial<Record<Name, T>>;
}

const readShare = (cursor: Cursor): number => cursor.parsed((text) => shareOf(text), 0, 'value');

/** Speeds by the status that loans have at the cut-off date. */
export function readDefaultByStatus(
  cursor: Cursor,
  readSpeed: (value: Cursor) => Speed<DefaultModel>,
): Partial<Record<LoanStatus, Speed<DefaultModel>>> {
  return byName(cursor, LOAN_STATUSES, readSpeed);
}

/** `{ lagged: 3 }`, or `{ rolls: { current: { 30: 2 % }, … } }`. */
export function readDelinquency(cursor: Cursor): Delinquency {
  const { lagged, rolls } = cursor.fields([], ['lagged', 'rolls']);
  if ((lagged === undefined) === (rolls === undefined)) {
    cursor.error('shape', 'give either lagged: months, or rolls: by status');
  }
  if (!rolls) return { kind: 'lagged', months: lagged?.integer(1, MOST_LAG) ?? 1 };
  const rates: RollRates = byName(rolls, LOAN_STATUSES, (row) => byName(row, ROLL_TARGETS, readShare));
  return { kind: 'rolls', rates };
}

/** `{ of: interest, recoverable: 90 % }`. */
export function readAdvances(cursor: Cursor): Advances {
  const fields = cursor.fields(['of', 'recoverable']);
  return { of: fields.of.choice(ADVANCED_PAYMENTS), recoverable: readShare(fields.recoverable) };
}
