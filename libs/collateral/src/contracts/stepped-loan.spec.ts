import { describe, expect, it } from '@jest/globals';
import { indexed, MONTHLY, only, QUARTERLY, told, TERMS, tidy } from './loan.fixture.js';
import { projectContract } from './project-contract.js';
import type { SteppedLoan } from './terms.js';

const STEPPED: SteppedLoan = {
  kind: 'stepped',
  ...TERMS,
  principalSteps: [
    { from: '2024-02-01', cycle: MONTHLY, amount: 300, direction: 'drawn' },
    { from: '2024-04-01', cycle: QUARTERLY, amount: 900, direction: 'repaid' },
  ],
  interestSteps: [
    { from: '2024-02-01', cycle: MONTHLY },
    { from: '2024-04-01', cycle: QUARTERLY },
  ],
  rateSteps: [],
};

describe('a stepped loan', () => {
  it('draws, then repays, and ends with the payment that repays it', () => {
    // Drawn on 1 February and 1 March to 1,800; repaid by 900 on 1 April and 1 July.
    expect(told(projectContract(STEPPED))).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['drawing', '2024-02-01', -300, 1500],
      ['interest', '2024-02-01', 12, 1500],
      ['drawing', '2024-03-01', -300, 1800],
      ['interest', '2024-03-01', 15, 1800],
      ['principal', '2024-04-01', 900, 900],
      ['interest', '2024-04-01', 18, 900],
      ['interest', '2024-07-01', 27, 900],
      ['maturity', '2024-07-01', 900, 0],
    ]);
  });

  it('without cycles moves principal once a step', () => {
    const principalSteps = STEPPED.principalSteps.map(({ cycle: _, ...step }) => step);
    const events = projectContract({ ...STEPPED, principalSteps, maturityDate: '2024-06-01' });

    expect(told(events).filter(([kind]) => kind !== 'interest')).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['drawing', '2024-02-01', -300, 1500],
      ['principal', '2024-04-01', 900, 600],
      ['maturity', '2024-06-01', 600, 0],
    ]);
  });

  it('steps its rate, fixed or over an index', () => {
    const loan: SteppedLoan = {
      ...STEPPED,
      rateReset: { index: 'SOFR', spread: 0, multiplier: 1 },
      rateSteps: [
        { from: '2024-02-01', kind: 'fixed', rate: 0.06 },
        { from: '2024-03-01', cycle: MONTHLY, kind: 'floating', rate: 0.01 },
      ],
    };
    const events = projectContract(loan, indexed('SOFR', { '2024-03-01': 0.02, '2024-04-01': 0.03 }));
    const rates = events.filter(({ kind }) => kind === 'rate-fixed' || kind === 'rate-reset');

    expect(rates.map(({ kind, at, rate }) => [kind, at, tidy(rate)])).toEqual([
      ['rate-fixed', '2024-02-01', 0.06],
      ['rate-reset', '2024-03-01', 0.03],
      ['rate-reset', '2024-04-01', 0.04],
      ['rate-reset', '2024-05-01', 0.04],
      ['rate-reset', '2024-06-01', 0.04],
    ]);
    // 1,500 at 6 % for a month: 7.5; 1,800 at 3 %: 4.5.
    expect(
      only(events, 'interest')
        .map(({ flow }) => tidy(flow))
        .slice(1, 3),
    ).toEqual([7.5, 4.5]);
  });

  it('reckons interest on the balance of the last base date', () => {
    const interestBase = { kind: 'lagged-balance', firstDate: '2024-03-01' } as const;

    // 1,200 up to 1 March, then the 1,800 drawn by then, to the end: 12, 12, 18 and three months of 18.
    expect(only(projectContract({ ...STEPPED, interestBase }), 'interest').map(({ flow }) => tidy(flow))).toEqual([
      12, 12, 18, 54,
    ]);
  });

  it('adds the spread of its reset to that of the step, and needs an index to float', () => {
    const rateSteps = [{ from: '2024-02-01', kind: 'floating', rate: 0.01 }] as const;
    const rateReset = { index: 'SOFR', spread: 0.02, multiplier: 2 };
    const events = projectContract({ ...STEPPED, rateReset, rateSteps }, indexed('SOFR', { '2024-02-01': 0.03 }));

    // 3 % × 2 + 2 % + 1 %.
    expect(only(events, 'rate-reset').map(({ rate }) => tidy(rate))).toEqual([0.09]);
    expect(() => projectContract({ ...STEPPED, rateSteps })).toThrow(/rateReset: give the index/);
  });

  it('that never repays itself ends with the projection, or needs a maturity', () => {
    const principalSteps = STEPPED.principalSteps.slice(0, 1);
    const events = projectContract({ ...STEPPED, principalSteps }, undefined, '2024-03-01');

    // Drawn once on the way; what is owed then is due: 1,500.
    expect(told(events).filter(([kind]) => kind !== 'interest')).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['drawing', '2024-02-01', -300, 1500],
      ['maturity', '2024-03-01', 1500, 0],
    ]);
    expect(() => projectContract({ ...STEPPED, principalSteps })).toThrow(/maturityDate: give it/);

    // Sunday 3 March 2024: the projection does not move.
    const businessDays = { convention: 'following', calendar: 'weekdays', interestTo: 'moved' } as const;
    const conventions = { ...STEPPED.conventions, businessDays };
    const ended = projectContract({ ...STEPPED, principalSteps, conventions }, undefined, '2024-03-03').at(-1);
    expect(ended).toMatchObject({ kind: 'maturity', at: '2024-03-03' });
  });
});
