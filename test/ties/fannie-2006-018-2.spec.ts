import { describe, expect, it } from '@jest/globals';
import { quoteOf, securityFlows, yieldAt } from '@weir/valuation';
import { agencyTie, decrementsAt, livesAt, projectedAt } from './agency.js';

const LINES = [{ balance: 12_862_542_400, grossRate: 0.059, netRate: 0.055, remainingTerm: 214, age: 24 }];
const AT_0 = [{ balance: 12_862_542_400, grossRate: 0.08, netRate: 0.055, remainingTerm: 240, age: 0 }];
const tie = agencyTie('fannie-2006-018-2', (psa) => (psa === 0 ? AT_0 : LINES));

describe('Fannie Mae REMIC Trust 2006-018 Group 2: sequential classes, a PO and its IO', () => {
  it.each([0, 100, 206, 300, 400, 500])('has the published average lives at %i %% PSA', (psa) => {
    const { published, found } = livesAt(tie, psa);
    expect(Object.keys(published)).toHaveLength(4);
    expect(found).toEqual(published);
  });

  it.each([0, 100, 206])('has the published percentages outstanding at %i %% PSA', (psa) => {
    expect(decrementsAt(tie, psa)).toEqual({ compared: 4 * 30, different: [] });
  });

  // How agencies state it: the monthly rate at which the payments are worth the price with the interest accrued, converted to
  // the bond-equivalent rate. 27 days of February have accrued; March 25 is 25 days away, the end of February being the 30th.
  it.each([
    ['DO', 66.5, 0],
    ['DI', 26, (5.5 * 27) / 360],
  ])('yields on %s what its payments return monthly, from its accrual period on', (name, price, accrued) => {
    for (const psa of [100, 206, 300, 500, 1500]) {
      const projection = projectedAt(tie, psa);
      const tranche = projection.tranches.find((other) => other.name === name);
      if (!tranche) throw new TypeError(`no class ${name}`);
      const rate = yieldAt(securityFlows(projection, tranche), price, quoteOf(tie.deal.deal, projection, tranche));
      const monthly = (1 + rate / 2) ** (1 / 6) - 1;
      const cash = name === 'DI' ? tranche.interestPaid : tranche.principalPaid;
      const worth = cash.reduce((sum, paid, month) => sum + paid / (1 + monthly) ** (month + 25 / 30), 0);
      expect((100 * worth) / 1_192_542_400).toBeCloseTo(price + accrued, 8);
    }
  });
});
