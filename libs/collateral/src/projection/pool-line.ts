import { PoolLineInvalid } from './errors.js';

/** A representative line: loans alike enough to be projected as one. Rates are fractions a year (8 % is 0.08). */
export interface PoolLine {
  /** Outstanding at the cut-off date; the flows come in the same unit (the house uses minor units). */
  readonly balance: number;
  readonly grossRate: number;
  /** After servicing; `grossRate − netRate` goes to the servicer. */
  readonly netRate: number;
  /** Months until the level payments have repaid the loans; with a balloon, the amortisation still to run. */
  readonly remainingTerm: number;
  /** Months since origination; `originalTerm − remainingTerm` when not given, 0 when neither is. */
  readonly age?: number;
  /** Months from origination to the last level payment. */
  readonly originalTerm?: number;
  /** Months still to come in which only interest is paid; level payments over the rest of the term follow. */
  readonly interestOnlyMonths?: number;
  /** Projected month (from 1) in which all that is outstanding falls due. */
  readonly balloonMonth?: number;
  /** Number of loans at the cut-off date, for fees per loan. */
  readonly loanCount?: number;
}

/** Projected month of the last scheduled payment. */
export function lastMonth({ remainingTerm, balloonMonth }: PoolLine): number {
  return Math.min(remainingTerm, balloonMonth ?? remainingTerm);
}

/** Months since origination at the cut-off date. */
export function ageOf({ age, originalTerm, remainingTerm }: PoolLine): number {
  return age ?? (originalTerm ?? remainingTerm) - remainingTerm;
}

const isCount = (value: number, least: number): boolean => Number.isInteger(value) && value >= least && value <= 1200;

/** @throws PoolLineInvalid at the first term that is out of range; `index` is the line's place in the pool. */
export function checkLine(line: PoolLine, index: number): void {
  const { originalTerm, interestOnlyMonths = 0, balloonMonth, loanCount = 0 } = line;
  const need = (holds: boolean, field: keyof PoolLine, expected: string): void => {
    if (!holds) throw new PoolLineInvalid(index, field, line[field] ?? 0, expected);
  };
  need(line.balance >= 0 && line.balance < Infinity, 'balance', 'an amount that is not negative');
  need(line.grossRate >= 0 && line.grossRate < 10, 'grossRate', 'a fraction a year, like 0.08 for 8 %');
  need(line.netRate <= line.grossRate && line.netRate > -10, 'netRate', 'a fraction not above grossRate');
  need(isCount(line.remainingTerm, 1), 'remainingTerm', 'whole months from 1 to 1200');
  need(isCount(ageOf(line), 0), 'age', 'whole months from 0 to 1200');
  need(
    originalTerm === undefined || isCount(originalTerm, line.remainingTerm),
    'originalTerm',
    'the remaining term or more',
  );
  need(isCount(interestOnlyMonths, 0), 'interestOnlyMonths', 'whole months');
  const endsWhilePaying = interestOnlyMonths < line.remainingTerm || balloonMonth !== undefined;
  need(endsWhilePaying, 'interestOnlyMonths', 'fewer months than remainingTerm, or a balloonMonth');
  need(balloonMonth === undefined || isCount(balloonMonth, 1), 'balloonMonth', 'a projected month from 1');
  need(loanCount >= 0 && loanCount < Infinity, 'loanCount', 'a number that is not negative');
}
