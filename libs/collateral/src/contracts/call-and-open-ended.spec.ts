import { describe, expect, it } from '@jest/globals';
import { indexed, told, TERMS } from './loan.fixture.js';
import { projectContract } from './project-contract.js';
import type { CallLoan, CashPosition, OpenEndedLoan } from './terms.js';

const CALL: CallLoan = { kind: 'call', ...TERMS, notice: { count: 1, unit: 'month' } };
const OPEN: OpenEndedLoan = { kind: 'open-ended', ...TERMS };
const called = (at: string) => indexed('none', {}, [{ at, kind: 'called', amount: 0 }]);

describe('a call loan', () => {
  it('uncalled capitalises interest until its maturity', () => {
    expect(told(projectContract({ ...CALL, maturityDate: '2024-03-01' }))).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['interest-capitalised', '2024-02-01', 0, 1212],
      ['interest', '2024-03-01', 12.12, 1212],
      ['maturity', '2024-03-01', 1212, 0],
    ]);
  });

  it('without maturity lasts as long as the projection', () => {
    expect(told(projectContract(CALL, undefined, '2024-02-16')).slice(2)).toEqual([
      ['interest', '2024-02-16', 6.06, 1212],
      ['maturity', '2024-02-16', 1212, 0],
    ]);
  });

  it('called is settled after its notice, with the interest due at the call', () => {
    const events = projectContract(CALL, called('2024-02-16'), '2024-02-20');

    expect(told(events).slice(2)).toEqual([
      ['call', '2024-02-16', 0, 1212],
      ['interest', '2024-03-16', 6.06, 1212],
      ['settlement', '2024-03-16', 1212, 0],
    ]);
  });

  it('is settled on a business day, never before the call', () => {
    const settledOn = (convention: 'following' | 'preceding', count: number, day: string) => {
      const businessDays = { convention, calendar: 'weekdays', interestTo: 'moved' } as const;
      const conventions = { ...CALL.conventions, businessDays };
      const notice = { count, unit: 'day' } as const;
      return projectContract({ ...CALL, conventions, notice }, called(day), '2024-12-31').at(-1)?.at;
    };

    // 17 February 2024 is a Saturday.
    expect(settledOn('following', 1, '2024-02-16')).toBe('2024-02-19');
    expect(settledOn('preceding', 2, '2024-02-15')).toBe('2024-02-16');
    expect(settledOn('preceding', 0, '2024-02-17')).toBe('2024-02-17');
  });

  it('called without notice is settled the same day', () => {
    const events = projectContract({ ...CALL, notice: { count: 0, unit: 'day' } }, called('2024-02-16'), '2024-12-31');

    expect(told(events).slice(2)).toEqual([
      ['call', '2024-02-16', 0, 1212],
      ['interest', '2024-02-16', 6.06, 1212],
      ['settlement', '2024-02-16', 1212, 0],
    ]);
  });

  it('is reset between its interest dates, and pays fees until it is called', () => {
    const loan: CallLoan = {
      ...CALL,
      rateReset: { index: 'SOFR', spread: 0.02, multiplier: 1, firstDate: '2024-01-16' },
      fee: { basis: 'balance', rate: 0.01, firstDate: '2024-02-01' },
    };
    const observed = { ...indexed('SOFR', { '2024-01-01': 0.04 }), events: called('2024-02-16').events };

    // Half a month at 12 % and half at 6 %: 6 + 3. The fee: 1 for January, and half of it on 1,209 by the call.
    expect(told(projectContract(loan, observed, '2024-12-31')).slice(1)).toEqual([
      ['rate-reset', '2024-01-16', 0, 1200],
      ['interest-capitalised', '2024-02-01', 0, 1209],
      ['fee', '2024-02-01', 1, 1209],
      ['call', '2024-02-16', 0, 1209],
      ['interest', '2024-03-16', 3.0225, 1209],
      ['fee', '2024-03-16', 0.50375, 1209],
      ['settlement', '2024-03-16', 1209, 0],
    ]);
  });

  it('called too late for its notice ends at its stated maturity', () => {
    const loan = { ...CALL, maturityDate: '2024-03-01' };
    const ends = (day: string) => told(projectContract(loan, called(day), '2024-12-31')).slice(-2);

    expect(ends('2024-02-01')).toEqual([
      ['interest', '2024-03-01', 12.12, 1212],
      ['maturity', '2024-03-01', 1212, 0],
    ]);
    // Called on 16 January, settled on 16 February with the 6 due at the call.
    expect(ends('2024-01-16')).toEqual([
      ['interest', '2024-02-16', 6, 1200],
      ['settlement', '2024-02-16', 1200, 0],
    ]);
  });

  it('called after the projection is not called in it', () => {
    expect(projectContract(CALL, called('2024-02-16'), '2024-02-10').at(-1)?.kind).toBe('maturity');
  });
});

describe('an open-ended loan', () => {
  it('is drawn and repaid as observed, and capitalises its interest', () => {
    const observations = indexed('none', {}, [
      { at: '2024-02-01', kind: 'drawn', amount: 288 },
      { at: '2024-03-01', kind: 'repaid', amount: 500 },
    ]);

    // 12 of interest join 1,488 on 1 February; 15 join 1,000 on 1 March.
    expect(told(projectContract(OPEN, observations, '2024-03-15'))).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['drawing', '2024-02-01', -288, 1488],
      ['interest-capitalised', '2024-02-01', 0, 1500],
      ['principal', '2024-03-01', 500, 1000],
      ['interest-capitalised', '2024-03-01', 0, 1015],
    ]);
  });

  it('turns round when more is repaid than was owed', () => {
    const observations = indexed('none', {}, [{ at: '2024-01-16', kind: 'repaid', amount: 1500 }]);

    expect(told(projectContract(OPEN, observations, '2024-01-20')).at(-1)).toEqual([
      'principal',
      '2024-01-16',
      1500,
      -300,
    ]);
  });

  it('needs an end of the projection', () => {
    expect(() => projectContract(OPEN)).toThrow('until');
  });

  it('ends when it is sold', () => {
    const events = projectContract(
      { ...OPEN, termination: { date: '2024-01-16', price: 1190 } },
      undefined,
      '2025-01-01',
    );

    expect(told(events).at(-1)).toEqual(['termination', '2024-01-16', 1196, 0]);
  });
});

describe('cash', () => {
  it('shows what there is when it is reviewed, up to the end of the projection', () => {
    const cash: CashPosition = {
      kind: 'cash',
      id: 'c',
      currency: 'USD',
      side: 'liability',
      statusDate: '2024-01-01',
      balance: 70,
    };
    const reviews = ['2024-03-01', '2024-02-01', '2023-12-01', '2025-01-01'];
    const observations = indexed(
      'none',
      {},
      reviews.map((at) => ({ at, kind: 'reviewed', amount: 0 }) as const),
    );

    expect(told(projectContract(cash, observations, '2024-12-31'))).toEqual([
      ['review', '2024-02-01', 0, -70],
      ['review', '2024-03-01', 0, -70],
    ]);
  });
});
