import { describe, expect, it } from '@jest/globals';
import { tieOf } from './replayed.js';

describe('BMW Vehicle Owner Trust 2010-A ties to its monthly reports to the cent', () => {
  it('July to September 2011: adjusted pool, target over-collateralisation, balances, fees, reserve', () => {
    const { tie } = tieOf('bmw-2010-a', '2011-07', 'state-2011-06');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(9 + 5 + 8);
  });

  it('December 2011, with the interest of the notes', () => {
    const { tie } = tieOf('bmw-2010-a', '2011-12', 'state-2011-11');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(9);
  });
});
