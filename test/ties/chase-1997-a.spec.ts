import { describe, expect, it } from '@jest/globals';
import { tieOf } from './replayed.js';

describe('Chase Manhattan Auto Owner Trust 1997-A ties to its statements to the cent', () => {
  it('August to November 1999: the third class ends and the fourth begins in one month', () => {
    const { tie } = tieOf('chase-1997-a', '1999-08', 'state-1999-07');
    expect(tie.variances).toEqual([]);
    // 3 statements × 6 classes × 4 figures, 6 closing balances of September, 2 factors
    expect(tie.compared).toBe(3 * 6 * 4 + 6 + 2);
    expect(tie.notReplayed).toEqual([]);
  });

  it('September and October 2000', () => {
    const { tie } = tieOf('chase-1997-a', '2000-09', 'state-2000-08');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(2 * 6 * 4 + 5);
  });
});
