/** Dates of a deal that closes on the day of January 2025 that it pays on, over three months. */
const frame = (name: string, day: number): string => `weir: 1
deal: { name: ${name}, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2024-12-31
  closing: 2025-01-${String(day).padStart(2, '0')}
  firstCollectionPeriod: 2025-01
  paymentDay: ${day}
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 3
accounts: { collection: {}, suspense: {} }
`;

/**
 * A 800.00 at 6 %, B 200.00 at 12 %, 30/360, over a pool of 1,000.00 whose losses B bears first. Over `COLLECTIONS`:
 *
 * | date    | opening  | interest | principal | losses | A int. | B int. | A principal | B principal | B written down | B closing |
 * | 1 Feb.  | 1,000.00 | 10.00    | 300.00    | 20.00  | 4.00   | 2.00   | 300.00      | 0.00        | 20.00          | 180.00    |
 * | 1 March | 680.00   | 7.00     | 300.00    | 0.00   | 2.50   | 1.80   | 300.00      | 0.00        | 0.00           | 180.00    |
 * | 1 April | 380.00   | 4.00     | 380.00    | 0.00   | 1.00   | 1.80   | 200.00      | 180.00      | 0.00           | 0.00      |
 */
export const OWNED = `${frame('Owned', 1)}collateral: { cutOffPool: 1000.00 }
report: { poolOpening: money, interestCollected: signed money, principalCollected: money, losses: signed money }
collections: { items: [interestCollected, principalCollected], account: collection, suspense: suspense }
tranches:
  - { name: A, amount: 800.00 USD, coupon: 6 %, dayCount: 30/360, accrual: unadjusted }
  - { name: B, amount: 200.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted }
priorityOfPayments:
  - { step: interestDue, interest: [A, B], from: [collection] }
  - { step: principalDue, principal: principalCollected, to: [A, B], method: sequential, from: [collection] }
  - { step: loss, writeDown: losses, to: [B, A] }
  - { step: rest, residual: sponsor, from: [collection] }
`;

export const COLLECTIONS = `period,poolOpening,interestCollected,principalCollected,chargeOffs,losses,poolClosing
1,1000.00,10.00,300.00,20.00,20.00,680.00
2,680.00,7.00,300.00,0.00,0.00,380.00
3,380.00,4.00,380.00,0.00,0.00,0.00
`;

/** Owns 60 % of B of the deal above, as \`tiny\`; S 100.00 without interest, paid on the 5th with what B pays of principal. */
export const OWNER = `${frame('Owner', 5)}collateral: { underlying: { tiny: { deal: owned, class: B, share: 60 % } } }
report:
  interest: { unit: money, from: tiny.interest }
  principal: { unit: money, from: tiny.principal }
collections: { items: [interest, principal], account: collection, suspense: suspense }
tranches:
  - { name: S, amount: 100.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted }
priorityOfPayments:
  - { step: interestDue, interest: S, from: [collection] }
  - { step: principalDue, principal: principal, to: S, method: sequential, from: [collection] }
  - { step: rest, residual: sponsor, from: [collection] }
`;
