import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BULLET, MONTHLY, only, told, TERMS, tidy } from './loan.fixture.js';
import { type ModifiableLoan, projectModified } from './modified-loan.js';
import { projectContract } from './project-contract.js';
import type { AnnuityLoan, LinearLoan } from './terms.js';

const LINEAR: LinearLoan = {
  kind: 'linear',
  ...TERMS,
  maturityDate: '2024-05-01',
  redemption: { firstDate: '2024-02-01', cycle: MONTHLY },
};
const ANNUITY: AnnuityLoan = { ...LINEAR, kind: 'annuity' };
const level = (balance: number, rate: number, payments: number): number =>
  (balance * rate) / (1 - (1 + rate) ** -payments);

describe('a modified loan', () => {
  it('has a new rate, a new end and less principal from a date on', () => {
    const change = { date: '2024-02-16', rate: 0.06, forgiven: 200, maturityDate: '2024-05-01' };
    // Half of February at 1 % on 1,200 and half at 0.5 % on 1,000
    expect(told(projectModified(BULLET, [change])).slice(1)).toEqual([
      ['interest', '2024-02-01', 12, 1200],
      ['modification', '2024-02-16', 0, 1000],
      ['interest', '2024-03-01', 8.5, 1000],
      ['interest', '2024-04-01', 5, 1000],
      ['interest', '2024-05-01', 5, 1000],
      ['maturity', '2024-05-01', 1000, 0],
    ]);
  });

  it('takes a holiday, and repays what was capitalised over the payments after it', () => {
    const holiday = { date: '2024-02-01', paymentsFrom: '2024-04-01', capitalises: true };
    const principal = (maturityDate?: string): [string, number][] =>
      projectModified(LINEAR, [{ ...holiday, maturityDate }])
        .filter(({ kind, flow }) => (kind === 'principal' || kind === 'maturity') && flow !== 0)
        .map(({ at, flow }) => [at, tidy(flow)]);
    // 900 and the 9 of March: 909 over two payments, or over three
    expect(principal()).toEqual([
      ['2024-02-01', 300],
      ['2024-04-01', 454.5],
      ['2024-05-01', 454.5],
    ]);
    expect(principal('2024-06-01')).toEqual([
      ['2024-02-01', 300],
      ['2024-04-01', 303],
      ['2024-05-01', 303],
      ['2024-06-01', 303],
    ]);
  });

  it('pays interest in a holiday where it is not capitalised, and level payments after it', () => {
    const events = projectModified(ANNUITY, [{ date: '2024-02-01', paymentsFrom: '2024-04-01' }]);
    const left = 1200 - (level(1200, 0.01, 4) - 12);
    const payment = level(left, 0.01, 2);
    expect(only(events, 'interest').map(({ flow }) => tidy(flow))).toEqual([
      12,
      tidy(left * 0.01),
      tidy(left * 0.01),
      tidy((payment / 1.01) * 0.01),
    ]);
    expect(only(events, 'principal').map(({ flow }) => tidy(flow))).toEqual([
      tidy(level(1200, 0.01, 4) - 12),
      tidy(payment - left * 0.01),
    ]);
  });

  it('forbears principal: less interest, and all of it at the end', () => {
    const events = projectModified(ANNUITY, [{ date: '2024-02-01', forborne: 300 }]);
    const left = 1200 - (level(1200, 0.01, 4) - 12);
    const second = only(events, 'principal')[1];
    expect(tidy(second?.flow ?? 0)).toBe(tidy(level(left - 300, 0.01, 3) - (left - 300) * 0.01));
    expect(events.at(-1)).toMatchObject({ kind: 'maturity', balance: 0 });
  });

  it('is over when nothing is owed any more', () => {
    const events = projectModified(BULLET, [
      { date: '2024-02-16', forgiven: 5000 },
      { date: '2024-03-16', rate: 0.01 },
    ]);
    // The interest of the days until then is still due.
    expect(told(events).slice(-2)).toEqual([
      ['modification', '2024-02-16', 0, 0],
      ['interest', '2024-03-01', 6, 0],
    ]);
  });

  it('that changes nothing pays as it would have', () => {
    const any = fc.record({
      kind: fc.constantFrom('linear' as const, 'annuity' as const),
      rate: fc.double({ min: 0, max: 0.3, noNaN: true }),
      day: fc.integer({ min: 2, max: 28 }),
      month: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(any, ({ kind, rate, day, month }) => {
        const loan: ModifiableLoan = { ...LINEAR, kind, interest: { rate, cycle: MONTHLY } };
        const date = `2024-0${month}-${String(day).padStart(2, '0')}`;
        const same = projectModified(loan, [{ date }]).filter(({ kind: event }) => event !== 'modification');
        const flows = (events: typeof same) => told(events.filter(({ kind: event }) => event !== 'payment-fixed'));
        expect(flows(same)).toEqual(flows(projectContract(loan)));
      }),
    );
  });

  it('amortises to nothing whatever is changed, and the balance moves by flows, capitalised interest and what is forgiven', () => {
    const change = fc.record({
      date: fc.constantFrom('2024-01-20', '2024-02-01', '2024-03-05'),
      rate: fc.option(fc.double({ min: 0, max: 0.3, noNaN: true }), { nil: undefined }),
      maturityDate: fc.constantFrom('2024-05-01', '2024-08-01'),
      forgiven: fc.double({ min: 0, max: 400, noNaN: true }),
      forborne: fc.double({ min: 0, max: 400, noNaN: true }),
      paymentsFrom: fc.constantFrom(undefined, '2024-04-01'),
      capitalises: fc.boolean(),
    });
    const kinds = fc.constantFrom<ModifiableLoan['kind']>('linear', 'annuity', 'bullet');
    fc.assert(
      fc.property(change, kinds, (modification, kind) => {
        const loan = { ...LINEAR, kind } as ModifiableLoan;
        const events = projectModified(loan, [modification]);
        expect(events.at(-1)).toMatchObject({ kind: 'maturity', balance: 0, accrued: 0 });
        const repaid = events.filter(({ kind: event }) => ['principal', 'maturity'].includes(event));
        const moved = events.reduce((sum, { kind: event, balance }, at) => {
          const isMove = event === 'interest-capitalised' || event === 'modification';
          return isMove ? sum + balance - (events[at - 1]?.balance ?? 0) : sum;
        }, 0);
        expect(repaid.reduce((sum, { flow }) => sum + flow, 0)).toBeCloseTo(1200 + moved, 6);
      }),
    );
  });
});
