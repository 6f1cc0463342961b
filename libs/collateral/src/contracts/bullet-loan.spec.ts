import { describe, expect, it } from '@jest/globals';
import { BULLET, indexed, MONTHLY, only, told, tidy } from './loan.fixture.js';
import { projectContract } from './project-contract.js';

describe('a bullet loan', () => {
  it('pays 1 % a month and its principal at maturity', () => {
    expect(told(projectContract({ ...BULLET, initialPremium: -20 }))).toEqual([
      ['initial-exchange', '2024-01-01', -1180, 1200],
      ['interest', '2024-02-01', 12, 1200],
      ['interest', '2024-03-01', 12, 1200],
      ['interest', '2024-04-01', 12, 1200],
      ['maturity', '2024-04-01', 1200, 0],
    ]);
  });

  it('turns every sign for the borrower', () => {
    const events = projectContract({ ...BULLET, side: 'liability' });

    expect(told(events).map(([, , flow]) => flow)).toEqual([1200, -12, -12, -12, -1200]);
    expect(told(events)[1]?.[3]).toBe(-1200);
  });

  it('without a cycle pays interest once, at maturity', () => {
    const events = projectContract({ ...BULLET, interest: { rate: 0.12 } });

    expect(told(only(events, 'interest'))).toEqual([['interest', '2024-04-01', 36, 1200]]);
  });

  it('without a rate pays principal alone', () => {
    const events = projectContract({ ...BULLET, interest: undefined });

    expect(events.map(({ kind }) => kind)).toEqual(['initial-exchange', 'maturity']);
  });

  it('adds interest to the balance until capitalisation ends, with one more date where it ends between two', () => {
    // 1,200 × 1.01 = 1,212; half a month of 1,212 is 6.06: 1,218.06; the other half 6.0903.
    const events = projectContract({
      ...BULLET,
      interest: { rate: 0.12, cycle: MONTHLY, capitalisedUntil: '2024-02-16' },
    });

    expect(told(events).slice(1)).toEqual([
      ['interest-capitalised', '2024-02-01', 0, 1212],
      ['interest-capitalised', '2024-02-16', 0, 1218.06],
      ['interest', '2024-03-01', 6.0903, 1218.06],
      ['interest', '2024-04-01', 12.1806, 1218.06],
      ['maturity', '2024-04-01', 1218.06, 0],
    ]);
  });

  it('seen in mid-life has accrued since the interest date before, or what it says', () => {
    // From 1 to 16 February 15 days: 6 of the 12 that are paid on 1 March.
    const events = projectContract(
      { ...BULLET, statusDate: '2024-02-16' },
      indexed('none', {}, [{ at: '2024-02-16', kind: 'reviewed', amount: 0 }]),
    );
    expect(events.map(({ kind, at }) => [kind, at])).toEqual([
      ['review', '2024-02-16'],
      ['interest', '2024-03-01'],
      ['interest', '2024-04-01'],
      ['maturity', '2024-04-01'],
    ]);
    expect(events[0]).toMatchObject({ flow: 0, balance: 1200, rate: 0.12, accrued: 6 });
    expect(tidy(events[1]?.flow as number)).toBe(12);

    const stated = { ...BULLET, statusDate: '2024-02-16', interest: { rate: 0.12, cycle: MONTHLY, accrued: 7 } };
    expect(tidy(projectContract(stated)[0]?.flow as number)).toBe(13);
  });

  it('brings in interest since a first interest date before it is paid out', () => {
    // 1 December to 1 January: a month, 12, joins what accrues to 1 February.
    const events = projectContract({ ...BULLET, interest: { rate: 0.12, firstDate: '2023-12-01', cycle: MONTHLY } });

    expect(told(events).slice(0, 3)).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['interest', '2024-01-01', 12, 1200],
      ['interest', '2024-02-01', 12, 1200],
    ]);
  });

  it('bought and sold changes hands at the price and the accrued interest, and shows nothing outside', () => {
    // 15 days have accrued at either end: 6.
    const events = projectContract({
      ...BULLET,
      purchase: { date: '2024-01-16', price: 1150 },
      termination: { date: '2024-02-16', price: 1180 },
    });

    expect(told(events)).toEqual([
      ['purchase', '2024-01-16', -1156, 1200],
      ['interest', '2024-02-01', 12, 1200],
      ['termination', '2024-02-16', 1186, 0],
    ]);
  });

  it('stops at the end of the projection', () => {
    expect(told(projectContract(BULLET, undefined, '2024-02-01')).at(-1)).toEqual(['interest', '2024-02-01', 12, 1200]);
  });

  it('moves interest dates from weekends, and reckons to the date its rule says', () => {
    // 1 June 2024 is a Saturday: following Monday the 3rd. Two days of 1,200 at 12 % over 360 are 0.8.
    const businessDays = { convention: 'following', calendar: 'weekdays' } as const;
    const flows = (interestTo: 'moved' | 'scheduled') =>
      projectContract({
        ...BULLET,
        initialDate: '2024-05-01',
        maturityDate: '2024-07-01',
        conventions: { ...BULLET.conventions, businessDays: { ...businessDays, interestTo } },
      })
        .slice(1, 3)
        .map(({ at, flow }) => [at, tidy(flow)]);

    expect(flows('moved')).toEqual([
      ['2024-06-03', 12.8],
      ['2024-07-01', 11.2],
    ]);
    expect(flows('scheduled')).toEqual([
      ['2024-06-03', 12],
      ['2024-07-01', 12],
    ]);
  });

  it('takes back what it reckoned to a scheduled day that comes after the next event', () => {
    // Sunday 2 June 2024 moves back to Friday 31 May and is reckoned to Sunday: 31 days of 30E/360 from 1 May. The rate is reset
    // on Saturday, whose day at 12 % (0.4) is taken back and reckoned at 6 %: 28 days at 0.2 up to 30 June and the first of July.
    const events = projectContract(
      {
        ...BULLET,
        initialDate: '2024-05-01',
        maturityDate: '2024-07-01',
        interest: { rate: 0.12, firstDate: '2024-06-02' },
        rateReset: { index: 'SOFR', spread: 0, multiplier: 1, firstDate: '2024-06-01' },
        conventions: {
          ...BULLET.conventions,
          businessDays: { convention: 'preceding', calendar: 'weekdays', interestTo: 'scheduled' },
        },
      },
      indexed('SOFR', { '2024-01-01': 0.06 }),
    );

    expect(events.slice(1).map(({ kind, at, flow, accrued }) => [kind, at, tidy(flow), tidy(accrued)])).toEqual([
      ['interest', '2024-05-31', 12.4, 0],
      ['rate-reset', '2024-05-31', 0, -0.4],
      ['interest', '2024-07-01', 5.6, 0],
      ['maturity', '2024-07-01', 1200, 0],
    ]);
  });

  it('seen in mid-life has accrued since the moved date of its last interest', () => {
    // 1 June 2024 is a Saturday and moves to Monday the 3rd; 13 days of 0.4 follow up to the 16th, 15 where days are counted first.
    const accrued = (interestTo: 'moved' | 'scheduled') =>
      projectContract(
        {
          ...BULLET,
          statusDate: '2024-06-16',
          initialDate: '2024-05-01',
          maturityDate: '2024-07-01',
          conventions: {
            ...BULLET.conventions,
            businessDays: { convention: 'following', calendar: 'weekdays', interestTo },
          },
        },
        indexed('none', {}, [{ at: '2024-06-16', kind: 'reviewed', amount: 0 }]),
      )[0]?.accrued;

    expect(tidy(accrued('moved') as number)).toBe(5.2);
    expect(tidy(accrued('scheduled') as number)).toBe(6);
  });

  it('in default pays nothing more, from the start or from the day it defaults', () => {
    const total = (loan: typeof BULLET, events: Parameters<typeof indexed>[2] = []) =>
      tidy(projectContract(loan, indexed('none', {}, events)).reduce((sum, { flow }) => sum + flow, 0));

    expect(total({ ...BULLET, performance: 'defaulted' })).toBe(0);
    expect(total(BULLET, [{ at: '2024-02-10', kind: 'defaulted', amount: 0 }])).toBe(12 - 1200);
    expect(total({ ...BULLET, performance: 'delinquent' })).toBe(36);
  });
});
