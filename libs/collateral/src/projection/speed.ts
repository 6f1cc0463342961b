import { type Curve, curveAt } from './curve.js';

/**
 * How a prepayment speed is quoted, all as fractions:
 * SMM a month and CPR a year, of the balance after scheduled principal; PSA as a multiple of the standard ramp (1.5 is
 * 150 % PSA); ABS a month, of the number of loans at origination (auto loans: 0.015 is 1.5 % ABS).
 */
export const PREPAYMENT_MODELS = ['SMM', 'CPR', 'PSA', 'ABS'] as const;
export type PrepaymentModel = (typeof PREPAYMENT_MODELS)[number];

/**
 * How a default rate is quoted, of the performing balance before scheduled principal: MDR a month, CDR a year, SDA as
 * a multiple of the Standard Default Assumption (1 is 100 % SDA).
 */
export const DEFAULT_MODELS = ['MDR', 'CDR', 'SDA'] as const;
export type DefaultModel = (typeof DEFAULT_MODELS)[number];

/** A speed in the measure that its model names. */
export interface Speed<Model extends string> {
  readonly model: Model;
  readonly speed: Curve;
}

const bounded = (rate: number): number => Math.min(Math.max(rate, 0), 1);

/** Annual rate to monthly, 1 − (1 − CPR)^(1/12); the same from CDR to MDR. Uniform Practices SF, B.2.b. */
export function cprToSmm(cpr: number): number {
  return 1 - (1 - bounded(cpr)) ** (1 / 12);
}

/** Monthly rate to annual, 1 − (1 − SMM)^12; the same from MDR to CDR. Uniform Practices SF, B.2.b. */
export function smmToCpr(smm: number): number {
  return 1 - (1 - bounded(smm)) ** 12;
}

/** CPR of a PSA multiple in the month in which the age becomes `age`: 0.2 % a month up to 6 % at 30. SF, B.2.c. */
export function psaToCpr(psa: number, age: number): number {
  return Math.min(psa * 0.002 * Math.max(1, Math.min(age, 30)), 1);
}

/**
 * SMM of an ABS speed, ABS ÷ (1 − ABS × (age − 1)): each month the same share of the original loans prepays. 1 from the
 * month on in which none would be left. SF, B.4.
 */
export function absToSmm(abs: number, age: number): number {
  const left = 1 - abs * (Math.max(age, 1) - 1);
  return left <= abs ? 1 : abs / left;
}

/** ABS speed of an SMM, SMM ÷ (1 + SMM × (age − 1)): the way back. SF, B.4. */
export function smmToAbs(smm: number, age: number): number {
  return bounded(smm) / (1 + bounded(smm) * (Math.max(age, 1) - 1));
}

/**
 * CDR of an SDA multiple in the month in which the age becomes `age`: 0.02 % a month up to 0.60 % at 30, level to 60,
 * falling by 0.0095 % a month to 0.03 % at 120 and level from there. SF, C.4.
 */
export function sdaToCdr(sda: number, age: number): number {
  const month = Math.max(age, 1);
  const fall = 0.006 - 0.000095 * (Math.min(month, 120) - 60);
  const base = month <= 30 ? 0.0002 * month : month <= 60 ? 0.006 : fall;
  return Math.min(sda * base, 1);
}

/** `cprToSmm` that remembers its last answer: most curves stay level for long, and the power is what a month costs. */
export function rememberingMonthly(): (cpr: number) => number {
  let [annual, monthly] = [0, 0];
  return (cpr) => {
    if (cpr !== annual) [annual, monthly] = [cpr, cprToSmm(cpr)];
    return monthly;
  };
}

/** Monthly prepayment rate (SMM, 0 to 1) in a projected month (from 1) in which the age becomes `age`; `multiple` times the quoted speed. */
export function monthlyPrepayment(
  { model, speed }: Speed<PrepaymentModel>,
  month: number,
  age: number,
  toMonthly = cprToSmm,
  multiple = 1,
): number {
  const value = curveAt(speed, month, age) * multiple;
  switch (model) {
    case 'SMM':
      return bounded(value);
    case 'CPR':
      return toMonthly(value);
    case 'PSA':
      return toMonthly(psaToCpr(value, age));
    case 'ABS':
      return absToSmm(value, age);
  }
}

/** Monthly default rate (MDR, 0 to 1) in a projected month (from 1) in which the age becomes `age`; `multiple` times the quoted speed. */
export function monthlyDefault(
  { model, speed }: Speed<DefaultModel>,
  month: number,
  age: number,
  toMonthly = cprToSmm,
  multiple = 1,
): number {
  const value = curveAt(speed, month, age) * multiple;
  switch (model) {
    case 'MDR':
      return bounded(value);
    case 'CDR':
      return toMonthly(value);
    case 'SDA':
      return toMonthly(sdaToCdr(value, age));
  }
}
