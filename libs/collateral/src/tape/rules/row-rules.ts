import { daysBetween } from '@weir/calendar';
import { formatMoney } from '@weir/money';
import type { FindingLog } from '../finding.js';
import type { TapeHeader } from '../header.js';
import type { ReadRow } from '../loan-record.js';
import { accrualDays, accrualMethod, type AccrualMethod } from '../model/accrual-method.js';
import type { AssetClass } from '../model/field.js';
import { commercialBalances } from './commercial-balances.js';
import { monthOf, RowView } from './row-view.js';

type RowRule = (row: RowView) => void;

const datesInOrder: RowRule = (view) => {
  const { period } = view;
  const [originated, matures] = [view.month('originated'), view.month('matures')];
  const reported = period === null ? null : monthOf(period.to);
  const remedy = 'check both dates, and how the columns write day and month';
  if (originated !== null && matures !== null && matures < originated) {
    view.remark(
      'dates-out-of-order',
      'matures',
      matures,
      `matures in ${matures}, before it began in ${originated}`,
      remedy,
    );
  }
  if (originated !== null && reported !== null && originated > reported) {
    view.remark(
      'dates-out-of-order',
      'originated',
      originated,
      `begins in ${originated}, after the period ${reported}`,
      remedy,
    );
  }
  if (period !== null && period.from > period.to) {
    const { from, to } = period;
    view.remark('dates-out-of-order', 'periodTo', to, `the period ends on ${to}, before it begins on ${from}`, remedy);
  }
};

/** Part by which a payment may differ from the level payment: first periods and roundings differ. */
const PAYMENT_TOLERANCE = 0.15;

/** Level payment: amount × r ÷ (1 − (1 + r)^−n), r the annual rate ÷ 12, n months; amount ÷ n without interest. */
export function levelPayment(amount: number, annualRate: number, months: number): number {
  const r = annualRate / 12;
  return r === 0 ? amount / months : (amount * r) / (1 - (1 + r) ** -months);
}

const paymentFits: RowRule = (view) => {
  const [amount, payment] = [view.money('originalAmount'), view.money('payment')];
  // A mortgage may mature long before it would be repaid.
  const amortises = view.field('originalAmortizationTermNumber');
  const months = typeof amortises === 'number' && amortises > 0 ? amortises : view.count('originalTerm');
  const yearly = view.rate('originalRate') ?? view.rate('rate');
  if (amount === null || payment === null || months === null || yearly === null) return;
  if (amount <= 0n || payment <= 0n || months <= 0 || months > 600 || yearly < 0 || yearly > 1) return;
  const level = levelPayment(Number(amount), yearly, months);
  const interestOnly = (Number(amount) * yearly) / 12;
  const near = (due: number): boolean => Math.abs(Number(payment) - due) <= due * PAYMENT_TOLERANCE + 1_000;
  if (near(level) || near(interestOnly)) return;
  const said = `the payment ${formatMoney(payment)} does not fit ${formatMoney(amount)} at ${(yearly * 100).toFixed(2)} % over ${months} months (${(level / 100).toFixed(2)})`;
  const remedy = 'check amount, rate, term and payment; a balloon or another frequency explains it';
  view.remark('payment-does-not-fit', 'payment', formatMoney(payment), said, remedy);
};

/** A loan of more than this part of what secures it is worth a look. */
const HIGH_LTV = 2;

const loanToValue: RowRule = (view) => {
  const [balance, value, stated] = [view.money('closing'), view.money('value'), view.rate('ltv')];
  if (balance === null || value === null || balance <= 0n) return;
  if (value <= 0n) {
    view.remark('suspicious-ltv', 'value', formatMoney(value), 'the security has no value', 'check the valuation');
    return;
  }
  const ltv = Number(balance) / Number(value);
  const percent = (ltv * 100).toFixed(1);
  if (ltv > HIGH_LTV) {
    view.remark(
      'suspicious-ltv',
      'value',
      percent,
      `the balance is ${percent} % of the value`,
      'check balance and valuation',
    );
  } else if (stated !== null && stated > 10) {
    view.remark(
      'suspicious-ltv',
      'ltv',
      String(stated),
      'the loan-to-value is over 1,000 %',
      'check fraction or percentage',
    );
  }
};

/** Part by which interest may differ from balance × rate × days. */
const INTEREST_TOLERANCE = 0.02;

/** Mortgages of Schedule AL, Item 2, by their accrual method, where its code says one. */
const interestFits: RowRule = (view) => {
  const [opening, interest, yearly] = [view.money('opening'), view.money('interest'), view.rate('rate')];
  const method = accrualMethod(view.field('interestAccrualMethodCode'));
  if (opening === null || interest === null || yearly === null || opening <= 0n || interest <= 0n) return;
  if (view.field('paidThroughDate') === undefined || method === null) return;
  const { year } = accrualDays(method, view.period?.to.slice(0, 7) ?? '2001-01');
  const days = daysOfMonth(view.period, method);
  const due = days.map((count) => (Number(opening) * yearly * count) / year);
  if (due.some((one) => Math.abs(Number(interest) - one) <= one * INTEREST_TOLERANCE + 100)) return;
  const said = `interest ${formatMoney(interest)} is not balance × rate × days ÷ ${year} (${(Number(due[0] ?? 0) / 100).toFixed(2)})`;
  view.remark(
    'interest-does-not-fit',
    'interest',
    formatMoney(interest),
    said,
    'check balance, rate and accrual method',
  );
};

/** Days that a month's interest may run: 30, or the days of the reporting period and of any month. */
function daysOfMonth(period: ReadRow['period'], { month }: AccrualMethod): number[] {
  if (month === 30 || period === null) return [30];
  return [daysBetween(period.from, period.to) + 1, 31, 30, 29, 28];
}

const matured: RowRule = (view) => {
  const { period } = view;
  const [matures, closing] = [view.month('matures'), view.money('closing')];
  const reported = period === null ? null : monthOf(period.to);
  if (matures === null || closing === null || reported === null || closing === 0n || matures >= reported) return;
  const said = `matured in ${matures} and still has a balance of ${formatMoney(closing)}`;
  view.remark('matured-with-balance', 'matures', matures, said, 'check for an extension that is not reported');
};

const rolls: RowRule = (view) => {
  const [opening, closing, principal] = [view.money('opening'), view.money('closing'), view.money('principal')];
  if (opening === null || closing === null || principal === null) return;
  const difference = closing - opening + principal + (view.money('adjustment') ?? 0n) + (view.money('chargeOff') ?? 0n);
  if (difference === 0n) return;
  const said = `closing − opening differs by ${formatMoney(difference)} from −principal − adjustment − charge-off`;
  const remedy = 'ask the servicer what moved the balance; the difference is shown in the report and never scaled away';
  view.remark('does-not-roll', 'closing', formatMoney(difference), said, remedy);
};

const SHARED: readonly RowRule[] = [datesInOrder, paymentFits, loanToValue];
/** Automobile loans are matured and rolled by the rules of a loan's month. */
const OF_CLASS: Readonly<Record<string, readonly RowRule[]>> = {
  'auto-loan': [],
  'commercial-mortgage': [matured, interestFits, commercialBalances],
  'consumer-loan': [matured, rolls],
};

/** The rules that look at one row of any asset class together; all of them warn. */
export function rowRulesOf(one: AssetClass, header: TapeHeader, log: FindingLog): (row: ReadRow) => void {
  const view = new RowView(header, one, log);
  const rules = [...SHARED, ...(OF_CLASS[one.name] ?? [matured])];
  return (row) => {
    view.row = row;
    for (const rule of rules) rule(view);
  };
}
