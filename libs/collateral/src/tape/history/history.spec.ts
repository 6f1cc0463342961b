import { describe, expect, it } from '@jest/globals';
import { consumerRecord } from '../../testing/loan-record.js';
import { FindingLog } from '../finding.js';
import type { LoanRecord } from '../loan-record.js';
import { CONSUMER_LOAN } from '../model/consumer-loan.js';
import { HistoryCheck, type TapeHistory } from './tape-history.js';
import { quarterOf, StaticPools } from './vintages.js';

const JUNE = { from: '2020-06-01', to: '2020-06-30' };
const JULY = { from: '2020-07-01', to: '2020-07-31' };
const AUGUST = { from: '2020-08-01', to: '2020-08-31' };

function compare(before: TapeHistory, records: readonly LoanRecord[]) {
  const log = new FindingLog();
  const check = new HistoryCheck(before, CONSUMER_LOAN, log);
  for (const record of records) check.see(record);
  const history = check.finish();
  return { history, found: log.findings().map(({ rule, row, value, column }) => ({ rule, row, value, column })) };
}
const loan = (key: string, opening: bigint, closing: bigint, period = JUNE, more = {}) =>
  consumerRecord(
    key,
    { openingBalance: opening, closingBalance: closing, originalLoanAmount: 100_000n, ...more },
    period,
  );

describe('a tape against those before it', () => {
  const { history: june } = compare(new Map(), [
    loan('a', 1_000n, 900n),
    loan('b', 500n, 0n),
    loan('c', 700n, 600n),
    loan('d', 300n, 200n),
  ]);

  it('rolls forward without a finding', () => {
    const { found } = compare(june, [
      loan('a', 900n, 800n, JULY),
      loan('c', 600n, 0n, JULY),
      loan('d', 200n, 0n, JULY),
    ]);
    expect(found).toEqual([]);
  });

  it('names what vanished, re-appeared, changed what cannot change, and opens elsewhere than it closed', () => {
    const { found } = compare(june, [
      loan('a', 950n, 800n, JULY),
      loan('b', 0n, 450n, JULY),
      loan('d', 200n, 100n, JULY, { originalLoanAmount: 120_000n }),
    ]);
    expect(found).toEqual([
      { rule: 'loan-vanished', row: null, value: 'c', column: null },
      { rule: 'opening-not-last-closing', row: 2, value: '9.50', column: 'openingBalance' },
      { rule: 'loan-reappeared', row: 2, value: '4.50', column: 'closingBalance' },
      { rule: 'fact-changed', row: 2, value: '1200.00', column: 'originalLoanAmount' },
    ]);
  });

  it('reckons what a loan opened with where no tape says', () => {
    // a closed June at 9.00, c at 6.00 and d at 2.00.
    const row = (key: string, closing: bigint, principal: bigint, chargedOffAmount = 0n) =>
      consumerRecord(
        key,
        { closingBalance: closing, principalCollected: principal, originalLoanAmount: 100_000n, chargedOffAmount },
        JULY,
      );
    const charged = row('d', 0n, 50n, 150n);
    expect(compare(june, [row('a', 800n, 100n), row('c', 0n, 600n), charged]).found).toEqual([]);
    expect(compare(june, [row('a', 800n, 10_000n), row('c', 0n, 600n), charged]).found).toEqual([
      { rule: 'opening-not-last-closing', row: 2, value: '100.00', column: 'principalCollected' },
    ]);
    // b is at zero; its charge-off is told again.
    expect(compare(june, [row('a', 800n, 100n), row('b', 0n, 0n, 400n), row('c', 0n, 600n), charged]).found).toEqual(
      [],
    );
  });

  it('names a loan that was away and came back, however long, once', () => {
    // c closed June at 6.00, and July has no c.
    const july = compare(june, [loan('a', 900n, 800n, JULY), loan('d', 200n, 100n, JULY)]).history;
    const august = compare(july, [
      loan('a', 800n, 700n, AUGUST),
      loan('c', 600n, 500n, AUGUST),
      loan('d', 100n, 0n, AUGUST),
    ]);
    expect(august.found).toEqual([{ rule: 'loan-reappeared', row: 2, value: '5.00', column: 'closingBalance' }]);
    const september = { from: '2020-09-01', to: '2020-09-30' };
    const rows = [loan('a', 700n, 600n, september), loan('c', 500n, 400n, september)];
    expect(compare(august.history, rows).found).toEqual([]);
    // A loan that comes back at zero is of no balance.
    expect(
      compare(july, [loan('a', 800n, 0n, AUGUST), loan('c', 600n, 0n, AUGUST), loan('d', 100n, 0n, AUGUST)]).found,
    ).toEqual([]);
  });

  it('names a vanished loan once', () => {
    const july = compare(june, [loan('a', 900n, 800n, JULY), loan('d', 200n, 100n, JULY)]);
    expect(july.found.map(({ rule, value }) => [rule, value])).toEqual([['loan-vanished', 'c']]);
    expect(compare(july.history, [loan('a', 800n, 0n, AUGUST), loan('d', 100n, 0n, AUGUST)]).found).toEqual([]);
  });
});

describe('static pools', () => {
  it('give cumulative net loss and prepayment by month on book', () => {
    const pools = new StaticPools(CONSUMER_LOAN);
    const shared = { originalLoanAmount: 100_000n, originationDate: '2020-05-15' };
    const add = (key: string, period: typeof JUNE, values: Record<string, bigint>) =>
      pools.add(consumerRecord(key, { ...shared, ...values }, period));
    add('a', JUNE, {
      openingBalance: 100_000n,
      closingBalance: 98_000n,
      principalCollected: 2_000n,
      interestCollected: 1_000n,
      scheduledPayment: 3_000n,
    });
    add('b', JUNE, {
      openingBalance: 100_000n,
      closingBalance: 90_200n,
      principalCollected: 9_800n,
      interestCollected: 1_000n,
      scheduledPayment: 3_000n,
    });
    add('a', JULY, { openingBalance: 98_000n, closingBalance: 0n, chargedOffAmount: 98_000n });
    add('b', JULY, {
      openingBalance: 90_200n,
      closingBalance: 88_200n,
      principalCollected: 2_000n,
      interestCollected: 1_000n,
      scheduledPayment: 3_000n,
    });
    add('a', AUGUST, { openingBalance: 0n, closingBalance: 0n, recoveredAmount: 8_000n });
    const [vintage] = pools.vintages();
    expect([vintage?.name, vintage?.loans, vintage?.originalBalance]).toEqual(['2020-Q2', 2, 200_000n]);
    expect(vintage?.months.map(({ monthOnBook }) => monthOnBook)).toEqual([1, 2, 3]);
    // June: 7,800 of b is unscheduled, of 200,000 − 2 × 2,000 left after schedule.
    expect(vintage?.months[0]?.smm).toBeCloseTo(7_800 / 196_000, 12);
    expect(vintage?.months.map(({ cumulativeNetLoss }) => cumulativeNetLoss)).toEqual([0, 0.49, 0.45]);
    expect(vintage?.months[2]?.smm).toBeNull();
  });

  it('keep a loan in the vintage that was stated first, and its months on book by it', () => {
    const pools = new StaticPools(CONSUMER_LOAN);
    const row = (period: typeof JUNE, originationDate: string | null) =>
      consumerRecord('a', { originalLoanAmount: 100_000n, closingBalance: 500n, originationDate }, period);
    pools.add(row(JUNE, '2020-03-15'));
    pools.add(row(JULY, '2020-05-15'));
    const other = pools.copy();
    pools.add(row(AUGUST, null));
    // March 2020 is the first quarter; June, July and August are its months 3, 4 and 5.
    const [vintage, none] = pools.vintages();
    expect([vintage?.name, vintage?.loans, vintage?.originalBalance, none]).toEqual([
      '2020-Q1',
      1,
      100_000n,
      undefined,
    ]);
    expect(vintage?.months.map(({ monthOnBook }) => monthOnBook)).toEqual([3, 4, 5]);
    expect(other.vintages()[0]?.months.map(({ monthOnBook }) => monthOnBook)).toEqual([3, 4]);
  });

  it('are what a change of the origination is told with', () => {
    const { history } = compare(new Map(), [loan('a', 1n, 1n, JUNE, { originationDate: '2020-03-15' })]);
    const log = new FindingLog();
    const check = new HistoryCheck(history, CONSUMER_LOAN, log);
    check.see(loan('a', 1n, 1n, JULY, { originationDate: '2020-05-15' }));
    expect(log.findings()).toMatchObject([
      {
        rule: 'fact-changed',
        column: 'originationDate',
        message: expect.stringContaining('vintage that was stated first'),
      },
    ]);
  });

  it.each([
    ['2020-01', '2020-Q1'],
    ['2020-03', '2020-Q1'],
    ['2020-04', '2020-Q2'],
    ['2020-12', '2020-Q4'],
  ])('%s is in %s', (month, quarter) => expect(quarterOf(month)).toBe(quarter));
});
