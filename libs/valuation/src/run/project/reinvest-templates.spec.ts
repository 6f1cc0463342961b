import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { projectPool } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { projectDeal } from './project-deal.js';

const FOLDER = new URL('../../../../deal/templates/', import.meta.url);

/** A template that buys, over a pool of one line at 18 %, by either executor. */
function run(name: string, remainingTerm: number, text: string, exact: boolean) {
  const { deal } = parseDeal(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'));
  const { scenarios, diagnostics } = parseScenario(text);
  const [scenario] = scenarios;
  if (!deal || !scenario) throw new TypeError(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  const compiled = compileDeal(deal);
  const line = { balance: Number(deal.cutOffPool), grossRate: 0.18, netRate: 0.18, remainingTerm };
  const flows = projectPool([line], scenario.assumptions);
  const projection = compileProjection(compiled.program);
  return projectDeal({ deal, compiled, projection, flows, scenario, assumeZero: true, exact });
}

const TERMS = 'grossRate: 18 %, remainingTerm:';
const CASES: [string, number, string[], string][] = [
  [
    'credit-card',
    5,
    ['reinvestR', 'reinvestA'],
    // The step pays the series' 24 % of principal, and the seller adds the receivables of its own share.
    `reinvestment:\n  reinvestR: {price: 24 %, ${TERMS} 5}\n  reinvestA: {price: 24 %, ${TERMS} 5}\n`,
  ],
  [
    'trade-receivables',
    2,
    ['purchaseR'],
    `rates: {euribor: 3 %}\nreinvestment: {purchaseR: {price: 98.5 %, grossRate: 0 %, remainingTerm: 2}}\n`,
  ],
  [
    'marketplace-loans',
    48,
    ['purchases'],
    `inputs: {additionalLoans: [20000000.00 for 2, 0.00]}\nreinvestment: {purchases: {${TERMS} 60, default: 5 % CDR, severity: 90 %}}\n`,
  ],
];

describe('templates that buy', () => {
  it.each(CASES)(
    '%s: the pool rolls forward by what its steps pay, alike in both executors',
    (name, term, steps, text) => {
      const [float, exact] = [run(name, term, text, false), run(name, term, text, true)];
      expect([float.fault, exact.fault]).toEqual([null, null]);
      expect(float.bought.length).toBeGreaterThan(1);
      expect(exact.bought).toEqual(float.bought);
      const { poolOpening, poolClosing } = float.collateral.columns;
      for (let row = 1; row < float.rows; row++) {
        const added = float.bought.filter((one) => one.row === row - 1).reduce((sum, one) => sum + one.balance, 0);
        expect((poolOpening?.[row] ?? 0) - (poolClosing?.[row - 1] ?? 0)).toBeCloseTo(added, 2);
      }
      const total = (column: Float64Array): number => column.reduce((sum, amount) => sum + amount, 0);
      const paid = steps.reduce((sum, step) => sum + total(exact.figure(`${step}.paid`)), 0);
      expect(float.bought.reduce((sum, one) => sum + one.paid, 0)).toBe(paid);
    },
  );

  it('a card trust that buys all that is repaid stays as large as it was while it revolves', () => {
    const [[name, term, , text]] = CASES as [(typeof CASES)[number]];
    const { collateral, figure } = ((found) => ({ collateral: found.collateral, figure: found.figure.bind(found) }))(
      run(name, term, text, false),
    );
    const opening = collateral.columns['poolOpening'] ?? new Float64Array(0);
    // Each date buys 24 % of principal, rounded to the cent, ÷ 24 %: within 2.1 cents of it, so within a dollar after 48.
    for (let row = 0; row < 48; row++) expect(Math.abs((opening[row] ?? 0) - 2_500_000_000_00)).toBeLessThan(100);
    expect(figure('A.closing')[47]).toBe(510_000_000_00);
    expect(figure('A.closing')[59]).toBe(0); // set aside from month 49 on, repaid on the expected date
  });

  it('pre-funding adds the loans that it buys: 20,000,000.00 on each of two dates', () => {
    const [, , [name, term, , text]] = CASES as [unknown, unknown, (typeof CASES)[number]];
    expect(run(name, term, text, false).bought).toMatchObject(
      [0, 1].map((row) => ({ step: 'purchases', row, paid: 20_000_000_00, balance: 20_000_000_00 })),
    );
  });
});
