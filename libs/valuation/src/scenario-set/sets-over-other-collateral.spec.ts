import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { LossesNotScalable } from '../run/errors.js';
import { parseScenario } from '../scenario/parse-scenario.js';
import type { Scenario } from '../scenario/scenario.js';
import { stressedScenario, UNSTRESSED } from '../scenario/stress.js';
import { collateralBalance } from './deal-data.js';
import { ScenarioSetInvalid, SetRequestInvalid } from './errors.js';
import { COLLECTIONS, OWNED, OWNER } from './owning-deals.fixture.js';
import { openSet, type SetRequest, tryScenarios } from './set-request.js';
import type { Outcome } from './shards.js';

const NONE = { state: null, fixings: null, assumeZero: false };
const owned = { document: OWNED, cutOffPool: '1000.00', lines: [], collections: COLLECTIONS, state: null };
const overCollections: SetRequest = { ...owned, ...NONE, set: 'prepayment: none\n' };
const owner: SetRequest = {
  document: OWNER,
  cutOffPool: '120.00',
  lines: [],
  underlying: { tiny: owned },
  ...NONE,
  set: 'prepayment: none\n',
};

const LOANS = { balance: 100_000, grossRate: 0.12, netRate: 0.12, remainingTerm: 3, age: 0, loanCount: 10 };

/** What each scenario of a set comes to. */
function outcomes(request: SetRequest): Outcome[] {
  const { plan, measure } = openSet(request);
  return Array.from({ length: plan.count }, (_, index) => measure(plan.at(index)));
}

describe('a set over collections from elsewhere', () => {
  it('takes them as they are, whatever the scenarios assume of loans', () => {
    const set = 'scenarios:\n  slow:\n  fast: { prepayment: 60 % CPR, default: 50 % CDR }\n';
    const [slow, fast] = outcomes({ ...overCollections, set });
    expect(fast).toEqual(slow);
    // A 4.00 + 2.50 + 1.00 of interest; B 2.00 + 1.80 + 1.80, 180.00 of principal and 20.00 written down
    expect(slow).toMatchObject({ 'A.interest': 750, 'B.interest': 560, 'B.principal': 18_000, 'B.writtenDown': 2_000 });
    expect(slow).toMatchObject({ 'pool.defaults': 2_000, 'pool.losses': 2_000, fault: 0 });
    // The file says nothing of prepayments.
    expect(slow).not.toHaveProperty('pool.prepayments');
  });

  it('multiplies their default rates', () => {
    const [none, once, twice] = outcomes({ ...overCollections, set: 'grid: { default: [0 %, 100 %, 200 %] }\n' });
    expect(none).toMatchObject({ 'pool.losses': 0, 'B.writtenDown': 0, 'B.paidInFull': 1 });
    expect(once).toMatchObject({ 'pool.losses': 2_000, 'B.writtenDown': 2_000, 'B.paidInFull': 0 });
    // Twice the 2 % of the first date; all else pays (1 − 4 %) ÷ (1 − 2 %) of what it did
    expect(twice).toMatchObject({ 'pool.losses': 4_000, 'B.writtenDown': 4_000 });
  });

  it('is refused where it varies what they do not tell', () => {
    const set = 'grid: { default: [100 %], prepayment: [50 %], severity: [100 %] }\n';
    expect(() => openSet({ ...overCollections, set })).toThrow(ScenarioSetInvalid);
    expect(() => openSet({ ...overCollections, set })).toThrow(/it varies prepayment, .*\n.*it varies severity, /);
    const draws = 'monteCarlo: { paths: 10, seed: 1, prepayment: 20 % }\n';
    expect(() => openSet({ ...overCollections, set: draws })).toThrow(/it varies prepayment, /);
    // Of the deal below too
    expect(() => openSet({ ...owner, set })).toThrow(/it varies prepayment, /);
    const collections = COLLECTIONS.replace('poolOpening', 'recoveries');
    const [failed] = tryScenarios({
      ...overCollections,
      collections,
      assumeZero: true,
      set: 'grid: { default: [100 %, 200 %] }\n',
    });
    expect(failed?.error).toBeInstanceOf(LossesNotScalable);
  });
});

describe('a set over classes of other deals', () => {
  it('projects the deals below under each scenario, as worked by hand', () => {
    const [one] = outcomes({ ...owner, set: 'prepayment: none\n' });
    // 60 % of 2.00 + 1.80 + 1.80, of 180.00, and of 20.00
    expect(one).toMatchObject({
      'pool.tiny.interest': 336,
      'pool.tiny.principal': 10_800,
      'pool.tiny.writtenDown': 1_200,
    });
    expect(one).toMatchObject({ 'S.principal': 10_000, 'S.paidInFull': 1, fault: 0 });
  });

  it('stresses them with the deal', () => {
    const [, twice] = outcomes({ ...owner, set: 'grid: { default: [100 %, 200 %] }\n' });
    // 60 % of 40.00
    expect(twice).toMatchObject({ 'pool.tiny.writtenDown': 2_400 });
  });

  it('stresses the futures that they have of their own', () => {
    const loans = { document: OWNED, cutOffPool: '1000.00', lines: [LOANS], state: null };
    const lossesOf = (set: string, scenarios?: string): number[] => {
      const tiny = { ...loans, ...(scenarios === undefined ? {} : { scenarios }) };
      return outcomes({ ...owner, underlying: { tiny }, set }).map((each) => Number(each['pool.tiny.writtenDown']));
    };
    const grid = 'grid: { default: [0 %, 100 %, 200 %] }\n';
    const losing = 'default: 30 % CDR\nseverity: 100 %\n';
    const [none, once = 0, twice = 0] = lossesOf(`${losing}${grid}`);
    expect(none).toBe(0);
    expect([once > 0, twice > 1.5 * once]).toEqual([true, true]);
    // The set's own deal loses nothing, the one below as it says itself.
    expect(lossesOf(grid, losing)).toEqual([none, once, twice]);
    expect(lossesOf(grid)).toEqual([0, 0, 0]);
  });

  it('says which deal below, and which of its futures, is missing', () => {
    expect(() => openSet({ ...owner, underlying: {}, set: 'prepayment: none\n' })).toThrow(SetRequestInvalid);
    expect(() => openSet({ ...owner, underlying: {}, set: 'prepayment: none\n' })).toThrow(
      /give that deal and its collateral as "tiny"/,
    );
    const scenarios = 'scenarios:\n  one:\n  two:\n';
    const set = 'scenarios:\n  one:\n  three:\n';
    const failed = tryScenarios({ ...owner, underlying: { tiny: { ...owned, scenarios } }, set });
    expect(failed.map(({ scenario, error }) => [scenario, String(error)])).toEqual([
      ['three', expect.stringContaining('the scenarios of tiny have none that is named "three"')],
    ]);
  });

  it('knows what the collateral comes to', () => {
    const { deal } = parseDeal(OWNER);
    // 60 % of 200.00; beside loans of 1,000.00
    expect(deal && collateralBalance(deal, owner, false)).toBe('120.00');
    expect(deal && collateralBalance(deal, { ...owner, lines: [LOANS] }, false)).toBe('1120.00');
    const below = parseDeal(OWNED).deal;
    expect(below && collateralBalance(below, owned, false)).toBeNull();
  });
});

describe('a stress', () => {
  const [base] = parseScenario(
    'rates: { SOFR: 1 % }\nreinvestment: { buy: { grossRate: 6 %, remainingTerm: 12, default: 2 % CDR } }\n',
  ).scenarios as [Scenario];

  it('shifts an index of another deal by the day, not by the payment date', () => {
    const stress = { ...UNSTRESSED, rates: [0, 0.01, 0.03] };
    const months = ['2025-01-01', '2025-02-01', '2025-03-01'];
    const quarters = ['2024-12-01', '2025-02-15', '2025-06-01'];
    const ratesOn = (dates: string[]): unknown => stressedScenario(base, 'x', stress, dates, months).rates['SOFR'];
    expect(ratesOn(months)).toEqual({ kind: 'by-period', values: [0.01, 0.02, 0.04] });
    expect(ratesOn(quarters)).toEqual({ kind: 'by-period', values: [0.01, 0.02, 0.04] });
    expect(ratesOn(['2025-03-31', '2025-04-30'])).toEqual({ kind: 'by-period', values: [0.04, 0.04] });
  });

  it('is of what steps buy too', () => {
    const { reinvestment } = stressedScenario(base, 'x', { ...UNSTRESSED, default: 3 }, ['2025-01-01']);
    expect(reinvestment['buy']?.assumptions.multipliers?.default).toBe(3);
  });
});
