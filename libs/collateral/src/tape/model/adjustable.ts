import { field, type Field, type FieldMore } from './field.js';

/** What servicers call the fields of adjustable rates that ESMA's templates have. */
export const ADJUSTABLE_NAMES: Readonly<Record<string, FieldMore>> = {
  interestRateType: { also: 'rate type, fixed or adjustable, arm indicator' },
  currentInterestRateIndex: { also: 'index, rate index, arm index, reference rate, benchmark' },
  currentInterestRateMargin: { range: [-0.05, 0.2], also: 'margin, gross margin, arm margin, index margin, spread' },
  interestRateResetInterval: {
    range: [1, 240],
    also: 'reset frequency, rate reset frequency, months between resets, adjustment frequency',
  },
  interestRateCap: { range: [0, 1], also: 'lifetime cap, life cap, rate cap, rate ceiling, maximum rate' },
  interestRateFloor: { range: [-0.02, 1], also: 'lifetime floor, life floor, rate floor, minimum rate' },
};

/** What adjustable rates have beyond those templates. */
export const ADJUSTABLE_FIELDS: readonly Field[] = [
  field('firstRateResetDate', 'date', { also: 'first reset date, first rate adjustment date, initial reset date' }),
  field('nextRateResetDate', 'date', { also: 'next reset date, next rate adjustment date, next rate change date' }),
  field('initialRateCap', 'rate', { range: [0, 1], also: 'initial cap, first adjustment cap, initial periodic cap' }),
  field('periodicRateCap', 'rate', { range: [0, 1], also: 'periodic cap, subsequent cap, adjustment cap' }),
  field('indexLookbackDays', 'integer', { range: [0, 400], also: 'lookback, lookback days, look back days' }),
  field('rateRoundingFactor', 'rate', { range: [0, 0.05], also: 'rounding factor, rate rounding' }),
];

/** All fields of an adjustable rate, for asset classes without a template of ESMA's, by the same names. */
export const adjustableFields = (): Field[] => [
  field('interestRateType', 'code', ADJUSTABLE_NAMES.interestRateType),
  field('currentInterestRateIndex', 'code', ADJUSTABLE_NAMES.currentInterestRateIndex),
  field('currentInterestRateMargin', 'rate', ADJUSTABLE_NAMES.currentInterestRateMargin),
  field('interestRateResetInterval', 'integer', ADJUSTABLE_NAMES.interestRateResetInterval),
  field('interestRateCap', 'rate', ADJUSTABLE_NAMES.interestRateCap),
  field('interestRateFloor', 'rate', ADJUSTABLE_NAMES.interestRateFloor),
  ...ADJUSTABLE_FIELDS,
];
