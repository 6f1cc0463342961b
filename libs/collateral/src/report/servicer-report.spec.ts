import { describe, expect, it } from '@jest/globals';
import { buildServicerReport, closingsAfter, loanParts, lossesOnce, readTape } from '../index.js';
import { smallTape, type SmallRow } from '../testing/small-tape.js';

const read = (...rows: SmallRow[]) => readTape(smallTape(...rows), { loanKey: ['assetNumber'] });
const FIRST = { previousClosings: null };

/** Eight loans of the pool, one of each kind, each opening at 1,000.00 except the charged-off one. */
const MONTH: SmallRow[] = [
  // 1 pays 5 + 100 and a late charge of 15
  { totalActualAmountPaid: '120.00', actualOtherCollectedAmount: '15.00' },
  // 2 pays off: 6 + 1000
  {
    actualInterestCollectedAmount: '6.00',
    actualPrincipalCollectedAmount: '1000.00',
    totalActualAmountPaid: '1006.00',
    reportingPeriodActualEndBalanceAmount: '0',
    zeroBalanceCode: '1',
  },
  // 3 is charged off with 1,000.00
  {
    actualInterestCollectedAmount: '0',
    actualPrincipalCollectedAmount: '0',
    totalActualAmountPaid: '0',
    chargedoffPrincipalAmount: '1000.00',
    reportingPeriodActualEndBalanceAmount: '0',
    zeroBalanceCode: '4',
    currentDelinquencyStatus: 'NA',
  },
  // 4 was charged off before and recovers 80.00
  {
    reportingPeriodBeginningLoanBalanceAmount: '0',
    reportingPeriodActualEndBalanceAmount: '0',
    actualInterestCollectedAmount: '0',
    actualPrincipalCollectedAmount: '0',
    totalActualAmountPaid: '0',
    recoveredAmount: '80.00',
    zeroBalanceCode: '4',
    currentDelinquencyStatus: 'NA',
  },
  // 5 is repurchased for 1,003.00; the adjustment takes the balance to zero
  {
    actualInterestCollectedAmount: '0',
    actualPrincipalCollectedAmount: '0',
    totalActualAmountPaid: '0',
    otherPrincipalAdjustmentAmount: '1000.00',
    repurchaseAmount: '1003.00',
    reportingPeriodActualEndBalanceAmount: '0',
    zeroBalanceCode: '3',
  },
  // 6 pays 5 + 100 and has 40 of principal returned as an adjustment: closes at 940
  {
    otherPrincipalAdjustmentAmount: '-40.00',
    reportingPeriodActualEndBalanceAmount: '940.00',
    currentDelinquencyStatus: '31',
  },
  // 7 has 30 of principal returned as negative principal: closes at 1030
  {
    actualInterestCollectedAmount: '0',
    actualPrincipalCollectedAmount: '-30.00',
    totalActualAmountPaid: '-30.00',
    reportingPeriodActualEndBalanceAmount: '1030.00',
    currentDelinquencyStatus: '121',
    paymentExtendedNumber: '1',
  },
  // 8 is not in the pool
  {},
];
const POOL = new Set(['1', '2', '3', '4', '5', '6', '7']);

describe('the servicer report', () => {
  const report = buildServicerReport(read(...MONTH), POOL, FIRST);

  it('adds up the pool, gross and reversed parts apart', () => {
    expect(report).toMatchObject({
      collectionFrom: '2020-07-01',
      collectionTo: '2020-07-31',
      loans: 7,
      poolOpening: 600_000n, // six loans at 1,000.00
      poolClosing: 287_000n, // 900 + 940 + 1030
      interestCollected: { gross: 1_600n, reversed: 0n, net: 1_600n }, // 5 + 6 + 5
      principal: { gross: 120_000n, reversed: 7_000n, net: 113_000n }, // 100 + 1000 + 100; 40 + 30
      recoveries: { gross: 8_000n, reversed: 0n, net: 8_000n },
      repurchaseProceeds: { gross: 100_300n, reversed: 0n, net: 100_300n },
      chargeOffs: { gross: 100_000n, reversed: 0n, net: 100_000n },
      otherPrincipalAdjustment: 100_000n, // the repurchase; returned payments are in principal
      otherCollected: 1_500n,
      availableCollections: 222_900n, // 16 + 1130 + 80 + 1003
      payoffs: { count: 1, amount: 100_000n },
      reversalRows: 2,
      extensions: 1,
      notRolling: [],
      outsidePool: 1,
      findings: [],
    });
  });

  it('rolls: 6,000 − 1,130 − 1,000 − 1,000 = 2,870', () => {
    const { principal, chargeOffs, otherPrincipalAdjustment, poolOpening, poolClosing } = report;
    expect(poolOpening - principal.net - chargeOffs.net - otherPrincipalAdjustment).toBe(poolClosing);
  });

  it('buckets loans with a balance by days past due', () => {
    expect(report.delinquency).toEqual([
      { bucket: '0', loans: 1, balance: 90_000n },
      { bucket: '1-30', loans: 0, balance: 0n },
      { bucket: '31-60', loans: 1, balance: 94_000n },
      { bucket: '61-90', loans: 0, balance: 0n },
      { bucket: '91-120', loans: 0, balance: 0n },
      { bucket: '>120', loans: 1, balance: 103_000n },
    ]);
  });

  it.each([
    ['0', '0'],
    ['1', '1-30'],
    ['30', '1-30'],
    ['60', '31-60'],
    ['61', '61-90'],
    ['90', '61-90'],
    ['91', '91-120'],
    ['120', '91-120'],
    ['NA', 'not stated'],
  ])('puts %s days past due into bucket %s', (days, bucket) => {
    const { delinquency } = buildServicerReport(read({ currentDelinquencyStatus: days }), new Set(['1']), FIRST);
    expect(delinquency.filter(({ loans }) => loans > 0)).toEqual([{ bucket, loans: 1, balance: 90_000n }]);
  });

  it('keeps reversed charge-offs, recoveries and repurchases apart', () => {
    const tape = read(
      { chargedoffPrincipalAmount: '-50.00', reportingPeriodActualEndBalanceAmount: '950.00' },
      { recoveredAmount: '-7.00' },
      { repurchaseAmount: '-9.00', actualInterestCollectedAmount: '-5.00' },
    );
    expect(buildServicerReport(tape, new Set(['1', '2', '3']), FIRST)).toMatchObject({
      chargeOffs: { gross: 0n, reversed: 5_000n, net: -5_000n },
      recoveries: { gross: 0n, reversed: 700n, net: -700n },
      repurchaseProceeds: { gross: 0n, reversed: 900n, net: -900n },
      interestCollected: { gross: 1_000n, reversed: 500n, net: 500n },
      availableCollections: 28_900n, // 5 + 300 − 7 − 9
    });
  });

  it('names what does not roll with its amount and scales nothing', () => {
    const tape = read({ reportingPeriodActualEndBalanceAmount: '900.07' });
    const { notRolling, poolClosing } = buildServicerReport(tape, new Set(['1']), FIRST);
    expect(notRolling).toEqual([{ key: '1', row: 2, difference: 7n }]);
    expect(poolClosing).toBe(90_007n);
  });

  it('blocks on a tape of another period', () => {
    const context = { ...FIRST, collectionFrom: '2020-08-01', collectionTo: '2020-08-31' };
    expect(buildServicerReport(read({}), new Set(['1']), context).findings).toEqual([
      expect.objectContaining({ rule: 'another-period', weight: 'blocks', value: '2020-07-01 to 2020-07-31' }),
    ]);
  });
});

describe('from one report to the next', () => {
  it('a loan may leave the tape at zero and stays known; one that leaves with a balance has vanished', () => {
    const first = closingsAfter(
      null,
      read({}, { reportingPeriodActualEndBalanceAmount: '0' }, {}),
      new Set(['1', '2', '3']),
    );
    const second = read({
      reportingPeriodBeginningLoanBalanceAmount: '900.00',
      reportingPeriodActualEndBalanceAmount: '800.00',
    });
    const { findings } = buildServicerReport(second, new Set(['1', '2', '3']), { previousClosings: first });
    expect(findings).toEqual([
      expect.objectContaining({
        rule: 'vanished',
        value: '3',
        weight: 'blocks',
        message: expect.stringContaining('900.00'),
      }),
    ]);
    expect(closingsAfter(first, second, new Set(['1', '2', '3']))).toEqual(
      new Map([
        ['1', 80_000n],
        ['2', 0n],
        ['3', 90_000n],
      ]),
    );
  });

  it('a pool loan whose row is blocked is named as such', () => {
    const tape = read({}, { actualPrincipalCollectedAmount: 'x' });
    const report = buildServicerReport(tape, new Set(['1', '2']), FIRST);
    expect(report.findings).toEqual([expect.objectContaining({ rule: 'blocked-row', row: 3, weight: 'blocks' })]);
    expect(report.outsidePool).toBe(0);
  });

  it('an opening that is not the closing before is shown with its amount', () => {
    const { findings } = buildServicerReport(read({}), new Set(['1']), { previousClosings: new Map([['1', 99_990n]]) });
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'opening-differs', row: 2, value: '0.10', weight: 'warns' }),
    ]);
  });
});

describe('a charge-off that later tapes state again', () => {
  const GONE: SmallRow = {
    actualInterestCollectedAmount: '0',
    actualPrincipalCollectedAmount: '0',
    totalActualAmountPaid: '0',
    reportingPeriodActualEndBalanceAmount: '0',
    chargedoffPrincipalAmount: '1000.00',
    zeroBalanceCode: '4',
    currentDelinquencyStatus: 'NA',
  };
  const AGAIN: SmallRow = { ...GONE, reportingPeriodBeginningLoanBalanceAmount: '0' };
  const report = (row: SmallRow, last: [string, bigint][]) => {
    const tape = read(row);
    const loans = lossesOnce(tape.loans, new Map(last));
    return buildServicerReport({ ...tape, loans }, new Set(['1']), FIRST);
  };

  it('counts once, and its row rolls', () => {
    expect(report(GONE, []).chargeOffs.net).toBe(100_000n);
    expect(report(AGAIN, [['1', 100_000n]])).toMatchObject({ chargeOffs: { net: 0n }, notRolling: [] });
  });

  it('counts where it takes the balance down again, and where it is another amount', () => {
    // 1,000.00 to 400.00 with 600.00 written off; the tape before wrote off 600.00 too
    const part = { ...GONE, reportingPeriodActualEndBalanceAmount: '400.00', chargedoffPrincipalAmount: '600.00' };
    expect(report(part, [['1', 60_000n]]).chargeOffs.net).toBe(60_000n);
    expect(report({ ...AGAIN, chargedoffPrincipalAmount: '-20.00' }, [['1', 100_000n]]).chargeOffs).toMatchObject({
      net: -2_000n,
    });
  });
});

describe('the parts of a loan', () => {
  it('are unsigned, and sum to the report', () => {
    const parts = read(...MONTH).loans.map(loanParts);
    expect(parts[5]).toMatchObject({ principalGross: 10_000n, principalReversed: 4_000n, adjustmentRaising: 0n });
    expect(parts[4]).toMatchObject({ adjustmentLowering: 100_000n, repurchaseGross: 100_300n });
    expect(parts.flatMap((part) => Object.values(part)).every((amount) => amount >= 0n)).toBe(true);
  });

  it('show a boarding as what raised the balance', () => {
    const [loan] = read({
      reportingPeriodBeginningLoanBalanceAmount: '0',
      otherPrincipalAdjustmentAmount: '-1000.00',
      reportingPeriodActualEndBalanceAmount: '900.00',
    }).loans;
    expect(loan && loanParts(loan)).toMatchObject({ adjustmentRaising: 100_000n, principalReversed: 0n });
  });
});
