import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection, summarise } from '@weir/waterfall';
import { parseScenario } from '../scenario/parse-scenario.js';
import { closingState } from './files/state-file.js';
import { readReport } from './files/report-file.js';
import { figureNamed, figuresOf } from './project/figures.js';
import { projectDeal } from './project/project-deal.js';
import { payReport } from './replay/pay-date.js';
import { figureOfRun } from './replay/run-figure.js';

/**
 * A 1,000.00 at 6 %, B 500.01 at 12 %, IO on A at 1.2 %; monthly 30/360. AB is all of A and half of B, AIO is A with a third
 * of its strip. 300.00 of principal a month to A.
 *
 * | date    | A int. | B int.                    | IO int. | A closing |
 * | 1 Feb.  | 5.00   | 5.0001 → 5.00             | 1.00    | 700.00    |
 * | 1 March | 3.50   | 5.00                      | 0.70    | 400.00    |
 */
const DOCUMENT = `weir: 1
deal: { name: Exchangeable, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2024-12-31
  closing: 2025-01-01
  firstCollectionPeriod: 2025-01
  paymentDay: 1
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 2
collateral: { cutOffPool: 1500.01 }
report: { cash: money }
accounts: { collection: {}, suspense: {} }
collections: { items: [cash], account: collection, suspense: suspense }
tranches:
  - { name: A, amount: 1000.00 USD, coupon: 6 %, dayCount: 30/360, accrual: unadjusted }
  - { name: B, amount: 500.01 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted }
  - { name: IO, amount: 1000.00 USD, notional: A.opening, coupon: 1.2 %, dayCount: 30/360, accrual: unadjusted }
combinations:
  AB: { A: 50 %, B: 50 % }
  AIO: { A: 50 %, IO: 33.3333 % }
priorityOfPayments:
  - { step: interest, interest: [A, B, IO], from: [collection] }
  - { step: principal, principal: 300.00 USD, to: [A, B], method: sequential, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`;
const { deal, diagnostics } = parseDeal(DOCUMENT);
if (!deal) throw new TypeError(diagnostics.map(({ message }) => message).join('\n'));
const compiled = compileDeal(deal);

describe('what exchangeable classes stand for', () => {
  it('on a payment date: shares of their classes, each rounded down to the cent', () => {
    const paid = payReport(compiled, closingState(compiled), readReport(compiled, { values: { cash: '400.00' } }));
    const { AB, AIO } = summarise(compiled, paid.result).combinations;
    // half of 1,000.00, and of 500.01 rounded down: 500.00 + 250.00; interest 2.50 + 2.50; 150.00; 350.00 + 250.00
    expect(AB).toMatchObject({
      original: 75_000n,
      interestPaid: 500n,
      principalPaid: 15_000n,
      closing: 60_000n,
      factor: 800_000_000_000n,
      interestShortfall: 0n,
    });
    // the strip has no balance; 2.50 and 33.3333 % of 1.00, rounded down
    expect(AIO).toMatchObject({ original: 50_000n, interestPaid: 283n, principalPaid: 15_000n, closing: 35_000n });
    const figure = (name: string) => figureOfRun(paid, figureNamed(figuresOf(compiled), name));
    expect(['AB.opening', 'AB.closing', 'AB.paid', 'AIO.interestPaid'].map(figure)).toEqual([
      75_000n,
      60_000n,
      15_500n,
      283n,
    ]);
    expect(figure('AIO.factor')).toBe(700_000_000_000n);
  });

  it('and a total of classes has the balances of those with principal, and the interest of all', () => {
    const paid = payReport(compiled, closingState(compiled), readReport(compiled, { values: { cash: '400.00' } }));
    const figure = (name: string) => figureOfRun(paid, figureNamed(figuresOf(compiled), name));
    // 1,000.00 + 500.01 less 300.00; 5.00 + 5.00 + 1.00 of interest
    expect(['notes.opening', 'notes.closing', 'notes.interestPaid', 'notes.interestDue'].map(figure)).toEqual([
      150_001n,
      120_001n,
      1_100n,
      1_100n,
    ]);
  });

  it.each([
    ['projected', false],
    ['exact', true],
  ])('over all of them, %s', (_, exact) => {
    const [scenario] = parseScenario('prepayment: none\ninputs: { cash: 400.00 }').scenarios;
    if (!scenario) throw new TypeError('the scenario has errors');
    const flows = { firstPeriod: 1, rows: 2, columns: {} };
    const projected = projectDeal({
      deal,
      compiled,
      projection: compileProjection(compiled.program),
      flows,
      scenario,
      exact,
    });
    const [ab, aio] = projected.combinations;
    expect([...(ab?.opening ?? [])]).toEqual([75_000, 60_000]);
    // 2.50 + 2.50; 1.75 + 2.50
    expect([...(ab?.interestPaid ?? [])]).toEqual([500, 425]);
    expect([...(ab?.principalPaid ?? [])]).toEqual([15_000, 15_000]);
    expect([...(ab?.closing ?? [])]).toEqual([60_000, 45_000]);
    expect([...(ab?.factor ?? [])]).toEqual([0.8, 0.6]);
    // 2.50 + 0.33; 1.75 + 33.3333 % of 0.70 = 0.23
    expect([...(aio?.interestPaid ?? [])]).toEqual([283, 198]);
  });
});
