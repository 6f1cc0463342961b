/** Two classes at 1 % a month of 30 days; B is not paid while losses since closing are over 7.00. */
export const THREE_DATES = `weir: 1
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
  high: {when: cumulative(losses) > 7.00 USD}
priorityOfPayments:
  - {step: payA, interest: A, from: [collection, reserve]}
  - {step: payB, interest: B, from: [collection, reserve], when: not high}
  - {step: payPrincipal, principal: principalDue, to: [A, B], method: sequential, from: [collection]}
  - {step: refill, replenish: reserve, from: [collection]}
  - {step: rest, residual: sponsor, from: [collection]}
`;
