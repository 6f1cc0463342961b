import { expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal, NotBooked } from '@weir/waterfall';
import { payReport } from './pay-date.js';

const { deal } = parseDeal(`weir: 1
deal: { name: Booked, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2025-05-31
  closing: 2025-06-16
  firstCollectionPeriod: 2025-06
  paymentDay: 25
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: last business day of the month before the payment date
  paymentDates: 2
collateral: { cutOffPool: 1.00 }
report: { cash: money }
accounts: { collection: {}, suspense: {} }
collections: { items: [cash], account: collection, suspense: suspense }
tranches:
  - { name: A, amount: 1.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted }
priorityOfPayments:
  - { step: principal, principal: cash, to: A, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`);
if (!deal) throw new TypeError('the document has errors');
const compiled = compileDeal(deal);
/** 2^64 cents. */
const LIMIT = 18_446_744_073_709_551_616n;

const residualOf = (cash: bigint): bigint | undefined => {
  const report = { period: 1, paymentDate: null, values: { cash }, deposit: null };
  return payReport(compiled, { period: 0, words: compiled.initialState }, report).result.outputs[2];
};

it('pays what a vault books, and refuses a cent more', () => {
  expect(residualOf(LIMIT - 1n)).toBe(LIMIT - 101n);
  expect(() => residualOf(LIMIT)).toThrow(NotBooked);
});
