import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import { readPool } from '../run/files/pool-file.js';
import { parseScenario } from '../scenario/parse-scenario.js';
import type { Scenario } from '../scenario/scenario.js';
import { dealOutcome, type DealSet, projectedDates } from './deal-outcome.js';
import { ScenarioSetCancelled, ScenarioSetInvalid, ShardsDoNotMerge } from './errors.js';
import { type MonteCarlo, planScenarios } from './plan.js';
import { RandomStream } from './random-stream.js';
import { mergeShards, type Outcome, runShard, shardsOf } from './shards.js';
import { percentile, summarise } from './summary.js';

const [base] = parseScenario(`
prepayment: 8 % CPR
default: 2 % CDR
severity: 40 %
multipliers: { default: 150 % }
groups: { used: { default: 4 % CDR } }
rates: { SOFR: [1 %, 2 %] }
`).scenarios as [Scenario];
const dates = ['2025-01-01', '2025-02-01', '2025-03-01'];

describe('a grid', () => {
  it('has every combination, the last axis moving fastest', () => {
    const axes = { prepayment: [0.5, 1], default: [1, 2], rates: [0, 0.01] };
    const plan = planScenarios({ kind: 'grid', base, axes }, dates);
    expect(plan.count).toBe(8);
    expect([0, 1, 2, 7].map((index) => plan.at(index).name)).toEqual([
      'prepayment 0.5, default 1, rates 0',
      'prepayment 0.5, default 1, rates 0.01',
      'prepayment 0.5, default 2, rates 0',
      'prepayment 1, default 2, rates 0.01',
    ]);
    const last = plan.at(7);
    // Twice the 150 % of the base, in the pool and in its groups
    expect(last.assumptions.multipliers).toEqual({ prepayment: 1, default: 3, severity: 1 });
    expect(last.groups.used?.multipliers?.default).toBe(3);
    expect(last.rates.SOFR).toEqual({ kind: 'by-period', values: [0.02, 0.03, 0.03] });
    expect(plan.at(0).rates).toEqual(base.rates);
  });

  it('tells all its faults at once', () => {
    const axes = { prepayment: [-1, 1], default: [], rates: [2] };
    expect(() => planScenarios({ kind: 'grid', base, axes }, dates)).toThrow(ScenarioSetInvalid);
    expect(() => planScenarios({ kind: 'grid', base, axes }, dates)).toThrow(
      /prepayment is -1: .*\n.*the axis default has no value.*\n.*rates is 2: .*\n.*it has 0 scenarios/,
    );
    expect(() => planScenarios({ kind: 'monte-carlo', base, paths: 5, seed: 0.5, correlation: 2 }, dates)).toThrow(
      /seed is 0.5: .*\n.*correlation is 2/,
    );
  });
});

describe('Monte Carlo', () => {
  const many = Array.from(
    { length: 61 },
    (_, i) => `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
  );
  const set: MonteCarlo = {
    kind: 'monte-carlo',
    base,
    paths: 4000,
    seed: 7,
    prepayment: 0.3,
    default: 0.4,
    correlation: -0.5,
    rates: { volatility: 0.01, meanReversion: 0.2, floor: 0 },
  };

  it('makes a path from the seed and its place alone', () => {
    const [plan, again] = [planScenarios(set, many), planScenarios({ ...set, paths: 10 }, many)];
    expect(again.at(9)).toEqual(plan.at(9));
    expect(plan.at(9)).not.toEqual(plan.at(8));
    expect(planScenarios({ ...set, seed: 8 }, many).at(9)).not.toEqual(plan.at(9));
    // Prepayment and default do not depend on whether rates move.
    const { rates: _, ...still } = set;
    expect(planScenarios(still, many).at(9).assumptions).toEqual(plan.at(9).assumptions);
  });

  it('draws multiples of mean 1, with the deviation and the correlation asked for', () => {
    const plan = planScenarios(set, many);
    const logs = Array.from({ length: set.paths }, (_, index) => {
      const { prepayment, default: defaults } = plan.at(index).assumptions.multipliers ?? {};
      // The base defaults at 150 % already.
      return [Math.log(Number(prepayment)), Math.log(Number(defaults) / 1.5)] as const;
    });
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [x, y] = [logs.map(([first]) => first + 0.045), logs.map(([, second]) => second + 0.08)];
    const spread = (a: readonly number[], b: readonly number[]): number => mean(a.map((value, i) => value * b[i]!));
    // Means of logarithms are −σ²/2; a mean of 4,000 has a standard error of 0.0047 and 0.0063: five of them are allowed.
    expect(Math.abs(mean(x))).toBeLessThan(0.025);
    expect(Math.abs(mean(y))).toBeLessThan(0.035);
    expect(Math.abs(Math.sqrt(spread(x, x)) - 0.3)).toBeLessThan(0.02);
    expect(Math.abs(Math.sqrt(spread(y, y)) - 0.4)).toBeLessThan(0.025);
    expect(Math.abs(spread(x, y) / (0.3 * 0.4) + 0.5)).toBeLessThan(0.07);
  });

  it('shifts rates from today’s, within the floor, as far as volatility and reversion say', () => {
    const plan = planScenarios({ ...set, rates: { volatility: 0.01, meanReversion: 0.2 } }, many);
    const values = Array.from({ length: 2000 }, (_, index) => {
      const path = plan.at(index).rates.SOFR;
      return path?.kind === 'by-period' ? path.values : [];
    });
    expect(values.every((path) => path[0] === 0.01)).toBe(true);
    const ends = values.map((path) => path[60]! - 0.02);
    const deviation = Math.sqrt(ends.reduce((sum, end) => sum + end ** 2, 0) / ends.length);
    // Monthly steps of variance v = 0.01² ÷ 12, of which a month keeps k = 0.8^(1/12): v × (1 − k^120) ÷ (1 − k²), 60 steps
    const kept = 0.8 ** (1 / 12);
    const expected = Math.sqrt(((0.01 ** 2 / 12) * (1 - kept ** 120)) / (1 - kept ** 2));
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.08);
    const floored = planScenarios(set, many);
    const least = Array.from({ length: 200 }, (_, index) => {
      const path = floored.at(index).rates.SOFR;
      return path?.kind === 'by-period' ? Math.min(...path.values) : -1;
    });
    expect(Math.min(...least)).toBe(0);
  });

  it('has uniform numbers strictly between 0 and 1, a tenth of them in each tenth', () => {
    const random = new RandomStream(1, 2);
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 20_000; draw++) tenths[Math.floor(10 * random.uniform())]! += 1;
    // 2,000 each, with a standard deviation of √(20,000 × 0.1 × 0.9) = 42
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(5 * 42);
  });
});

describe('shards', () => {
  const plan = planScenarios({ kind: 'monte-carlo', base, paths: 23, seed: 3, prepayment: 0.5 }, dates);
  const measure = ({ assumptions }: Scenario): Outcome => ({ speed: Number(assumptions.multipliers?.prepayment) });
  const whole = mergeShards(shardsOf(23, 23), [runShard(plan, { index: 0, from: 0, to: 23 }, measure)]);

  it('cover the set once, and merge to the same in any order, at any size, with repeats', () => {
    expect(shardsOf(23, 10)).toEqual([
      { index: 0, from: 0, to: 10 },
      { index: 1, from: 10, to: 20 },
      { index: 2, from: 20, to: 23 },
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.array(fc.nat(50)), (size, order) => {
        const shards = shardsOf(23, size);
        const results = shards.map((shard) => runShard(plan, shard, measure));
        const shuffled = [...order.map((at) => results[at % results.length]!), ...results].reverse();
        // As a job keeps them
        expect(mergeShards(shards, JSON.parse(JSON.stringify(shuffled)))).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('say which of them are missing or differ', () => {
    const shards = shardsOf(23, 10);
    const results = shards.map((shard) => runShard(plan, shard, measure));
    expect(() => mergeShards(shards, results.slice(1))).toThrow(ShardsDoNotMerge);
    expect(() => mergeShards(shards, results.slice(1))).toThrow('shards 0 are missing');
    const other = { ...results[1]!, outcomes: results[1]!.outcomes.map(() => ({ speed: 1 })) };
    expect(() => mergeShards(shards, [...results, other])).toThrow('shards 1 have two answers that differ');
  });

  it('tell how far they are, and stop when they are told to', () => {
    const seen: number[] = [];
    const shouldStop = (): boolean => seen.length === 2;
    const run = (): unknown =>
      runShard(plan, { index: 0, from: 0, to: 5 }, measure, { onProgress: (done) => seen.push(done), shouldStop });
    expect(run).toThrow(ScenarioSetCancelled);
    expect(seen).toEqual([1, 2]);
  });
});

describe('the summary of a set', () => {
  it('takes percentiles between two values in proportion', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((share) => percentile([1, 2, 3, 5], share))).toEqual([1, 1.75, 2.5, 4.4, 5]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('leaves out scenarios that have no such figure', () => {
    const outcomes: Outcome[] = [{ life: 10 }, { life: null }, { life: 2 }, { life: 3 }];
    expect(summarise({ names: [], outcomes }, [0.5])).toEqual([
      {
        name: 'life',
        count: 3,
        mean: 5,
        standardDeviation: Math.sqrt(19), // (25 + 9 + 4) ÷ 2
        least: 2,
        most: 10,
        percentiles: [{ share: 0.5, value: 3 }],
      },
    ]);
  });
});

describe('a deal under a grid', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
  const { deal } = parseDeal(read('../../../deal/templates/auto.yaml'));
  if (!deal) throw new TypeError('the sample deal has errors');
  const lines = readPool(read('../../scenarios/pool.yaml'));
  const cutOffPool = BigInt(Math.round(lines.reduce((sum, { balance }) => sum + balance, 0)));
  const compiled = compileDeal(deal, { cutOffPool });
  const request: DealSet = { deal, compiled, projection: compileProjection(compiled.program), lines };
  const [sample] = parseScenario(read('../../scenarios/auto.yaml')).scenarios as [Scenario];

  it('loses more and lives longer as defaults rise and prepayments fall', () => {
    const axes = { prepayment: [1, 0.5], default: [1, 30] };
    const plan = planScenarios({ kind: 'grid', base: sample, axes }, projectedDates(request));
    const [fast, lossy, slow] = shardsOf(4, 4).flatMap(
      (shard) => runShard(plan, shard, (scenario) => dealOutcome(request, scenario)).outcomes,
    );
    expect(slow!['A.averageLife']!).toBeGreaterThan(fast!['A.averageLife']!);
    expect(lossy!['pool.losses']!).toBeGreaterThan(5 * fast!['pool.losses']!);
    // 30 % CDR at 55 % severity for two years takes more than the 7 % below the notes and the excess spread.
    expect([fast!['C.paidInFull'], lossy!['C.paidInFull'], fast!['fault']]).toEqual([1, 0, 0]);
  });
});
