import { formatMoney } from '@weir/money';
import { capitalisedIn } from './capitalised.js';
import { duesOf, type Lent, repaymentOf, type RepaymentTerms } from './repayment-terms.js';
import type { RowRule, RowView } from './row-view.js';

/** Part by which a payment may differ from what is due: first periods and roundings differ; and amounts beside it, cents. */
const [TOLERANCE, BESIDE] = [0.15, 1_000];

/** Part by which a payment may differ from one of a kind or a frequency that no column states, to be taken for it. */
const EXACT = 0.005;

/** Frequencies that a payment is held against where none is stated, by payments a year. */
const FREQUENCIES: Readonly<Record<string, number>> = {
  'payments every two weeks': 26,
  'weekly payments': 52,
  'two payments a month': 24,
  'quarterly payments': 4,
};

const within = (payment: number, [least, most]: readonly [number, number], part: number, beside: number): boolean =>
  payment >= least * (1 - part) - beside && payment <= most * (1 + part) + beside;

/** What the payments of the row's loan are reckoned of; null where the row does not state it. */
function lentOf(view: RowView): Lent | null {
  const amount = view.money('originalAmount');
  // A mortgage may mature long before it would be repaid.
  const amortises = view.field('originalAmortizationTermNumber');
  const months = typeof amortises === 'number' && amortises > 0 ? amortises : view.count('originalTerm');
  const yearly = view.rate('originalRate') ?? view.rate('rate');
  if (amount === null || months === null || yearly === null) return null;
  if (amount <= 0n || months <= 0 || months > 600 || yearly < 0 || yearly > 1) return null;
  const opening = view.money('opening') ?? view.money('closing') ?? amount;
  return { amount: Number(amount), yearly, months, opening: Number(opening) };
}

/** What the payment fits though no column states it; null when it fits nothing that is known. */
function unstatedOf(payment: number, lent: Lent, terms: RepaymentTerms): string | null {
  const fits = (month: number, kind: RepaymentTerms['kind']): boolean =>
    duesOf(lent, { ...terms, kind })?.some((due) => within(month, due, EXACT, 1)) ?? false;
  if (terms.kind === null && fits(payment, 'linear')) return 'a linear loan';
  if (terms.yearly !== null) return null;
  return Object.keys(FREQUENCIES).find((name) => fits((payment * (FREQUENCIES[name] ?? 0)) / 12, terms.kind)) ?? null;
}

/** The columns that state the roles, or else the fields to map. */
function named(view: RowView): string {
  const roles = (['repays', 'frequency', 'balloon', 'interestOnly'] as const).filter((role) => !view.has(role));
  return roles.flatMap((role) => view.nameFor(role) ?? []).join(', ');
}

function remedyOf(view: RowView, fits: string | null): string {
  const fields = named(view);
  const map = view.mapped ? `map the columns that say how the loan repays (${fields})` : `state it (${fields})`;
  if (fits !== null && fields !== '') return `it fits ${fits}, which no column states: ${map}`;
  const check = 'check amount, rate, term and payment';
  return fields === ''
    ? `${check}, and how the loan is said to repay`
    : `${check}; a linear loan, another frequency, a balloon or months of interest alone explain it: ${map}`;
}

/** A payment against amount, rate and term, by the way in which the tape says that the loan repays. */
export const paymentFits: RowRule = {
  needs: ['originalAmount', 'payment'],
  check: (view) => {
    const [payment, lent] = [view.money('payment'), lentOf(view)];
    if (payment === null || payment <= 0n || lent === null) return;
    const terms = repaymentOf(view);
    const month = (Number(payment) * (terms.yearly ?? 12)) / 12;
    const dues = duesOf(lent, terms);
    if (dues === null || dues.some((due) => within(month, due, TOLERANCE, BESIDE))) return;
    if (capitalisedIn(view) !== null) return;
    const { yearly, months } = lent;
    const [least, most] = dues[0] ?? [0, 0];
    const due = least === most ? formatCents(most) : `${formatCents(least)} to ${formatCents(most)}`;
    const often = terms.yearly === null || terms.yearly === 12 ? '' : ` ${terms.yearly} times a year`;
    const said = `the payment ${formatMoney(payment)}${often} does not fit ${formatCents(lent.amount)} at ${(yearly * 100).toFixed(2)} % over ${months} months (${due}${often === '' ? '' : ' a month'})`;
    const remedy = remedyOf(view, unstatedOf(Number(payment), lent, terms));
    view.remark('payment', { rule: 'payment-does-not-fit', said, remedy });
  },
};

const formatCents = (cents: number): string => (cents / 100).toFixed(2);
