import { describe, expect, it } from '@jest/globals';
import { agencyTie, decrementsAt, livesAt } from './agency.js';

const LINES = [
  { balance: 3_741_496_600, grossRate: 0.0594, netRate: 0.055, remainingTerm: 349, age: 9 },
  { balance: 9_523_809_500, grossRate: 0.0594, netRate: 0.055, remainingTerm: 348, age: 10 },
];
const AT_0 = [{ balance: 13_265_306_100, grossRate: 0.08, netRate: 0.055, remainingTerm: 360, age: 0 }];
const tie = agencyTie('fannie-2006-018-1', (psa) => (psa === 0 ? AT_0 : LINES));

describe('Fannie Mae REMIC Trust 2006-018 Group 1: PAC, accretion-directed, accrual, support and PO classes', () => {
  it.each([0, 100, 147, 180, 227, 250, 375, 500])('has the published average lives at %i %% PSA', (psa) => {
    const { published, found } = livesAt(tie, psa);
    expect(Object.keys(published)).toHaveLength(15);
    expect(found).toEqual(published);
  });

  it.each([
    [0, 15 * 30 - 3],
    [100, 15 * 30],
  ])('has the published percentages outstanding at %i %% PSA', (psa, cells) => {
    expect(decrementsAt(tie, psa)).toEqual({ compared: cells, different: [] });
  });
});
