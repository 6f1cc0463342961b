import type { Random } from '../random.js';
import { type Cells, FORMATS, hundredfold, rowOf, soundTape, written } from './base.js';
import type { Mutant, Mutation } from './mutant.js';

const KEY = 'assetNumber';
const CLOSING = 'reportingPeriodActualEndBalanceAmount';
const OPENING = 'reportingPeriodBeginningLoanBalanceAmount';
const PRINCIPAL = 'actualPrincipalCollectedAmount';
const TOTAL = 'totalActualAmountPaid';
const INTEREST = 'actualInterestCollectedAmount';
const ORIGINAL = 'originalLoanAmount';

/** Formats whose columns a mapping says. */
const MAPPED = ['csv', 'xlsx'] as const;

const amount = (cells: Cells, record: number, column: string): number =>
  Number(cells[record]?.[cells[0]?.indexOf(column) ?? -1] ?? NaN);

function write(cells: Cells, record: number, column: string, change: (cell: string) => string): void {
  const [row, at] = [cells[record] ?? [], cells[0]?.indexOf(column) ?? -1];
  row[at] = change(row[at] ?? '');
}

const records = (cells: Cells): number[] => cells.slice(1).map((_, index) => index + 1);

/** One of the loans of which something holds. */
function someOf(draw: Random, cells: Cells, holds: (record: number) => boolean): number {
  return draw.pick(records(cells).filter(holds));
}

/** What was collected of principal, or in all, as a count of cents: the first loan that paid some shows it. */
const collectedInCents: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const [column, format] = [draw.pick([PRINCIPAL, TOTAL]), draw.pick(FORMATS)];
  const shows = (record: number): boolean =>
    amount(cells, record, column) > 0 && amount(cells, record, OPENING) > amount(cells, record, CLOSING);
  const first = records(cells).find(shows) ?? 0;
  for (const record of records(cells)) {
    write(cells, record, column, (cell) => (/^-?\d/.test(cell) ? `${hundredfold(cell)}.00` : cell));
  }
  const expected = { kind: 'found', row: rowOf(format, first), column, rules: ['unit-in-doubt'] } as const;
  return { bytes: await written(cells, format), expected, cells };
};

/** One cell of principal with more than the loan ever owed. */
const principalAboveOwed: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const [format, record] = [draw.pick(FORMATS), draw.pick(records(cells))];
  const original = cells[record]?.[cells[0]?.indexOf(ORIGINAL) ?? -1] ?? '';
  write(cells, record, PRINCIPAL, () => draw.pick([hundredfold(original), '999999.99']));
  const rules = ['principal-above-owed'];
  const expected = { kind: 'found', row: rowOf(format, record), column: PRINCIPAL, rules } as const;
  return { bytes: await written(cells, format), expected, cells };
};

/** One amount with the sign or the code of a currency, in a mapped tape whose others bear none. */
const foreignSign: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const [format, column] = [draw.pick(MAPPED), draw.pick([CLOSING, OPENING, ORIGINAL, INTEREST])];
  const record = someOf(draw, cells, (one) => amount(cells, one, column) > 0);
  write(cells, record, column, draw.pick([(cell) => `€${cell}`, (cell) => `${cell} EUR`, (cell) => `£${cell}`]));
  const expected = { kind: 'found', row: rowOf(format, record), column, rules: ['currency-differs'] } as const;
  return { bytes: await written(cells, format), expected, cells, mapped: {} };
};

/** A row of totals that the mapping names, whose balance is another than that of the loans. */
const totalsOff: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const [format, off] = [draw.pick(MAPPED), draw.pick([100n, -100n, 123_456n])];
  const sum = records(cells).reduce(
    (all, record) => all + BigInt(Math.round(amount(cells, record, CLOSING) * 100)),
    off,
  );
  const total = `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
  const row = (cells[0] ?? []).map((name) => (name === KEY ? 'Grand total' : name === CLOSING ? total : ''));
  const spoilt = [...cells, row];
  const expected = { kind: 'found', row: spoilt.length, column: CLOSING, rules: ['totals-differ'] } as const;
  return { bytes: await written(spoilt, format), expected, cells, mapped: { totals: { column: KEY, named: true } } };
};

/** A loan that the last month's tape does not have, and that was there the month before and is there now. */
const returned: Mutation = async (draw) => {
  const number = draw.below(8);
  const [first, last, cells] = [soundTape(number, 1), soundTape(number, 2), soundTape(number, 3)];
  const format = draw.pick(FORMATS);
  const keyOf = (tape: Cells, record: number): string => tape[record]?.[tape[0]?.indexOf(KEY) ?? -1] ?? '';
  const was = (key: string): boolean =>
    records(first).some((one) => keyOf(first, one) === key && amount(first, one, CLOSING) > 0);
  const record = someOf(draw, cells, (one) => amount(cells, one, CLOSING) > 0 && was(keyOf(cells, one)));
  const without = last.filter((_, one) => keyOf(last, one) !== keyOf(cells, record));
  const rules = ['loan-reappeared'];
  const expected = { kind: 'found', row: rowOf(format, record), column: CLOSING, rules } as const;
  return { bytes: await written(cells, format), expected, cells, before: [first, without] };
};

/** Ways in which amounts of payments and balances are spoilt. */
export const AMOUNT_MUTATIONS: Readonly<Record<string, (draw: Random) => Promise<Mutant>>> = {
  ...{ collectedInCents, principalAboveOwed, foreignSign, totalsOff, returned },
};
