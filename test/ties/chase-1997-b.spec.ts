import { describe, expect, it } from '@jest/globals';
import { tieOf } from './replayed.js';

describe('Chase Manhattan Auto Owner Trust 1997-B ties to its statements to the cent', () => {
  it('February and March 2000: the third class ends and the fourth begins in one month', () => {
    const { tie } = tieOf('chase-1997-b', '2000-02', 'state-2000-01');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(2 * 6 * 4);
  });

  it('July to October 2000', () => {
    const { tie } = tieOf('chase-1997-b', '2000-07', 'state-2000-06');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(3 * 6 * 4 + 6 + 1);
  });
});
