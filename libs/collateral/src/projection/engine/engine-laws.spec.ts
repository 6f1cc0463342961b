import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ADVANCED_PAYMENTS, AS_SCHEDULED, type PoolAssumptions } from '../assumptions.js';
import { LOAN_STATUSES } from '../delinquency.js';
import { POOL_FLOW_COLUMNS, type PoolFlows } from '../pool-flows.js';
import { AMORTISATIONS, type PoolLine } from '../pool-line.js';
import type { Protection } from '../protection.js';
import type { ScheduleTerms } from '../schedule-terms.js';
import { loanColumns } from './loan-columns.js';
import { projectLoans } from './project-loans.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const rate = fc.double({ min: 0, max: 0.3, noNaN: true });
const months = fc.integer({ min: 1, max: 40 });
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

/** Terms of schedules of every kind, amounts as shares of the balance. */
const schedule = fc.record({
  payment: optional(fc.double({ min: 0.001, max: 0.4, noNaN: true })),
  paymentCap: share,
  paymentResetEvery: months,
  recastEvery: optional(months),
  balanceCap: optional(fc.double({ min: 1, max: 1.3, noNaN: true })),
  minimumPayment: optional(fc.double({ min: 0, max: 0.2, noNaN: true })),
  drawMonths: optional(months),
  principal: optional(fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { maxLength: 20 })),
  residual: optional(fc.double({ min: 0, max: 0.5, noNaN: true })),
  forborne: optional(fc.double({ min: 0, max: 0.5, noNaN: true })),
  holiday: optional(
    fc.record({
      from: months,
      months: fc.integer({ min: 1, max: 6 }),
      interest: fc.constantFrom('paid' as const, 'capitalised' as const),
      extends: fc.boolean(),
    }),
  ),
  modification: optional(
    fc.record({
      month: months,
      rate,
      extension: fc.integer({ min: 0, max: 12 }),
      forgiven: fc.double({ min: 0, max: 0.3, noNaN: true }),
      forborne: fc.double({ min: 0, max: 0.3, noNaN: true }),
    }),
  ),
  firstPeriod: fc.double({ min: 0, max: 2, noNaN: true }),
});

/** The same terms for a balance: a term that is not given is left out. */
function scheduleFor(balance: number, { ...terms }: ScheduleTerms): ScheduleTerms {
  const { principal, modification } = terms;
  const amounts = ['payment', 'balanceCap', 'residual', 'forborne'] as const;
  const scaled = {
    ...terms,
    ...Object.fromEntries(amounts.map((name) => [name, terms[name] && terms[name] * balance])),
    ...(principal && { principal: principal.map((amount) => amount * balance) }),
    ...(modification && {
      modification: {
        ...modification,
        forgiven: (modification.forgiven ?? 0) * balance,
        forborne: (modification.forborne ?? 0) * balance,
      },
    }),
  };
  return Object.fromEntries(Object.entries(scaled).filter(([, value]) => value !== undefined));
}
const protection: fc.Arbitrary<Protection> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('lockout' as const, 'defeasance' as const, 'penalty' as const, 'open' as const),
      months: fc.integer({ min: 1, max: 20 }),
      share,
    }),
    { maxLength: 4 },
  )
  .map((stretches) => ({ stretches }));

const plainLine = fc.record({
  balance: fc.double({ min: 1, max: 1e6, noNaN: true }),
  grossRate: rate,
  netRate: fc.constant(0),
  remainingTerm: fc.integer({ min: 1, max: 60 }),
  age: fc.integer({ min: 0, max: 40 }),
  loanCount: fc.integer({ min: 1, max: 5 }),
  limit: fc.double({ min: 0, max: 2e6, noNaN: true }),
  status: fc.constantFrom(...LOAN_STATUSES),
  amortisation: fc.constantFrom(...AMORTISATIONS),
});
const line = fc.tuple(plainLine, optional(schedule), optional(protection)).map(([plain, own, protects]) => ({
  ...plain,
  ...(own && { schedule: scheduleFor(plain.balance, own as ScheduleTerms) }),
  ...(protects && { protection: protects }),
}));
const lines = fc.array(line, { minLength: 1, maxLength: 9 });
/** Shares of a row that sum to 1 at most. */
const row = fc
  .array(share, { minLength: 7, maxLength: 7 })
  .map((parts) =>
    parts.map(
      (part) =>
        part /
        Math.max(
          1,
          parts.reduce((sum, each) => sum + each, 0),
        ),
    ),
  )
  .map(([current = 0, a = 0, b = 0, c = 0, d = 0, gone = 0]) => ({
    current,
    '30': a,
    '60': b,
    '90': c,
    '120': d,
    gone,
  }));
const rates = fc.tuple(row, row, row, row, row).map((rows) =>
  Object.fromEntries(
    LOAN_STATUSES.map((status, index) => {
      const { gone, ...shares } = rows[index]!;
      return [status, Object.fromEntries(Object.entries({ ...shares, default: gone }).filter(([to]) => to !== status))];
    }),
  ),
);
const delinquency = fc.oneof(
  rates.map((found) => ({ kind: 'rolls' as const, rates: found })),
  fc.integer({ min: 1, max: 4 }).map((months) => ({ kind: 'lagged' as const, months })),
);
const timing = fc
  .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map((part) => part / parts.reduce((sum, each) => sum + each, 0)));
const assumptions = fc
  .record({
    speed: rate,
    lockout: fc.integer({ min: 0, max: 20 }),
    penalty: share,
    defaults: rate,
    late: rate,
    severity: share,
    lag: fc.integer({ min: 0, max: 12 }),
    timing,
    delinquency: fc.option(delinquency, { nil: undefined }),
    of: fc.constantFrom(...ADVANCED_PAYMENTS),
    recoverable: share,
    dilution: rate,
    utilisation: share,
  })
  .map((each): PoolAssumptions => {
    const isRolling = each.delinquency?.kind === 'rolls';
    const found = {
      prepayment: { model: 'SMM' as const, speed: each.speed },
      prepaymentLockout: each.lockout,
      prepaymentPenalty: each.penalty,
      default: { model: 'MDR' as const, speed: isRolling ? 0 : each.defaults },
      defaultByStatus: isRolling ? {} : { '90': { model: 'MDR' as const, speed: each.late } },
      severity: each.severity,
      recoveryLag: each.lag,
      recoveryTiming: each.timing,
      defaultedLoans: 'charged-off' as const,
      dilution: each.dilution,
      utilisation: each.utilisation,
    };
    if (!each.delinquency) return found;
    return { ...found, delinquency: each.delinquency, advances: { of: each.of, recoverable: each.recoverable } };
  });

const run = (pool: readonly PoolLine[], segments: readonly PoolAssumptions[]) =>
  projectLoans(
    loanColumns(pool, (_, index) => index % segments.length),
    segments,
  );
const size = (pool: readonly PoolLine[]): number =>
  pool.reduce((sum, { balance, limit = 0 }) => sum + balance + limit, 0);

/** The largest difference between two columns. */
const apart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);

function expectRolls(flows: PoolFlows, most: number): void {
  const { openingBalance, principal, defaults, dilutions, draws, capitalised, forgiven, residualsDue } = flows;
  const rolled = openingBalance.map((opening, at) => {
    const without = defaults[at]! + dilutions[at]! + forgiven[at]! + residualsDue[at]!;
    return opening - principal[at]! - without + draws[at]! + capitalised[at]!;
  });
  expect(flows.closingBalance.at(-1)).toBe(0);
  expect(apart(rolled, flows.closingBalance)).toBeLessThan(most * 1e-9);
  // Servicing goes on where interest is capitalised: what is paid may be less.
  const netAccrued = flows.netInterest.map((net, at) => net + capitalised[at]!);
  const least = POOL_FLOW_COLUMNS.map((name) => Math.min(0, ...(name === 'netInterest' ? netAccrued : flows[name])));
  expect(Math.min(...least)).toBeGreaterThan(-most * 1e-9);
}

describe('laws of the engine', () => {
  it('every segment rolls from month to month, nothing is negative, and the segments are the pool', () => {
    fc.assert(
      fc.property(lines, assumptions, assumptions, (pool, first, second) => {
        const { segments, pool: all } = run(pool, [first, second]);
        segments.forEach((flows) => expectRolls(flows, size(pool)));
        for (const name of POOL_FLOW_COLUMNS) {
          const sum = all[name].map((_, at) => segments.reduce((total, flows) => total + flows[name][at]!, 0));
          expect(apart(sum, all[name])).toBeLessThan(size(pool) * 1e-9);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('what defaults is recovered or lost, and no more is repaid to the servicer than it advanced', () => {
    fc.assert(
      fc.property(lines, assumptions, (pool, assumed) => {
        const { pool: flows } = run(pool, [assumed]);
        const sum = (name: (typeof POOL_FLOW_COLUMNS)[number]): number => flows[name].reduce((a, b) => a + b, 0);
        const most = 60 * size(pool);
        expect(Math.abs(sum('defaults') - sum('recoveries') - sum('losses'))).toBeLessThan(most * 1e-9);
        expect(sum('advancesRepaid')).toBeLessThanOrEqual(sum('advances') + most * 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  it('a multiplier of 1 changes nothing, to the bit', () => {
    fc.assert(
      fc.property(lines, assumptions, (pool, assumed) => {
        const same = { ...assumed, multipliers: { prepayment: 1, default: 1, severity: 1 } };
        expect(run(pool, [same])).toEqual(run(pool, [assumed]));
      }),
      { numRuns: 50 },
    );
  });

  it('loans of month 30 and older prepay at 100 % PSA as at 6 % CPR, to the bit', () => {
    const old: PoolLine[] = [{ balance: 1e6, grossRate: 0.06, netRate: 0.055, remainingTerm: 320, age: 29 }];
    const psa = run(old, [{ ...AS_SCHEDULED, prepayment: { model: 'PSA', speed: 1 } }]);
    expect(psa).toEqual(run(old, [{ ...AS_SCHEDULED, prepayment: { model: 'CPR', speed: 0.06 } }]));
  });

  it('one line of two alike loans is both of them', () => {
    fc.assert(
      fc.property(lines, assumptions, (pool, assumed) => {
        const twice = pool.map((line) => ({
          ...line,
          balance: 2 * line.balance,
          limit: 2 * line.limit,
          loanCount: 2 * line.loanCount,
          ...(line.schedule && { schedule: scheduleFor(2, line.schedule) }),
        }));
        const [loans, representative] = [run([...pool, ...pool], [assumed]).pool, run(twice, [assumed]).pool];
        for (const name of POOL_FLOW_COLUMNS) {
          expect(apart(loans[name], representative[name])).toBeLessThan(size(pool) * 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });
});
