import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projectLine, monthsOf } from '../../testing/plain-line.js';
import { DEFAULTED_LOANS, type PoolAssumptions } from '../assumptions.js';
import { emptyFlows, POOL_FLOW_COLUMNS, type PoolFlows } from '../pool-flows.js';
import { AMORTISATIONS, type PoolLine } from '../pool-line.js';
import { DEFAULT_MODELS, PREPAYMENT_MODELS } from '../speed.js';
import { projectPool } from '../project-pool.js';
import { loanColumns } from './loan-columns.js';
import { LoanEngine } from './loan-engine.js';
import { batchesOf, FlowSums, planProjection } from './project-loans.js';

/** The stated bound: every figure of every month, of the pool's balance at the cut-off date. */
const BOUND = 1e-10;

function plain(lines: readonly PoolLine[], assumptions: PoolAssumptions): PoolFlows {
  const flows = emptyFlows(Math.max(...lines.map((line) => monthsOf(line, assumptions))));
  for (const line of lines) projectLine(line, assumptions, flows);
  return flows;
}

const rate = fc.double({ min: 0, max: 0.3, noNaN: true });
const curve = fc.oneof(
  rate,
  fc.record({
    by: fc.constantFrom('month' as const, 'age' as const),
    values: fc.array(rate, { minLength: 1, maxLength: 40 }),
  }),
);
const line = fc
  .record({
    balance: fc.double({ min: 1, max: 1e9, noNaN: true }),
    grossRate: fc.oneof(rate, fc.array(rate, { minLength: 1, maxLength: 5 })),
    remainingTerm: fc.integer({ min: 1, max: 400 }),
    age: fc.integer({ min: 0, max: 200 }),
    loanCount: fc.integer({ min: 0, max: 9 }),
    amortisation: fc.constantFrom(...AMORTISATIONS),
    interest: fc.double({ min: 0, max: 0.99, noNaN: true }),
    balloon: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
  })
  .map(({ interest, balloon, ...rest }): PoolLine => {
    const netRate = typeof rest.grossRate === 'number' ? rest.grossRate / 2 : rest.grossRate.map((gross) => gross / 2);
    const interestOnlyMonths = interest < 0.5 ? 0 : Math.floor(interest * rest.remainingTerm);
    return { ...rest, netRate, interestOnlyMonths, ...(balloon === undefined ? {} : { balloonMonth: balloon }) };
  });
const assumptions = fc.record({
  prepayment: fc.record({ model: fc.constantFrom(...PREPAYMENT_MODELS), speed: curve }),
  default: fc.record({ model: fc.constantFrom(...DEFAULT_MODELS), speed: curve }),
  severity: curve,
  recoveryLag: fc.integer({ min: 0, max: 18 }),
  defaultedLoans: fc.constantFrom(...DEFAULTED_LOANS),
});

describe('the engine against the plain formulas', () => {
  it('agrees in every figure to 1e-10 of the balance, however loans pay', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), assumptions, (lines, assumed) => {
        const [expected, found] = [plain(lines, assumed), projectPool(lines, assumed)];
        const lent = lines.reduce((sum, { balance, loanCount = 0 }) => sum + balance + loanCount, 0);
        expect(found.months).toBe(expected.months);
        for (const name of POOL_FLOW_COLUMNS) {
          const worst = found[name].reduce((most, v, at) => Math.max(most, Math.abs(v - expected[name][at]!)), 0);
          expect([name, worst <= BOUND * lent]).toEqual([name, true]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('agrees over 2,000 level-pay loans of 300 to 360 months at 8 CPR and 2 CDR, in sums too', () => {
    const lines = Array.from({ length: 2000 }, (_, i): PoolLine => ({
      balance: 100_000 + 37 * i,
      grossRate: 0.03 + (i % 97) * 0.0007,
      netRate: 0.025 + (i % 97) * 0.0007,
      remainingTerm: 300 + (i % 61),
      age: i % 59,
      loanCount: 1,
    }));
    const assumed: PoolAssumptions = {
      prepayment: { model: 'CPR', speed: 0.08 },
      default: { model: 'CDR', speed: 0.02 },
      severity: 0.4,
      recoveryLag: 12,
      defaultedLoans: 'charged-off',
    };
    const [expected, found] = [plain(lines, assumed), projectPool(lines, assumed)];
    for (const name of POOL_FLOW_COLUMNS) {
      const [a, b] = [expected, found].map((flows) => flows[name].reduce((sum, v) => sum + v, 0)) as [number, number];
      expect([name, Math.abs(a - b) <= BOUND * Math.abs(a)]).toEqual([name, true]);
    }
  });
});

describe('batches', () => {
  const lines = Array.from({ length: 300 }, (_, i): PoolLine => ({
    balance: 1000 / 3 + i,
    grossRate: 0.05 + i / 1e4,
    netRate: 0.05,
    remainingTerm: 12 + (i % 7),
    age: i % 5,
  }));
  const assumed: PoolAssumptions = {
    prepayment: { model: 'ABS', speed: 0.013 },
    default: { model: 'SDA', speed: 5 },
    severity: 0.5,
    recoveryLag: 2,
    defaultedLoans: 'charged-off',
  };

  it('made by different engines and merged in order give the same sums to the bit', () => {
    const pool = loanColumns(lines, () => 0, true);
    const plan = planProjection(pool, [assumed]);
    const run = (engines: LoanEngine[]) => {
      const made = batchesOf(pool, 64).map(({ from, to }, i) => engines[i % engines.length]!.batch(from, to));
      const sums = new FlowSums(plan);
      made.forEach((batch) => sums.add(batch));
      return sums.flows().pool;
    };
    const one = run([new LoanEngine(pool, plan)]);
    const three = run([1, 2, 3].map(() => new LoanEngine(pool, plan)));
    expect(three).toEqual(one);
    expect(batchesOf(pool, 64)).toHaveLength(5);
  });
});
