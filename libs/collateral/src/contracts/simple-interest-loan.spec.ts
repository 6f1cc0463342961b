import { describe, expect, it } from '@jest/globals';
import { indexed, MONTHLY, only, told, TERMS, tidy } from './loan.fixture.js';
import { projectContract } from './project-contract.js';
import type { SimpleInterestLoan } from './terms.js';

/** 1,200 at 36.5 %: 1.2 of interest a day on 1,200, 0.001 of the balance on any. */
const AUTO: SimpleInterestLoan = {
  kind: 'simple-interest',
  ...TERMS,
  conventions: { dayCount: 'ACT/365F', endOfMonth: 'same-day' },
  maturityDate: '2024-04-01',
  interest: { rate: 0.365 },
  redemption: { firstDate: '2024-02-01', cycle: MONTHLY, payment: 437.2 },
};
const paid = (...payments: [string, number][]) =>
  indexed(
    'none',
    {},
    payments.map(([at, amount]) => ({ at, kind: 'paid', amount }) as const),
  );

describe('a loan of simple interest by the day', () => {
  it('paid on time covers the interest of the days, then principal', () => {
    // 31 days of 1.2: 37.2, so 400 repay principal. 29 days of 0.8: 23.2, 414 repay. 31 days of 0.386: 11.966.
    expect(told(projectContract(AUTO))).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['principal', '2024-02-01', 400, 800],
      ['interest', '2024-02-01', 37.2, 800],
      ['principal', '2024-03-01', 414, 386],
      ['interest', '2024-03-01', 23.2, 386],
      ['interest', '2024-04-01', 11.966, 386],
      ['maturity', '2024-04-01', 386, 0],
    ]);
  });

  it('paid ten days late repays ten days of interest less, and the next payment gains what follows', () => {
    // 41 days of 1.2: 49.2, so 388 repay; 19 days of 0.812: 15.428.
    const events = projectContract(AUTO, paid(['2024-02-11', 437.2]));

    expect(told(events).slice(1, 5)).toEqual([
      ['principal', '2024-02-11', 388, 812],
      ['interest', '2024-02-11', 49.2, 812],
      ['principal', '2024-03-01', 421.772, 390.228],
      ['interest', '2024-03-01', 15.428, 390.228],
    ]);
  });

  it('paid too little leaves interest waiting, which bears none itself', () => {
    // 20 of 37.2 are paid: 17.2 wait, and 29 days of 1.2 join them.
    const events = projectContract(AUTO, paid(['2024-02-01', 20]));

    expect(events[1]).toMatchObject({ kind: 'principal', flow: 0, balance: 1200 });
    expect([tidy(events[2]?.flow as number), tidy(events[2]?.accrued as number)]).toEqual([20, 17.2]);
    expect(tidy(events[4]?.flow as number)).toBe(17.2 + 34.8);
    expect(tidy(events[3]?.flow as number)).toBe(437.2 - 52);
  });

  it('paid off early owes nothing more', () => {
    const events = projectContract(AUTO, paid(['2024-01-11', 5000]));

    // Ten days of 1.2 and the 1,200 itself, not the 5,000 that came.
    expect(told(events).slice(1, 3)).toEqual([
      ['principal', '2024-01-11', 1200, 0],
      ['interest', '2024-01-11', 12, 0],
    ]);
    expect(events.slice(3).every(({ flow }) => flow === 0)).toBe(true);
  });

  it('without a stated payment has the level one of its schedule', () => {
    // 31 days at 0.001 and 29 days: 1,200 × 1.031 × 1.029 ÷ (1 + 1.029), of which 37.2 are interest.
    const loan = { ...AUTO, maturityDate: '2024-03-01', redemption: { firstDate: '2024-02-01', cycle: MONTHLY } };
    const events = projectContract(loan);

    expect(tidy(only(events, 'principal')[0]?.flow as number)).toBe(tidy((1200 * 1.031 * 1.029) / 2.029 - 37.2));
  });

  it('tells the borrower the same with every sign turned', () => {
    const flows = (side: SimpleInterestLoan['side']) =>
      projectContract({ ...AUTO, side }, paid(['2024-02-11', 437.2])).map(({ flow }) => tidy(flow));

    expect(flows('liability')).toEqual(flows('asset').map((flow) => tidy(-flow)));
  });
});
