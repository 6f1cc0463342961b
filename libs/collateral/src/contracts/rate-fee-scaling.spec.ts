import { describe, expect, it } from '@jest/globals';
import { ObservationMissing } from './errors.js';
import { BULLET, indexed, MONTHLY, only, told, tidy } from './loan.fixture.js';
import { projectContract } from './project-contract.js';
import { resetRate } from './rate-reset.js';
import type { RateResetTerms } from './terms.js';

const RESET: RateResetTerms = { index: 'SOFR', spread: 0.02, multiplier: 1, firstDate: '2024-02-01', cycle: MONTHLY };

describe('a reset rate', () => {
  it.each<[Partial<RateResetTerms>, number, number]>([
    [{}, 0.05, 0.07],
    [{ multiplier: -2 }, 0.05, -0.08],
    // From 6 % to 9 %, no more than 2 points up.
    [{ periodCap: 0.02 }, 0.07, 0.08],
    // From 6 % to 3 %, no more than 1 point down.
    [{ periodFloor: 0.01 }, 0.01, 0.05],
    [{ lifeCap: 0.065 }, 0.05, 0.065],
    [{ lifeFloor: 0.04 }, 0.01, 0.04],
    // The period allows 8 %, the loan's life 7.5 %.
    [{ periodCap: 0.02, lifeCap: 0.075 }, 0.09, 0.075],
  ])('under %j with an index of %d is %d', (terms, index, rate) => {
    expect(resetRate({ ...RESET, ...terms }, 0.06, index)).toBeCloseTo(rate, 15);
  });

  it('holds from its date on, after the interest of that date', () => {
    // February and March at 6 % and 9 %: 6 and 9 a month.
    const events = projectContract(
      { ...BULLET, rateReset: RESET },
      indexed('SOFR', { '2024-01-31': 0.04, '2024-03-01': 0.07 }),
    );

    expect(events.slice(1).map(({ kind, flow, rate }) => [kind, tidy(flow), tidy(rate)])).toEqual([
      ['interest', 12, 0.12],
      ['rate-reset', 0, 0.06],
      ['interest', 6, 0.06],
      ['rate-reset', 0, 0.09],
      ['interest', 9, 0.09],
      ['maturity', 1200, 0.09],
    ]);
  });

  it('already fixed applies at the first reset after the status date, the index from the next on', () => {
    const events = projectContract(
      { ...BULLET, rateReset: { ...RESET, nextRate: 0.03 } },
      indexed('SOFR', { '2024-03-01': 0.07 }),
    );

    expect(
      told(events)
        .map(([kind, at]) => [kind, at])
        .slice(2, 5),
    ).toEqual([
      ['rate-fixed', '2024-02-01'],
      ['interest', '2024-03-01'],
      ['rate-reset', '2024-03-01'],
    ]);
    expect(only(events, 'interest').map(({ flow }) => tidy(flow))).toEqual([12, 3, 9]);
  });

  it('off the interest dates splits the interest', () => {
    // Half a month at 12 %, half at 6 %: 6 + 3.
    const rateReset = { ...RESET, firstDate: '2024-01-16', cycle: undefined };
    const events = projectContract({ ...BULLET, rateReset }, indexed('SOFR', { '2024-01-16': 0.04 }));

    const [reset] = only(events, 'rate-reset');
    expect([reset?.at, tidy(reset?.accrued as number)]).toEqual(['2024-01-16', 6]);
    expect(only(events, 'interest').map(({ flow }) => tidy(flow))).toEqual([9, 6, 6]);
  });

  it('needs the index observed by then', () => {
    const late = indexed('SOFR', { '2024-02-02': 0.04 });

    expect(() => projectContract({ ...BULLET, rateReset: RESET }, late)).toThrow(ObservationMissing);
  });
});

describe('a fee', () => {
  it('of an amount is paid on its dates and at maturity, by the borrower', () => {
    const fee = { basis: 'amount', rate: 5, cycle: MONTHLY } as const;
    const fees = (side: 'asset' | 'liability') => told(only(projectContract({ ...BULLET, side, fee }), 'fee'));

    expect(fees('asset').map(([, at, flow]) => [at, flow])).toEqual([
      ['2024-02-01', 5],
      ['2024-03-01', 5],
      ['2024-04-01', 5],
    ]);
    expect(fees('liability').map(([, , flow]) => flow)).toEqual([-5, -5, -5]);
  });

  it('on the balance accrues like interest', () => {
    // 1 % of 1,200 a year is 1 a month, and 0.5 already accrued at the status date.
    const fee = { basis: 'balance', rate: 0.01, firstDate: '2024-02-01', cycle: MONTHLY, accrued: 0.5 } as const;
    const flows = only(projectContract({ ...BULLET, statusDate: '2024-01-16', fee }), 'fee').map(({ flow }) =>
      tidy(flow),
    );

    expect(flows).toEqual([1, 1, 1]);
  });

  it('accrued when the loan was agreed is paid with the first', () => {
    // 1 a month, and 2 brought along.
    const fee = { basis: 'balance', rate: 0.01, cycle: MONTHLY, accrued: 2 } as const;

    expect(only(projectContract({ ...BULLET, fee }), 'fee').map(({ flow }) => tidy(flow))).toEqual([3, 1, 1]);
  });

  it('is paid at maturity where its first date would come after that', () => {
    const fee = { basis: 'amount', rate: 5, firstDate: '2024-06-01' } as const;

    expect(told(only(projectContract({ ...BULLET, fee }), 'fee'))).toEqual([['fee', '2024-04-01', 5, 1200]]);
  });

  it('comes after the interest of its date', () => {
    const fee = { basis: 'amount', rate: 5, firstDate: '2024-02-01' } as const;
    const kinds = projectContract({ ...BULLET, fee })
      .filter(({ at }) => at === '2024-02-01')
      .map(({ kind }) => kind);

    expect(kinds).toEqual(['interest', 'fee']);
  });
});

describe('an index that scales payments', () => {
  const scaling = {
    index: 'CPI',
    base: 100,
    interest: true,
    principal: false,
    interestMultiplier: 1,
    principalMultiplier: 1,
    firstDate: '2024-02-01',
    cycle: MONTHLY,
  };
  const cpi = indexed('CPI', { '2024-02-01': 110, '2024-03-01': 125 });

  it('multiplies interest from its date on', () => {
    const events = projectContract({ ...BULLET, scaling }, cpi);

    expect(only(events, 'interest').map(({ flow }) => tidy(flow))).toEqual([12, 13.2, 15]);
    expect(tidy(events.at(-1)?.flow as number)).toBe(1200);
  });

  it('multiplies principal when it says so, never the balance', () => {
    const events = projectContract({ ...BULLET, scaling: { ...scaling, interest: false, principal: true } }, cpi);

    expect(only(events, 'interest').map(({ flow, balance }) => [tidy(flow), balance])).toEqual([
      [12, 1200],
      [12, 1200],
      [12, 1200],
    ]);
    expect(tidy(events.at(-1)?.flow as number)).toBe(1500);
  });
});
