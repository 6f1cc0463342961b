import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { priceAt, yieldAt } from '../../yield/price-yield.js';
import { projectDeal } from './project-deal.js';
import { quotedFlows, quoteOf } from './security.js';

/**
 * 100,000.00 at 12 %, 30/360, paid on the 25th for the month before: 1,000.00 of interest in July, then 50,000.00 with it,
 * and in August 500.00 with the rest. The strip has 6 % of the balance; N pays on the day its period ends.
 */
const DOCUMENT = `weir: 1
deal: { name: Delayed, currency: USD, rounding: half-up }
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
collateral: { cutOffPool: 200000.00 }
report: { cash: money }
accounts: { collection: {}, suspense: {} }
collections: { items: [cash], account: collection, suspense: suspense }
tranches:
  - { name: D, amount: 100000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: collection period, firstAccrualFrom: 2025-06-01 }
  - { name: X, amount: 100000.00 USD, notional: D.opening, coupon: 6 %, dayCount: 30/360, accrual: collection period, firstAccrualFrom: 2025-06-01 }
  - { name: N, amount: 100000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted }
combinations: { DN: { D: 50 %, N: 100 % } }
priorityOfPayments:
  - { step: interest, interest: [D, X, N], from: [collection] }
  - { step: principal, principal: 50000.00 USD, to: [D, N], method: sequential, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`;

const { deal, diagnostics } = parseDeal(DOCUMENT);
if (!deal) throw new TypeError(diagnostics.map(({ message }) => message).join('\n'));
const compiled = compileDeal(deal);

function quoted(name: string, settlement?: string) {
  const { scenarios } = parseScenario(`prepayment: none\n${settlement ? `settlement: ${settlement}\n` : ''}`);
  const [scenario] = scenarios;
  if (!deal || !scenario) throw new TypeError('the scenario has errors');
  const flows = { firstPeriod: 1, rows: 2, columns: { cash: Float64Array.of(6_000_000, 6_000_000) } };
  const projection = projectDeal({ deal, compiled, projection: compileProjection(compiled.program), flows, scenario });
  const tranche = [...projection.tranches, ...projection.combinations].find((other) => other.name === name);
  if (!tranche) throw new TypeError(`no class ${name}`);
  return { quote: quoteOf(deal, projection, tranche), flows: quotedFlows(deal, projection, tranche) };
}

describe('a class that pays with a delay', () => {
  it('has accrued since its period began, before closing', () => {
    const { quote } = quoted('D');
    // 15 days from June 1 to 16: 100,000.00 × 12 % × 15 ÷ 360
    expect(quote).toEqual({ settlement: '2025-06-16', balance: 10_000_000, accrued: 50_000, paidFrom: '2025-07-25' });
  });

  it('is priced without the interest accrued', () => {
    const { quote, flows } = quoted('D');
    // 51,000.00 after 39 days and 50,500.00 after 69, at 10 % compounded twice a year, less 500.00
    const worth = 51 / 1.05 ** (78 / 360) + 50.5 / 1.05 ** (138 / 360);
    expect(priceAt(flows, 0.1, quote)).toBeCloseTo(worth - 0.5, 10);
  });

  it('yields nothing on an interest-only class that pays back its price and the interest accrued, and less on a dearer one', () => {
    const { quote, flows } = quoted('X');
    // percent of the notional: 0.25 accrued, 0.50 after 39 days, 0.25 after 69
    expect(quote).toMatchObject({ balance: 10_000_000, accrued: 25_000 });
    expect(yieldAt(flows, 0.5, quote)).toBeCloseTo(0, 10);
    const dearer = 0.5 / 0.75 ** (78 / 360) + 0.25 / 0.75 ** (138 / 360) - 0.25;
    expect(yieldAt(flows, dearer, quote)).toBeCloseTo(-0.5, 10);
  });

  it('leaves the seller a payment for a period that had ended', () => {
    const { quote, flows } = quoted('D', '2025-07-10');
    // 9 days of July on 50,000.00; the 51,000.00 of July 25 are the seller's, 50,500.00 come after 45 days
    expect(quote).toEqual({ settlement: '2025-07-10', balance: 5_000_000, accrued: 15_000, paidFrom: '2025-08-25' });
    expect(priceAt(flows, 0.1, quote)).toBeCloseTo(101 / 1.05 ** (90 / 360) - 0.3, 10);
  });
});

describe('a class that pays when its period ends', () => {
  it('has accrued nothing at closing', () => {
    expect(quoted('N').quote).toMatchObject({ accrued: 0, paidFrom: '2025-07-25' });
  });

  it('has accrued since its last payment date', () => {
    // 5 days of 100,000.00 at 12 %
    const { quote } = quoted('N', '2025-07-30');
    expect(quote).toMatchObject({ balance: 10_000_000, paidFrom: '2025-08-25' });
    expect(quote.accrued).toBeCloseTo(16_666.67, 2);
  });
});

describe('an exchangeable class of one that pays with a delay and one that does not', () => {
  it('has of each what comes from its own first payment date on', () => {
    const { quote, flows } = quoted('DN', '2025-07-10');
    // Of D, which owes the buyer from August 25: half of 50,000.00, and of 150.00 accrued. Of N, whose period runs from the
    // closing of June 16 to July 25: 100,000.00, and 24 days, 800.00, accrued.
    expect(quote).toEqual({ settlement: '2025-07-10', balance: 12_500_000, accrued: 87_500, paidFrom: '2025-07-25' });
    // July 25: N's 39 days, 1,300.00, without half of D's 51,000.00. August 25: half of 50,500.00, and N's
    // 30 days, 1,000.00.
    expect([...flows.interest]).toEqual([130_000, 125_000]);
    expect([...flows.principal]).toEqual([0, 2_500_000]);
  });
});
