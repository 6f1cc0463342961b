import { daysBetween } from '@weir/calendar';
import { formatMoney } from '@weir/money';
import type { ReadRow } from '../loan-record.js';
import { accrualDays, accrualMethod, type AccrualMethod } from '../model/accrual-method.js';
import { capitalisedIn } from './capitalised.js';
import { paymentFits } from './payment-fit.js';
import type { RowRule, RowView } from './row-view.js';

const paymentSplits: RowRule = {
  needs: ['interest', 'principal', 'totalPaid'],
  check: (view) => {
    const [interest, principal, total] = [view.money('interest'), view.money('principal'), view.money('totalPaid')];
    if (interest === null || principal === null || total === null) return;
    const difference = total - interest - principal - (view.money('otherCollected') ?? 0n);
    if (difference === 0n) return;
    const other = view.has('otherCollected') ? ' + other' : '';
    const said = `total paid differs by ${formatMoney(difference)} from interest + principal${other}`;
    view.remark('totalPaid', { rule: 'payment-split', said, remedy: 'ask the servicer how the payment was applied' });
  },
};

const below = (amount: bigint | null): bigint => (amount !== null && amount < 0n ? -amount : 0n);

/** A consumer loan's negative principal is understood; of an automobile loan the report shows it as reversed. */
function tellNegative(view: RowView, amount: bigint): void {
  if (view.assetClass.name !== 'auto-loan') return;
  const said = `interest of ${formatMoney(amount)} was not paid and joined the balance, which negative principal states: the report shows it as reversed principal`;
  view.remark('principal', {
    rule: 'reversal-row',
    said,
    remedy: 'confirm with the servicer that the loan capitalises interest',
  });
}

/** Commercial mortgages state principal by the schedule, of which nothing is returned. */
const reversal: RowRule = {
  needs: ['principal'],
  of: ['auto-loan', 'consumer-loan'],
  check: (view) => {
    const principal = view.money('principal');
    if (principal === null) return;
    const adjusted = (view.money('opening') ?? 0n) > 0n ? below(view.money('adjustment')) : 0n;
    const reversed = below(principal) + adjusted;
    if (reversed === 0n) return;
    if (adjusted === 0n && capitalisedIn(view)?.told === 'negative principal') return tellNegative(view, reversed);
    const said = `a returned payment reverses ${formatMoney(reversed)} of principal; reversed interest is shown in no column`;
    const remedy = 'take reversed interest up with the servicer; it is not guessed';
    view.remark(principal < 0n ? 'principal' : 'adjustment', { rule: 'reversal-row', said, remedy });
  },
};

/** Part by which interest may differ from balance × rate × days. */
const INTEREST_TOLERANCE = 0.02;

/** Mortgages of Schedule AL, Item 2, by their accrual method, where its code says one. */
const interestFits: RowRule = {
  needs: ['opening', 'interest', 'rate'],
  of: ['commercial-mortgage'],
  check: (view) => {
    const [opening, interest, yearly] = [view.money('opening'), view.money('interest'), view.rate('rate')];
    const method = accrualMethod(view.field('interestAccrualMethodCode'));
    if (opening === null || interest === null || yearly === null || opening <= 0n || interest <= 0n) return;
    if (view.field('paidThroughDate') === undefined || method === null) return;
    const { year } = accrualDays(method, view.period?.to.slice(0, 7) ?? '2001-01');
    const days = daysOfMonth(view.period, method);
    const due = days.map((count) => (Number(opening) * yearly * count) / year);
    if (due.some((one) => Math.abs(Number(interest) - one) <= one * INTEREST_TOLERANCE + 100)) return;
    const said = `interest ${formatMoney(interest)} is not balance × rate × days ÷ ${year} (${(Number(due[0] ?? 0) / 100).toFixed(2)})`;
    view.remark('interest', { rule: 'interest-does-not-fit', said, remedy: 'check balance, rate and accrual method' });
  },
};

/** Days that a month's interest may run: 30, or the days of the reporting period and of any month. */
function daysOfMonth(period: ReadRow['period'], { month }: AccrualMethod): number[] {
  if (month === 30 || period === null) return [30];
  return [daysBetween(period.from, period.to) + 1, 31, 30, 29, 28];
}

/** What is paid, and what is due. */
export const PAYMENT_RULES: readonly RowRule[] = [paymentFits, paymentSplits, reversal, interestFits];
