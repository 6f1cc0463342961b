import {
  accrualMethod,
  type AccrualMethod,
  type LineDayCount,
  type Protection,
  type ProtectedStretch,
  type RepaymentKind,
  repaymentKindOf,
  type ScheduleTerms,
} from '@weir/collateral';
import type { GroupedLine } from '../project/project-groups.js';
import type { Facts } from './record-facts.js';

/** A line as every asset class has it, before what its own fields add. */
export type Base = GroupedLine & { readonly grossRate: number; readonly netRate: number; readonly age: number };
type Own = (facts: Facts, base: Base) => Partial<GroupedLine>;

/** Day counts by the year of an accrual method that counts the days of months. */
const BY_YEAR: Record<AccrualMethod['year'], LineDayCount> = {
  360: 'ACT/360',
  365: 'ACT/365F',
  366: 'ACT/366',
  actual: 'ACT/ACT',
};

/** Days of the month before each payment by the loan's accrual method; equal months where it counts none. */
function accrualOf(facts: Facts): Pick<ScheduleTerms, 'dayCount' | 'arrears'> {
  const method = accrualMethod(facts.text('interestAccrualMethodCode'));
  return method === null || method.month === 30 ? {} : { dayCount: BY_YEAR[method.year], arrears: true };
}

/** Payments that fell due so far: counted from the first one, or else from origination. */
function paidOf(facts: Facts, age: number): number {
  const first = facts.monthsToField('firstLoanPaymentDueDate');
  return first === null ? age : Math.max(1 - first, 0);
}

/** Interest only until a balloon, by the code list of payment types. */
const INTEREST_ONLY = '3';

/** The index that yield maintenance of a tape's loans reckons by; the scenario's rates must give it. */
export const TREASURY_INDEX = 'UST';

/** Least yield maintenance, of the prepaid principal. */
const LEAST_MAINTENANCE = 0.01;

function protectionOf(facts: Facts): Protection | undefined {
  const stretches: ProtectedStretch[] = [];
  const locked = facts.monthsToField('prepaymentLockOutEndDate') ?? 0;
  const maintained = facts.monthsToField('yieldMaintenanceEndDate') ?? 0;
  if (locked > 0) stretches.push({ kind: 'lockout', months: locked });
  const months = maintained - Math.max(locked, 0);
  if (months > 0) stretches.push({ kind: 'yield-maintenance', months, share: LEAST_MAINTENANCE });
  return stretches.length === 0 ? undefined : { stretches, index: TREASURY_INDEX };
}

/**
 * Amortisation over a term of its own with a balloon, which begins after the interest-only payments, by days, protected. A
 * payment is agreed where the tape's own repaid; that of an interest-only month says nothing of later ones.
 */
const commercialMortgage: Own = (facts, base) => {
  const { remainingTerm, age, grossRate } = base;
  const alone = facts.fieldNumber('originalInterestOnlyTermNumber') ?? 0;
  const paid = paidOf(facts, age);
  const term = facts.fieldNumber('originalAmortizationTermNumber');
  const amortising = (term ?? 0) + alone - paid;
  const isBullet = term === 0 || facts.text('paymentTypeCode') === INTEREST_ONLY;
  const interestOnly = Math.max(alone - paid, 0);
  const payment = facts.amount('payment') ?? 0;
  const repays = (facts.amount('principal') ?? payment) > 0;
  const isAgreed = interestOnly === 0 && !isBullet && payment > 0 && repays;
  const schedule: ScheduleTerms = { ...accrualOf(facts), ...(isAgreed && { payment }) };
  const protection = protectionOf(facts);
  const fee = facts.fieldRate('servicerTrusteeFeeRatePercentage') ?? 0;
  return {
    netRate: Math.max(grossRate - fee, 0),
    ...(isBullet || interestOnly >= remainingTerm
      ? { amortisation: 'bullet' as const }
      : {
          ...(amortising > remainingTerm && { remainingTerm: amortising, balloonMonth: remainingTerm }),
          interestOnlyMonths: interestOnly,
        }),
    ...(Object.keys(schedule).length > 0 && { schedule }),
    ...(protection && { protection }),
  };
};

/** Amortisation types of ESMA's annexes; others count as level payments. */
const AMORTISATION_TYPES: Record<string, GroupedLine['amortisation']> = { FIXE: 'linear', BLLT: 'bullet' };

/** Interest rate types of ESMA's annexes that follow an index now. */
const FLOATING = ['FLIF', 'FINX', 'FLFL', 'CAPP', 'FLCA'];

/** The same in words of servicers' own. */
const FLOATING_WORDS = /^(?:arm\b|adjust|float|variab)/i;

/** Whether a rate follows its index now; a tape that does not say so tells it by a margin or a date of a reset. */
function floats(facts: Facts): boolean {
  const type = facts.text('interestRateType');
  if (type !== null) return FLOATING.includes(type) || FLOATING_WORDS.test(type);
  return facts.fieldNumber('currentInterestRateMargin') !== null || facts.text('nextRateResetDate') !== null;
}

/** Days of the longest month: a lookback of so many days, begun, is a month. */
const MONTH_DAYS = 31;

/** Terms of an adjustable rate as far as the tape states them; undefined of a rate that is fixed. */
function adjustableOf(facts: Facts): GroupedLine['adjustable'] {
  const index = facts.text('currentInterestRateIndex');
  const switches = facts.text('interestRateType') === 'FLCF' ? facts.monthsToField('interestRevisionDate1') : null;
  if (index === null || !(switches !== null || floats(facts))) return undefined;
  const positive = (name: string): number | null => {
    const rate = facts.fieldRate(name);
    return rate !== null && rate > 0 ? rate : null;
  };
  const first = facts.monthsToField('firstRateResetDate') ?? 0;
  const next = switches ?? facts.monthsToField('nextRateResetDate') ?? first;
  const [lifeCap, floor] = [positive('interestRateCap'), positive('interestRateFloor')];
  const [initialCap, periodicCap] = [first > 0 ? positive('initialRateCap') : null, positive('periodicRateCap')];
  const roundTo = positive('rateRoundingFactor');
  const lookback = Math.ceil((facts.fieldNumber('indexLookbackDays') ?? 0) / MONTH_DAYS);
  return {
    index,
    margin: facts.fieldRate('currentInterestRateMargin') ?? 0,
    firstReset: Math.max(next + 1, 1),
    resetEvery: Math.max(facts.fieldNumber('interestRateResetInterval') ?? 1, 1),
    ...(lookback > 0 && { lookback }),
    ...(initialCap !== null && { initialCap }),
    ...(periodicCap !== null && { periodicCap }),
    ...(roundTo !== null && { roundTo }),
    ...(lifeCap !== null && { lifeCap }),
    ...(floor !== null && { floor }),
  };
}

/** Kinds of repayment that are no level payments. */
const KINDS: Readonly<Partial<Record<RepaymentKind, GroupedLine['amortisation']>>> = {
  linear: 'linear',
  bullet: 'bullet',
};

/** Consumer loans are level payments unless the tape says how else they repay, some at a rate that follows an index. */
const consumerLoan: Own = (facts, { balance, age, remainingTerm }) => {
  const adjustable = adjustableOf(facts);
  const kind = repaymentKindOf(facts.text('amortisationType'));
  const amortisation = kind === null ? undefined : KINDS[kind];
  const balloon = Math.min(facts.fieldNumber('balloonAmount') ?? 0, balance);
  const alone = Math.max((facts.fieldNumber('interestOnlyTerm') ?? 0) - age, 0);
  return {
    ...(amortisation && { amortisation }),
    ...(alone > 0 && alone < remainingTerm && { interestOnlyMonths: alone }),
    ...(balloon > 0 && amortisation !== 'bullet' && { schedule: { balloon } }),
    ...(adjustable && { adjustable }),
  };
};

/** Residential mortgages and automobile exposures by ESMA's annexes 2 and 5. */
const byAnnex: Own = (facts, { balance, remainingTerm }) => {
  const amortisation = AMORTISATION_TYPES[facts.text('amortisationType') ?? ''];
  const grace = Math.max(facts.monthsToField('principalGracePeriodEndDate') ?? 0, 0);
  const balloon = Math.min(facts.fieldNumber('balloonAmount') ?? 0, balance);
  const adjustable = adjustableOf(facts);
  const limit = facts.fieldNumber('totalCreditLimit') ?? 0;
  return {
    ...(amortisation && { amortisation }),
    ...(grace > 0 && grace < remainingTerm && { interestOnlyMonths: grace }),
    ...(balloon > 0 && { schedule: { balloon } }),
    ...(adjustable && { adjustable }),
    ...(limit > balance && { limit }),
  };
};

/**
 * Leases: the booked residual value, as far as the rentals to come do not repay the balance; some balances are of rentals alone.
 */
const lease =
  (field: string): Own =>
  (facts, { balance, grossRate, remainingTerm }) => {
    const booked = Math.max(facts.fieldNumber(field) ?? 0, 0);
    const rental = facts.amount('payment');
    const monthly = grossRate / 12;
    const grown = (1 + monthly) ** remainingTerm;
    const rentals = (rental ?? 0) * (monthly === 0 ? remainingTerm : (grown - 1) / monthly);
    const left = rental === null ? booked : Math.max(balance * grown - rentals, 0);
    const residual = Math.min(booked, left, balance);
    return residual > 0 ? { schedule: { residual } } : {};
  };

/** What loans of an asset class add to their lines; those of other classes are level payments. */
export const CLASS_TERMS: Readonly<Record<string, Own>> = {
  'commercial-mortgage': commercialMortgage,
  'residential-mortgage': byAnnex,
  'auto-exposure': byAnnex,
  'consumer-loan': consumerLoan,
  'auto-lease': lease('baseResidualValue'),
  'equipment-lease': lease('residualValue'),
  'trade-receivable': () => ({ amortisation: 'bullet' }),
};
