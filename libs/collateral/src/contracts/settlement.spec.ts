import { describe, expect, it } from '@jest/globals';
import { ContractInvalid, ObservationMissing } from './errors.js';
import { BULLET, indexed, told, tidy } from './loan.fixture.js';
import { projectContract } from './project-contract.js';
import type { InterestRateSwap } from './terms.js';

const RATES = indexed('USD/EUR', { '2024-01-01': 0.9, '2024-03-01': 0.8 });

describe('a contract settled in another currency', () => {
  it('pays each flow at the rate of its date, and keeps its balance in its own', () => {
    expect(told(projectContract({ ...BULLET, settlementCurrency: 'EUR' }, RATES))).toEqual([
      ['initial-exchange', '2024-01-01', -1080, 1200],
      ['interest', '2024-02-01', 10.8, 1200],
      ['interest', '2024-03-01', 9.6, 1200],
      ['interest', '2024-04-01', 9.6, 1200],
      ['maturity', '2024-04-01', 960, 0],
    ]);
  });

  it('needs no rate for an event that pays nothing, nor in its own currency', () => {
    const capitalising = { ...BULLET, interest: { ...BULLET.interest, rate: 0.12, capitalisedUntil: '2024-02-01' } };
    const late = indexed('USD/EUR', { '2024-03-01': 0.5 });

    const paid = projectContract({ ...capitalising, statusDate: '2024-01-01', settlementCurrency: 'EUR' }, late);

    // 1 % of 1,212 twice, and 1,212, at one half.
    expect(paid.map(({ flow }) => tidy(flow))).toEqual([0, 6.06, 6.06, 606]);
    expect(projectContract({ ...BULLET, settlementCurrency: 'USD' })).toEqual(projectContract(BULLET));
  });

  it('tells the rate that is missing, and a currency without a name', () => {
    expect(() => projectContract({ ...BULLET, settlementCurrency: 'GBP' }, RATES)).toThrow(
      new ObservationMissing('USD/GBP', '2024-01-01'),
    );
    expect(() => projectContract({ ...BULLET, settlementCurrency: ' ' })).toThrow(ContractInvalid);
  });

  it('may be a swap', () => {
    const swap: InterestRateSwap = {
      kind: 'interest-rate-swap',
      id: 'swap 1',
      currency: 'USD',
      settlementCurrency: 'EUR',
      side: 'asset',
      statusDate: '2023-12-31',
      balance: 1200,
      conventions: BULLET.conventions,
      initialDate: '2024-01-01',
      maturityDate: '2024-04-01',
      fixedRate: 0.04,
      floatingRate: 0.06,
      payments: {},
      rateReset: { index: 'SOFR', spread: 0, multiplier: 1 },
      settlement: 'gross',
    };

    // A quarter at 4 % and at 6 %: 12 against 18, times 0.8.
    expect(told(projectContract(swap, RATES)).map(([kind, , flow]) => [kind, flow])).toEqual([
      ['initial-exchange', 0],
      ['fixed-leg', 9.6],
      ['floating-leg', -14.4],
      ['maturity', 0],
    ]);
  });
});
