import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AS_SCHEDULED, DEFAULTED_LOANS, type PoolAssumptions } from './assumptions.js';
import { PoolAssumptionInvalid, PoolLineInvalid } from './errors.js';
import { projectPool } from './project-pool.js';

const psa = (multiple: number): PoolAssumptions => ({ ...AS_SCHEDULED, prepayment: { model: 'PSA', speed: multiple } });
const rounded = (column: Float64Array, scale = 1): number[] => [...column].map((v) => Math.round(v * scale) / scale);
const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);

describe('scheduled payments', () => {
  it('repays a level-payment loan: 1,000 over 3 months at 12 %', () => {
    // payment 1000 × 0.01 ÷ (1 − 1.01^−3) = 340.0221; principal 330.0221, 333.3223, 336.6556
    const flows = projectPool(
      [{ balance: 1000, grossRate: 0.12, netRate: 0.09, remainingTerm: 3, age: 0 }],
      AS_SCHEDULED,
    );
    expect(rounded(flows.scheduledPrincipal, 1e4)).toEqual([330.0221, 333.3223, 336.6556]);
    expect(rounded(flows.grossInterest, 1e4)).toEqual([10, 6.6998, 3.3666]);
    expect(rounded(flows.netInterest, 1e4)).toEqual([7.5, 5.0248, 2.5249]);
    expect(rounded(flows.servicing, 1e4)).toEqual([2.5, 1.6749, 0.8416]);
  });

  it('pays interest only first, and a balloon at the end', () => {
    // 1,200 without interest: two months nothing, then 1/10 of 1,200 a month over a term of 12, all due in month 4
    const line = { balance: 1200, grossRate: 0, netRate: 0, remainingTerm: 12, interestOnlyMonths: 2, balloonMonth: 4 };
    expect([...projectPool([line], AS_SCHEDULED).scheduledPrincipal]).toEqual([0, 0, 120, 1080].map(expect.closeTo));
  });

  it('sets the level payment anew when the rate moves', () => {
    // 300 over 3 months: 0 % repays 100; then 12 % over 2 months repays 200 ÷ 2.01 = 99.5025, then the rest
    const line = { balance: 300, grossRate: [0, 0.12], netRate: [0, 0.06], remainingTerm: 3 };
    const flows = projectPool([line], AS_SCHEDULED);
    expect(rounded(flows.scheduledPrincipal, 1e4)).toEqual([100, 99.5025, 100.4975]);
    expect(rounded(flows.grossInterest, 1e4)).toEqual([0, 2, 1.005]); // 1 % of 200 and of 100.4975
    expect(rounded(flows.netInterest, 1e4)).toEqual([0, 1, 0.5025]);
  });

  it('counts loans by their survival', () => {
    const line = { balance: 100, grossRate: 0, netRate: 0, remainingTerm: 4, loanCount: 10 };
    const flows = projectPool([line], { ...AS_SCHEDULED, prepayment: { model: 'SMM', speed: 0.1 } });
    expect(rounded(flows.loanCount, 1e6)).toEqual([9, 8.1, 7.29, 0]);
  });
});

describe('a mortgage pool with prepayments', () => {
  it('gives the first month of SF-4: 9 % pass-through, 9.5 % gross, 360 months, 150 % PSA', () => {
    const flows = projectPool([{ balance: 1, grossRate: 0.095, netRate: 0.09, remainingTerm: 360, age: 0 }], psa(1.5));
    const first = [flows.scheduledPrincipal, flows.prepayments, flows.grossInterest, flows.servicing, flows.principal];
    const published = [0.00049188, 0.00025022, 0.00791667, 0.00041667, 0.0007421];
    expect(first.map((column) => Math.round((column[0] ?? 0) * 1e8) / 1e8)).toEqual(published);
  });

  it('takes the factor 0.85150625 to 0.84732282, the example of SF-7', () => {
    const line = { balance: 0.85150625, grossRate: 0.095, netRate: 0.09, remainingTerm: 344, age: 16 };
    const flows = projectPool([line], psa(1.5));
    expect(flows.scheduledPrincipal[0]).toBeCloseTo(0.00047916, 8);
    expect(flows.prepayments[0]).toBeCloseTo(0.00370427, 8);
    expect(flows.closingBalance[0]).toBeCloseTo(0.84732282, 8);
  });

  // F. J. Fabozzi, Bond Markets, Analysis and Strategies: $400 million pass-through, 7.5 % net, WAC 8.125 %, WAM 357.
  const fabozzi = { balance: 400e6, grossRate: 0.08125, netRate: 0.075, remainingTerm: 357, age: 3 };

  // Outstanding, net interest, scheduled principal, prepayments, total principal, cash flow, by month as printed.
  it.each([
    [
      1,
      [
        [400_000_000, 2_500_000, 267_535, 267_470, 535_005, 3_035_005],
        [399_464_995, 2_496_656, 269_166, 334_198, 603_364, 3_100_020],
        [398_861_631, 2_492_885, 270_762, 400_800, 671_562, 3_164_447],
        [398_190_069, 2_488_688, 272_321, 467_243, 739_564, 3_228_252],
      ],
    ],
    [
      1.65,
      [
        [400_000_000, 2_500_000, 267_535, 442_389, 709_923, 3_209_923],
        [399_290_077, 2_495_563, 269_048, 552_847, 821_896, 3_317_459],
        [398_468_181, 2_490_426, 270_495, 663_065, 933_560, 3_423_986],
      ],
    ],
  ])('gives the first months of a textbook pass-through at PSA × %f, to the printed dollar', (multiple, printed) => {
    const flows = projectPool([fabozzi], psa(multiple));
    const { openingBalance, netInterest, scheduledPrincipal, prepayments, principal } = flows;
    const cash = principal.map((amount, at) => amount + (netInterest[at] ?? 0));
    const columns = [openingBalance, netInterest, scheduledPrincipal, prepayments, principal, cash];
    expect(printed.map((_, at) => columns.map((column) => Math.round(column[at] ?? 0)))).toEqual(printed);
  });

  it('lives as long as SF-51 says a 9 % pass-through with 9.5 % loans does at 150 % PSA', () => {
    const { principal } = projectPool([{ balance: 1, grossRate: 0.095, netRate: 0.09, remainingTerm: 360 }], psa(1.5));
    const weighted = principal.reduce((total, amount, i) => total + (amount * (i + 1)) / 12, 0);
    // 9.77844 years, of which 14 days are the delay of the payment
    expect(weighted).toBeCloseTo(9.77844 - 14 / 360, 5);
  });
});

describe('defaults', () => {
  // 400 without interest over 4 months, 10 % MDR, half lost, liquidated one month later.
  const line = { balance: 400, grossRate: 0, netRate: 0, remainingTerm: 4, age: 0 };
  const of = (defaultedLoans: PoolAssumptions['defaultedLoans']): PoolAssumptions => {
    return { ...AS_SCHEDULED, default: { model: 'MDR', speed: 0.1 }, severity: 0.5, recoveryLag: 1, defaultedLoans };
  };
  const columns = (assumptions: PoolAssumptions) => {
    const { scheduledPrincipal, defaults, recoveries, losses, closingBalance } = projectPool([line], assumptions);
    return [scheduledPrincipal, defaults, recoveries, losses, closingBalance].map((column) => rounded(column, 1e6));
  };

  it('charged off: the balance falls at once, cash follows after the last payment too', () => {
    expect(columns(of('charged-off'))).toEqual([
      [90, 81, 72.9, 65.61, 0], // (400 − 40) ÷ 4, (270 − 27) ÷ 3, (162 − 16.2) ÷ 2, 72.9 − 7.29
      [40, 27, 16.2, 7.29, 0],
      [0, 20, 13.5, 8.1, 3.645],
      [0, 20, 13.5, 8.1, 3.645],
      [270, 162, 72.9, 0, 0],
    ]);
  });

  it('held: the balance waits for liquidation, and the last month has no new default', () => {
    expect(columns(of('held'))).toEqual([
      [90, 81, 72.9, 72.9],
      [40, 27, 16.2, 0],
      [0, 20, 13.5, 8.1],
      [0, 20, 13.5, 8.1],
      [310, 189, 89.1, 0], // 270 + 40, 162 + 27, 72.9 + 16.2
    ]);
  });

  it('advanced: defaulted loans amortise, and the loss is of the balance at default', () => {
    expect(columns(of('advanced'))).toEqual([
      [100, 90, 81, 72.9], // 90 + 40 ÷ 4, 81 + 27 ÷ 3, 72.9 + 16.2 ÷ 2
      [40, 27, 16.2, 0],
      [0, 10, 4.5, 0], // 40 × 3/4 − 20, 27 × 2/3 − 13.5, 16.2 × 1/2 − 8.1
      [0, 20, 13.5, 8.1],
      [300, 180, 81, 0], // 270 + 30, 162 + 18, 72.9 + 8.1
    ]);
  });

  it('pays no interest on what defaults, except where it is advanced', () => {
    const paying = { ...line, grossRate: 0.12, netRate: 0.12 };
    expect(projectPool([paying], of('held')).grossInterest[0]).toBeCloseTo(3.6, 10); // 1 % of 360
    expect(projectPool([paying], of('advanced')).grossInterest[0]).toBeCloseTo(4, 10);
  });

  // Cumulative defaults, percent of the original balance: 30-year loans at 8 %, SF-22.
  it.each([
    [1, [1.56, 3.09, 4.59, 6.08, 7.53, 8.97]],
    [1.5, [1.4, 2.78, 4.13, 5.47, 6.79, 8.08]],
    [2, [1.26, 2.51, 3.74, 4.95, 6.14, 7.32]],
    [3, [1.05, 2.08, 3.1, 4.11, 5.1, 6.08]],
  ])('gives the published cumulative defaults at PSA × %f and 50 to 300 % SDA', (multiple, published) => {
    const mortgage = { balance: 100, grossRate: 0.08, netRate: 0.08, remainingTerm: 360, age: 0 };
    const run = (sda: number) =>
      projectPool([mortgage], {
        ...psa(multiple),
        default: { model: 'SDA', speed: sda },
        severity: 0.2,
        recoveryLag: 12,
        defaultedLoans: 'advanced',
      });
    const found = [0.5, 1, 1.5, 2, 2.5, 3].map((sda) => Math.round(sum(run(sda).defaults) * 100) / 100);
    expect(found).toEqual(published);
  });
});

describe('laws', () => {
  const rate = fc.double({ min: 0, max: 0.3, noNaN: true });
  const lines = fc.array(
    fc.record({
      balance: fc.double({ min: 1, max: 1e9, noNaN: true }),
      grossRate: rate,
      remainingTerm: fc.integer({ min: 1, max: 90 }),
      age: fc.integer({ min: 0, max: 60 }),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const assumptions = fc.record({
    prepayment: fc.record({ model: fc.constantFrom('SMM', 'CPR', 'ABS', 'PSA'), speed: rate }),
    default: fc.record({ model: fc.constantFrom('MDR', 'CDR', 'SDA'), speed: rate }),
    severity: fc.double({ min: 0, max: 1, noNaN: true }),
    recoveryLag: fc.integer({ min: 0, max: 18 }),
    defaultedLoans: fc.constantFrom(...DEFAULTED_LOANS),
  });

  it('every month rolls, nothing is negative, and all that was lent is paid, recovered or lost', () => {
    fc.assert(
      fc.property(lines, assumptions, (pool, assumed) => {
        const flows = projectPool(
          pool.map((line) => ({ ...line, netRate: line.grossRate / 2 })),
          assumed,
        );
        const lent = pool.reduce((total, { balance }) => total + balance, 0);
        const out = sum(flows.principal) + sum(flows.recoveries) + sum(flows.losses);
        expect(Math.abs(out - lent)).toBeLessThan(lent * 1e-9);
        const left = assumed.defaultedLoans === 'charged-off' ? [flows.defaults] : [flows.recoveries, flows.losses];
        for (let i = 0; i < flows.months; i++) {
          const gone = [flows.principal, ...left].reduce((total, column) => total + (column[i] ?? 0), 0);
          const rolled = (flows.openingBalance[i] ?? 0) - gone;
          expect(Math.abs(rolled - (flows.closingBalance[i] ?? 0))).toBeLessThan(lent * 1e-9);
          const least = Math.min(...[flows.prepayments, flows.closingBalance, flows.recoveries].map((c) => c[i] ?? 0));
          expect(least).toBeGreaterThan(-lent * 1e-9);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('faults', () => {
  const line = { balance: 100, grossRate: 0.08, netRate: 0.075, remainingTerm: 12, age: 0 };

  it('names the line and the term', () => {
    const above = { ...line, netRate: 0.09 };
    expect(() => projectPool([line, above], AS_SCHEDULED)).toThrow(PoolLineInvalid);
    expect(() => projectPool([line, above], AS_SCHEDULED)).toThrow('line 2 of the pool: netRate is 0.09');
    expect(() => projectPool([{ ...line, grossRate: [0.08, 8] }], AS_SCHEDULED)).toThrow('grossRate is 8');
    expect(() => projectPool([{ ...line, netRate: [] }], AS_SCHEDULED)).toThrow('at least one rate each');
    expect(() => projectPool([{ ...line, remainingTerm: 0 }], AS_SCHEDULED)).toThrow('whole months from 1 to 1200');
    expect(() => projectPool([{ ...line, interestOnlyMonths: 12 }], AS_SCHEDULED)).toThrow('balloonMonth');
  });

  it('refuses a percentage where a fraction belongs, and an empty vector', () => {
    expect(() => projectPool([line], { ...AS_SCHEDULED, prepayment: { model: 'CPR', speed: 6 } })).toThrow(
      PoolAssumptionInvalid,
    );
    expect(() => projectPool([line], { ...AS_SCHEDULED, severity: { by: 'age', values: [] } })).toThrow('at least one');
  });
});
