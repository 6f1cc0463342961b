import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RATE_SCALE } from '@weir/money';
import type { LoanMonth } from '../tape/loan-month.js';
import { expectedPayment, levelPayment, PaymentTermsInvalid } from './expected-payment.js';
import { paymentDeviations } from './payment-deviations.js';

const percent = (value: number): bigint => (BigInt(Math.round(value * 100)) * RATE_SCALE) / 10_000n;

describe('one month’s payment in cents', () => {
  it('is level: 1,000.00 over 3 months at 12 % pays 340.02', () => {
    // 1000 × 0.01 ÷ (1 − 1.01^−3) = 340.0221; interest 10.00
    const terms = { balance: 100_000n, rate: percent(12), payments: 3 };
    expect(expectedPayment(terms, 'half-up')).toEqual({ interest: 1_000n, principal: 33_002n, total: 34_002n });
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
    expect(of({ amortisation: 'linear' })).toEqual({ interest: 500n, principal: 33_333n, total: 33_833n });
    expect(of({ amortisation: 'bullet' })).toEqual({ interest: 500n, principal: 0n, total: 500n });
    expect(of({ interestOnly: true })).toEqual({ interest: 500n, principal: 0n, total: 500n });
    expect(of({ amortisation: 'bullet', payments: 1 }).total).toBe(100_500n);
    expect(of({ rate: 0n }).principal).toBe(33_333n);
  });

  it('repays any loan to the cent, month by month', () => {
    const terms = fc.record({
      balance: fc.bigInt({ min: 0n, max: 10n ** 11n }),
      rate: fc.bigInt({ min: 0n, max: RATE_SCALE / 3n }),
      payments: fc.integer({ min: 1, max: 60 }),
      amortisation: fc.constantFrom('level' as const, 'linear' as const, 'bullet' as const),
    });
    fc.assert(
      fc.property(terms, ({ balance, payments, ...rest }) => {
        let [left, largest] = [balance, 0n];
        for (let month = payments; month >= 1; month--) {
          const paid = expectedPayment({ ...rest, balance: left, payments: month }, 'half-even');
          expect(paid.principal >= 0n && paid.principal <= left).toBe(true);
          largest = paid.total > largest ? paid.total : largest;
          left -= paid.principal;
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
