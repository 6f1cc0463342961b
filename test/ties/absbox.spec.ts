import { describe, expect, it } from '@jest/globals';
import { tieOf } from './replayed.js';

describe('deals of AbsBox and Hastructure tie to the output of that engine', () => {
  it('us/test01: every payment of its 27 dates to the cent, interest on unpaid interest among them', () => {
    const { tie } = tieOf('absbox-us-01', 'life');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(27 * 5);
  });

  it('Generic Example: fee, balance, interest and principal of 17 dates to the cent', () => {
    const { tie } = tieOf('absbox-generic', 'life');
    expect(tie.variances).toEqual([]);
    expect(tie.compared).toBe(17 * 5);
  });
});
