import { describe, expect, it } from '@jest/globals';
import { consumerRecord } from '../../testing/loan-record.js';
import { mortgageRecord } from '../../testing/mortgage-record.js';
import { COMMERCIAL_MORTGAGE } from '../model/commercial-mortgage.js';
import { CONSUMER_LOAN } from '../model/consumer-loan.js';
import { RESIDENTIAL_MORTGAGE } from '../model/residential-mortgage.js';
import { StaticPools } from './vintages.js';

const FACTS = { originalLoanAmount: 100_000_00n, originationDate: '2017-02-10' };

/** Two mortgages of 100,000.00 in one quarter; `a` is as told from March 2017 on, `b` stands at its amount. */
function mortgages(months: readonly Parameters<typeof mortgageRecord>[2][]) {
  const pools = new StaticPools(COMMERCIAL_MORTGAGE);
  months.forEach((short, index) => {
    const month = `2017-0${index + 3}`;
    pools.add(mortgageRecord('a', month, short, FACTS));
    const stands = { opening: 100_000_00n, closing: 100_000_00n, principal: 0n, unscheduled: 0n };
    pools.add(mortgageRecord('b', month, stands, FACTS));
  });
  return pools.vintages()[0]?.months ?? [];
}
const losses = (months: ReturnType<typeof mortgages>) => months.map(({ cumulativeNetLoss }) => cumulativeNetLoss);

const LIQUIDATED = { opening: 0n, closing: 0n, liquidated: '3' };

describe('a realised loss of a commercial mortgage', () => {
  it('counts once, however often later tapes repeat it, and corrections by their difference', () => {
    const months = mortgages([
      // 100,000.00 less 1,000.00 scheduled
      { opening: 100_000_00n, principal: 1_000_00n, unscheduled: 0n, closing: 99_000_00n },
      // 99,000.00: 60,000.00 of proceeds and 39,000.00 lost, of 200,000.00: 19.5 %
      { opening: 99_000_00n, principal: 0n, unscheduled: 60_000_00n, loss: 39_000_00n, closing: 0n, liquidated: '3' },
      { ...LIQUIDATED, loss: 39_000_00n },
      // nothing is no correction
      { ...LIQUIDATED, loss: 0n },
      // 2,000.00 came back later: 37,000.00 ÷ 200,000.00
      { ...LIQUIDATED, loss: 37_000_00n },
      { ...LIQUIDATED, loss: 37_000_00n },
    ]);
    expect(losses(months)).toEqual([0, 0.195, 0.195, 0.195, 0.185, 0.185]);
    expect(months.map(({ chargeOffs }) => chargeOffs)).toEqual([0n, 39_000_00n, 0n, 0n, -2_000_00n, 0n]);
    // The proceeds of a liquidation are no prepayment.
    expect(months.map(({ smm }) => smm)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('that takes the balance down is a new one, even beside an earlier one', () => {
    const months = mortgages([
      // 10,000.00 written off by a modification
      { opening: 100_000_00n, principal: 0n, unscheduled: 0n, loss: 10_000_00n, closing: 90_000_00n },
      { opening: 90_000_00n, principal: 0n, unscheduled: 0n, loss: 10_000_00n, closing: 90_000_00n },
      { opening: 90_000_00n, principal: 0n, unscheduled: 60_000_00n, loss: 30_000_00n, closing: 0n, liquidated: '3' },
    ]);
    // 10,000.00, the same, and 40,000.00 of 200,000.00
    expect(losses(months)).toEqual([0.05, 0.05, 0.2]);
  });

  it('of a loan that was liquidated before the first tape counts there', () => {
    expect(losses(mortgages([{ ...LIQUIDATED, loss: 20_000_00n }]))).toEqual([0.1]);
  });
});

describe('losses and recoveries of an ESMA template', () => {
  it('are to date, the losses net of what was recovered', () => {
    const pools = new StaticPools(RESIDENTIAL_MORTGAGE);
    const facts = { originationDate: '2017-02-10', originalPrincipalBalance: 1_000_00n };
    const add = (month: string, allocatedLosses: bigint, cumulativeRecoveries: bigint) =>
      pools.add({
        ...mortgageRecord('a', month, {}),
        values: { ...facts, currentPrincipalBalance: 0n, allocatedLosses, cumulativeRecoveries },
      });
    add('2020-01', 400_00n, 100_00n);
    add('2020-02', 400_00n, 100_00n);
    add('2020-03', 350_00n, 150_00n);
    // all was recovered in the end: the template asks for a figure, and zero is one
    add('2020-04', 0n, 500_00n);
    const [vintage] = pools.vintages();
    expect(vintage?.months.map(({ cumulativeNetLoss }) => cumulativeNetLoss)).toEqual([0.4, 0.4, 0.35, 0]);
    expect(vintage?.months.map(({ recoveries }) => recoveries)).toEqual([100_00n, 0n, 50_00n, 350_00n]);
    const other = pools.copy();
    other.add({ ...mortgageRecord('a', '2020-05', {}), values: { ...facts, cumulativeRecoveries: 500_00n } });
    expect(other.vintages()[0]?.months.at(-1)?.recoveries).toBe(0n);
  });
});

describe('prepayment of commercial mortgages', () => {
  it('is the unscheduled principal: curtailments and payoffs, not what is paid at maturity', () => {
    const months = mortgages([
      { opening: 100_000_00n, principal: 1_000_00n, unscheduled: 9_950_00n, closing: 89_050_00n, liquidated: '1' },
      { opening: 89_050_00n, principal: 50_00n, unscheduled: 89_000_00n, closing: 0n, liquidated: '9' },
    ]);
    // 9,950 ÷ (200,000 − 1,000) and 89,000 ÷ (189,050 − 50)
    expect(months.map(({ smm }) => smm)).toEqual([0.05, 89_000 / 189_000]);
    const matured = { opening: 100_000_00n, principal: 0n, unscheduled: 100_000_00n, closing: 0n, liquidated: '5' };
    expect(mortgages([matured])[0]?.smm).toBe(0);
    expect(months.map(({ prepaid }) => prepaid)).toEqual([9_950_00n, 89_000_00n]);
  });
});

describe('a charge-off that a later tape repeats', () => {
  const JULY = { from: '2020-07-01', to: '2020-07-31' };
  const AUGUST = { from: '2020-08-01', to: '2020-08-31' };

  it('counts once, and one that takes the balance down again counts again', () => {
    const pools = new StaticPools(CONSUMER_LOAN);
    const add = (period: typeof JULY | undefined, values: Record<string, bigint>) =>
      pools.add(
        consumerRecord('a', { originalLoanAmount: 1_000_00n, originationDate: '2020-05-15', ...values }, period),
      );
    add(undefined, { openingBalance: 1_000_00n, closingBalance: 600_00n, chargedOffAmount: 400_00n });
    add(JULY, { openingBalance: 600_00n, closingBalance: 200_00n, chargedOffAmount: 400_00n });
    add(AUGUST, { openingBalance: 200_00n, closingBalance: 200_00n, chargedOffAmount: 400_00n });
    // 400, then 800, and August's is July's again
    expect(pools.vintages()[0]?.months.map(({ cumulativeNetLoss }) => cumulativeNetLoss)).toEqual([0.4, 0.8, 0.8]);
    const other = pools.copy();
    other.add(
      consumerRecord(
        'a',
        { openingBalance: 0n, closingBalance: 0n, chargedOffAmount: 400_00n },
        {
          from: '2020-09-01',
          to: '2020-09-30',
        },
      ),
    );
    expect(other.vintages()[0]?.months.at(-1)?.cumulativeNetLoss).toBe(0.8);
  });

  it('counts with its sign where it is another amount: a part that was taken back', () => {
    const pools = new StaticPools(CONSUMER_LOAN);
    const facts = { originalLoanAmount: 1_000_00n, originationDate: '2020-05-15' };
    pools.add(
      consumerRecord('a', { ...facts, openingBalance: 500_00n, closingBalance: 0n, chargedOffAmount: 500_00n }),
    );
    pools.add(
      consumerRecord('a', { ...facts, openingBalance: 0n, closingBalance: 0n, chargedOffAmount: -20_00n }, JULY),
    );
    expect(pools.vintages()[0]?.months.map(({ chargeOffs }) => chargeOffs)).toEqual([500_00n, -20_00n]);
  });
});
