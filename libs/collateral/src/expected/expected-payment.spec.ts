import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RATE_SCALE } from '@weir/money';
import type { LoanMonth } from '../tape/loan-month.js';
import { PaymentTermsInvalid } from './check-payment.js';
import { type ExpectedPayment, expectedPayment, levelPayment } from './expected-payment.js';
import type { PaymentTerms } from './payment-terms.js';
import { paymentDeviations } from './payment-deviations.js';

const percent = (value: number): bigint => (BigInt(Math.round(value * 100)) * RATE_SCALE) / 10_000n;

/** A payment of interest and principal alone. */
const paid = (interest: bigint, principal: bigint): ExpectedPayment => ({
  interest,
  principal,
  total: interest + principal,
  capitalised: 0n,
  residual: 0n,
});

describe('one month’s payment in cents', () => {
  it('is level: 1,000.00 over 3 months at 12 % pays 340.02', () => {
    // 1000 × 0.01 ÷ (1 − 1.01^−3) = 340.0221; interest 10.00
    const terms = { balance: 100_000n, rate: percent(12), payments: 3 };
    expect(expectedPayment(terms, 'half-up')).toEqual(paid(1_000n, 33_002n));
    expect(levelPayment(terms, 'up')).toBe(34_003n);
  });

  it('is that of a 30-year mortgage of 100,000.00 at 6 %: 599.55, and at 7 %: 665.30', () => {
    // 100000 × 0.005 ÷ (1 − 1.005^−360) = 599.5505; 100000 × 0.07/12 ÷ (1 − (1 + 0.07/12)^−360) = 665.3025
    const payment = (rate: number): bigint =>
      levelPayment({ balance: 10_000_000n, rate: percent(rate), payments: 360 }, 'half-even');
    expect([payment(6), payment(7)]).toEqual([59_955n, 66_530n]);
  });

  it('is linear, bullet or interest only, and takes all at the end', () => {
    const terms = { balance: 100_000n, rate: percent(6), payments: 3 };
    const of = (more: object) => expectedPayment({ ...terms, ...more }, 'half-up');
    expect(of({ amortisation: 'linear' })).toEqual(paid(500n, 33_333n));
    expect(of({ amortisation: 'bullet' })).toEqual(paid(500n, 0n));
    expect(of({ interestOnly: true })).toEqual(paid(500n, 0n));
    expect(of({ amortisation: 'bullet', payments: 1 }).total).toBe(100_500n);
    expect(of({ rate: 0n }).principal).toBe(33_333n);
  });

  it('of a lease leaves its residual value, which falls due beside the last', () => {
    // 500.00 amortise over 2 months at 1 %: 500 ÷ 2.01 = 248.7562; and 10.00 of interest, then 1 % of 751.24: 7.5124
    const lease = { balance: 100_000n, rate: percent(12), payments: 2, residual: 50_000n };
    expect(expectedPayment(lease, 'half-up')).toEqual(paid(1_000n, 24_876n));
    const last = expectedPayment({ ...lease, balance: 75_124n, payments: 1 }, 'half-up');
    expect(last).toEqual({ ...paid(751n, 25_124n), residual: 50_000n });
  });

  it('that is agreed, or a line’s minimum, covers interest first', () => {
    const terms = { balance: 100_000n, rate: percent(12), payments: 9 };
    const of = (more: Partial<PaymentTerms>) => expectedPayment({ ...terms, ...more }, 'half-up');
    expect(of({ agreed: 5_000n })).toEqual(paid(1_000n, 4_000n));
    expect(of({ agreed: 800n })).toEqual({ ...paid(800n, 0n), capitalised: 200n });
    expect(of({ agreed: 500_000n })).toEqual(paid(1_000n, 100_000n));
    expect(of({ minimum: { share: percent(5), amount: 0n } })).toEqual(paid(1_000n, 4_000n));
    expect(of({ minimum: { share: percent(1), amount: 7_500n } })).toEqual(paid(1_000n, 6_500n));
    expect(of({ minimum: { share: 0n, amount: 0n } })).toEqual(paid(1_000n, 0n));
  });

  it('of a fixed schedule, of forborne principal, in a holiday and by days', () => {
    const terms = { balance: 100_000n, rate: percent(12), payments: 2 };
    const of = (more: Partial<PaymentTerms>) => expectedPayment({ ...terms, ...more }, 'half-up');
    expect(of({ scheduledPrincipal: 12_345n })).toEqual(paid(1_000n, 12_345n));
    // 600.00 bear 6.00 and repay 600 ÷ 2.01 = 298.5075
    expect(of({ forborne: 40_000n })).toEqual(paid(600n, 29_851n));
    expect(of({ capitalised: true })).toEqual({ ...paid(0n, 0n), capitalised: 1_000n });
    // 1,000.00 at 12 % for 31 days of 360: 10.3333; for 45 of 365: 14.7945
    expect(of({ amortisation: 'bullet', days: { period: 31, year: 360 } }).interest).toBe(1_033n);
    expect(of({ amortisation: 'bullet', days: { period: 45, year: 365 } }).interest).toBe(1_479n);
    // The level payment is that of equal months: 1,000 ÷ 2.01 + 10 = 507.5124, of which 10.33 are interest.
    expect(of({ days: { period: 31, year: 360 } })).toEqual(paid(1_033n, 49_718n));
  });

  it('repays any loan to the cent, month by month', () => {
    const amount = fc.option(fc.bigInt({ min: 0n, max: 10n ** 9n }), { nil: undefined });
    const terms = fc.record({
      balance: fc.bigInt({ min: 0n, max: 10n ** 11n }),
      rate: fc.bigInt({ min: 0n, max: RATE_SCALE / 3n }),
      payments: fc.integer({ min: 1, max: 60 }),
      amortisation: fc.constantFrom('level' as const, 'linear' as const, 'bullet' as const),
      agreed: amount,
      scheduledPrincipal: amount,
      residualShare: fc.bigInt({ min: 0n, max: 5n }),
      forborneShare: fc.bigInt({ min: 0n, max: 5n }),
      holiday: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(terms, ({ balance, payments, holiday, residualShare, forborneShare, ...rest }) => {
        const kept = { residual: (balance * residualShare) / 10n, forborne: (balance * forborneShare) / 10n };
        const given = Object.fromEntries(
          Object.entries({ ...rest, ...kept }).filter(([, value]) => value !== undefined),
        );
        let left = balance;
        for (let month = payments; month >= 1; month--) {
          const own = { ...(given as typeof rest & typeof kept), capitalised: payments - month < holiday };
          const due = expectedPayment({ ...(own as PaymentTerms), balance: left, payments: month }, 'half-even');
          expect(due.principal >= 0n && due.principal <= left && due.interest >= 0n).toBe(true);
          left += due.capitalised - due.principal - due.residual;
        }
        expect(left).toBe(0n);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses terms out of range', () => {
    const terms = { balance: 1n, rate: 0n, payments: 1 };
    expect(() => expectedPayment({ ...terms, payments: 0 }, 'down')).toThrow(PaymentTermsInvalid);
    expect(() => levelPayment({ ...terms, rate: RATE_SCALE }, 'down')).toThrow('give a rate from 0 to 100 % a year');
    expect(() => levelPayment({ ...terms, balance: -1n }, 'down')).toThrow('balance is -1');
    expect(() => expectedPayment({ ...terms, residual: 2n }, 'down')).toThrow('residual is 2; give an amount up to');
    expect(() => expectedPayment({ ...terms, agreed: -2n }, 'down')).toThrow('agreed is -2');
    expect(() => expectedPayment({ ...terms, days: { period: 31, year: 0 } }, 'down')).toThrow(PaymentTermsInvalid);
  });
});

describe('scheduled payments that a servicer reports', () => {
  const loan = (key: string, row: number, more: Partial<LoanMonth>): LoanMonth =>
    ({
      key,
      row,
      opening: 67_000n,
      scheduledPayment: 34_002n,
      originalAmount: 100_000n,
      originalTerm: 3,
      originalRate: percent(12),
      currentRate: percent(12),
      maturityMonth: '2025-04',
      ...more,
    }) as LoanMonth;

  it('that fit neither the original terms nor the balance are listed, the largest first', () => {
    const loans = [
      loan('as-agreed', 2, {}),
      // 670.00 over 2 months at 12 %: 670 × 0.01 ÷ (1 − 1.01^−2) = 6.7 × 1.0201 ÷ 0.0201 = 340.0333
      loan('set-anew', 3, { scheduledPayment: 34_003n, originalAmount: null }),
      loan('doubled', 4, { scheduledPayment: 68_004n }),
      loan('off', 5, { scheduledPayment: 34_000n, maturityMonth: null }),
      loan('within', 6, { scheduledPayment: 34_003n, maturityMonth: null }),
      loan('unstated', 7, { scheduledPayment: null }),
      loan('no-terms', 8, { originalTerm: null, currentRate: null }),
      // It matures this month: 670.00 and 6.70 of interest.
      loan('last', 9, { scheduledPayment: 67_670n, maturityMonth: '2025-03' }),
    ];
    expect(paymentDeviations(loans, { month: '2025-03', rounding: 'half-up', tolerance: 1n })).toEqual({
      checked: 6,
      unknown: 2,
      deviations: [
        { key: 'doubled', row: 4, reported: 68_004n, expected: 34_003n, difference: 34_001n, basis: 'balance' },
        { key: 'off', row: 5, reported: 34_000n, expected: 34_002n, difference: -2n, basis: 'original-terms' },
      ],
    });
  });
});
