import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

/** A class of 36,500.00 at 3.6 %: 3.65 a day by ACT/360, 3.60 by ACT/365F. */
const open = (dayCount: string, terms = 'accrual: unadjusted', dates?: string): Construct =>
  new Construct({
    tranches: `- {name: A, amount: 36500.00 USD, coupon: 3.6 %, dayCount: ${dayCount}, ${terms}}`,
    steps: `- {step: i, interest: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    ...(dates === undefined ? {} : { dates }),
  });

const interest = (deal: Construct): bigint => deal.pay({ cash: 10_000_000n }).paid('A interest');

describe('day counts of a class', () => {
  // 15 January to 15 February is 31 days, to 15 March 28
  it.each([
    ['ACT/360', [31n * 365n, 28n * 365n]],
    ['ACT/365F', [31n * 360n, 28n * 360n]],
    ['30/360', [10_950n, 10_950n]],
    ['30E/360', [10_950n, 10_950n]],
    // 2025 is a common year throughout
    ['ACT/ACT ISDA', [31n * 360n, 28n * 360n]],
    // A regular month is a twelfth of a year whatever its days
    ['ACT/ACT ICMA', [10_950n, 10_950n]],
  ])('%s', (dayCount, expected) => {
    const deal = open(dayCount);
    expect([interest(deal), interest(deal)]).toEqual(expected);
  });

  it('ACT/ACT ISDA over a turn of the year into a leap year', () => {
    const deal = open(
      'ACT/ACT ISDA',
      'accrual: unadjusted',
      `cutOff: 2023-11-30
closing: 2023-12-15
firstCollectionPeriod: 2023-12
paymentDay: 15
businessDays: unadjusted
calendar: us-federal-reserve
recordDate: 1 business day before the payment date
paymentDates: 3`,
    );
    // 17 days of 365 and 14 of 366 of 1,314.00 a year: 61.2 + 50.26229… = 111.46229…
    expect(interest(deal)).toBe(11_146n);
    // 31 days of 366: 111.29508…
    expect(interest(deal)).toBe(11_130n);
  });

  it('with a coupon that is not constant', () => {
    const deal = new Construct({
      tranches: `- {name: A, amount: 36500.00 USD, coupon: index, dayCount: ACT/ACT ISDA, accrual: unadjusted}`,
      report: 'index: rate',
      steps: `- {step: i, interest: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    // 3.6 % and 7.2 % for 31 and 28 days of 365
    expect(deal.pay({ cash: 1_000_000n, index: 36_000_000_000n }).paid('A interest')).toBe(11_160n);
    expect(deal.pay({ cash: 1_000_000n, index: 72_000_000_000n }).paid('A interest')).toBe(20_160n);
  });
});

describe('accrual periods', () => {
  const late = `cutOff: 2025-02-28
closing: 2025-03-20
firstCollectionPeriod: 2025-05
firstCollectionFrom: 2025-03-01
frequency: monthly
paymentDay: 15
businessDays: following
calendar: us-federal-reserve
recordDate: 1 business day before the payment date
paymentDates: 3`;

  it('a long first period from closing, as moved or as written', () => {
    // 15 June 2025 is a Sunday: 88 days to Monday the 16th, 87 to the 15th; then 29 or 30 to 15 July
    const adjusted = open('ACT/360', 'accrual: adjusted', late);
    expect([interest(adjusted), interest(adjusted)]).toEqual([88n * 365n, 29n * 365n]);
    const written = open('ACT/360', 'accrual: unadjusted', late);
    expect([interest(written), interest(written)]).toEqual([87n * 365n, 30n * 365n]);
  });

  it('a first period of its own', () => {
    // 1 April to 15 June: 75 days; by 30/360 2 × 30 + 14
    expect(interest(open('ACT/360', 'accrual: unadjusted, firstAccrualFrom: 2025-04-01', late))).toBe(75n * 365n);
    expect(interest(open('30/360', 'accrual: unadjusted, firstAccrualFrom: 2025-04-01', late))).toBe(74n * 365n);
  });

  it('the collection period: its first day to its last, both included', () => {
    const deal = open('ACT/360', 'accrual: collection period', late);
    // March, April and May, then June
    expect([interest(deal), interest(deal)]).toEqual([92n * 365n, 30n * 365n]);
  });

  it('a first payment date off the payment day, which leaves the regular periods where they are', () => {
    const dates = `cutOff: 2024-12-31
closing: 2025-01-15
firstCollectionPeriod: 2025-01
paymentDay: 15
firstPaymentDate: 2025-02-26
businessDays: unadjusted
calendar: us-federal-reserve
recordDate: 1 business day before the payment date
paymentDates: 3`;
    const [days, regular] = [
      open('ACT/365F', 'accrual: unadjusted', dates),
      open('ACT/ACT ICMA', 'accrual: unadjusted', dates),
    ];
    // 15 January to 26 February is 42 days, to 15 March 17
    expect([interest(days), interest(days)]).toEqual([42n * 360n, 17n * 360n]);
    // A month of 109.50, and 11 of the 28 days to 15 March: 109.50 + 43.017857; then the other 17: 66.482142
    expect([interest(regular), interest(regular)]).toEqual([15_252n, 6_648n]);
  });

  it('quarters', () => {
    const quarterly = open(
      '30/360',
      'accrual: unadjusted',
      `cutOff: 2024-12-31
closing: 2025-01-15
firstCollectionPeriod: 2025-03
frequency: quarterly
paymentDay: 15
businessDays: following
calendar: us-federal-reserve
recordDate: 1 business day before the payment date
paymentDates: 3`,
    );
    // 15 January to 15 April, to 15 July
    expect([interest(quarterly), interest(quarterly)]).toEqual([90n * 365n, 90n * 365n]);
  });

  it('names its day fraction', () => {
    const deal = new Construct({
      tranches: `- {name: A, amount: 36500.00 USD, coupon: 3.6 %, dayCount: ACT/360, accrual: unadjusted}`,
      steps: `- {step: i, interest: A, from: [collection]}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: own, pay: 1.00 USD * A.dayFraction * 360, payee: bank, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    expect(deal.pay({ cash: 1_000_000n }).paid('own')).toBe(3_100n);
    expect(deal.pay({ cash: 1_000_000n }).paid('own')).toBe(2_800n);
  });
});
