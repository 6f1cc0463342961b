import { expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { trancheMetrics } from './metrics.js';
import { projectDeal } from './project-deal.js';

const { deal } = parseDeal(`weir: 1
deal: { name: Passed through, currency: USD, rounding: half-up }
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
collateral: { cutOffPool: 100000.00 }
report: { cash: money }
accounts: { collection: {}, suspense: {} }
collections: { items: [cash], account: collection, suspense: suspense }
tranches:
  - { name: A, amount: 100000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted }
priorityOfPayments:
  - { step: principal, principal: cash, to: A, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`);

it.each([
  ['nothing', 5_000_000, true],
  ['a cent', 4_999_999, false],
])('a class that lacks %s', (_, last, expected) => {
  const [scenario] = parseScenario('prepayment: none\n').scenarios;
  if (!deal || !scenario) throw new TypeError('the document or the scenario has errors');
  const compiled = compileDeal(deal);
  const flows = { firstPeriod: 1, rows: 2, columns: { cash: Float64Array.of(5_000_000, last) } };
  const projection = projectDeal({ deal, compiled, projection: compileProjection(compiled.program), flows, scenario });
  const [tranche] = projection.tranches;
  expect(tranche && trancheMetrics(deal, projection, tranche).paidInFull).toBe(expected);
});
