import { describe, expect, it } from '@jest/globals';
import { type DealProjection, paymentWindow, securityFlows } from '@weir/valuation';
import { flowsAtPsa, livesOf, projectable, projectionOf, recordsOf } from './projected.js';
import { tableOf } from './replayed.js';

const LINES = [{ balance: 40_000_000_000, grossRate: 0.08125, netRate: 0.075, remainingTerm: 357, age: 3 }];

/** Years from the first day of the first month to settlement, five days later (see SOURCE.md of CMO-1). */
const SETTLED_AFTER = 5 / 360;

const classOf = (projection: DealProjection, name: string) => {
  const tranche = projection.tranches.find((other) => other.name === name);
  if (!tranche) throw new TypeError(`no class ${name}`);
  return tranche;
};

/** Whole units of the currency that a class is paid in a month. */
const paidIn = (column: Float64Array, month: number): number => Math.round((column[month - 1] ?? NaN) / 100);

/** Month of the last principal of a class: payments come on the first of the month after. */
function lastMonthOf(projection: DealProjection, name: string): number {
  const last = paymentWindow(securityFlows(projection, classOf(projection, name)))?.last ?? '';
  return projection.paymentDates.indexOf(last) + 1;
}

describe('the pass-through of 400 million', () => {
  const published = recordsOf(tableOf('cmo-3', 'published-principal'));

  it.each([90, 300])('pays the published principal at %i %% PSA, to the cent', (psa) => {
    const { principal } = flowsAtPsa(LINES, psa);
    const found = published.map(({ month }) => ((principal[Number(month) - 1] ?? NaN) / 100).toFixed(2));
    expect(found).toEqual(published.map((row) => row[`at${psa}`]));
  });

  it('has the published average lives at nine speeds', () => {
    const lives = [50, 100, 165, 200, 300, 400, 500, 600, 700].map((psa) => {
      const { principal } = flowsAtPsa(LINES, psa);
      const months = principal.reduce((sum, paid, index) => sum + paid * (index + 1), 0);
      return (months / 12 / 40_000_000_000 - SETTLED_AFTER).toFixed(2);
    });
    expect(lives).toEqual(['15.11', '11.66', '8.76', '7.68', '5.63', '4.44', '3.68', '3.16', '2.78']);
  });

  it('has the published balance, scheduled principal and prepayment of month 100 at 100 % PSA', () => {
    const { openingBalance, scheduledPrincipal, prepayments } = flowsAtPsa(LINES, 100);
    const found = [openingBalance, scheduledPrincipal, prepayments].map((column) => paidIn(column, 100));
    expect(found).toEqual([231_249_776, 332_928, 1_187_608]);
  });
});

describe('CMO-1: four sequential classes at 165 % PSA', () => {
  const deal = projectable('cmo-1');
  const projection = projectionOf(deal, flowsAtPsa(LINES, 165));

  it('has the published average lives and last months', () => {
    expect(livesOf(deal, projection, 2)).toMatchObject({ A: '3.48', B: '7.49', C: '11.19' });
    expect(['A', 'B', 'C', 'D'].map((name) => lastMonthOf(projection, name))).toEqual([81, 100, 178, 357]);
  });

  it('has the published cash of months 1 and 81', () => {
    const [A, B] = [classOf(projection, 'A'), classOf(projection, 'B')];
    expect([paidIn(A.principalPaid, 1), paidIn(A.interestPaid, 1)]).toEqual([709_923, 1_215_625]);
    expect([paidIn(A.opening, 81), paidIn(A.principalPaid, 81), paidIn(B.principalPaid, 81)]).toEqual([
      311_926, 311_926, 1_720_271,
    ]);
    const interest = projection.tranches.reduce((sum, { interestPaid }) => sum + (interestPaid[80] ?? 0), 0);
    expect(Math.round(interest / 100)).toBe(1_286_325);
  });
});

describe('CMO-2: the last class accrues, and its interest repays the others', () => {
  const deal = projectable('cmo-2');
  const projection = projectionOf(deal, flowsAtPsa(LINES, 165));

  it('has the published average lives, last months and first principal at 165 % PSA', () => {
    expect(livesOf(deal, projection, 2)).toMatchObject({ A: '2.90', B: '5.86', C: '7.87' });
    expect(['A', 'B'].map((name) => lastMonthOf(projection, name))).toEqual([64, 77]);
    expect(paidIn(classOf(projection, 'A').principalPaid, 1)).toBe(1_166_173);
  });
});

describe('CMO-3: a planned class protected from 90 % to 300 % PSA, and its support', () => {
  const deal = projectable('cmo-3');
  const published = recordsOf(tableOf('cmo-3', 'published-lives'));
  const speeds = Object.keys(published[0] ?? {}).filter((name) => name !== 'class');

  it.each(speeds)('has the published average lives at %s %% PSA', (psa) => {
    const projection = projectionOf(deal, flowsAtPsa(LINES, Number(psa)));
    const printed = published.filter((row) => row[psa]);
    expect(livesOf(deal, projection, 2)).toMatchObject(
      Object.fromEntries(printed.map((row) => [row['class'], row[psa]])),
    );
  });

  it('pays the planned class the published schedule', () => {
    const { principalPaid } = classOf(projectionOf(deal, flowsAtPsa(LINES, 165)), 'P');
    for (const { month, planned } of recordsOf(tableOf('cmo-3', 'published-principal'))) {
      // The plan is of balances: a month's fall may differ by the cent to which two of them are rounded.
      expect(Math.abs((principalPaid[Number(month) - 1] ?? NaN) - 100 * Number(planned))).toBeLessThan(1.5);
    }
  });
});
