import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import { parse } from 'yaml';
import { parseScenario } from '../scenario/parse-scenario.js';
import { projectDeal } from './project/project-deal.js';

/** The example of the reference, whose schedules and formulas are run here as they stand there. */
const PAGE = readFileSync(new URL('../../../../docs/deal-document.md', import.meta.url), 'utf8');
const fragments = [...PAGE.matchAll(/^```yaml deal-fragment\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const example = parse(fragments.find((text) => text.includes('quarterStart')) ?? '', { schema: 'failsafe' }) as {
  schedules: object;
  formulas: object;
};

const DOCUMENT = `weir: 1
deal: { name: Resets, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2024-12-31
  closing: 2025-01-01
  firstCollectionPeriod: 2025-01
  paymentDay: 1
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 8
collateral: { cutOffPool: 120000.00 }
report: { sofr: signed rate, cash: money }
accounts: { collection: {}, suspense: {} }
collections: { items: [cash], account: collection, suspense: suspense }
schedules: ${JSON.stringify(example.schedules)}
formulas: ${JSON.stringify(example.formulas)}
tranches:
  - { name: A, amount: 120000.00 USD, coupon: capped, dayCount: 30/360, accrual: unadjusted }
priorityOfPayments:
  - { step: interestA, interest: A, from: [collection] }
  - { step: principalA, principal: 0.00 USD, to: A, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`;

const { deal, diagnostics } = parseDeal(DOCUMENT);
if (!deal) throw new TypeError(diagnostics.map(({ message }) => message).join('\n'));
const compiled = compileDeal(deal);
const [scenario] = parseScenario(
  'prepayment: none\nrates: { sofr: [5 %, 6 %, 7 %, 5.2 %, 1 %, 1 %, 9 %, 9 %] }\ninputs: { cash: 1000.00 }',
).scenarios;
if (!scenario) throw new TypeError('the scenario has errors');

describe('a rate that holds between its reset dates', () => {
  const flows = { firstPeriod: 1, rows: 8, columns: {} };
  const request = { deal, compiled, projection: compileProjection(compiled.program), flows, scenario };

  it.each([
    ['projected', false],
    ['exact', true],
  ])('%s: it is that of the last reset, and rises by half a percent at most', (_, exact) => {
    const projected = projectDeal({ ...request, exact });
    expect(projected.fault).toBeNull();
    const percent = (name: string): number[] =>
      [...projected.figure(name)].map((value) => Number((100 * value).toFixed(9)));
    expect(percent('held')).toEqual([5, 5, 5, 5.2, 5.2, 5.2, 9, 9]);
    // 5 + 1 and 5 + 0.5; 5.2 + 1 and 5.5 + 0.5; 9 + 1 and 6 + 0.5
    expect(percent('capped')).toEqual([5.5, 5.5, 5.5, 6, 6, 6, 6.5, 6.5]);
    // 120,000.00 over a month: 10,000.00 × the rate
    expect([...projected.figure('A.interestPaid')]).toEqual([
      55_000, 55_000, 55_000, 60_000, 60_000, 60_000, 65_000, 65_000,
    ]);
  });
});
