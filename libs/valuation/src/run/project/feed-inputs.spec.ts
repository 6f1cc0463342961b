import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal } from '@weir/waterfall';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { feedInputs } from './feed-inputs.js';

const DEAL = `weir: 1
deal: { name: Two items, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates: { cutOff: 2024-12-31, closing: 2025-01-01, firstCollectionPeriod: 2025-01, paymentDay: 1, businessDays: unadjusted, calendar: target, recordDate: 1 business day before the payment date, paymentDates: 2 }
report: { losses: { unit: money, from: '2 * losses' }, cash: { unit: money, from: interestCollected } }
accounts: { collection: {}, suspense: {} }
collections: { items: [cash], account: collection, suspense: suspense }
tranches: [{ name: A, amount: 100.00 USD, coupon: 1 %, dayCount: 30/360, accrual: unadjusted }]
priorityOfPayments:
  - { step: interest, interest: A, from: [collection] }
  - { step: principal, principal: 'max(0, cash - losses)', to: A, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`;

/** Inputs of two payment dates: losses and cash of each, in cents. */
function inputsOf(columns: Record<string, number[]>): number[] {
  const { deal, diagnostics } = parseDeal(DEAL);
  const [scenario] = parseScenario('prepayment: none\n').scenarios;
  if (!deal || !scenario) throw new TypeError(JSON.stringify(diagnostics));
  const table = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]));
  return [...feedInputs(deal, compileDeal(deal), { firstPeriod: 1, rows: 2, columns: table }, scenario).inputs];
}

describe('the inputs of a projection', () => {
  it('follow the formula of an item, also where a column of the pool has the name of the item', () => {
    // Losses of 3.00 and 5.00 in the pool are reported twofold; cash is the interest collected.
    expect(inputsOf({ losses: [300, 500], interestCollected: [1_000, 900] })).toEqual([600, 1_000, 1_000, 900]);
  });

  it('are not below zero where the document does not allow it', () => {
    expect(() => inputsOf({ losses: [300, -500], interestCollected: [1_000, 900] })).toThrow(
      expect.objectContaining({ name: 'InputNegative', item: 'losses', period: 2 }),
    );
  });

  it('are what collections from elsewhere state of an item itself', () => {
    expect(inputsOf({ losses: [300, 500], interestCollected: [1_000, 900], cash: [700, 800] })).toEqual([
      600, 700, 1_000, 800,
    ]);
  });
});
