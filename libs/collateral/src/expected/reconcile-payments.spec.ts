import { describe, expect, it } from '@jest/globals';
import { RATE_SCALE } from '@weir/money';
import { CONSUMER_LOAN } from '../tape/model/consumer-loan.js';
import { consumerRecord } from '../testing/loan-record.js';
import { PaymentReconciler } from './reconcile-payments.js';

const SIX = (RATE_SCALE * 6n) / 100n;
const OPTIONS = { rounding: 'half-up', tolerance: 1n, daysInYear: 365 } as const;
/** 1,000.00 at 6 % with a payment of 105.00: a month's interest is 5.00, principal 100.00. */
const LAST = { closingBalance: 100_000n, interestRate: SIX, scheduledPayment: 10_500n };

type Values = Parameters<typeof consumerRecord>[1];

function reconcile(last: Values | null, now: Values) {
  const reconciler = new PaymentReconciler(CONSUMER_LOAN, OPTIONS);
  if (last) reconciler.remember(consumerRecord('1', last));
  const loan = reconciler.compare(consumerRecord('1', now));
  return { loan, result: reconciler.result() };
}

const paid = (interest: bigint, principal: bigint, more: Values = {}): Values => ({
  ...{ interestCollected: interest, principalCollected: principal, interestRate: SIX },
  ...{ closingBalance: 100_000n - principal, ...more },
});

describe('a payment against last month’s terms', () => {
  it.each<[string, Values, string, string, number | null]>([
    ['as it is due', paid(500n, 10_000n), 'as due', 'a month', null],
    ['within the tolerance', paid(501n, 10_000n), 'as due', 'a month', null],
    // 1000.00 × 6 % × 34 ÷ 365 = 5.589: the payment came late, and more of it is interest.
    ['of 34 days', paid(559n, 9_941n), 'as due', 'days', 34],
    ['of 20 days, and more', paid(329n, 20_000n), 'more', 'days', 20],
    ['in part', paid(500n, 2_000n), 'less', 'a month', null],
    ['that was not made', paid(0n, 0n), 'nothing', 'none', null],
    ['that repays the loan', paid(493n, 100_000n), 'in full', 'days', 30],
    ['of a loan that is charged off', paid(0n, 0n, { chargedOffAmount: 100_000n }), 'charged off', 'none', null],
    // 1000.00 × 7.2 % ÷ 12 = 6.00, which is 36.5 days at 6 %
    [
      'at the new rate',
      paid(600n, 9_900n, { interestRate: (RATE_SCALE * 72n) / 1000n }),
      'as due',
      'another rate',
      null,
    ],
    // 1000.00 × 600 % ÷ 12: this month states 6 where it means 0.06, and no rate rises a hundredfold.
    ['at a hundredfold', paid(50_000n, 9_900n, { interestRate: RATE_SCALE * 6n }), 'more', 'unexplained', null],
    ['whose interest is of nothing', paid(600n, 9_900n), 'as due', 'unexplained', null],
    // 1000.00 × 6 % × 200 ÷ 365 = 32.88
    // 1,000.00 is all that is owed, a cent more is within the tolerance.
    ['of more principal than is owed', paid(500n, 100_002n, { closingBalance: 0n }), 'more than owed', 'a month', null],
    ['of all principal and a cent', paid(500n, 100_001n, { closingBalance: 0n }), 'in full', 'a month', null],
    [
      'of what was raised',
      paid(500n, 100_002n, { openingBalance: 110_000n, closingBalance: 9_998n }),
      'more',
      'a month',
      null,
    ],
    ['of many days', paid(3_288n, 7_212n), 'as due', 'days', 200],
    ['of more than a year', paid(9_005n, 1_495n), 'as due', 'unexplained', null],
    // All of the payment, and a year would be 60.00.
    ['that only lowers arrears', paid(2_000n, 0n), 'less', 'arrears', null],
    ['of more than a year’s arrears', paid(6_500n, 0n), 'less', 'unexplained', null],
  ])('%s', (_, now, how, interest, days) => {
    const { loan } = reconcile(LAST, now);
    expect(loan).toMatchObject({
      paid: how,
      interest,
      days,
      expected: { interest: 500n, principal: 10_000n, total: 10_500n },
    });
  });

  it('is level where no payment is stated, and the whole balance at the end', () => {
    // 1000 × 0.005 ÷ (1 − 1.005^−2) = 503.753: 5.00 and 498.75
    const level = { closingBalance: 100_000n, interestRate: SIX, remainingTerm: 2 };
    expect(reconcile(level, paid(500n, 49_875n)).loan).toMatchObject({ paid: 'as due', interest: 'a month' });
    const last = { ...LAST, remainingTerm: 1 };
    expect(reconcile(last, paid(500n, 10_000n)).loan?.expected).toEqual({
      interest: 500n,
      principal: 100_000n,
      total: 100_500n,
    });
    // A payment above what is left takes what is left; one below the interest repays nothing.
    const large = { ...LAST, scheduledPayment: 200_000n };
    expect(reconcile(large, paid(500n, 0n)).loan?.expected.principal).toBe(100_000n);
    const small = { ...LAST, scheduledPayment: 300n };
    expect(reconcile(small, paid(500n, 0n)).loan?.expected).toEqual({ interest: 500n, principal: 0n, total: 500n });
  });

  it('cannot be expected where the terms are not stated, nor compared without last month', () => {
    expect(reconcile({ ...LAST, interestRate: null }, paid(500n, 10_000n)).result).toMatchObject({ unknown: 1 });
    expect(reconcile({ ...LAST, scheduledPayment: null }, paid(500n, 10_000n)).result).toMatchObject({ unknown: 1 });
    expect(reconcile(LAST, paid(500n, 10_000n, { interestCollected: null })).result).toMatchObject({ unknown: 1 });
    expect(reconcile(null, paid(500n, 10_000n)).result).toMatchObject({ added: 1, all: { loans: 0 } });
    expect(reconcile({ ...LAST, closingBalance: 0n }, paid(0n, 0n)).result).toMatchObject({ added: 1, gone: 0 });
  });
});

describe('two months of a pool', () => {
  it('are added up, in all and by kind, with the loans that are gone', () => {
    const reconciler = new PaymentReconciler(CONSUMER_LOAN, OPTIONS);
    for (const key of ['1', '2', '3', '4']) reconciler.remember(consumerRecord(key, LAST));
    reconciler.compare(consumerRecord('1', paid(500n, 10_000n)));
    reconciler.compare(consumerRecord('2', paid(500n, 10_000n)));
    reconciler.compare(consumerRecord('3', paid(559n, 9_941n)));
    const { all, kinds, gone } = reconciler.result();
    expect(gone).toBe(1);
    expect(all).toEqual({
      loans: 3,
      expected: { interest: 1_500n, principal: 30_000n, total: 31_500n },
      reported: { interest: 1_559n, principal: 29_941n, total: 31_500n },
    });
    expect(kinds.map(({ paid: how, interest, loans }) => [how, interest, loans])).toEqual([
      ['as due', 'a month', 2],
      ['as due', 'days', 1],
    ]);
  });
});
