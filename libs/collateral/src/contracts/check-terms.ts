import type { TermProblem } from './errors.js';
import { isMoment, type Moment, type Period } from './moment.js';
import type { Recurrence } from './schedule.js';
import type { RateResetTerms, Transfer } from './terms.js';

/** A text that says something. */
export function checkName(term: string, value: string | undefined): TermProblem[] {
  return value?.trim() === '' ? [{ term, expected: 'give a name' }] : [];
}

/** A finite number, at least `least`. */
export function checkNumber(term: string, value: number | undefined, least = -Infinity): TermProblem[] {
  if (value === undefined || (Number.isFinite(value) && value >= least)) return [];
  return [{ term, expected: least === -Infinity ? 'give a number' : `give a number of ${least} or more` }];
}

/** An existing moment, after `after` when that is given. */
export function checkMoment(term: string, value: Moment | undefined, after?: Moment): TermProblem[] {
  if (value === undefined) return [];
  if (!isMoment(value)) return [{ term, expected: `"${value}" is no date: write it as 2024-03-31` }];
  if (after !== undefined && value <= after) return [{ term, expected: `give a date after ${after}` }];
  return [];
}

/** A whole number of days or months. */
export function checkPeriod(term: string, { count }: Period, least: number): TermProblem[] {
  if (Number.isInteger(count) && count >= least) return [];
  return [{ term, expected: `give a whole number of days or months, ${least} or more` }];
}

/** A first date that exists and a cycle that moves on. */
export function checkRecurrence(group: string, { firstDate, cycle }: Recurrence): TermProblem[] {
  return [...checkMoment(`${group}.firstDate`, firstDate), ...(cycle ? checkPeriod(`${group}.cycle`, cycle, 1) : [])];
}

/** A date and a price. */
export function checkTransfer(group: string, transfer: Transfer | undefined): TermProblem[] {
  if (!transfer) return [];
  return [...checkMoment(`${group}.date`, transfer.date), ...checkNumber(`${group}.price`, transfer.price)];
}

/** An index with caps not below floors. */
export function checkRateReset(terms: RateResetTerms | undefined): TermProblem[] {
  if (!terms) return [];
  const { index, lifeCap, lifeFloor } = terms;
  const crossed = lifeCap !== undefined && lifeFloor !== undefined && lifeCap < lifeFloor;
  return [
    ...(index.trim() === '' ? [{ term: 'rateReset.index', expected: 'name the index' }] : []),
    ...(crossed ? [{ term: 'rateReset.lifeCap', expected: `give a cap of at least the floor, ${lifeFloor}` }] : []),
    ...checkRecurrence('rateReset', terms),
    ...checkNumber('rateReset.spread', terms.spread),
    ...checkNumber('rateReset.multiplier', terms.multiplier),
    ...checkNumber('rateReset.lifeCap', lifeCap),
    ...checkNumber('rateReset.lifeFloor', lifeFloor),
    ...checkNumber('rateReset.periodCap', terms.periodCap, 0),
    ...checkNumber('rateReset.periodFloor', terms.periodFloor, 0),
    ...checkNumber('rateReset.nextRate', terms.nextRate),
    ...checkNumber('rateReset.initialCap', terms.initialCap, 0),
    ...(terms.lookback ? checkPeriod('rateReset.lookback', terms.lookback, 0) : []),
    ...(terms.roundTo === undefined || terms.roundTo > 0
      ? []
      : [{ term: 'rateReset.roundTo', expected: 'give a rate above zero' }]),
  ];
}
