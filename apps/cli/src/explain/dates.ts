import type { BusinessDayConvention, Calendar } from '@weir/calendar';
import {
  type Accrual,
  type Deal,
  type IndexRate,
  type PaymentSchedule,
  printDayRule,
  type RecordDayRule,
} from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';
import { type Section, sentence } from './section.js';
import { listed, ordinal } from './words.js';

/** From which dates a class accrues, after its day count. */
export const ACCRUAL_WORDS: Readonly<Record<Accrual, string>> = {
  adjusted: 'between payment dates as moved',
  unadjusted: 'between payment dates as written',
  'collection period': 'over the collection period',
};

const CALENDARS: Readonly<Record<string, string>> = {
  'us-federal-reserve': 'US Federal Reserve',
  'us-government-securities': 'US government securities',
  target: 'TARGET',
  london: 'London',
};

function calendarText(calendar: Calendar): string {
  const names = calendar.split('+').map((name) => CALENDARS[name.trim()] ?? name);
  return `the ${listed(names)} ${names.length === 1 ? 'calendar' : 'calendars'}`;
}

const MOVES: Readonly<Record<BusinessDayConvention, string>> = {
  unadjusted: 'whether or not that is a business day',
  following: 'or the next business day',
  'modified-following': 'or the next business day, the one before when that would be in the next month',
  preceding: 'or the business day before',
  'modified-preceding': 'or the business day before, the next one when that would be in the month before',
};

const FREQUENCIES: Readonly<Record<number, string>> = {
  1: 'monthly',
  3: 'quarterly',
  6: 'every six months',
  12: 'yearly',
};

const days = (count: number): string => `${count} business day${count === 1 ? '' : 's'}`;

function recordText({ recordDate, determinationDate }: PaymentSchedule): string {
  const determined = determinationDate ? ` Amounts are determined on ${dayText(determinationDate)}.` : '';
  return `The record date is ${dayText(recordDate)}.${determined}`;
}

function dayText(rule: RecordDayRule): string {
  const text = printDayRule(rule);
  return 'days' in rule ? text : `the ${text}`;
}

/** When payments fall, as the rule says it or one by one. */
function paymentText({ listed: dates, ...schedule }: PaymentSchedule): string {
  const moved = `${MOVES[schedule.businessDays]} (${calendarText(schedule.calendar)})`;
  if (dates) return `Payments are on ${listed(dates.map(({ date }) => date))}, ${moved}.`;
  const day = schedule.paymentDay === 'last' ? 'last day' : ordinal(schedule.paymentDay);
  const often = FREQUENCIES[schedule.monthsPerPeriod] ?? `every ${schedule.monthsPerPeriod} months`;
  const after = schedule.paymentMonthsAfter === 1 ? 'the month after' : `${schedule.paymentMonthsAfter} months after`;
  return `Payments are ${often}, on the ${day} of ${after} the collection period, ${moved}.`;
}

/** When the deal is cut off, closes and pays. */
export function datesSection({ schedule, cutOffDate, closingDate }: Deal, compiled: CompiledDeal | null): Section {
  const [first, last] = [compiled?.periods[0], compiled?.periods.at(-1)];
  const span = first && last ? `, the first on ${first.paymentDate}, the last on ${last.paymentDate}` : '';
  const end = schedule.listed?.[0]?.collectedTo ?? `the end of ${schedule.firstCollectionPeriod}`;
  return {
    title: 'Dates',
    lines: [
      sentence(`The pool is cut off on ${cutOffDate} and the deal closes on ${closingDate}.`),
      sentence(`${paymentText(schedule)} There are ${schedule.paymentDates} payment dates${span}.`),
      sentence(`The first collection period runs from ${schedule.firstFrom} to ${end}.`),
      sentence(recordText(schedule)),
    ],
  };
}

const METHODS: Readonly<Record<IndexRate['method'], string>> = {
  compounded: 'compounded daily in arrears',
  simple: 'the mean by calendar days in arrears',
  average: 'the mean of the business days in arrears',
  'set in advance': 'set in advance',
};

/** How an index's published rates make the rate of a period. */
export function indexText(index: IndexRate): string {
  const { method, accrual, firstAccrualFrom, lookback, observationShift, lockout, basis, decimals, fallback } = index;
  const shift = observationShift ? ' with observation shift' : '';
  const parts = [
    `an index ${METHODS[method]}, over the interest period ${ACCRUAL_WORDS[accrual]}`,
    firstAccrualFrom === null ? '' : `the first from ${firstAccrualFrom}`,
    lookback > 0 ? `looking back ${days(lookback)}${shift}` : '',
    lockout > 0 ? `locked out for the last ${days(lockout)}` : '',
    `a year of ${basis} days, ${calendarText(index.calendar)}`,
    decimals === null ? '' : `rounded half up to ${decimals} decimals of a percent`,
    fallback > 0 ? `a missing rate is the last one of at most ${days(fallback)} before` : 'no rate may be missing',
  ];
  return parts.filter(Boolean).join(', ');
}
