import type { TapeRow } from './tape-row.js';

/** Errors that a test can have planted in a sample tape; each breaks the row in its name and no other. */
export type PlantedError =
  | 'missing-column'
  | 'missing-cell'
  | 'not-a-number'
  | 'not-a-date'
  | 'negative-balance'
  | 'duplicate-key'
  | 'does-not-roll';

/** Row of the tape (from 0) in which an error is planted; they lie apart, so that several can be planted together. */
const PLACES: Record<Exclude<PlantedError, 'missing-column'>, number> = {
  'missing-cell': 2,
  'not-a-number': 4,
  'not-a-date': 6,
  'negative-balance': 8,
  'duplicate-key': 10,
  'does-not-roll': 12,
};

const PRINCIPAL = 'actualPrincipalCollectedAmount';
const CLOSING = 'reportingPeriodActualEndBalanceAmount';

function change(row: TapeRow, error: PlantedError, neighbour: TapeRow): TapeRow {
  switch (error) {
    case 'missing-column':
      return row;
    case 'missing-cell':
      return { ...row, [PRINCIPAL]: 'NA' };
    case 'not-a-number':
      // The letter O in the place of a zero, with a thousands separator, as people type it.
      return { ...row, [PRINCIPAL]: '1,234.5O' };
    case 'not-a-date':
      return { ...row, reportingPeriodEndingDate: '02-30-2020' };
    case 'negative-balance':
      return { ...row, [CLOSING]: `-${row[CLOSING]}` };
    case 'duplicate-key':
      return { ...neighbour };
    case 'does-not-roll':
      return { ...row, [CLOSING]: `1${row[CLOSING]}` };
  }
}

function withoutColumn(row: TapeRow): TapeRow {
  const { [PRINCIPAL]: _left, ...rest } = row;
  return rest;
}

/** The rows with the named errors planted. */
export function plantErrors(rows: readonly TapeRow[], errors: readonly PlantedError[]): TapeRow[] {
  const planted = [...rows];
  for (const error of errors) {
    if (error === 'missing-column') continue;
    const place = PLACES[error];
    const row = planted[place];
    const neighbour = planted[place - 1];
    if (row && neighbour) planted[place] = change(row, error, neighbour);
  }
  return errors.includes('missing-column') ? planted.map(withoutColumn) : planted;
}
