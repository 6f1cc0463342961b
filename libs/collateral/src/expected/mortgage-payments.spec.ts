import { describe, expect, it } from '@jest/globals';
import { RATE_SCALE } from '@weir/money';
import { mortgageRecord } from '../testing/mortgage-record.js';
import { COMMERCIAL_MORTGAGE } from '../tape/model/commercial-mortgage.js';
import type { FieldValue } from '../tape/row-reader.js';
import { PaymentReconciler } from './reconcile-payments.js';

type Short = Parameters<typeof mortgageRecord>[2];
const SIX = (RATE_SCALE * 6n) / 100n;
/** 1,000,000.01 at 6 % by actual days over 360, with an agreed payment of 7,000.00. */
const LAST = { closing: 1_000_000_01n, rate: SIX, accrual: '3', payment: 7_000_00n } as const;
const FACTS = { maturityDate: '2027-04-06', firstLoanPaymentDueDate: '2017-05-06' };

function reconcile(month: string, last: Short, now: Short, facts: Record<string, FieldValue> = FACTS) {
  const reconciler = new PaymentReconciler(COMMERCIAL_MORTGAGE, {
    rounding: 'half-up',
    tolerance: 1n,
    daysInYear: 365,
  });
  const next = (name: string): string => {
    const [year = 0, number = 0] = name.split('-').map(Number);
    return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  };
  reconciler.remember(mortgageRecord('1', month, last, facts));
  return reconciler.compare(mortgageRecord('1', next(month), now, facts));
}

describe('the payment of a commercial mortgage', () => {
  it.each<[string, string, string, bigint]>([
    // 1,000,000.01 × 6 % ÷ 360 = 166.6667 a day
    ['actual/360: January’s 31 days', '2020-01', '3', 5_166_67n],
    ['actual/360: the 29 days of a leap year’s February', '2020-02', '3', 4_833_33n],
    ['30/360', '2020-01', '1', 5_000_00n],
    // 60,000.00 × 31 ÷ 365 = 5,095.89
    ['actual/365', '2020-01', '2', 5_095_89n],
    // 60,000.00 × 31 ÷ 366 = 5,081.97
    ['actual/actual', '2020-01', '4', 5_081_97n],
    ['actual/366', '2021-01', '5', 5_081_97n],
    ['a twelfth of a year where it is not said', '2020-01', '98', 5_000_00n],
  ])('bears interest of the month before it, by its own day count: %s', (_, month, accrual, interest) => {
    const principal = 7_000_00n - interest;
    const now = { interest, principal, unscheduled: 0n, closing: 1_000_000_01n - principal };
    expect(reconcile(month, { ...LAST, accrual }, now)).toMatchObject({
      expected: { interest, principal },
      ...{ paid: 'as due', interest: 'a month', days: null },
    });
  });

  it('counts unscheduled and other principal, and interest that is stated apart', () => {
    const now = { interest: 5_166_67n, otherInterest: 59n, principal: 1_833_33n, unscheduled: 40_000_00n };
    expect(reconcile('2020-01', LAST, { ...now, otherPrincipal: -59n, closing: 958_167_27n })).toMatchObject({
      // 5,166.67 + 0.59; 1,833.33 + 40,000.00 − 0.59
      reported: { interest: 5_167_26n, principal: 41_832_74n, total: 47_000_00n },
      ...{ paid: 'more', interest: 'a month' },
    });
    const payoff = {
      interest: 5_166_67n,
      principal: 1_833_33n,
      unscheduled: 998_166_68n,
      closing: 0n,
      liquidated: '9',
    };
    expect(reconcile('2020-01', LAST, payoff)?.paid).toBe('in full');
    const loss = { interest: 5_166_67n, principal: 0n, unscheduled: 600_000_00n, loss: 400_000_01n, closing: 0n };
    expect(reconcile('2020-01', LAST, loss)?.paid).toBe('charged off');
  });

  it('is interest alone until the agreed number of payments was made, and then level over the amortisation term', () => {
    const facts = { ...FACTS, originalInterestOnlyTermNumber: 24, originalAmortizationTermNumber: 360 };
    const paying = { ...LAST, accrual: '1', payment: 5_000_00n };
    const due = (month: string) => reconcile(month, paying, { interest: 5_000_00n, principal: 0n }, facts)?.expected;
    // The first payment was in May 2017, so April 2019's is the 24th and May's repays.
    expect(due('2019-03')).toEqual({ interest: 5_000_00n, principal: 0n, total: 5_000_00n });
    // 1,000,000.01 × 0.005 ÷ (1 − 1.005^−360) = 5,995.5053
    expect(due('2019-04')).toEqual({ interest: 5_000_00n, principal: 995_51n, total: 5_995_51n });
    const bullet = { ...FACTS, paymentTypeCode: '3' };
    const now = { interest: 5_000_00n, principal: 0n };
    expect(reconcile('2019-04', { ...paying, payment: 5_166_67n }, now, bullet)?.expected.principal).toBe(0n);
    // The balloon falls due in April 2027.
    expect(reconcile('2027-03', paying, now, bullet)?.expected.principal).toBe(1_000_000_01n);
  });

  it('of a balance in single precision is due within what that may be off by', () => {
    // 45429932 × 4.65 % × 31 ÷ 360 = 181,909.02; it may stand for 5.42 more, which bear 0.03
    const rate = (RATE_SCALE * 465n) / 10_000n;
    const last = { closing: 45_429_932_00n, rate, accrual: '3', payment: 235_130_38n };
    const now = { interest: 181_909_05n, principal: 53_221_33n, closing: 45_376_710_00n };
    expect(reconcile('2017-07', last, now)).toMatchObject({ paid: 'as due', interest: 'a month' });
    const exact = { ...last, closing: 45_429_932_01n };
    expect(reconcile('2017-07', exact, now)?.interest).toBe('unexplained');
  });
});
