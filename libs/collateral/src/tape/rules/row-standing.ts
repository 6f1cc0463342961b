import type { Role } from '../model/field.js';
import type { RowRule, RowView } from './row-view.js';

const MAX_RATE = 0.35;

const ratesOfAutos: RowRule = {
  needs: [],
  of: ['auto-loan'],
  check: (view) => {
    for (const role of ['originalRate', 'rate'] as const) {
      const rate = view.rate(role);
      if (rate === null || (rate >= 0 && rate <= MAX_RATE)) continue;
      const said = `the rate reads as ${(rate * 100).toFixed(2)} %, outside 0 to 35 %`;
      const remedy = 'check the rate, and whether its column holds fractions (0.0687) or percentages (6.87)';
      view.remark(role, { rule: 'suspicious-rate', said, remedy });
    }
  },
};

const MAX_DAYS_PAST_DUE = 1_000;

/** Invoices are due on a day to come, which ageing lists write as days below zero. */
const daysPastDue: RowRule = {
  needs: ['daysPastDue', 'closing'],
  check: (view) => {
    const days = view.count('daysPastDue');
    const remedy = 'ask the servicer for the days past due';
    const told = (said: string): void => view.remark('daysPastDue', { rule: 'suspicious-days-past-due', said, remedy });
    if (days === null) {
      if ((view.money('closing') ?? 0n) > 0n && view.isEmpty('daysPastDue'))
        told('days past due are not stated for a loan with a balance');
    } else if (days > MAX_DAYS_PAST_DUE || (days < 0 && view.assetClass.name !== 'trade-receivable')) {
      told(`${days} days past due`);
    }
  },
};

/** What any one of some columns must say of a loan that is owed. */
const NEEDED: readonly { readonly roles: readonly Role[]; readonly lacks: string }[] = [
  { roles: ['rate', 'originalRate'], lacks: 'no rate is stated for a loan with a balance: it cannot be projected' },
  {
    roles: ['matures', 'remainingTerm', 'originalTerm'],
    lacks: 'nothing says how long the loan runs, which has a balance: it cannot be projected',
  },
];

function tellUnstated(view: RowView): void {
  if ((view.money('closing') ?? 0n) <= 0n) return;
  for (const { roles, lacks } of NEEDED) {
    const first = roles.find((role) => view.has(role));
    // What is written and cannot be read is told of its cell.
    if (first === undefined || roles.some((role) => !view.isEmpty(role))) continue;
    view.remark(first, {
      rule: 'missing-cell',
      said: lacks,
      remedy: 'ask the servicer for the value',
      weight: 'warns',
    });
  }
}

const statesWhatItNeeds: RowRule = { needs: ['closing'], check: tellUnstated };

/** How a loan stands, and what of it is not said. */
export const STANDING_RULES: readonly RowRule[] = [ratesOfAutos, daysPastDue, statesWhatItNeeds];
