import { describe, expect, it } from '@jest/globals';
import { BULLET, indexed, MONTHLY, only, told, TERMS, tidy } from './loan.fixture.js';
import type { Observations } from './observations.js';
import { projectContract } from './project-contract.js';
import type { LinearLoan, PrepaymentTerms } from './terms.js';

const LINEAR: LinearLoan = {
  kind: 'linear',
  ...TERMS,
  maturityDate: '2024-05-01',
  redemption: { cycle: MONTHLY, payment: 300 },
};
const prepaid = (at: string, amount: number): Observations =>
  indexed('SOFR', { '2024-01-01': 0.09 }, [{ at, kind: 'prepaid', amount }]);

describe('a prepayment', () => {
  it('reduces what interest runs on from its day, and never exceeds what is left', () => {
    // Half a month of 1,200 and half of 600: 6 + 3.
    expect(told(projectContract(BULLET, prepaid('2024-01-16', 600))).slice(1, 3)).toEqual([
      ['prepayment', '2024-01-16', 600, 600],
      ['interest', '2024-02-01', 9, 600],
    ]);
    expect(told(projectContract(BULLET, prepaid('2024-01-16', 5000)))[1]).toEqual([
      'prepayment',
      '2024-01-16',
      1200,
      0,
    ]);
  });

  it('shortens the term, or lowers the payments', () => {
    const principal = (effect: PrepaymentTerms['effect']) => {
      const events = projectContract({ ...LINEAR, prepayment: { effect } }, prepaid('2024-02-15', 300));
      return events.filter(({ kind }) => kind === 'principal' || kind === 'maturity').map(({ flow }) => tidy(flow));
    };

    // After 300 and the prepaid 300, 600 are left on 1 March, 1 April and 1 May.
    expect(principal('shorter-term')).toEqual([300, 300, 300, 0]);
    expect(principal('lower-payment')).toEqual([300, 200, 200, 200]);
  });

  it.each<[NonNullable<PrepaymentTerms['penalty']>, number]>([
    [{ kind: 'amount', value: 25 }, 25],
    // 2 % a year on 1,200 over the half month since the loan began.
    [{ kind: 'rate', value: 0.02 }, 1],
    // 12 % against 9 % lost over that half month.
    [{ kind: 'rate-lost', value: 0 }, 1.5],
  ])('costs by %j a penalty of %d, before it', (penalty, cost) => {
    const rateReset = { index: 'SOFR', spread: 0, multiplier: 1 };
    const loan = { ...BULLET, rateReset, prepayment: { effect: 'shorter-term', penalty } } as const;
    const events = projectContract(loan, prepaid('2024-01-16', 600));

    expect(told(events).slice(1, 3)).toEqual([
      ['penalty', '2024-01-16', cost, 1200],
      ['prepayment', '2024-01-16', 600, 600],
    ]);
  });

  it('may follow a model on its own dates', () => {
    const prepayment = { effect: 'shorter-term', model: 'speed', firstDate: '2024-02-01', cycle: MONTHLY } as const;
    const events = projectContract(
      { ...BULLET, prepayment },
      indexed('speed', { '2024-02-01': 0.1, '2024-03-01': 0.5 }),
    );

    expect(told(only(events, 'prepayment'))).toEqual([
      ['prepayment', '2024-02-01', 120, 1080],
      ['prepayment', '2024-03-01', 540, 540],
    ]);
  });
});
