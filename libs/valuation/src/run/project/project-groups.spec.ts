import { describe, expect, it } from '@jest/globals';
import { readPool } from '../files/pool-file.js';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { groupsOf, projectGroups } from './project-groups.js';

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
