import { describe, expect, it } from '@jest/globals';
import { AS_SCHEDULED, type PoolAssumptions } from '../assumptions.js';
import { PoolAssumptionInvalid } from '../errors.js';
import type { PoolFlowColumn } from '../pool-flows.js';
import type { PoolLine } from '../pool-line.js';
import { projectPool } from '../project-pool.js';

/** Without interest, repaid in four equal parts. */
const line: PoolLine = { balance: 400, grossRate: 0, netRate: 0, remainingTerm: 4, age: 0 };

function columns(
  lines: readonly PoolLine[],
  assumed: Partial<PoolAssumptions>,
  ...names: PoolFlowColumn[]
): number[][] {
  const flows = projectPool(lines, { ...AS_SCHEDULED, ...assumed });
  return names.map((name) => [...flows[name]].map((value) => Math.round(value * 1e6) / 1e6));
}

describe('prepayment', () => {
  it('waits for the end of the lockout, and pays a penalty by age', () => {
    const assumed: Partial<PoolAssumptions> = {
      prepayment: { model: 'SMM', speed: 0.1 },
      prepaymentLockout: 2,
      prepaymentPenalty: { by: 'age', values: [0.05, 0.05, 0.02, 0] },
    };
    // 400, 300, 200: month 3 repays 100 and prepays 10 of the other 100, with 2 % on top
    expect(columns([line], assumed, 'prepayments', 'penalties', 'scheduledPrincipal')).toEqual([
      [0, 0, 10, 0],
      [0, 0, 0.2, 0],
      [100, 100, 100, 90],
    ]);
    // A loan of age 1 is free a month earlier.
    expect(columns([{ ...line, age: 1 }], assumed, 'prepayments')[0]?.[1]).toBe(20);
  });

  it('is multiplied as it is quoted', () => {
    const stressed = { prepayment: { model: 'SMM', speed: 0.1 }, multipliers: { prepayment: 2 } } as const;
    expect(columns([line], stressed, 'prepayments')[0]?.[0]).toBe(60); // 20 % of 300
  });
});

describe('default', () => {
  it('follows the status at the cut-off date, else the speed for all', () => {
    const assumed: Partial<PoolAssumptions> = {
      default: { model: 'MDR', speed: 0.01 },
      defaultByStatus: { '60': { model: 'MDR', speed: 0.25 } },
    };
    const pool: PoolLine[] = [line, { ...line, status: '60' }, { ...line, status: '90' }];
    expect(columns(pool, assumed, 'defaults')[0]?.[0]).toBe(108); // 4 + 100 + 4
  });

  it('recovers over several months', () => {
    const assumed: Partial<PoolAssumptions> = {
      default: { model: 'MDR', speed: { by: 'month', values: [0.1, 0] } },
      severity: 0.5,
      recoveryLag: 1,
      recoveryTiming: [0.5, 0.25, 0.25],
      multipliers: { severity: 1.2 },
    };
    // 40 default; 60 % of it is lost, 24, and 16 come back. What defaults in month 4 would come in months 5, 6 and 7.
    expect(columns([line], assumed, 'recoveries', 'losses')).toEqual([
      [0, 8, 4, 4, 0, 0, 0],
      [0, 12, 6, 6, 0, 0, 0],
    ]);
  });

  it('holds defaulted loans until they are liquidated, part by part', () => {
    const assumed: Partial<PoolAssumptions> = {
      default: { model: 'MDR', speed: { by: 'month', values: [0.1, 0] } },
      defaultedLoans: 'held',
      recoveryLag: 1,
      recoveryTiming: [0.5, 0.5],
    };
    // 360 perform and pay 90 a month; 40 are held, 20 after month 2, none after month 3
    expect(columns([line], assumed, 'closingBalance', 'recoveries')).toEqual([
      [310, 200, 90, 0],
      [0, 20, 20, 0],
    ]);
  });
});

describe('delinquency by roll rates', () => {
  const rates = {
    current: { '30': 0.1 },
    '30': { current: 0.5, '60': 0.5 },
    '60': { default: 1 },
  };
  const rolls: Partial<PoolAssumptions> = { delinquency: { kind: 'rolls', rates }, severity: 0.5 };

  it('moves balances, misses payments, catches up on a cure and takes the arrears along into default', () => {
    // Month 1: 40 of 400 roll to 30 and miss 10; 360 repay a quarter, 90.
    // Month 2: of the 270 current 27 roll to 30, 243 stay; of the 40, 20 cure and 20 roll to 60. Cured loans owe 5 of
    //   arrears. Current 263: 5 + (263 − 5) ÷ 3 = 91. The 30s miss 27 ÷ 3 = 9, the 60s (20 − 5) ÷ 3 = 5 more, 10 in all.
    // Month 3: current 172: 17.2 to 30, 154.8 stay; of the 27, 13.5 cure with arrears of 4.5, 13.5 to 60; the 20 default.
    //   Current 168.3: 4.5 + 163.8 ÷ 2 = 86.4.
    // Month 4, the last: of 81.9, 8.19 stop paying; of 17.2, 8.6 cure, 8.6 do not; 13.5 default. All current is due.
    expect(
      columns(
        [line],
        rolls,
        'openingBalance',
        'scheduledPrincipal',
        'delinquent30',
        'delinquent60',
        'defaults',
        'closingBalance',
      ),
    ).toEqual([
      [400, 310, 219, 112.6],
      [90, 91, 86.4, 82.31],
      [40, 27, 17.2, 0],
      [0, 20, 13.5, 0],
      [0, 0, 20, 30.29],
      [310, 219, 112.6, 0],
    ]);
  });

  it('begins with the status at the cut-off date, and pays arrears of interest on a cure', () => {
    const late: PoolLine = { ...line, grossRate: 0.12, netRate: 0.06, amortisation: 'bullet', status: '30' };
    const cured = { ...rolls, delinquency: { kind: 'rolls' as const, rates: { '30': { current: 0.5 } } } };
    // Month 1: 200 cure and pay 2 of interest, 200 miss 2. Month 2: 100 more cure: 200 pay 2, 100 pay 1 + 1 of arrears.
    const [gross, net, servicing] = columns([late], cured, 'grossInterest', 'netInterest', 'servicing');
    expect(gross?.slice(0, 2)).toEqual([2, 4]);
    expect(net?.slice(0, 2)).toEqual([1, 2]);
    expect(servicing?.slice(0, 2)).toEqual([1, 2]);
  });

  it('stresses the rolls that worsen, and leaves the others to share the rest', () => {
    const stressed: Partial<PoolAssumptions> = { ...rolls, multipliers: { default: 1.5 } };
    const late: PoolLine = { ...line, amortisation: 'bullet', status: '30' };
    // 50 % to 60 becomes 75 %, the cures 25 %
    expect(columns([late], stressed, 'delinquent60')[0]?.[0]).toBe(300);
    expect(columns([{ ...line, amortisation: 'bullet' }], stressed, 'delinquent30')[0]?.[0]).toBe(60); // 15 % of 400
  });

  it('lets the servicer advance what it holds recoverable, and take it back from cures and recoveries', () => {
    const assumed: Partial<PoolAssumptions> = {
      ...rolls,
      recoveryLag: 0,
      advances: { of: 'principal-and-interest', recoverable: 0.8 },
    };
    // Missed: 10, 9 + 5 = 14. Advanced 8 and 11.2. Month 2: cures pay 5 of arrears, all of it goes to the servicer:
    // 3 + 11.2 are outstanding. Month 3: arrears of 4.5 and a recovery of 10 repay all 14.2.
    const [advances, repaid] = columns([line], assumed, 'advances', 'advancesRepaid');
    expect(advances?.slice(0, 2)).toEqual([8, 11.2]);
    expect(repaid?.slice(0, 3)).toEqual([0, 5, 14.2]);
  });

  it('lags a default speed: loans stop paying first and default months later', () => {
    const assumed: Partial<PoolAssumptions> = {
      default: { model: 'MDR', speed: { by: 'month', values: [0.1, 0] } },
      delinquency: { kind: 'lagged', months: 2 },
    };
    expect(columns([line], assumed, 'scheduledPrincipal', 'delinquent30', 'delinquent60', 'defaults')).toEqual([
      [90, 90, 90, 90],
      [40, 0, 0, 0],
      [0, 40, 0, 0],
      [0, 0, 40, 0],
    ]);
  });
});

describe('receivables and lines', () => {
  it('dilutes the balance without cash', () => {
    // 10 % of 400 is credited; 360 repays a quarter. 270, 243, a third of it; and so on.
    expect(columns([line], { dilution: 0.1 }, 'dilutions', 'scheduledPrincipal')).toEqual([
      [40, 27, 16.2, 7.29],
      [90, 81, 72.9, 65.61],
    ]);
  });

  it('draws a line again up to its use, less as lines close', () => {
    const revolving: PoolLine = { ...line, amortisation: 'bullet', limit: 1000, loanCount: 10 };
    const assumed: Partial<PoolAssumptions> = {
      prepayment: { model: 'SMM', speed: 0.1 },
      utilisation: { by: 'month', values: [0.5, 0.5, 0.4] },
    };
    // 360 are left; nine of ten lines are open: 1,000 × 0.9 × 0.5 = 450, 90 are drawn. 405 of 405: nothing. 364.5 of
    // 1,000 × 0.729 × 0.4 = 291.6: nothing. All falls due in month 4.
    expect(columns([revolving], assumed, 'draws', 'prepayments', 'scheduledPrincipal', 'closingBalance')).toEqual([
      [90, 0, 0, 0],
      [40, 45, 40.5, 0],
      [0, 0, 0, 364.5],
      [450, 405, 364.5, 0],
    ]);
  });
});

describe('an adjustable rate', () => {
  it('follows its index within the caps from each reset on, with the servicing spread kept', () => {
    const arm: PoolLine = {
      ...line,
      amortisation: 'bullet',
      remainingTerm: 7,
      grossRate: 0.06,
      netRate: 0.0576,
      adjustable: {
        index: 'SOFR',
        margin: 0.02,
        firstReset: 2,
        resetEvery: 2,
        lookback: 1,
        periodicCap: 0.012,
        lifeCap: 0.08,
        floor: 0.03,
      },
    };
    const flows = projectPool([arm], AS_SCHEDULED, { SOFR: [0.06, 0.5, 0.07, 0.5, 0] });
    // Index a month before: 6 % + 2 % = 8 %, at most 7.2 %; 9 % but 8 % for life; 2 %, but 1.2 % down at a time: 6.8 %
    const rates = [...flows.grossInterest].map((paid) => Math.round((paid / 400) * 12e6) / 1e6);
    expect(rates).toEqual([0.06, 0.072, 0.072, 0.08, 0.08, 0.068, 0.068]);
    expect(flows.servicing[6]).toBeCloseTo((400 * 0.0024) / 12, 12);
  });

  it('has a cap of its own for the first reset, and is rounded before its caps', () => {
    const terms = { index: 'SOFR', margin: 0.02, firstReset: 2, resetEvery: 1, roundTo: 0.00125 };
    const arm: PoolLine = { ...line, amortisation: 'bullet', grossRate: 0.03, netRate: 0.03 };
    const paid = (adjustable: PoolLine['adjustable'], curve: number[]): number[] =>
      [...projectPool([{ ...arm, adjustable } as PoolLine], AS_SCHEDULED, { SOFR: curve }).grossInterest].map(
        (interest) => Math.round((interest / 400) * 12e6) / 1e6,
      );
    // 9 % but 5 % up at first; then 11 % but 2 % up; 5.06 % is nearer to 5 % than to 5.125 %, but 2 % down at a time
    const capped = { ...terms, initialCap: 0.05, periodicCap: 0.02 };
    expect(paid(capped, [0, 0.07, 0.09, 0.0306])).toEqual([0.03, 0.08, 0.1, 0.08]);
    // An eighth: 5.06 % to 5 %, 5.07 % to 5.125 %; half way, 5.0625 %, goes up
    expect(paid(terms, [0, 0.0306, 0.0307, 0.030625])).toEqual([0.03, 0.05, 0.05125, 0.05125]);
  });

  it('wants its index', () => {
    const adjustable = { index: 'SOFR', margin: 0.02, firstReset: 2, resetEvery: 2 };
    expect(() => projectPool([{ ...line, adjustable }], AS_SCHEDULED, { EURIBOR: [0.02] })).toThrow(
      'no rates are given for the index "SOFR" of adjustable loans; given are EURIBOR',
    );
  });
});

describe('assumptions out of range', () => {
  it('are told all at once', () => {
    const wrong: PoolAssumptions = {
      ...AS_SCHEDULED,
      prepayment: { model: 'CPR', speed: 6 },
      prepaymentLockout: -1,
      recoveryTiming: [0.5, 0.4],
      defaultedLoans: 'held',
      default: { model: 'CDR', speed: 0.02 },
      delinquency: { kind: 'rolls', rates: { '30': { current: 0.7, '60': 0.4 } } },
      multipliers: { severity: 200 },
    };
    const fields = (() => {
      try {
        projectPool([line], wrong);
      } catch (error) {
        if (error instanceof PoolAssumptionInvalid) return error.faults.map(({ field }) => field);
      }
      return [];
    })();
    expect(fields).toEqual([
      'prepayment',
      'multipliers.severity',
      'prepaymentLockout',
      'recoveryTiming',
      'delinquency',
      'default',
      'delinquency.rolls.30',
    ]);
  });
});
