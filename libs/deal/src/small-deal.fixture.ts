import type { Diagnostic, Place } from './diagnostic.js';
import { parseDeal } from './parse-deal.js';

/** Two classes, a fee and a reserve: what the readers' tests change one thing of. */
export const SMALL_DEAL = `weir: 1
deal: {name: Small 2025-1, currency: USD, rounding: half-up}
parties:
  sponsor: Sponsor
  issuingEntity: Issuer
  servicer: Servicer
  trustee: Trustee
  calculationAgent: Agent
  bank: Bank
dates:
  cutOff: 2025-05-31
  closing: 2025-06-10
  firstCollectionPeriod: 2025-06
  paymentDay: 15
  businessDays: following
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 24
collateral: {cutOffPool: 1000000.00}
report:
  poolClosing: money
  collected: money
  losses: signed money
  sofr: signed rate
accounts:
  collection: {}
  reserve: {target: 1 % * cutOffPool, fundedAtClosing: true}
  suspense: {}
collections: {items: [collected], account: collection, suspense: suspense}
fees:
  servicing: {payee: servicer, amount: 1 % / 12 * poolClosing}
tranches:
  - {name: A, amount: 800000.00 USD, coupon: 5 %, dayCount: 30/360, accrual: unadjusted}
  - {name: B, amount: 150000.00 USD, coupon: sofr + 2 %, dayCount: ACT/360, accrual: adjusted}
formulas:
  excess: max(0, notes.opening - poolClosing)
  netLoss: max(0, losses)
priorityOfPayments:
  - {step: payFee, fee: servicing, from: [collection, reserve]}
  - {step: payInterest, interest: [A, B], from: [collection, reserve]}
  - {step: refill, replenish: reserve, from: [collection]}
  - {step: payPrincipal, principal: excess + netLoss, to: [A, B], method: sequential, from: [collection]}
  - {step: rest, residual: sponsor, from: [collection]}
`;

/** The small deal with texts replaced, each of which must be there once it is its turn. */
export function small(...edits: [from: string, to: string][]): string {
  return edits.reduce((text, [from, to]) => {
    const at = text.indexOf(from);
    return at < 0 ? `"${from}" is not in the document` : text.slice(0, at) + to + text.slice(at + from.length);
  }, SMALL_DEAL);
}

/** The small deal with more steps before the residual. */
export function withSteps(...steps: string[]): string {
  return small(['  - {step: rest', `${steps.map((step) => `  - {${step}}\n`).join('')}  - {step: rest`]);
}

/** The small deal with more blocks before its tranches. */
export function withBlocks(blocks: string, ...edits: [from: string, to: string][]): string {
  return small(['tranches:\n', `${blocks}\ntranches:\n`], ...edits);
}

/** Line and column, from 1, of a character of the last occurrence of a text. */
export function placeOf(text: string, part: string, within = 0): Place {
  const before = text.slice(0, text.lastIndexOf(part) + within).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** Diagnostics of a document without its warnings of unused names. */
export function faultsOf(text: string): Diagnostic[] {
  return parseDeal(text).diagnostics.filter(({ code }) => code !== 'unused');
}
