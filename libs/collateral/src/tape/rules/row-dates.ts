import { formatMoney } from '@weir/money';
import { monthOf, type RowRule, type RowView } from './row-view.js';

const ORDER = 'check both dates, and how the columns write day and month';

const reportedMonth = ({ period }: RowView): string | null => (period === null ? null : monthOf(period.to));

const lifeInOrder: RowRule = {
  needs: ['originated'],
  check: (view) => {
    const [originated, matures, reported] = [view.month('originated'), view.month('matures'), reportedMonth(view)];
    if (originated === null) return;
    const told = { rule: 'dates-out-of-order', remedy: ORDER } as const;
    if (matures !== null && matures < originated)
      view.remark('matures', { ...told, said: `matures in ${matures}, before it began in ${originated}` });
    if (reported !== null && originated > reported)
      view.remark('originated', { ...told, said: `begins in ${originated}, after the period ${reported}` });
  },
};

const periodInOrder: RowRule = {
  needs: ['periodTo'],
  check: (view) => {
    if (view.period === null || view.period.from <= view.period.to) return;
    const { from, to } = view.period;
    const said = `the period ends on ${to}, before it begins on ${from}`;
    view.remark('periodTo', { rule: 'dates-out-of-order', said, remedy: ORDER });
  },
};

const matured: RowRule = {
  needs: ['matures', 'closing'],
  check: (view) => {
    const [matures, closing, reported] = [view.month('matures'), view.money('closing'), reportedMonth(view)];
    if (matures === null || closing === null || reported === null || closing === 0n || matures >= reported) return;
    // An invoice that is not paid when it is due is past due, and no more.
    if (view.assetClass.name === 'trade-receivable' && (view.count('daysPastDue') ?? 1) > 0) return;
    const said = `the loan matured in ${matures} and still has a balance of ${formatMoney(closing)}`;
    const remedy = 'check for an extension that is not reported';
    view.remark('matures', { rule: 'matured-with-balance', said, remedy });
  },
};

/** Months more than the original term that a first period longer than one explains. */
const LONG_FIRST_PERIOD = 1;

const termFits: RowRule = {
  needs: ['remainingTerm', 'originalTerm'],
  check: (view) => {
    const [left, original] = [view.count('remainingTerm'), view.count('originalTerm')];
    if (left === null || original === null) return;
    const extended = Math.max(0, view.count('extended') ?? 0);
    if (left <= original + extended + LONG_FIRST_PERIOD) return;
    const said = `${left} months remain of an original term of ${original}`;
    const remedy = 'check both terms, and that they count months; an extension is stated as such';
    view.remark('remainingTerm', { rule: 'term-exceeds-original', said, remedy });
  },
};

/** Dates and terms of a loan. */
export const DATE_RULES: readonly RowRule[] = [lifeInOrder, periodInOrder, matured, termFits];
