import { describe, expect, it } from '@jest/globals';
import { figureNamed, figureOfRun, figuresOf } from '@weir/valuation';
import { dealOf, tieOf } from './replayed.js';

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

  it('us/test02: two classes pro rata, every payment of 24 dates but three cents that the engine pays too much', () => {
    const { paid, tie } = tieOf('absbox-us-02', 'life');
    expect(tie.compared).toBe(24 * 4);
    // Its payments to A1 and A2 add up to 1,000.03 on two classes of 500.00; on the last date B is paid as much less.
    const differing = tie.variances.map(({ period, line, difference }) => ({ period, line, difference }));
    expect(differing).toEqual([
      { period: 16, line: 'principalA.paid', difference: 3n },
      { period: 16, line: 'B.principalPaid', difference: -3n },
    ]);
    // It leaves 225.98 in its account once B is paid off: those three cents less.
    const figures = figuresOf(dealOf('absbox-us-02').compiled);
    const left = paid.reduce((sum, date) => sum + figureOfRun(date, figureNamed(figures, 'left.paid')), 0n);
    expect(left).toBe(225_98n + 3n);
  });
});
