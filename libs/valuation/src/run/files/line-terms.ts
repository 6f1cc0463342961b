import {
  type AdjustableRate,
  type Holiday,
  HOLIDAY_INTEREST,
  LINE_DAY_COUNTS,
  type LineRate,
  type Modification,
  type Protection,
  readProtection,
  type ScheduleTerms,
} from '@weir/collateral';
import { UnitTextInvalid } from '../errors.js';
import { type Draft, type Figure, figuresByMonth, wordOf } from './pool-fields.js';

/** What an adjustable rate needs beside its index. */
const RESETS = [
  'margin',
  'firstReset',
  'resetEvery',
  'lookback',
  'initialCap',
  'periodicCap',
  'roundTo',
  'lifeCap',
  'floor',
] as const;

/** Figures that go into a schedule under their own names. */
const SCHEDULED = [
  'payment',
  'paymentResetEvery',
  'firstPaymentReset',
  'paymentCap',
  'recastEvery',
  'firstRecast',
  'balanceCap',
  'minimumPayment',
  'drawMonths',
  'balloon',
  'residual',
  'forborne',
  'firstPeriod',
] as const;

const given = <N extends Figure>(draft: Draft, names: readonly N[]): Partial<Record<N, number>> =>
  Object.fromEntries(names.flatMap((name) => (draft[name] === undefined ? [] : [[name, draft[name]]]))) as Partial<
    Record<N, number>
  >;

/** Resets of the line's rate; undefined when it names no index. @throws UnitTextInvalid */
export function resetsOf({ index, ...draft }: Draft): AdjustableRate | undefined {
  const terms = given(draft, RESETS);
  const [first] = Object.keys(terms);
  if (index === undefined) {
    if (first) throw new UnitTextInvalid('', 'index', `the name of the index beside ${Object.keys(terms).join(', ')}`);
    return undefined;
  }
  const { margin = 0, firstReset, resetEvery } = draft;
  if (firstReset === undefined || resetEvery === undefined) {
    throw new UnitTextInvalid(index, 'index', 'firstReset and resetEvery beside it, in months');
  }
  return { index, ...terms, margin, firstReset, resetEvery };
}

/** Gross and net rates by projected month; what lies between them stays where the gross rate steps. @throws UnitTextInvalid */
export function ratesOf({ grossRate = 0, netRate = grossRate, rateSteps }: Draft): {
  readonly grossRate: LineRate;
  readonly netRate: LineRate;
} {
  if (rateSteps === undefined) return { grossRate, netRate };
  const steps = figuresByMonth('rateSteps', rateSteps, 'rate');
  const months = steps.at(-1)?.month ?? 1;
  const gross = Array.from({ length: months }, (_, at) => {
    const step = steps.filter(({ month }) => month <= at + 1).at(-1);
    return step?.value ?? grossRate;
  });
  return { grossRate: gross, netRate: gross.map((rate) => rate - (grossRate - netRate)) };
}

function principalOf(text: string): number[] {
  const amounts = figuresByMonth('principal', text, 'money');
  const byMonth = new Array<number>(amounts.at(-1)?.month ?? 0).fill(0);
  for (const { month, value } of amounts) byMonth[month - 1] = value;
  return byMonth;
}

/** @throws UnitTextInvalid */
function holidayOf({ holidayFrom, holidayMonths, holidayInterest, holidayExtends }: Draft): Holiday | undefined {
  if (holidayMonths === undefined) {
    if (holidayFrom !== undefined || holidayInterest !== undefined || holidayExtends !== undefined) {
      throw new UnitTextInvalid('', 'holidayMonths', 'how many months the payment holiday takes');
    }
    return undefined;
  }
  return {
    from: holidayFrom ?? 1,
    months: holidayMonths,
    interest: wordOf('holidayInterest', holidayInterest ?? 'paid', HOLIDAY_INTEREST),
    ...(holidayExtends !== undefined && {
      extends: wordOf('holidayExtends', holidayExtends, ['true', 'false']) === 'true',
    }),
  };
}

/** @throws UnitTextInvalid */
function modificationOf(draft: Draft): Modification | undefined {
  const { modifiedMonth, modifiedRate, extension, forgiven, modifiedForborne } = draft;
  const changes = { rate: modifiedRate, extension, forgiven, forborne: modifiedForborne };
  const changed = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (modifiedMonth === undefined) {
    if (changed.length > 0) {
      const fields = 'modifiedRate, extension, forgiven or modifiedForborne';
      throw new UnitTextInvalid('', 'modifiedMonth', `the projected month of the modification beside ${fields}`);
    }
    return undefined;
  }
  return { month: modifiedMonth, ...Object.fromEntries(changed) };
}

/** The line's own schedule; undefined when no field is of one. @throws UnitTextInvalid */
export function scheduleOf(draft: Draft): ScheduleTerms | undefined {
  const holiday = holidayOf(draft);
  const modification = modificationOf(draft);
  const { principal, dayCount, arrears } = draft;
  const terms: ScheduleTerms = {
    ...given(draft, SCHEDULED),
    ...(principal !== undefined && { principal: principalOf(principal) }),
    ...(dayCount !== undefined && { dayCount: wordOf('dayCount', dayCount, LINE_DAY_COUNTS) }),
    ...(arrears !== undefined && { arrears: wordOf('arrears', arrears, ['true', 'false']) === 'true' }),
    ...(holiday && { holiday }),
    ...(modification && { modification }),
  };
  return Object.keys(terms).length > 0 ? terms : undefined;
}

/** Protection against prepayment; undefined when there is none. @throws UnitTextInvalid */
export function protectionOf({ protection, protectionIndex }: Draft): Protection | undefined {
  if (protection === undefined) {
    if (protectionIndex === undefined) return undefined;
    throw new UnitTextInvalid('', 'protection', 'the stretches beside protectionIndex, like YM1(60) O(4)');
  }
  const stretches = readProtection(protection);
  if (!stretches) {
    const expected = 'stretches with their months, like LO(24) DEF(90) O(6), YM1(60) O(4) or PEN5(12) PEN4(12)';
    throw new UnitTextInvalid(protection, 'protection', expected);
  }
  if (protectionIndex === undefined && stretches.some(({ kind }) => kind === 'yield-maintenance')) {
    throw new UnitTextInvalid(protection, 'protection', 'protectionIndex beside it: the index of government yields');
  }
  return { stretches, ...(protectionIndex !== undefined && { index: protectionIndex }) };
}
