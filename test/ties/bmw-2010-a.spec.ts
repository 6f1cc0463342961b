import { describe, expect, it } from '@jest/globals';
import { tieOf } from './replayed.js';

describe('BMW Vehicle Owner Trust 2010-A ties to its monthly reports to the cent', () => {
  it.each([
    // adjusted pool, target, reserve, fee and four balances a month; advances and interest where the report has them
    ['2010-07', 3 * 8 + 2],
    ['2011-02', 9],
    ['2011-07', 3 * 9],
    ['2011-12', 10],
    ['2012-02', 9],
    ['2012-08', 9],
    ['2012-12', 9],
  ])('from %s on', (run, figures) => {
    const { tie } = tieOf('bmw-2010-a', run, `state-${run}`);
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(figures);
  });
});
