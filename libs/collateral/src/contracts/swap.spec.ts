import { describe, expect, it } from '@jest/globals';
import { indexed, QUARTERLY, told, tidy } from './loan.fixture.js';
import { projectContract } from './project-contract.js';
import type { InterestRateSwap } from './terms.js';

/** 1,000 at 4 % fixed against an index at 6 % first, quarterly over 360 days: 10 a quarter against 15. */
const SWAP: InterestRateSwap = {
  kind: 'interest-rate-swap',
  id: 'swap 1',
  currency: 'USD',
  side: 'asset',
  statusDate: '2023-12-31',
  balance: 1000,
  conventions: { dayCount: '30E/360', endOfMonth: 'same-day' },
  initialDate: '2024-01-01',
  maturityDate: '2024-07-01',
  fixedRate: 0.04,
  floatingRate: 0.06,
  payments: { cycle: QUARTERLY },
  rateReset: { index: 'SOFR', spread: 0.01, multiplier: 1, cycle: QUARTERLY },
  settlement: 'gross',
};
const SOFR = indexed('SOFR', { '2024-02-16': 0.02, '2024-04-01': 0.01 });

describe('an interest-rate swap', () => {
  it('pays each leg, then resets', () => {
    expect(told(projectContract(SWAP, SOFR))).toEqual([
      ['initial-exchange', '2024-01-01', 0, 1000],
      ['fixed-leg', '2024-04-01', 10, 1000],
      ['floating-leg', '2024-04-01', -15, 1000],
      ['rate-reset', '2024-04-01', 0, 1000],
      ['fixed-leg', '2024-07-01', 10, 1000],
      ['floating-leg', '2024-07-01', -5, 1000],
      ['maturity', '2024-07-01', 0, 0],
    ]);
  });

  it('nets the legs, and turns the signs for who pays fixed', () => {
    const events = projectContract({ ...SWAP, side: 'liability', settlement: 'net' }, SOFR);

    expect(
      told(events)
        .filter(([kind]) => kind === 'interest')
        .map(([, , flow]) => flow),
    ).toEqual([5, -5]);
  });

  it('accrues the old rate up to a reset between payments', () => {
    // Half a quarter at 6 %, half at 3 %: 7.5 + 3.75.
    const rateReset = { ...SWAP.rateReset, firstDate: '2024-02-16', cycle: undefined };
    const net = projectContract({ ...SWAP, rateReset, settlement: 'net' }, SOFR);

    expect(net[1]).toMatchObject({ kind: 'rate-reset', at: '2024-02-16' });
    // Fixed 5, floating −7.5 in the half quarter.
    expect(tidy(net[1]?.accrued as number)).toBe(-2.5);
    expect(tidy(net[2]?.flow as number)).toBe(-1.25);
  });

  it('changes hands at its price', () => {
    const traded: InterestRateSwap = {
      ...SWAP,
      purchase: { date: '2024-02-01', price: 8 },
      termination: { date: '2024-05-01', price: 3 },
    };

    expect(told(projectContract(traded, SOFR)).map(([kind, at, flow]) => [kind, at, flow])).toEqual([
      ['purchase', '2024-02-01', -8],
      ['fixed-leg', '2024-04-01', 10],
      ['floating-leg', '2024-04-01', -15],
      ['rate-reset', '2024-04-01', 0],
      ['termination', '2024-05-01', 3],
    ]);
  });

  it('seen in mid-life has accrued since the payment before', () => {
    const events = projectContract({ ...SWAP, statusDate: '2024-05-16', floatingRate: 0.02 }, SOFR);

    expect(told(events).map(([kind, , flow]) => [kind, flow])).toEqual([
      ['fixed-leg', 10],
      ['floating-leg', -5],
      ['maturity', 0],
    ]);
  });

  it('seen in mid-life has accrued what its terms state, on each leg or on the difference', () => {
    // The last half quarter: 5 on the fixed leg, 2.5 owed on the floating one, 2.5 between them.
    const midlife: InterestRateSwap = { ...SWAP, statusDate: '2024-05-16', floatingRate: 0.02, accrued: 7 };
    const flowsOf = (terms: InterestRateSwap) => told(projectContract(terms, SOFR)).map(([, , flow]) => flow);

    expect(flowsOf({ ...midlife, floatingAccrued: -4 })).toEqual([12, -6.5, 0]);
    expect(flowsOf(midlife)).toEqual([12, -5, 0]);
    expect(flowsOf({ ...midlife, settlement: 'net' })).toEqual([9.5, 0]);
    expect(flowsOf({ ...midlife, settlement: 'net', side: 'liability' })).toEqual([-9.5, 0]);
  });
});
