import { formatMoney } from '@weir/money';
import { isImpossible } from '../impossible-principal.js';
import { balancesBy, type MonthBalances } from '../month-balances.js';
import { onlyFalls, principalOf } from './row-balances.js';
import type { RowRule, RowView } from './row-view.js';

/** Cents by which figures may be apart through rounding. */
const ROUNDING = 100n;

/** Times the instalment: what remains a part payment is improbable from there on. */
const FAR = 30n;

const REMEDY = 'check the cell with the servicer: whether it counts cents, and whether it holds principal alone';

const below = (amount: bigint | null): bigint => (amount !== null && amount < 0n ? -amount : 0n);

const balancesOf = (view: RowView): MonthBalances => balancesBy((role) => view.money(role));

/** All principal of the row, in whatever columns it is stated, or as interest and other leave it of the total paid. */
const paidBy = (view: RowView): bigint | null =>
  view.has('unscheduled') || view.has('otherPrincipal') ? balancesOf(view).principal : principalOf(view);

/** What the row says was owed before the payment, and the most that it can have been. */
interface Owed {
  readonly before: bigint;
  readonly most: bigint;
  readonly said: string;
  /** Whether more is no loan of the kind, rather than a further advance. */
  readonly certain: boolean;
}

/** By the opening balance; by the original amount where there is none, or where the loan began in the month. */
function owedBy(view: RowView, paid: bigint): Owed | null {
  const { opening, closing, adjustment, chargeOff } = balancesOf(view);
  const original = view.money('originalAmount');
  // What an adjustment adds to the balance, or a charge-off that was taken back, may be paid too.
  const raised = below(adjustment) + below(chargeOff);
  const principal = `principal of ${formatMoney(paid)}`;
  if (opening !== null && opening + raised > 0n) {
    const most = opening + raised;
    return { before: paid, most, said: `${principal} is more than the ${formatMoney(most)} owed`, certain: true };
  }
  if (original === null || original <= 0n) return null;
  // A balance that is above the original amount by itself is told of the balance.
  const left = closing !== null && closing > 0n && closing <= original ? closing : 0n;
  const [before, most] = [paid + left, original + raised];
  const stated =
    left === 0n
      ? principal
      : `${principal} and the ${formatMoney(left)} still owed come to ${formatMoney(before)}, which`;
  return { before, most, said: `${stated} is more than the ${formatMoney(most)} lent`, certain: onlyFalls(view) };
}

/** Principal that leaves a balance, and is many times the instalment of a loan of which nothing tells what it owed. */
function improbable(view: RowView, paid: bigint): string | null {
  const [payment, closing] = [view.money('payment'), view.money('closing')];
  if (view.money('opening') !== null || payment === null || payment <= 0n || closing === null || closing <= 0n)
    return null;
  if (paid <= payment * FAR) return null;
  return `principal of ${formatMoney(paid)} is more than ${FAR} times the payment of ${formatMoney(payment)}, and a balance is left`;
}

const aboveOwed: RowRule = {
  needs: ['closing'],
  of: ['auto-loan', 'consumer-loan', 'commercial-mortgage'],
  check: (view) => {
    const paid = paidBy(view);
    if (paid === null || paid <= 0n || paid <= (view.money('opening') ?? 0n)) return;
    const at = view.isEmpty('principal') ? 'totalPaid' : 'principal';
    const owed = owedBy(view, paid);
    if (owed !== null && owed.before - owed.most > ROUNDING) {
      const blocks = owed.certain && isImpossible(owed.before, owed.most);
      const found = { rule: 'principal-above-owed', said: owed.said, remedy: REMEDY } as const;
      return view.remark(at, blocks ? found : { ...found, weight: 'warns' });
    }
    const said = improbable(view, paid);
    if (said !== null) view.remark(at, { rule: 'principal-above-owed', said, remedy: REMEDY, weight: 'warns' });
  },
};

/** What a loan pays off cannot be more than it owed. */
export const PRINCIPAL_RULES: readonly RowRule[] = [aboveOwed];
