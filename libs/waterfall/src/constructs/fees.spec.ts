import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const CLASS = '- {name: A, amount: 1200.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}';

const open = (fee: string, steps: string, more: Partial<ConstructorParameters<typeof Construct>[0]> = {}): Construct =>
  new Construct({
    tranches: CLASS,
    steps: `${steps}
- {step: rest, residual: sponsor, from: [collection]}`,
    ...more,
    blocks: `fees: {f: {payee: bank, ${fee}}}\n${more.blocks ?? ''}`,
  });

const PRINCIPAL = '- {step: p, principal: 0.00 USD, to: A, from: [collection]}';

describe('fees', () => {
  it('are owed on when they were not paid, without interest', () => {
    const deal = open('amount: 10.00 USD', `- {step: pay, fee: f, from: [collection]}\n${PRINCIPAL}`);
    const first = deal.pay({ cash: 300n });
    expect([first.paid('f'), first.state('unpaid.f')]).toEqual([300n, 700n]);
    expect(deal.pay({ cash: 5_000n }).paid('f')).toBe(1_700n);
  });

  it('are lost when they do not carry', () => {
    const deal = open('amount: 10.00 USD, carry: false', `- {step: pay, fee: f, from: [collection]}\n${PRINCIPAL}`);
    expect(deal.pay({ cash: 300n }).paid('f')).toBe(300n);
    expect(deal.pay({ cash: 5_000n }).paid('f')).toBe(1_000n);
    expect(deal.compiled.state).not.toContain('unpaid.f');
  });

  it('fall due on dates on which their step is skipped', () => {
    const deal = open('amount: 10.00 USD', `- {step: pay, fee: f, from: [collection], when: period > 1}\n${PRINCIPAL}`);
    expect(deal.pay({ cash: 5_000n }).paid('f')).toBe(0n);
    expect(deal.pay({ cash: 5_000n }).paid('f')).toBe(2_000n);
  });

  it('are a rate on a balance, by months and by days', () => {
    const month = open('rate: 1 %, of: notes.opening', `- {step: pay, fee: f, from: [collection]}\n${PRINCIPAL}`);
    expect(month.pay({ cash: 5_000n }).paid('f')).toBe(100n);
    const day = open(
      'rate: 1 %, of: notes.opening, dayCount: ACT/360',
      `- {step: pay, fee: f, from: [collection]}\n${PRINCIPAL}`,
    );
    // 1,200.00 × 1 % × 31 ÷ 360 = 1.0333
    expect(day.pay({ cash: 5_000n }).paid('f')).toBe(103n);
  });

  const DATES = `cutOff: 2024-10-31
closing: 2025-01-11
firstCollectionPeriod: 2025-01
firstCollectionFrom: 2024-11-01
paymentDay: 15
businessDays: following
calendar: us-federal-reserve
recordDate: 1 business day before the payment date
paymentDates: 24`;

  it('count every month of a long first period', () => {
    const steps = `- {step: pay, fee: f, from: [collection]}\n${PRINCIPAL}`;
    const deal = open('rate: 1 %, of: notes.opening', steps, { dates: DATES });
    // November to January are three months of 1.00, every later period is one.
    expect([deal.pay({ cash: 5_000n }).paid('f'), deal.pay({ cash: 5_000n }).paid('f')]).toEqual([300n, 100n]);
  });

  it.each([
    // 15 February is a Saturday, 17 February a holiday: 11 January to 18 February, to 17 March (15 March is a Saturday).
    ['dayCount: 30/360', [37n, 29n]],
    ['dayCount: 30/360, accrual: unadjusted', [34n, 30n]],
    ['dayCount: ACT/360, accrual: unadjusted', [35n, 28n]],
    ['dayCount: 30E/360, accrual: collection period', [90n, 30n]],
    ['dayCount: 30/360, accrual: unadjusted, firstAccrualFrom: 2025-01-01', [44n, 30n]],
  ])('count days by %s', (terms, days) => {
    const steps = `- {step: pay, fee: f, from: [collection]}\n${PRINCIPAL}`;
    // 30 % of 1,200.00 is 1.00 a day of 360.
    const deal = open(`rate: 30 %, of: notes.opening, ${terms}`, steps, { dates: DATES });
    expect([1, 2].map(() => deal.pay({ cash: 50_000n }).paid('f'))).toEqual(days.map((day) => day * 100n));
  });

  it('are so much a loan', () => {
    const deal = open('amount: 0.25 USD * loans', `- {step: pay, fee: f, from: [collection]}\n${PRINCIPAL}`, {
      report: 'loans: ratio',
    });
    expect(deal.pay({ cash: 5_000n, loans: 37n * 1_000_000_000_000n }).paid('f')).toBe(925n);
  });
});

describe('a capped fee', () => {
  const steps = `- {step: senior, fee: f, from: [collection]}
- {step: p, principal: 20.00 USD, to: A, from: [collection]}
- {step: junior, feeExcess: f, from: [collection]}
- {step: note, compute: {seniorPaid: senior.paid, juniorDue: junior.due, juniorShort: junior.short}}`;

  it('is paid within the cap before, and the excess after', () => {
    const deal = open('amount: 10.00 USD, cap: 6.00 USD', steps);
    const first = deal.pay({ cash: 2_800n });
    // 6.00, then 20.00, then 2.00 of 4.00
    expect([first.value('seniorPaid'), first.value('juniorDue'), first.value('juniorShort')]).toEqual([
      600n,
      400n,
      200n,
    ]);
    expect(first.paid('f')).toBe(800n);
    // 12.00 are owed: 6.00 before, 6.00 after
    const second = deal.pay({ cash: 10_000n });
    expect([second.value('seniorPaid'), second.value('juniorDue'), second.state('unpaid.f')]).toEqual([600n, 600n, 0n]);
  });

  it('a cap of zero leaves all of it to the excess', () => {
    const first = open('amount: 10.00 USD, cap: 0.00 USD', steps).pay({ cash: 10_000n });
    expect([first.value('seniorPaid'), first.value('juniorDue')]).toEqual([0n, 1_000n]);
  });

  it('has one cap for all its steps of a date', () => {
    const first = open(
      'amount: 10.00 USD, cap: 6.00 USD',
      `- {step: one, fee: f, from: [collection], limit: 4.00 USD}
- {step: two, fee: f, from: [collection]}
${PRINCIPAL}
- {step: note, compute: {second: two.paid}}`,
    ).pay({ cash: 10_000n });
    expect([first.paid('f'), first.value('second')]).toEqual([600n, 200n]);
  });

  it('may count its cap over a year', () => {
    const deal = open(
      'amount: 10.00 USD, cap: "max(0, 15.00 USD - used.balance)", carry: false',
      `- {step: clear, set: 0.00 USD, to: used, when: period = 3}
- {step: senior, fee: f, from: [collection]}
- {step: count, add: senior.paid, to: used}
${PRINCIPAL}`,
      { blocks: 'ledgers: {used: {}}' },
    );
    expect(deal.pay({ cash: 10_000n }).paid('f')).toBe(1_000n);
    expect(deal.pay({ cash: 10_000n }).paid('f')).toBe(500n);
    // cleared after the cap of this date was set: it is whole again on the next
    expect(deal.pay({ cash: 10_000n }).paid('f')).toBe(0n);
    expect(deal.pay({ cash: 10_000n }).paid('f')).toBe(1_000n);
  });
});

describe('several fees under one cap for a calendar year', () => {
  it('are bounded by what is left of it when each is paid, and begin afresh with the year', () => {
    const deal = new Construct({
      dates: `cutOff: 2025-09-30
closing: 2025-10-15
firstCollectionPeriod: 2025-10
paymentDay: 15
businessDays: unadjusted
calendar: us-federal-reserve
recordDate: 1 business day before the payment date
paymentDates: 4`,
      tranches: '- {name: A, amount: 800.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}',
      blocks: `fees:
  trustee: {payee: trustee, amount: 300.00 USD}
  backup: {payee: bank, amount: 200.00 USD}
ledgers: {costs: {}}
formulas: {newYear: yearOf(paymentDate) != yearOf(previousPaymentDate)}`,
      steps: `- {step: startYear, set: 0.00 USD, to: costs, when: newYear}
- {step: payTrustee, fee: trustee, limit: "max(0, 700.00 USD - costs.balance)", from: [collection]}
- {step: payBackup, fee: backup, limit: "max(0, 700.00 USD - costs.balance - payTrustee.paid)", from: [collection]}
- {step: count, add: payTrustee.paid + payBackup.paid, to: costs}
- {step: p, principal: 0.00 USD, to: A, from: [collection]}
- {step: trusteeRest, fee: trustee, from: [collection]}
- {step: backupRest, fee: backup, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    // 15 November and December 2025, 15 January and February 2026: 300 + 200 of 700, then what is left of it, 200 for the trustee.
    const dates = [1, 2, 3, 4].map(() => deal.pay({ cash: 50_000n }));
    const above = dates.map((date) => ['payTrustee.paid', 'payBackup.paid'].map((name) => date.value(name)));
    expect(above).toEqual([
      [30_000n, 20_000n],
      [20_000n, 0n],
      [30_000n, 20_000n],
      [20_000n, 0n],
    ]);
    // What the limits hold back is still owed, and paid below.
    expect(dates.map((date) => [date.paid('trustee'), date.paid('backup')])).toEqual(
      new Array(4).fill([30_000n, 20_000n]),
    );
  });
});
