import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { projectPool } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import { parseScenario } from '../scenario/parse-scenario.js';
import { projectDeal } from './project/project-deal.js';

const FOLDER = new URL('../../../deal/templates/', import.meta.url);
const TEMPLATES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const [scenario] = parseScenario('prepayment: 10 % CPR\ndefault: 2 % CDR\nseverity: 40 %\nrecoveryLag: 3\n').scenarios;

/** A template over a pool of long and short loans, by both executors. */
function bothOf(name: string) {
  const { deal } = parseDeal(readFileSync(new URL(name, FOLDER), 'utf8'));
  if (!deal || !scenario) throw new TypeError(`${name} has errors`);
  const cutOffPool = deal.cutOffPool ?? 100_000_000_000n;
  const compiled = compileDeal(deal, { cutOffPool });
  const half = Number(cutOffPool / 2n);
  const lines = [
    { balance: half, grossRate: 0.07, netRate: 0.065, remainingTerm: 300, age: 4 },
    { balance: Number(cutOffPool) - half, grossRate: 0.09, netRate: 0.085, remainingTerm: 60, age: 4 },
  ];
  const flows = projectPool(lines, scenario.assumptions);
  const projection = compileProjection(compiled.program);
  const request = { deal, compiled, projection, flows, scenario, assumeZero: true };
  return { float: projectDeal(request), exact: projectDeal({ ...request, exact: true }) };
}

describe('the projection of every template agrees with the exact executor over its whole life', () => {
  it('there are templates', () => expect(TEMPLATES.length).toBeGreaterThan(10));

  it.each(TEMPLATES)('%s, to the cent', (name) => {
    const { float, exact } = bothOf(name);
    expect([float.fault, exact.fault]).toEqual([null, null]);
    const differing = float.names.filter((figure) => {
      // What steps paid, only the exact run knows.
      if (!['money', 'flag'].includes(exact.unitOf(figure)) || !float.keeps(figure)) return false;
      const [a, b] = [float.figure(figure), exact.figure(figure)];
      return a.some((value, row) => !(Math.abs(value - (b[row] ?? 0)) <= 1));
    });
    expect(differing).toEqual([]);
    expect(exact.lastActiveRow).toBeGreaterThan(20);
  });
});
