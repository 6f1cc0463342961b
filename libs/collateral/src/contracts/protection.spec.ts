import { describe, expect, it } from '@jest/globals';
import { PrepaymentLockedOut } from './errors.js';
import { BULLET, indexed, MONTHLY, only, tidy } from './loan.fixture.js';
import type { ObservedEvent } from './observations.js';
import { projectContract } from './project-contract.js';
import type { BulletLoan, ProtectedUntil } from './terms.js';

const UST = { '2023-01-01': 0.03 };
const protectedBy = (...protection: ProtectedUntil[]): BulletLoan => ({
  ...BULLET,
  prepayment: { effect: 'shorter-term', protection },
});
const prepaid = (at: string, amount: number): ObservedEvent => ({ at, kind: 'prepaid', amount });
const penalty = (loan: BulletLoan, event: ObservedEvent): number =>
  tidy(only(projectContract(loan, indexed('UST', UST, [event])), 'penalty')[0]?.flow ?? 0);

describe('protection against prepayment', () => {
  it('takes nothing while it locks out, and says what was observed', () => {
    const loan = protectedBy({ until: '2024-02-01', kind: 'lockout' }, { until: '2024-03-01', kind: 'defeasance' });
    const observe = (at: string) => () => projectContract(loan, indexed('UST', UST, [prepaid(at, 600)]));
    expect(observe('2024-01-16')).toThrow(PrepaymentLockedOut);
    expect(observe('2024-01-16')).toThrow('takes no prepayment on 2024-01-16: not before 2024-02-01; correct');
    expect(observe('2024-02-16')).toThrow('not before 2024-03-01, but may be defeased');
    expect(observe('2024-03-16')).not.toThrow();
  });

  it('costs shares that step down with time', () => {
    const loan = protectedBy(
      { until: '2024-02-01', kind: 'share', share: 0.05 },
      { until: '2024-03-01', kind: 'share', share: 0.03 },
    );
    expect(penalty(loan, prepaid('2024-01-16', 600))).toBe(30);
    expect(penalty(loan, prepaid('2024-02-16', 600))).toBe(18);
    expect(penalty(loan, prepaid('2024-03-16', 600))).toBe(0);
    // No more than what is left
    expect(penalty(loan, prepaid('2024-01-16', 5000))).toBe(60);
  });

  it('maintains the yield as published', () => {
    // 60,000 at 5 % with five years to go and a yield of 3 %: [(1 − 1.03^−5) ÷ 0.03] × 60,000 × (5 % − 3 %) = 5,495.65.
    // Investopedia, "Yield Maintenance: Definition, How It Works, and Calculation".
    const loan: BulletLoan = {
      ...protectedBy({ until: '2029-01-01', kind: 'yield-maintenance', share: 0.01, index: 'UST' }),
      initialDate: '2023-01-01',
      statusDate: '2022-12-31',
      balance: 60_000,
      maturityDate: '2029-01-01',
      interest: { rate: 0.05, cycle: { ...MONTHLY, count: 12 } },
    };
    expect(penalty(loan, prepaid('2024-01-01', 60_000))).toBeCloseTo(5_495.65, 2);
    expect(penalty(loan, prepaid('2024-01-01', 6_000))).toBeCloseTo(549.56, 2);
    // Nothing is lost where the yield is above the rate: the share.
    const dear = indexed('UST', { '2023-01-01': 0.06 }, [prepaid('2024-01-01', 6_000)]);
    expect(tidy(only(projectContract(loan, dear), 'penalty')[0]?.flow ?? 0)).toBe(60);
  });

  it('lets a defeased loan pay as scheduled, whatever the borrower does', () => {
    const loan = protectedBy({ until: '2024-04-01', kind: 'defeasance' });
    const events = projectContract(
      loan,
      indexed('UST', UST, [
        { at: '2024-01-16', kind: 'defeased', amount: 0 },
        { at: '2024-02-16', kind: 'defaulted', amount: 0 },
      ]),
    );
    expect(only(events, 'defeasance')[0]).toMatchObject({ flow: 0, balance: 1200 });
    expect(events.at(-1)).toMatchObject({ kind: 'maturity', flow: 1200 });
  });

  it('wants the index of yields', () => {
    expect(() => projectContract(protectedBy({ until: '2024-04-01', kind: 'yield-maintenance' }))).toThrow(
      'prepayment.protection[0].index: name the index of yields',
    );
  });
});
