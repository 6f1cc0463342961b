import { describe, expect, it } from '@jest/globals';
import { ContractInvalid, DrawingRefused } from './errors.js';
import { BULLET, indexed, MONTHLY, only, told, TERMS, tidy } from './loan.fixture.js';
import type { ObservedEvent } from './observations.js';
import { projectContract } from './project-contract.js';
import type { AnnuityLoan, BulletLoan, LinearLoan, RevolvingLoan } from './terms.js';

const ANNUITY: AnnuityLoan = {
  kind: 'annuity',
  ...TERMS,
  maturityDate: '2024-04-01',
  redemption: { firstDate: '2024-02-01', cycle: MONTHLY },
};
const YEARLY = { ...MONTHLY, count: 12 };
/** The level payment of a balance at a monthly rate. */
const level = (balance: number, rate: number, payments: number): number =>
  (balance * rate) / (1 - (1 + rate) ** -payments);

const happened = (...events: [string, ObservedEvent['kind'], number][]) =>
  indexed(
    'none',
    { '2023-01-01': 0 },
    events.map(([at, kind, amount]) => ({ at, kind, amount })),
  );

describe('an annuity', () => {
  it('of a rate in steps sets its payment anew at each', () => {
    const events = projectContract({ ...ANNUITY, rateChanges: [{ from: '2024-02-01', rate: 0.24 }] });
    const first = level(1200, 0.01, 3);
    const left = 1200 - (first - 12);
    const second = level(left, 0.02, 2);
    expect(only(events, 'principal').map(({ flow }) => tidy(flow))).toEqual([
      tidy(first - 12),
      tidy(second - 0.02 * left),
    ]);
    expect(tidy(events.at(-1)?.flow ?? 0)).toBe(tidy(second / 1.02));
  });

  it('with a payment cap amortises negatively, as in the textbook', () => {
    // 100,000 over 30 years at 6 %, then 10 %, payment cap 5 %: 599.55, 98,771.99 after a year, 629.53, 101,204.32 after two.
    // Course notes on adjustable-rate mortgages, "Example: Payment Caps" (Brueggeman and Fisher, Real Estate Finance).
    const loan: AnnuityLoan = {
      ...ANNUITY,
      balance: 100_000,
      interest: { rate: 0.06, cycle: MONTHLY },
      maturityDate: '2054-01-01',
      rateChanges: [{ from: '2025-01-01', rate: 0.1 }],
      paymentReset: { firstDate: '2025-01-01', cycle: YEARLY, cap: 0.05 },
    };
    const paidOn = (at: string): { payment: number; balance: number } => {
      const of = projectContract(loan).filter((event) => event.at === at);
      const [principal, interest] = [only(of, 'principal')[0], only(of, 'interest')[0]];
      return { payment: (principal?.flow ?? 0) + (interest?.flow ?? 0), balance: principal?.balance ?? 0 };
    };
    expect(paidOn('2025-01-01').payment).toBeCloseTo(599.55, 2);
    expect(paidOn('2025-01-01').balance).toBeCloseTo(98_771.99, 2);
    expect(paidOn('2025-02-01').payment).toBeCloseTo(629.53, 2);
    // The textbook pays the rounded 629.53; twelve payments of up to half a cent more or less.
    expect(Math.abs(paidOn('2026-01-01').balance - 101_204.32)).toBeLessThan(0.06);
    const recast = { ...loan, paymentReset: { ...loan.paymentReset, recasts: { firstDate: '2025-01-01' } } };
    const free = only(projectContract(recast), 'principal').find(({ at }) => at === '2025-02-01');
    expect(free?.flow).toBeCloseTo(level(98_771.99, 0.1 / 12, 348) - (98_771.99 * 0.1) / 12, 2);
  });

  it('whose balance would pass its cap is recast at once', () => {
    // 8 leave 4 of 12 unpaid. 1,204 are allowed, 1,208.04 are not: then 1,204 over 2 payments.
    const loan = { ...ANNUITY, redemption: { ...ANNUITY.redemption, payment: 8 }, paymentReset: { balanceCap: 1205 } };
    const principal = only(projectContract(loan), 'principal').map(({ flow }) => tidy(flow));
    expect(principal).toEqual([-4, tidy(level(1204, 0.01, 2) - 12.04)]);
  });
});

describe('an adjustable rate', () => {
  it('has a first cap of its own, a lookback, and is rounded', () => {
    const loan: BulletLoan = {
      ...BULLET,
      maturityDate: '2024-06-01',
      rateReset: {
        index: 'SOFR',
        spread: 0.02,
        multiplier: 1,
        firstDate: '2024-02-01',
        cycle: MONTHLY,
        initialCap: 0.05,
        periodCap: 0.02,
        periodFloor: 0.02,
        lookback: { count: 1, unit: 'month' },
        roundTo: 0.00125,
      },
    };
    const series = indexed('SOFR', {
      '2024-01-01': 0.3,
      '2024-02-01': 0.3,
      '2024-03-01': 0.1651,
      '2024-04-01': 0.01,
    });
    // A month before: 32 %, but 5 % up; 32 %, but 2 % up; 18.51 % is nearest to 18.5 %; 3 %, but 2 % down
    const rates = only(projectContract(loan, series), 'rate-reset').map(({ rate }) => tidy(rate));
    expect(rates).toEqual([0.17, 0.19, 0.185, 0.165]);
  });
});

describe('a lease', () => {
  it('pays down to its residual value, which falls due at its end', () => {
    const lease = { ...ANNUITY, residualValue: 600 };
    const events = projectContract(lease);
    const payment = level(600, 0.01, 3) + 6;
    expect(tidy((only(events, 'principal')[0]?.flow ?? 0) + 12)).toBe(tidy(payment));
    const [residual] = only(events, 'residual');
    expect([residual?.at, residual?.flow]).toEqual(['2024-04-01', 600]);
    // The last payment is as large as the others: its principal and the interest on that and on the residual value.
    const last = only(events, 'maturity')[0]?.flow ?? 0;
    expect(tidy(last + (last + 600) * 0.01)).toBe(tidy(payment));
  });
});

describe('forborne principal', () => {
  it('bears no interest and is repaid at maturity', () => {
    const events = projectContract({ ...BULLET, forborne: 400 });
    expect(only(events, 'interest').map(({ flow }) => tidy(flow))).toEqual([8, 8, 8]);
    expect(only(events, 'maturity')[0]?.flow).toBe(1200);
    const annuity = projectContract({ ...ANNUITY, forborne: 400 });
    expect(tidy(only(annuity, 'principal')[0]?.flow ?? 0)).toBe(tidy(level(800, 0.01, 3) - 8));
    const linear: LinearLoan = { ...ANNUITY, kind: 'linear', forborne: 300 };
    expect(only(projectContract(linear), 'principal').map(({ flow }) => tidy(flow))).toEqual([300, 300]);
  });
});

describe('a revolving line', () => {
  const LINE: RevolvingLoan = {
    kind: 'revolving',
    ...TERMS,
    maturityDate: '2024-06-01',
    limit: 2000,
    minimum: { share: 0.05, amount: 50 },
    redemption: { firstDate: '2024-02-01', cycle: MONTHLY },
  };

  it('pays its minimum, interest first, and is drawn in between', () => {
    // 60 of 1,200, of which 12 are interest. Then 9 days of 1,152 and 21 of 1,652: 3.456 + 11.564; 5 % of 1,652 is 82.6.
    const events = projectContract(LINE, happened(['2024-02-10', 'drawn', 500]), '2024-03-01');
    expect(told(events)).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['principal', '2024-02-01', 48, 1152],
      ['interest', '2024-02-01', 12, 1152],
      ['drawing', '2024-02-10', -500, 1652],
      ['principal', '2024-03-01', 67.58, 1584.42],
      ['interest', '2024-03-01', 15.02, 1584.42],
    ]);
  });

  it('pays at least its amount, at least its interest, and what is above its limit', () => {
    const first = (terms: Partial<RevolvingLoan>): number =>
      tidy(only(projectContract({ ...LINE, ...terms }), 'principal')[0]?.flow ?? 0);
    expect(first({ minimum: { share: 0.01, amount: 50 } })).toBe(38);
    expect(first({ minimum: { share: 0, amount: 5 } })).toBe(0);
    expect(first({ limit: 1000 })).toBe(200);
    expect(first({ minimum: { share: 0, amount: 5000 } })).toBe(1200);
  });

  it('is drawn up to its use until the drawing period ends', () => {
    const line = { ...LINE, utilisation: 'use', drawUntil: '2024-03-01', minimum: { share: 0, amount: 0 } };
    const drawn = only(projectContract(line, indexed('use', { '2024-01-01': 0.7, '2024-03-01': 0.9 })), 'drawing');
    // 70 % of 2,000 less 1,200; nothing from March on
    expect(drawn.map(({ flow }) => tidy(flow))).toEqual([-200, 0, 0, 0]);
  });

  it('refuses what is above its limit', () => {
    const overdraw = () => projectContract(LINE, happened(['2024-01-10', 'drawn', 900]));
    expect(overdraw).toThrow(DrawingRefused);
    expect(overdraw).toThrow('cannot be drawn by 900 on 2024-01-10: 800 at most');
    expect(() => projectContract({ ...LINE, maturityDate: undefined })).toThrow(ContractInvalid);
  });
});

describe('a trade receivable', () => {
  it('bought at a discount is paid without what credit notes took off', () => {
    const { interest: _, ...invoice } = BULLET;
    const events = projectContract({ ...invoice, initialPremium: -24 }, happened(['2024-02-15', 'reduced', 100]));
    expect(told(events)).toEqual([
      ['initial-exchange', '2024-01-01', -1176, 1200],
      ['write-down', '2024-02-15', 0, 1100],
      ['maturity', '2024-04-01', 1100, 0],
    ]);
  });
});
