import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readPool } from '../run/files/pool-file.js';
import { InputsMissing } from '../run/errors.js';
import { balanceOf } from './deal-data.js';
import { ScenarioSetInvalid, SetRequestInvalid } from './errors.js';
import { setFiles } from './set-files.js';
import { openSet, type SetRequest, tryScenarios } from './set-request.js';
import { mergeShards, runShard, shardSize, shardsOf } from './shards.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const lines = readPool(read('../../scenarios/pool.yaml'));
const request: SetRequest = {
  document: read('../../../deal/templates/auto.yaml'),
  cutOffPool: balanceOf(lines),
  lines,
  set: read('../../scenarios/set-grid.yaml'),
  state: null,
  fixings: null,
  assumeZero: false,
};

describe('a set as a request', () => {
  // 61,213,134.81 + 82,637,731.99 + 39,788,537.63
  it('says the balance of its lines', () => expect(request.cutOffPool).toBe('183639404.43'));

  it('comes to the same bytes whether JSON kept it or not, however it was cut', () => {
    const results = [request, JSON.parse(JSON.stringify(request)) as SetRequest].map((each, index) => {
      const { plan, measure } = openSet(each);
      const shards = shardsOf(plan.count, [30, 7][index] ?? 1);
      const done = shards.map((shard) => runShard(plan, shard, measure)).reverse();
      return setFiles(mergeShards(shards, JSON.parse(JSON.stringify(done))));
    });
    expect(results[0]).toEqual(results[1]);
    const files = Object.fromEntries(results[0]!.map(({ name, text }) => [name, text]));
    // A row a scenario of 3 × 5 × 2, and the head.
    expect(files['results.csv']!.trimEnd().split('\n')).toHaveLength(31);
    const json = JSON.parse(files['results.json']!) as { scenarios: { name: string; values: unknown[] }[] };
    expect(json.scenarios[0]!.name).toBe('prepayment 0.5, default 1, severity 1');
    const summary = JSON.parse(files['summary.json']!) as { figure: string; unit: string; count: number }[];
    expect(summary.find(({ figure }) => figure === 'A.yield(99.5)')).toMatchObject({
      unit: 'fraction a year',
      count: 30,
    });
  });

  it('tells every fault of the set file with its place', () => {
    const refused = (): unknown => openSet({ ...request, set: 'prepayment: fast\ngrid: { speed: 3 }\n' });
    expect(refused).toThrow(SetRequestInvalid);
    expect(refused).toThrow(/1:13: .*\n.*2:9: /);
    const listed = openSet({ ...request, set: 'prepayment: 6 % CPR\n' });
    expect([listed.kind, listed.plan.count]).toEqual(['list', 1]);
    expect(() => listed.plan.at(1)).toThrow(ScenarioSetInvalid);
  });

  it('is tried before it runs: what the deal needs and a scenario lacks is told by scenario', () => {
    expect(tryScenarios(request)).toEqual([]);
    const document = request.document.replace('poolOpening: money\n', 'poolOpening: money\n  auditFee: money\n');
    const set = 'scenarios:\n  given:\n    inputs: { auditFee: 1.00 }\n  lacking:\n';
    const faults = tryScenarios({ ...request, document, set });
    expect(faults.map(({ scenario, error }) => [scenario, error instanceof InputsMissing])).toEqual([
      ['lacking', true],
    ]);
  });
});

describe('the size of a shard', () => {
  it('is by the work of a scenario, between 1 and 500, and leaves 2,000 shards at most', () => {
    // 40 million loan-months ÷ (1,000 loans × 100 months); ÷ (1,000,000 × 100); ÷ (3 × 60); 1,000,000 ÷ 2,000
    expect([shardSize(10_000, 1_000, 100), shardSize(10, 1_000_000, 100)]).toEqual([400, 1]);
    expect([shardSize(10_000, 3, 60), shardSize(1_000_000, 1_000_000, 100)]).toEqual([500, 500]);
  });
});
