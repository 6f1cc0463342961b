import { describe, expect, it } from '@jest/globals';
import { agencyTie, decrementsAt, livesAt } from './agency.js';

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
});
