import { TAPE_COLUMNS } from './columns.js';
import type { FindingLog } from './finding.js';
import type { FieldPlace, TapeHeader } from './header.js';
import type { LoanStanding } from './loan-month.js';
import type { AssetClass, Role } from './model/field.js';
import { loanReader } from './read-loan.js';
import type { RowReader } from './row-reader.js';
import { cellRulesOf } from './rules/cell-rules.js';

/** A row's values read and judged cell by cell. */
export interface CellsRead {
  readonly period: { from: string; to: string } | null;
  readonly loan: LoanStanding | null;
}

/** Reads the cells of the row to which the reader has turned. */
export type ReadCells = (key: string | null) => CellsRead;

/** Balances are never below zero, in any asset class. */
function checkBalances(balances: readonly FieldPlace[], reader: RowReader, log: FindingLog): void {
  for (const place of balances) {
    const cents = reader.values[place.slot];
    if (typeof cents !== 'bigint' || cents >= 0n) continue;
    reader.blocked = true;
    const [{ row }, { column }] = [reader, place];
    const remedy = 'ask the servicer: a credit balance is reported as other collected, never as a negative balance';
    const found = { row, column, value: reader.text(place), rule: 'negative-balance' } as const;
    log.add({ ...found, message: `row ${row}: ${column} is below zero`, remedy });
  }
}

/** The period that a row states: a day alone is its first and its last. */
function periodOf(
  from: FieldPlace | undefined,
  to: FieldPlace | undefined,
  { values }: RowReader,
): CellsRead['period'] {
  const [first, last] = [from && values[from.slot], to && values[to.slot]];
  if (typeof last !== 'string') return null;
  return { from: typeof first === 'string' ? first : last, to: last };
}

/** Automobile loans have a loan's month of their own; what else their tapes hold is read beside it. */
function autoLoanCells(header: TapeHeader, reader: RowReader, log: FindingLog): ReadCells {
  const beside = header.places.filter(({ field }) => !(field.name in TAPE_COLUMNS));
  const others = beside.filter((place) => !isFigure(place));
  const figures = beside.filter((place) => isFigure(place) && !READ_BY_LOAN.has(place.field.name));
  const rules = cellRulesOf(header.places.filter(({ field }) => !CHECKED_BY_LOAN.has(field.name)));
  const readLoan = loanReader(header, reader, log);
  return (key) => {
    for (const place of figures) reader.read(place);
    const read = readLoan(key);
    readWarning(reader, others);
    for (const rule of rules) rule(reader, log);
    return read;
  };
}

/** Read with the loan's month, though it is none of the columns that the form must have. */
const READ_BY_LOAN = new Set(['remainingTermToMaturityNumber']);

/** Fields whose plausible values the rules of a loan's month know better. */
const CHECKED_BY_LOAN = new Set([
  'obligorCreditScore',
  'originalInterestRatePercentage',
  'reportingPeriodInterestRatePercentage',
  'currentDelinquencyStatus',
]);

/** What the figures of a deal are made of: projections, reports and the month that a row is of. */
const FIGURES: ReadonlySet<Role | null> = new Set([
  ...(['key', 'periodFrom', 'periodTo', 'opening', 'closing', 'interest', 'principal', 'adjustment'] as const),
  ...([
    'capitalised',
    'totalPaid',
    'payment',
    'chargeOff',
    'recovery',
    'originalAmount',
    'originalRate',
    'rate',
  ] as const),
  ...(['originalTerm', 'remainingTerm', 'originated', 'matures', 'daysPastDue'] as const),
]);

const isFigure = ({ field: { required, role } }: FieldPlace): boolean => required || FIGURES.has(role);
/** What no figure of a deal is made of may be unreadable: that is told and blocks nothing. */
function readWarning(reader: RowReader, places: readonly FieldPlace[]): void {
  reader.lenient = true;
  for (const place of places) reader.read(place);
  reader.lenient = false;
}

/** How the rows of an asset class are read. */
export function cellsOf(one: AssetClass, header: TapeHeader, reader: RowReader, log: FindingLog): ReadCells {
  if (one.name === 'auto-loan') return autoLoanCells(header, reader, log);
  const { places } = header;
  const [figures, others] = [places.filter(isFigure), places.filter((place) => !isFigure(place))];
  const balances = places.filter(({ field: { role } }) => role === 'opening' || role === 'closing');
  const rules = cellRulesOf(places);
  const placeOf = (role: Role) => header.place(one.fields.find((field) => field.role === role)?.name ?? '');
  const [from, to] = [placeOf('periodFrom'), placeOf('periodTo')];
  return () => {
    for (const place of figures) reader.read(place);
    checkBalances(balances, reader, log);
    readWarning(reader, others);
    for (const rule of rules) rule(reader, log);
    return { period: periodOf(from, to, reader), loan: null };
  };
}

/** Fields without which a row is blocked. */
export function neededOf(one: AssetClass): ReadonlySet<string> {
  if (one.name !== 'auto-loan') return new Set(one.fields.filter(({ required }) => required).map(({ name }) => name));
  return new Set(Object.entries(TAPE_COLUMNS).flatMap(([name, { cell }]) => (cell === 'required' ? [name] : [])));
}
