import { describe, expect, it } from '@jest/globals';
import { checkReport } from '@weir/reporting';
import { investorReport } from './investor-report.js';
import { settledPeriod, UNITS, VAULT } from './settled-period.fixture.js';

const report = investorReport(settledPeriod());

describe('the investor report of the sample deal on the real tape', () => {
  it('contradicts itself nowhere', () => {
    expect(() => checkReport(report)).not.toThrow();
  });

  it('is dated by its payment date and names the dates of the period', () => {
    expect(report.dates).toEqual({
      cutOffDate: '2020-06-30',
      closingDate: '2020-07-15',
      collectionFrom: '2020-07-01',
      collectionTo: '2020-07-31',
      accrualFrom: '2020-07-15',
      accrualTo: '2020-08-17',
      recordDate: '2020-08-14',
      paymentDate: '2020-08-17',
      reportDate: '2020-08-17',
    });
    expect(report.verifyCommand).toBe('weir verify DEAL --rpc URL --period 1');
  });

  it('takes each class with its coupon and days', () => {
    // 15 July to 17 August are 33 days; to the unmoved 15 August a month of 30 by 30/360.
    const terms = report.tranches.map(({ name, coupon, dayCount, accrualDays, principalPaid }) => {
      return [name, coupon, dayCount, accrualDays, principalPaid];
    });
    expect(terms).toEqual([
      ['A', 6_000_000_000n, 'ACT/360', 33, 244_818_516n],
      ['B', 10_000_000_000n, '30/360', 30, 24_481_685n],
      ['C', 15_000_000_000n, '30/360', 30, 15_299_596n],
    ]);
  });

  it('accrues the second period from the first payment date, moved or not as the class says', () => {
    const first = settledPeriod();
    const dates = first.compiled.periods[1];
    if (dates === undefined) throw new TypeError('the sample deal has a second period');
    // 15 September 2020 is a Tuesday: 17 August to it are 29 days; 15 August to it are 30 by 30/360.
    const second = investorReport({ ...first, dates });
    expect(second.tranches.map(({ accrualDays }) => accrualDays)).toEqual([29, 30, 30]);
    expect(second.dates.accrualFrom).toBe('2020-08-17');
  });

  it('gives the reserve its target and the other accounts none', () => {
    expect(report.accounts.map(({ name, closing, target }) => [name, closing, target])).toEqual([
      ['collection', 0n, null],
      ['reserve', 183_639_404n, 183_639_404n],
      ['suspense', 0n, null],
    ]);
  });

  it('describes the trigger in the words of the document', () => {
    expect(report.triggers).toEqual([
      {
        name: 'cumulativeNetLoss',
        description:
          'cumulative(chargeOffs) - cumulative(recoveries) > roundDown(1.5 % * cutOffPool); once on, it stays on',
        unit: 'money',
        value: 0n,
        threshold: 275_459_106n,
        distance: 275_459_106n,
        on: false,
      },
    ]);
  });

  it('walks the waterfall to the residual', () => {
    expect(report.waterfall.map(({ paid }) => paid).reduce((sum, paid) => sum + paid, 0n)).toBe(2n * 370_736_696n);
    expect(report.waterfall.at(-1)).toMatchObject({ kind: 'residual', paid: 60_075_569n });
    expect(report.residual).toBe(60_075_569n);
  });

  it('states losses over the cut-off pool', () => {
    // 1,836,394.04 is 0.43 cents under 1 % of 183,639,404.43: 0.01 − 0.43 ÷ 18,363,940,443 = 0.01 − 0.0000000000234,
    // at twelve decimals 0.009999999977.
    const { losses } = investorReport({ ...settledPeriod(), cumulativeNetLoss: 183_639_404n });
    expect(losses.cumulativeNetLoss).toBe(183_639_404n);
    expect(losses.cumulativeNetLossRatio).toBe(9_999_999_977n);
  });

  it('reconciles books and vault to zero, line by line', () => {
    const { lines, unitsPerCent, asOf } = report.reconciliation;
    expect([unitsPerCent, asOf]).toEqual([UNITS, 'block 42, 2020-08-17']);
    expect(lines.map(({ item, books }) => [item, books / UNITS])).toEqual([
      ['Cash in vault and Distributor', 554_376_100n],
      ['Account collection', 0n],
      ['Account reserve', 183_639_404n],
      ['Account suspense', 0n],
      ['Deposit not yet settled', 0n],
      ['Class A balance', 14_446_281_484n],
      ['Class B balance', 1_444_618_315n],
      ['Class C balance', 902_800_404n],
      ['Unclaimed by holders, and tax withheld', 295_051_777n],
      ['Owed to payee servicing', 15_303_284n],
      ['Owed to payee trustee', 306_066n],
      ['Owed to payee residual', 60_075_569n],
    ]);
    expect(lines.filter(({ books, chain }) => books !== chain)).toEqual([]);
  });

  it('shows what the vault says otherwise', () => {
    const vault = { ...VAULT, unclaimed: VAULT.unclaimed - 1n };
    const { lines } = investorReport({ ...settledPeriod(), vault }).reconciliation;
    const off = lines.filter(({ books, chain }) => books !== chain);
    expect(off.map(({ item, books, chain }) => [item, books - chain])).toEqual([
      ['Unclaimed by holders, and tax withheld', 1n],
    ]);
  });
});
