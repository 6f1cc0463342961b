import { describe, expect, it } from '@jest/globals';
import { agencyTie, decrementsAt, livesAt, projectedAt } from './agency.js';

const LINES = [{ balance: 14_837_243_400, grossRate: 0.05451, netRate: 0.05, remainingTerm: 173, age: 175 }];
const AT_0 = [{ balance: 14_837_243_400, grossRate: 0.075, netRate: 0.05, remainingTerm: 360, age: 0 }];
const tie = agencyTie('fannie-2019-2-3', (psa) => (psa === 0 ? AT_0 : LINES));
const SPEEDS = [0, 100, 198, 300, 400, 700, 1000];

describe('Fannie Mae REMIC Trust 2019-2 Group 3: a pass-through and an IO on 35 % of it', () => {
  it.each(SPEEDS)('has the published average life at %i %% PSA', (psa) => {
    const { published, found } = livesAt(tie, psa);
    expect(found).toEqual(published);
  });

  it.each(SPEEDS)('has the published percentages outstanding at %i %% PSA', (psa) => {
    expect(decrementsAt(tie, psa)).toEqual({ compared: 30, different: [] });
  });

  it('leaves nothing of the 5 % for the residual classes: 3.25 % + 35 % × 5 % of each month’s balance', () => {
    const projection = projectedAt(tie, 198);
    const residual = projection.figure('residual.paid');
    // Each month the interest of the pool and that of two classes are rounded to the cent apart.
    expect(Math.max(...residual)).toBeLessThanOrEqual(1.5);
    expect(Math.max(...projection.figure('IO.interestPaid'))).toBeCloseTo(51_930_352_00 * (0.05 / 12), -2);
  });
});
