import { describe, expect, it } from '@jest/globals';
import { parseDeal, type Underlying } from '@weir/deal';
import { compileDeal, compileProjection, type Period } from '@weir/waterfall';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { projectDeal } from '../project/project-deal.js';
import { underlyingColumns } from './underlying-columns.js';

/**
 * A 100.00 without interest, B 50.00 at 12 %, monthly 30/360 from 1 January 2025; B bears the losses 10.01, 0.00, 5.00, 0.00.
 *
 * | date     | B interest      | B written down | B closing |
 * | 1 Feb.   | 0.50            | 10.01          | 39.99     |
 * | 1 March  | 0.3999 → 0.40   | 0.00           | 39.99     |
 * | 1 April  | 0.40            | 5.00           | 34.99     |
 * | 1 May    | 0.3499 → 0.35   | 0.00           | 14.99, for 20.00 of principal are paid |
 */
const DOCUMENT = `weir: 1
deal: { name: Below, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2024-12-31
  closing: 2025-01-01
  firstCollectionPeriod: 2025-01
  paymentDay: 1
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 4
collateral: { cutOffPool: 150.00 }
report: { interest: money, principal: money, losses: money }
accounts: { collection: {}, suspense: {} }
collections: { items: [interest, principal], account: collection, suspense: suspense }
tranches:
  - { name: A, amount: 100.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted }
  - { name: B, amount: 50.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted }
priorityOfPayments:
  - { step: payInterest, interest: [A, B], from: [collection] }
  - { step: payPrincipal, principal: principal, to: [B, A], method: sequential, from: [collection] }
  - { step: loss, writeDown: losses, to: [B, A] }
  - { step: residual, residual: sponsor, from: [collection] }
`;

function projected() {
  const { deal, diagnostics } = parseDeal(DOCUMENT);
  if (!deal) throw new TypeError(diagnostics.map(({ message }) => message).join('\n'));
  const [scenario] = parseScenario(
    'prepayment: none\ninputs: { interest: 1.00, principal: [0.00, 0.00, 0.00, 20.00], losses: [10.01, 0.00, 5.00, 0.00] }',
  ).scenarios;
  if (!scenario) throw new TypeError('the scenario has errors');
  const compiled = compileDeal(deal);
  const flows = { firstPeriod: 1, rows: 4, columns: {} };
  return projectDeal({ deal, compiled, projection: compileProjection(compiled.program), flows, scenario });
}

const underlying: Underlying = {
  name: 'below',
  deal: 'below.yaml',
  tranche: 'B',
  share: 333_333_000_000n,
  line: 1,
  column: 1,
};
const owner = { underlying: [underlying], closingDate: '2025-01-10' };
const date = (paymentDate: string, determinationDate: string | null = null): Period => ({
  period: 1,
  collectionFrom: '2025-01-01',
  collectionTo: '2025-01-31',
  recordDate: paymentDate,
  determinationDate,
  paymentDate,
  nominalDate: paymentDate,
  regularDate: paymentDate,
});

const flowsOf = (periods: Period[], firstPeriod = 1, closingDate = '2025-01-10') => {
  const columns = underlyingColumns(
    { ...owner, closingDate },
    { periods },
    new Map([['below', projected()]]),
    firstPeriod,
  );
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column]]));
};

describe('what a class of another deal gives', () => {
  it('is paid between the payment dates, the share of each payment rounded down to the cent', () => {
    // 33.3333 % of 0.50, 0.40, 0.40: 0.16 + 0.13 + 0.13; of 10.01 and 5.00: 3.33 + 1.66; of 34.99: 11.66.
    // The second date: of 0.35: 0.11; of 20.00: 6.66; of 14.99: 4.99.
    expect(flowsOf([date('2025-04-01'), date('2025-07-01')])).toEqual({
      'below.interest': [42, 11],
      'below.principal': [0, 666],
      'below.balance': [1_166, 499],
      'below.writtenDown': [499, 0],
    });
  });

  it('counts by determination dates where the deal has them', () => {
    // until 31 March: February and March alone; of 39.99: 13.32 (13.3299…)
    const first = flowsOf([date('2025-04-01', '2025-03-31'), date('2025-07-01', '2025-06-30')]);
    expect(first['below.interest']).toEqual([29, 24]);
    expect(first['below.balance']).toEqual([1_332, 499]);
  });

  it('begins after closing, or after the last payment date of a later state', () => {
    // closing on 1 February itself: February’s payment was the seller’s
    expect(flowsOf([date('2025-04-01')], 1, '2025-02-01')['below.interest']).toEqual([26]);
    expect(flowsOf([date('2025-04-01'), date('2025-07-01')], 2)['below.principal']).toEqual([666]);
  });

  it('before the other deal pays is its opening balance alone', () => {
    // 33.3333 % of 50.00
    expect(flowsOf([date('2025-01-31')])['below.balance']).toEqual([1_666]);
  });

  it('is refused of a class that the other deal has not', () => {
    const wrong = { ...owner, underlying: [{ ...underlying, tranche: 'C' }] };
    const periods = [date('2025-04-01')];
    expect(() => underlyingColumns(wrong, { periods }, new Map([['below', projected()]]))).toThrow(/has no class "C"/);
    expect(() => underlyingColumns(owner, { periods }, new Map())).toThrow(/"below" gives no flows/);
  });
});
