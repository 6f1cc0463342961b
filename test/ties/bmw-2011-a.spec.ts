import { describe, expect, it } from '@jest/globals';
import { tieOf } from './replayed.js';

describe('BMW Vehicle Owner Trust 2011-A ties to its monthly reports to the cent', () => {
  it.each([
    // adjusted pool, target, reserve, fee and four balances a month; advances where the part at hand has them
    ['2011-12', 8],
    ['2012-02', 8],
    ['2012-04', 8],
    ['2012-06', 3 * 9],
    ['2012-10', 9],
    ['2012-12', 8],
  ])('from %s on', (run, figures) => {
    const { tie } = tieOf('bmw-2011-a', run, `state-${run}`);
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(figures);
  });
});
