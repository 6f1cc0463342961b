import { daysBetween } from '@weir/calendar';
import { formatMoney } from '@weir/money';
import type { FindingLog, TapeRule } from '../finding.js';
import type { LoanRecord, RoleOf } from '../loan-record.js';
import { rolesOf } from '../loan-record.js';
import type { AssetClass, Role } from '../model/field.js';

/** What the rules of one row look at: its record by role, and how a role's column is called in the file. */
interface RowView {
  readonly record: LoanRecord;
  readonly money: (role: Role) => bigint | null;
  readonly rate: (role: Role) => number | null;
  readonly count: (role: Role) => number | null;
  /** Date or month as text, cut to the month. */
  readonly month: (role: Role) => string | null;
  readonly remark: (rule: TapeRule, role: Role, value: string, message: string, remedy: string) => void;
}

type RowRule = (row: RowView) => void;

const datesInOrder: RowRule = ({ month, record, remark }) => {
  const [originated, matures] = [month('originated'), month('matures')];
  const reported = record.period?.to.slice(0, 7) ?? null;
  const remedy = 'check both dates, and how the columns write day and month';
  if (originated !== null && matures !== null && matures < originated) {
    remark('dates-out-of-order', 'matures', matures, `matures in ${matures}, before it began in ${originated}`, remedy);
  }
  if (originated !== null && reported !== null && originated > reported) {
    remark(
      'dates-out-of-order',
      'originated',
      originated,
      `begins in ${originated}, after the period ${reported}`,
      remedy,
    );
  }
  if (record.period !== null && record.period.from > record.period.to) {
    const { from, to } = record.period;
    remark('dates-out-of-order', 'periodTo', to, `the period ends on ${to}, before it begins on ${from}`, remedy);
  }
};

/** Part by which a payment may differ from the level payment: first periods and roundings differ. */
const PAYMENT_TOLERANCE = 0.15;

/** Level payment: amount × r ÷ (1 − (1 + r)^−n), r the annual rate ÷ 12, n months; amount ÷ n without interest. */
export function levelPayment(amount: number, annualRate: number, months: number): number {
  const r = annualRate / 12;
  return r === 0 ? amount / months : (amount * r) / (1 - (1 + r) ** -months);
}

const paymentFits: RowRule = ({ record, money, rate, count, remark }) => {
  const [amount, payment] = [money('originalAmount'), money('payment')];
  // A mortgage may mature long before it would be repaid.
  const amortises = record.values.originalAmortizationTermNumber;
  const months = typeof amortises === 'number' && amortises > 0 ? amortises : count('originalTerm');
  const yearly = rate('originalRate') ?? rate('rate');
  if (amount === null || payment === null || months === null || yearly === null) return;
  if (amount <= 0n || payment <= 0n || months <= 0 || months > 600 || yearly < 0 || yearly > 1) return;
  const level = levelPayment(Number(amount), yearly, months);
  const interestOnly = (Number(amount) * yearly) / 12;
  const near = (due: number): boolean => Math.abs(Number(payment) - due) <= due * PAYMENT_TOLERANCE + 1_000;
  if (near(level) || near(interestOnly)) return;
  const said = `the payment ${formatMoney(payment)} does not fit ${formatMoney(amount)} at ${(yearly * 100).toFixed(2)} % over ${months} months (${(level / 100).toFixed(2)})`;
  const remedy = 'check amount, rate, term and payment; a balloon or another frequency explains it';
  remark('payment-does-not-fit', 'payment', formatMoney(payment), said, remedy);
};

/** A loan of more than this part of what secures it is worth a look. */
const HIGH_LTV = 2;

const loanToValue: RowRule = ({ money, rate, remark }) => {
  const [balance, value, stated] = [money('closing'), money('value'), rate('ltv')];
  if (balance === null || value === null || balance <= 0n) return;
  if (value <= 0n) {
    remark('suspicious-ltv', 'value', formatMoney(value), 'the security has no value', 'check the valuation');
    return;
  }
  const ltv = Number(balance) / Number(value);
  const percent = (ltv * 100).toFixed(1);
  if (ltv > HIGH_LTV) {
    remark(
      'suspicious-ltv',
      'value',
      percent,
      `the balance is ${percent} % of the value`,
      'check balance and valuation',
    );
  } else if (stated !== null && stated > 10) {
    remark(
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

/** Mortgages of Schedule AL, Item 2, by interestAccrualMethodCode: 1 is 30/360, 2 ACT/365, 3 ACT/360. */
const interestFits: RowRule = ({ record, money, rate, remark }) => {
  const [opening, interest, yearly] = [money('opening'), money('interest'), rate('rate')];
  const method = record.values.interestAccrualMethodCode;
  if (opening === null || interest === null || yearly === null || opening <= 0n || interest <= 0n) return;
  if (record.values.paidThroughDate === undefined || (method !== '1' && method !== '3')) return;
  const days = accrualDays(record, method);
  const due = days.map((count) => (Number(opening) * yearly * count) / 360);
  if (due.some((one) => Math.abs(Number(interest) - one) <= one * INTEREST_TOLERANCE + 100)) return;
  const said = `interest ${formatMoney(interest)} is not balance × rate × days ÷ 360 (${(Number(due[0] ?? 0) / 100).toFixed(2)})`;
  remark('interest-does-not-fit', 'interest', formatMoney(interest), said, 'check balance, rate and accrual method');
};

/** Days that a month's interest may run: 30, or the days of the reporting period and of any month. */
function accrualDays({ period }: LoanRecord, method: string): number[] {
  if (method === '1' || period === null) return [30];
  return [daysBetween(period.from, period.to) + 1, 31, 30, 29, 28];
}

const matured: RowRule = ({ record, money, month, remark }) => {
  const [matures, closing] = [month('matures'), money('closing')];
  const reported = record.period?.to.slice(0, 7) ?? null;
  if (matures === null || closing === null || reported === null || closing === 0n || matures >= reported) return;
  const said = `matured in ${matures} and still has a balance of ${formatMoney(closing)}`;
  remark('matured-with-balance', 'matures', matures, said, 'check for an extension that is not reported');
};

const rolls: RowRule = ({ money, remark }) => {
  const [opening, closing, principal] = [money('opening'), money('closing'), money('principal')];
  if (opening === null || closing === null || principal === null) return;
  const difference = closing - opening + principal + (money('adjustment') ?? 0n) + (money('chargeOff') ?? 0n);
  if (difference === 0n) return;
  const said = `closing − opening differs by ${formatMoney(difference)} from −principal − adjustment − charge-off`;
  const remedy = 'ask the servicer what moved the balance; the difference is shown in the report and never scaled away';
  remark('does-not-roll', 'closing', formatMoney(difference), said, remedy);
};

const SHARED: readonly RowRule[] = [datesInOrder, paymentFits, loanToValue];
/** Automobile loans are matured and rolled by the rules of a loan's month. */
const OF_CLASS: Readonly<Record<string, readonly RowRule[]>> = {
  'auto-loan': [],
  'commercial-mortgage': [matured, interestFits],
  'consumer-loan': [matured, rolls],
};

/** The rules that look at one row of any asset class together; all of them warn. */
export function rowRulesOf(one: AssetClass, columnOf: (field: string) => string, log: FindingLog) {
  const roleOf: RoleOf = rolesOf(one);
  const columns = new Map(one.fields.flatMap(({ role, name }) => (role === null ? [] : [[role, columnOf(name)]])));
  const rules = [...SHARED, ...(OF_CLASS[one.name] ?? [matured])];
  return (record: LoanRecord): void => {
    const view: RowView = {
      record,
      money: (role) => asBig(roleOf(record, role)),
      rate: (role) => asFraction(roleOf(record, role)),
      count: (role) => asCount(roleOf(record, role)),
      month: (role) => asMonth(roleOf(record, role)),
      remark: (rule, role, value, message, remedy) =>
        log.add({
          row: record.row,
          column: columns.get(role) ?? role,
          value,
          rule,
          message: `row ${record.row}: ${message}`,
          remedy,
        }),
    };
    for (const rule of rules) rule(view);
  };
}

const asBig = (value: unknown): bigint | null => (typeof value === 'bigint' ? value : null);
const asFraction = (value: unknown): number | null => (typeof value === 'bigint' ? Number(value) / 1e12 : null);
const asCount = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const asMonth = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 7) : null);
