import { describe, expect, it } from '@jest/globals';
import type { CompiledDeal } from '@weir/waterfall';
import { readPool } from '../files/pool-file.js';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { groupsOf, projectedMonths, projectGroups, projectSegments } from './project-groups.js';

const POOL = 'balance,grossRate,remainingTerm,group\n1200.00,0 %,12,new\n600.00,0 %,6,used\n300.00,0 %,3,\n';
const round = (column: Float64Array): number[] => [...column].map(Math.round);

describe('collateral groups', () => {
  const lines = readPool(POOL);

  it('follow their own assumptions, the others the scenario’s, and are added up', () => {
    // Each line repays 100.00 a month; half of what the used loans have left after it prepays in each of the first months.
    const [scenario] = parseScenario('prepayment: none\ngroups: { used: { prepayment: 50 % SMM } }\n').scenarios;
    if (!scenario) throw new TypeError('the scenario has errors');
    const flows = projectGroups(lines, scenario);
    expect(groupsOf(lines)).toEqual(['new', 'used']);
    expect(flows.months).toBe(12);
    // used: 600.00 − 100.00 = 500.00, of which 250.00 prepay; 250.00 − 50.00 = 200.00, of which 100.00.
    expect(round(flows.prepayments).slice(0, 2)).toEqual([25_000, 10_000]);
    expect(round(flows.scheduledPrincipal).slice(0, 2)).toEqual([30_000, 25_000]);
    expect(round(flows.openingBalance)[0]).toBe(210_000);
  });
});

describe('groups that are part of others, and indices', () => {
  it('follow the nearest group that the scenario knows', () => {
    const lines = readPool(
      'balance,grossRate,remainingTerm,group\n1200.00,0 %,12,used/prime\n600.00,0 %,6,used/sub/late\n300.00,0 %,3,new\n',
    );
    expect(groupsOf(lines)).toEqual(['used', 'used/prime', 'used/sub', 'used/sub/late', 'new']);
    const { scenarios } = parseScenario('groups: { used: { prepayment: 10 % SMM }, used/prime: { prepayment: none } }');
    const { groups, pool } = projectSegments(lines, scenarios[0]!);
    // used/sub/late: 600.00 − 100.00 = 500.00, a tenth of it
    expect([...groups].map(([name, { prepayments }]) => [name, Math.round(prepayments[0] ?? 0)])).toEqual([
      ['', 0],
      ['used/prime', 0],
      ['used/sub/late', 5_000],
      ['new', 0],
    ]);
    expect(Math.round(pool.prepayments[0] ?? 0)).toBe(5_000);
  });

  it('give adjustable lines the rate of their month: by payment date, or by date', () => {
    const periods = [
      { collectionFrom: '2025-01-01', collectionTo: '2025-03-31' },
      { collectionFrom: '2025-04-01', collectionTo: '2025-06-30' },
    ] as unknown as CompiledDeal['periods'];
    const months = projectedMonths({ periods });
    expect(months.map(({ date, period }) => `${date} ${period}`)).toEqual([
      '2025-01-01 0',
      '2025-02-01 0',
      '2025-03-01 0',
      '2025-04-01 1',
      '2025-05-01 1',
      '2025-06-01 1',
    ]);
    const line = (index: string): string => `1200.00,0 %,6,bullet,${index},0 %,1,1\n`;
    const head = 'balance,grossRate,remainingTerm,amortisation,index,margin,firstReset,resetEvery\n';
    const lines = readPool(head + line('A') + line('B'));
    const { scenarios } = parseScenario('rates: { A: [1 %, 2 %], B: { 2025-01-01: 0 %, 2025-06-01: 12 % } }');
    // A: 1.00 a month, then 2.00; B: 12.00 in June
    expect(round(projectGroups(lines, scenarios[0]!, months).grossInterest)).toEqual([100, 100, 100, 200, 200, 1_400]);
  });
});
