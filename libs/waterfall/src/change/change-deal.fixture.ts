import { type Deal, parseDeal } from '@weir/deal';
import { compileDeal } from '../compile/compile-deal.js';
import type { CompiledDeal } from '../compile/compiled-deal.js';

/** Two classes at 1 % a month of 30 days, a reserve of 50.00, and losses summed since closing. */
export const CHANGE_DEAL = `weir: 1
deal: {name: Change 2025-1, currency: USD, rounding: half-up}
parties: {sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C}
dates:
  cutOff: 2025-05-31
  closing: 2025-06-15
  firstCollectionPeriod: 2025-06
  paymentDay: 15
  businessDays: following
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 12
collateral: {cutOffPool: 900.00}
report:
  poolClosing: money
  collected: money
  losses: signed money
accounts:
  collection: {}
  reserve: {target: 50.00 USD, initial: 50.00 USD}
  suspense: {}
collections: {items: [collected], account: collection, suspense: suspense}
tranches:
  - {name: A, amount: 800.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
  - {name: B, amount: 100.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
formulas:
  principalDue: max(0, notes.opening - poolClosing)
triggers:
  high: {when: cumulative(losses) > 100.00 USD, sticky: true}
priorityOfPayments:
  - {step: payA, interest: A, from: [collection, reserve]}
  - {step: payB, interest: B, from: [collection, reserve], when: not high}
  - {step: payPrincipal, principal: principalDue, to: [A, B], method: sequential, from: [collection]}
  - {step: refill, replenish: reserve, from: [collection]}
  - {step: rest, residual: sponsor, from: [collection]}
`;

/** A document with texts replaced, each of which must be there. */
export function edited(text: string, ...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((whole, [from, to]) => {
    if (!whole.includes(from)) throw new RangeError(`"${from}" is not in the document`);
    return whole.replace(from, () => to);
  }, text);
}

/** A document read and compiled. */
export function compiledOf(text: string): { deal: Deal; compiled: CompiledDeal } {
  const { deal, diagnostics } = parseDeal(text);
  if (!deal) throw new RangeError(diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return { deal, compiled: compileDeal(deal) };
}

/** The document with an `amends:` block for a program. */
export function amending(text: string, hash: string, block: string, fromPeriod = 3): string {
  return edited(text, ['dates:\n', `amends:\n  program: '${hash}'\n  fromPeriod: ${fromPeriod}\n${block}dates:\n`]);
}
