import { type AdjustableRate, checkAdjustable } from './adjustable-rate.js';
import { LOAN_STATUSES, type LoanStatus } from './delinquency.js';
import { PoolLineInvalid } from './errors.js';
import { checkProtection, type Protection } from './protection.js';
import { checkSchedule, extensionOf, type ScheduleTerms } from './schedule-terms.js';

/**
 * A rate, fractions a year (8 % is 0.08): fixed, or by projected month with the last value holding for ever after. With
 * an adjustable rate the level payment is set anew each month over the term still to run.
 */
export type LineRate = number | readonly number[];

/** The rate of a projected month (from 1). */
export function rateIn(rate: LineRate, month: number): number {
  return typeof rate === 'number' ? rate : (rate[Math.min(month, rate.length) - 1] ?? 0);
}

/** How scheduled principal runs: level payments, equal parts of principal, or all of it at the end. */
export const AMORTISATIONS = ['level', 'linear', 'bullet'] as const;
export type Amortisation = (typeof AMORTISATIONS)[number];

/** A representative line: loans alike enough to be projected as one. */
export interface PoolLine {
  /** Outstanding at the cut-off date; the flows come in the same unit (the house uses minor units). */
  readonly balance: number;
  readonly grossRate: LineRate;
  /** After servicing; `grossRate − netRate` goes to the servicer. */
  readonly netRate: LineRate;
  /** Months until the level payments have repaid the loans; with a balloon, the amortisation still to run. */
  readonly remainingTerm: number;
  /** Months since origination; `originalTerm − remainingTerm` when not given, 0 when neither is. */
  readonly age?: number;
  /** Months from origination to the last level payment. */
  readonly originalTerm?: number;
  /** Months still to come in which only interest is paid; level payments over the rest of the term follow. */
  readonly interestOnlyMonths?: number;
  /** `level` when not given. */
  readonly amortisation?: Amortisation;
  /** Resets of an adjustable rate, which is `grossRate` until the first; then both rates are single figures. */
  readonly adjustable?: AdjustableRate;
  /** Where the loans stand at the cut-off date; `current` when not given. */
  readonly status?: LoanStatus;
  /** Of a revolving line: what may be drawn in all. */
  readonly limit?: number;
  /** Projected month (from 1) in which all that is outstanding falls due. */
  readonly balloonMonth?: number;
  /** What else its schedule is made of: agreed payments, residual values, holidays, modifications, day counts. */
  readonly schedule?: ScheduleTerms;
  /** Protection against prepayment. */
  readonly protection?: Protection;
  /** Number of loans at the cut-off date, for fees per loan. */
  readonly loanCount?: number;
}

/** Projected month of the last scheduled payment, extensions included. */
export function lastMonth({ remainingTerm, balloonMonth, schedule }: PoolLine): number {
  return Math.min(remainingTerm, balloonMonth ?? remainingTerm) + (schedule ? extensionOf(schedule) : 0);
}

/** Months since origination at the cut-off date. */
export function ageOf({ age, originalTerm, remainingTerm }: PoolLine): number {
  return age ?? (originalTerm ?? remainingTerm) - remainingTerm;
}

const isCount = (value: number, least: number): boolean => Number.isInteger(value) && value >= least && value <= 1200;

function checkRates({ grossRate, netRate }: PoolLine, index: number): void {
  const lengths = [grossRate, netRate].map((rate) => (typeof rate === 'number' ? 1 : rate.length));
  for (let month = 1; month <= Math.max(1, ...lengths); month++) {
    const [gross, net] = [rateIn(grossRate, month), rateIn(netRate, month)];
    const fault = (field: string, value: number, expected: string) =>
      new PoolLineInvalid(index, field, value, expected);
    if (!(gross >= 0 && gross < 1)) throw fault('grossRate', gross, 'a fraction a year, like 0.08 for 8 %');
    if (!(net <= gross && net > -1)) throw fault('netRate', net, 'a fraction not above grossRate');
  }
  if (lengths.includes(0)) throw new PoolLineInvalid(index, 'grossRate and netRate', 0, 'at least one rate each');
}

/** @throws PoolLineInvalid at the first term that is out of range; `index` is the line's place in the pool. */
export function checkLine(line: PoolLine, index: number): void {
  checkRates(line, index);
  const { originalTerm, interestOnlyMonths = 0, balloonMonth, loanCount = 0 } = line;
  const need = (holds: boolean, field: keyof PoolLine, expected: string): void => {
    if (!holds) throw new PoolLineInvalid(index, field, Number(line[field] ?? 0), expected);
  };
  need(line.balance >= 0 && line.balance < Infinity, 'balance', 'an amount that is not negative');
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
  const { amortisation = 'level', status = 'current', limit = 0, adjustable } = line;
  need(AMORTISATIONS.includes(amortisation), 'amortisation', AMORTISATIONS.join(', '));
  need(LOAN_STATUSES.includes(status), 'status', LOAN_STATUSES.join(', '));
  need(limit >= 0 && limit < Infinity, 'limit', 'an amount that is not negative');
  const isSingle = typeof line.grossRate === 'number' && typeof line.netRate === 'number';
  need(adjustable === undefined || isSingle, 'adjustable', 'a single grossRate and netRate with it');
  if (adjustable) checkAdjustable(adjustable, index);
  if (line.schedule) checkSchedule(line.schedule, line.balance, index);
  if (line.protection) checkProtection(line.protection, index);
  need(loanCount >= 0 && loanCount < Infinity, 'loanCount', 'a number that is not negative');
}
