import { describe, expect, it } from '@jest/globals';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { readPool } from '../files/pool-file.js';
import { projectPlainPool } from './pool-projection.js';

const scenarioOf = (text: string) => {
  const [scenario] = parseScenario(text, { rates: ['I'] }).scenarios;
  if (!scenario) throw new TypeError('the scenario has errors');
  return scenario;
};

describe('a pool without a deal', () => {
  it('is told by group and in all, with the average life of its principal', () => {
    // a: 100.00 at the end of each of three months, which live (1 + 2 + 3) ÷ 3 = 2 months; b: 600.00 after one month.
    const lines = readPool('balance,grossRate,remainingTerm,group\n300.00,0 %,3,a\n600.00,12 %,1,b\n');
    const parts = projectPlainPool(lines, scenarioOf('prepayment: none'));
    expect(parts.map(({ group, totals }) => [group, totals.averageLife])).toEqual([
      ['a', 2 / 12],
      ['b', 1 / 12],
      // (300 × 2 + 600 × 1) ÷ 900 = 4/3 months
      [null, expect.closeTo(4 / 3 / 12, 12)],
    ]);
    expect(parts[2]?.totals).toMatchObject({ principal: 90_000, interest: 600, losses: 0 });
  });

  it('counts recoveries as principal, and has no groups where no line is of one', () => {
    // Half defaults in the first month, of which a quarter comes back two months later: 50.00, then 12.50.
    const lines = readPool('balance,grossRate,remainingTerm\n100.00,0 %,1\n');
    const parts = projectPlainPool(lines, scenarioOf('default: 50 % MDR\nseverity: 75 %\nrecoveryLag: 2'));
    expect(parts.map(({ group }) => group)).toEqual([null]);
    const { averageLife, ...amounts } = parts[0]!.totals;
    expect(amounts).toMatchObject({ principal: 5_000, defaults: 5_000, recoveries: 1_250, losses: 3_750 });
    // (50 × 1 + 12.5 × 3) ÷ 62.5 = 1.4 months
    expect(averageLife).toBeCloseTo(1.4 / 12, 12);
  });

  it('looks indices up by the dates that its first month gives', () => {
    const head = 'balance,grossRate,remainingTerm,amortisation,index,margin,firstReset,resetEvery\n';
    const lines = readPool(`${head}1200.00,0 %,3,bullet,I,0 %,1,1\n`);
    const dated = scenarioOf('rates: { I: { 2025-01-01: 1 %, 2025-03-01: 2 % } }');
    const interest = (first?: string) =>
      [...projectPlainPool(lines, dated, first)[0]!.flows.grossInterest].map(Math.round);
    // 1200.00 × 1 % ÷ 12 = 1.00; March at 2 %
    expect(interest('2025-01-01')).toEqual([100, 100, 200]);
    expect(interest('2025-03-01')).toEqual([200, 200, 200]);
    expect(interest()).toEqual([100, 100, 100]);
  });

  it('of which nothing is paid has no life', () => {
    const lines = readPool('balance,grossRate,remainingTerm\n100.00,0 %,1\n');
    const [all] = projectPlainPool(lines, scenarioOf('default: 100 % MDR\nseverity: 100 %'));
    expect(all?.totals.averageLife).toBeNull();
  });
});
