import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { AS_SCHEDULED, type PoolAssumptions, type PoolLine, projectPool } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import { parseScenario } from '../scenario/parse-scenario.js';
import { projectDeal } from './project/project-deal.js';

const text = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const { deal } = parseDeal(text);
if (!deal) throw new TypeError('the template has errors');
const CUT_OFF_POOL = 18_363_940_443n;
const compiled = compileDeal(deal, { cutOffPool: CUT_OFF_POOL });
const projection = compileProjection(compiled.program);
const [scenario] = parseScenario('prepayment: none').scenarios;
if (!scenario) throw new TypeError('the scenario has errors');

const LINES: PoolLine[] = [
  { balance: 12_000_000_000, grossRate: 0.031, netRate: 0.021, remainingTerm: 58, age: 10 },
  { balance: 6_363_940_443, grossRate: 0.064, netRate: 0.054, remainingTerm: 41, age: 25 },
];

const FUTURES: [string, PoolAssumptions][] = [
  ['as scheduled', AS_SCHEDULED],
  ['1.3 % ABS', { ...AS_SCHEDULED, prepayment: { model: 'ABS', speed: 0.013 } }],
  [
    '12 % CDR at 60 %, by which classes are hit',
    {
      ...AS_SCHEDULED,
      default: { model: 'CDR', speed: 0.12 },
      severity: 0.6,
      recoveryLag: 4,
    },
  ],
];

describe('the projection of the sample deal agrees with the exact executor to the cent', () => {
  it.each(FUTURES)('%s: every figure of every payment date', (_, assumptions) => {
    const flows = projectPool(LINES, assumptions);
    const request = { deal, compiled, projection, flows, scenario };
    const [float, exact] = [projectDeal(request), projectDeal({ ...request, exact: true })];
    expect(exact.fault).toBeNull();
    expect(float.fault).toBeNull();
    expect(exact.lastActiveRow).toBeGreaterThan(40);
    let [compared, worst] = [0, 0];
    expect(exact.names.every((figure) => exact.keeps(figure))).toBe(true);
    for (const name of float.names.filter((figure) => float.unitOf(figure) === 'money' && float.keeps(figure))) {
      const [a, b] = [float.figure(name), exact.figure(name)];
      a.forEach((value, row) => {
        compared += 1;
        worst = Math.max(worst, Math.abs(value - (b[row] ?? Number.NaN)));
      });
    }
    expect(compared).toBeGreaterThan(5000);
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('what is paid in all is what was collected, the reserve of closing included', () => {
    const flows = projectPool(LINES, AS_SCHEDULED);
    const projected = projectDeal({ deal, compiled, projection, flows, scenario });
    const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
    const paid = [
      ...projected.tranches.map(({ name }) => `${name}.paid`),
      ...projected.payees.map(({ name }) => `${name}.paid`),
    ];
    const out = paid.reduce((total, name) => total + sum(projected.figure(name)), 0);
    const left = projected.accounts.reduce((total, { closing }) => total + (closing.at(-1) ?? 0), 0);
    const collected = sum(projected.figure('remittance'));
    expect(out + left).toBeCloseTo(collected + Number(compiled.initialFunding), 0);
  });
});
