import { describe, expect, it } from '@jest/globals';
import { tieOf } from './replayed.js';

describe('two CarMax trusts of 2011 tie to their servicer’s certificates to the cent', () => {
  it('2011-3, February to April 2012: the first class ends and the second begins in one month', () => {
    const { tie } = tieOf('carmax-2011-3', '2012-02', 'state-2012-01');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(3 * 7 + 4 + 3 + 4);
  });

  it('2011-2, November and December 2011', () => {
    const { tie } = tieOf('carmax-2011-2', '2011-11', 'state-2011-10');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(2 * 7 + 2 * 4);
  });
});
