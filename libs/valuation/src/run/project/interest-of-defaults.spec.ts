import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { AS_SCHEDULED, type DefaultedLoans, projectPool } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { projectDeal } from './project-deal.js';

/**
 * Uniform Practices SF, C.3: the interest of a month is expected on the balance before it, and lost on what defaults in it
 * and on what is in foreclosure. Here 1 % of 400,000,000.00 at 6 % net (6.25 % gross) defaults in the first month.
 */
function projected(defaultedLoans: DefaultedLoans) {
  const path = new URL('../../../../deal/templates/rmbs-us.yaml', import.meta.url);
  const { deal } = parseDeal(readFileSync(path, 'utf8'));
  const [scenario] = parseScenario('prepayment: none\n').scenarios;
  if (!deal || !scenario) throw new TypeError('the template or the scenario has errors');
  const compiled = compileDeal(deal);
  const line = { balance: 40_000_000_000, grossRate: 0.0625, netRate: 0.06, remainingTerm: 360 };
  const flows = projectPool([line], {
    ...AS_SCHEDULED,
    default: { model: 'MDR', speed: { by: 'month', values: [0.01, 0] } },
    severity: 0.4,
    recoveryLag: 6,
    defaultedLoans,
  });
  const projection = compileProjection(compiled.program);
  return { flows, run: projectDeal({ deal, compiled, projection, flows, scenario, assumeZero: true }) };
}

describe('interest of the month in which loans default', () => {
  it.each(['charged-off', 'held'] as const)('is not paid when they are %s', (defaultedLoans) => {
    const { flows } = projected(defaultedLoans);
    // 396,000,000.00 × 6.25 % ÷ 12 and × 6 % ÷ 12
    expect(flows.grossInterest[0]).toBeCloseTo(206_250_000, 4);
    expect(flows.netInterest[0]).toBeCloseTo(198_000_000, 4);
  });

  it('is advanced by the servicer when they are advanced', () => {
    expect(projected('advanced').flows.netInterest[0]).toBeCloseTo(200_000_000, 4);
  });

  it('lowers the net rate that caps coupons, so that it is nobody’s shortfall: excess interest and net-rate classes bear it', () => {
    const { run } = projected('charged-off');
    // The rate is 12 × 1,980,000.00 ÷ 400,000,000.00 = 5.94 %. The seniors have 5.5 % ÷ 12 of 300 and 60 million; the
    // interest-only class 0.44 % ÷ 12 of 360 million, 18,000.00 less than at 6 %; the B classes 5.94 % ÷ 12 of 16 … 4
    // million, of their 40 together 2,000.00 less. With 18,000.00 that is the interest of 4,000,000.00 for the month.
    const interest = run.tranches.map(({ name, interestPaid, shortfall }) => [name, interestPaid[0], shortfall[0]]);
    expect(interest).toEqual([
      ['A1', 137_500_000, 0],
      ['A2', 27_500_000, 0],
      ['AIO', 13_200_000, 0],
      ['B1', 7_920_000, 0],
      ['B2', 4_950_000, 0],
      ['B3', 2_970_000, 0],
      ['B4', 1_980_000, 0],
      ['B5', 1_980_000, 0],
    ]);
  });
});
