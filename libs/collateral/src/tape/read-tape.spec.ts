import { describe, expect, it } from '@jest/globals';
import { readTape, type Finding } from '../index.js';
import { smallTape, type SmallRow } from '../testing/small-tape.js';
import { ofRows } from '../testing/of-rows.js';

const KEY = { loanKey: ['assetNumber'] };
const read = (...rows: SmallRow[]) => readTape(smallTape(...rows), KEY);
const found = (findings: Finding[], rule: string) => findings.filter((finding) => finding.rule === rule);

describe('reading a tape', () => {
  it('turns cells into cents, rates, months and counts', () => {
    const tape = read({ recoveredAmount: '1.5', originalInterestRatePercentage: '0.0687', paymentExtendedNumber: '2' });
    expect(tape).toMatchObject({ rows: 1, reportingFrom: '2020-07-01', reportingTo: '2020-07-31', distinctKeys: 1 });
    expect(ofRows(tape.findings)).toEqual([]);
    expect(tape.loans).toEqual([
      expect.objectContaining({
        key: '1',
        row: 2,
        opening: 100_000n,
        closing: 90_000n,
        interest: 500n,
        principal: 10_000n,
        otherPrincipalAdjustment: 0n,
        totalPaid: 10_500n,
        recovery: 150n,
        originalAmount: 200_000n,
        originalTerm: 60,
        originalRate: 68_700_000_000n,
        creditScore: 700,
        originationMonth: '2019-08',
        maturityMonth: '2024-08',
        daysPastDue: 0,
        extensionMonths: 2,
      }),
    ]);
  });

  it('keeps what is not stated apart from zero', () => {
    const tape = read({ chargedoffPrincipalAmount: 'NA', recoveredAmount: '', repurchaseAmount: '0' });
    expect(tape.loans[0]).toMatchObject({ chargeOff: null, recovery: null, repurchase: 0n, scheduledPayment: null });
    expect(tape.missing).toEqual({
      chargedoffPrincipalAmount: 1,
      recoveredAmount: 1,
      zeroBalanceCode: 1,
      paymentExtendedNumber: 1,
    });
  });

  it('sums every money column over all rows, blocked ones included', () => {
    // 1000.00 + 250.25 and 900.00 + 250.25; row 3 is blocked by its principal
    const tape = read(
      {},
      {
        reportingPeriodBeginningLoanBalanceAmount: '250.25',
        reportingPeriodActualEndBalanceAmount: '250.25',
        actualPrincipalCollectedAmount: 'x',
      },
    );
    expect(tape.sums).toMatchObject({
      reportingPeriodBeginningLoanBalanceAmount: 125_025n,
      reportingPeriodActualEndBalanceAmount: 115_025n,
      actualPrincipalCollectedAmount: 10_000n,
    });
    expect(tape.loans).toHaveLength(1);
    expect(tape.blocked).toEqual([{ row: 3, key: '2' }]);
  });

  it('reads a byte-order mark, CRLF, quoted cells, blank lines and columns it does not know, from text or bytes', () => {
    const [header, first, second] = smallTape({}, {}).split('\n');
    const text = `\ufeff"${header?.replaceAll(',', '","')}",note\r\n${first},"a, ""b""\r\nc"\r\n\r\n${second},d\r\n`;
    for (const source of [text, new TextEncoder().encode(text)]) {
      const tape = readTape(source, KEY);
      // The first loan's note spans lines 2 and 3, line 4 is blank.
      expect(tape.loans.map(({ key, row }) => ({ key, row }))).toEqual([
        { key: '1', row: 2 },
        { key: '2', row: 5 },
      ]);
    }
  });

  it('takes amounts with many decimals, with a finding when they had to be rounded half up', () => {
    const tape = read(
      { originalLoanAmount: '2000.12000000' },
      { originalLoanAmount: '2000.125' },
      { originalLoanAmount: '2000.12499' },
    );
    expect(tape.loans.map((loan) => loan.originalAmount)).toEqual([200_012n, 200_013n, 200_012n]);
    expect(found(tape.findings, 'rounded').map(({ row, value }) => ({ row, value }))).toEqual([
      { row: 3, value: '2000.125' },
      { row: 4, value: '2000.12499' },
    ]);
  });
});

describe('a date that stands for none', () => {
  it.each([
    ['loanMaturityDate', '11/9999'],
    ['reportingPeriodEndingDate', '12-31-9999'],
  ])('blocks its row in %s, and is told as such', (column, cell) => {
    const tape = read({}, { [column]: cell });
    expect(found(tape.findings, 'not-a-date')).toEqual([
      expect.objectContaining({
        ...{ row: 3, column, value: cell, remedy: 'write NA where there is no date' },
        message: expect.stringContaining(`reads "${cell}", a date that no loan has: it seems to stand for none`),
      }),
    ]);
  });
});

describe('findings that block their row', () => {
  it.each<[string, SmallRow, string, string | null]>([
    [
      'a letter in a number',
      { actualInterestCollectedAmount: '5.0O' },
      'not-a-number',
      'actualInterestCollectedAmount',
    ],
    ['an exponent', { originalLoanAmount: '2e+05' }, 'not-a-number', 'originalLoanAmount'],
    ['half a month', { originalLoanTerm: '60.5' }, 'not-a-number', 'originalLoanTerm'],
    [
      'a day that does not exist',
      { reportingPeriodEndingDate: '06-31-2020' },
      'not-a-date',
      'reportingPeriodEndingDate',
    ],
    ['another date form', { reportingPeriodEndingDate: '07/31/2020' }, 'not-a-date', 'reportingPeriodEndingDate'],
    ['a month 13', { originationDate: '13/2019' }, 'not-a-date', 'originationDate'],
    [
      'NA where a value is required',
      { actualPrincipalCollectedAmount: 'NA' },
      'missing-cell',
      'actualPrincipalCollectedAmount',
    ],
    ['an empty key', { assetNumber: '' }, 'missing-cell', 'assetNumber'],
    [
      'a negative balance',
      { reportingPeriodActualEndBalanceAmount: '-0.01' },
      'negative-balance',
      'reportingPeriodActualEndBalanceAmount',
    ],
    ['a cell too many', { paymentExtendedNumber: 'NA,1' }, 'row-shape', null],
    ['another period', { reportingPeriodEndingDate: '08-31-2020' }, 'period-differs', 'reportingPeriodEndingDate'],
  ])('%s', (_, cells, rule, column) => {
    const tape = read({}, cells, {});
    expect(found(tape.findings, rule)).toEqual([
      expect.objectContaining({ row: 3, column, rule, weight: 'blocks', remedy: expect.stringMatching(/\w+/) }),
    ]);
    expect(tape.loans.map((loan) => loan.row)).toEqual([2, 4]);
    expect(tape.blocked.map(({ row }) => row)).toEqual([3]);
  });

  it('name row, column, value, rule and remedy, and all that is wrong with a row at once', () => {
    // A quoted cell, as a spreadsheet writes 1,234.5O
    const tape = read({
      actualPrincipalCollectedAmount: '"1,234.5O"',
      reportingPeriodBeginningLoanBalanceAmount: '-1',
    });
    expect(ofRows(tape.findings)).toEqual([
      {
        row: 2,
        column: 'reportingPeriodBeginningLoanBalanceAmount',
        value: '-1',
        rule: 'negative-balance',
        weight: 'blocks',
        message: 'row 2: reportingPeriodBeginningLoanBalanceAmount is below zero',
        remedy: expect.stringContaining('servicer'),
      },
      {
        row: 2,
        column: 'actualPrincipalCollectedAmount',
        value: '1,234.5O',
        rule: 'not-a-number',
        weight: 'blocks',
        message: 'row 2: actualPrincipalCollectedAmount reads "1,234.5O", which is not a number',
        remedy: expect.stringContaining('1234.50'),
      },
    ]);
  });
});

describe('findings that warn', () => {
  it.each<[string, SmallRow, string, string]>([
    // 900.07 − 1000.00 = −99.93 where −100.00 is explained
    ['a row that does not roll', { reportingPeriodActualEndBalanceAmount: '900.07' }, 'does-not-roll', '900.07'],
    // 110.00 − 5.00 − 100.00
    ['a payment that is not split', { totalActualAmountPaid: '110.00' }, 'payment-split', '110.00'],
    ['a rate of 36 %', { originalInterestRatePercentage: '0.36' }, 'suspicious-rate', '0.36'],
    ['a rate written as a percentage', { originalInterestRatePercentage: '6.87' }, 'suspicious-rate', '6.87'],
    ['no credit score', { obligorCreditScore: 'NONE' }, 'suspicious-credit-score', 'NONE'],
    ['a credit score of 0', { obligorCreditScore: '0' }, 'suspicious-credit-score', '0'],
    ['a credit score of 901', { obligorCreditScore: '901' }, 'suspicious-credit-score', '901'],
    ['negative days past due', { currentDelinquencyStatus: '-1' }, 'suspicious-days-past-due', '-1'],
    ['no days past due', { currentDelinquencyStatus: 'NA' }, 'suspicious-days-past-due', 'NA'],
    ['a balance after maturity', { loanMaturityDate: '06/2020' }, 'matured-with-balance', '06/2020'],
    ['a zero balance code with a balance', { zeroBalanceCode: '1' }, 'zero-balance-with-balance', '1'],
  ])('%s', (_, cells, rule, value) => {
    const tape = read(cells);
    expect(ofRows(tape.findings)).toEqual([expect.objectContaining({ row: 2, rule, value, weight: 'warns' })]);
    expect(tape.loans).toHaveLength(1);
  });

  it('a balance that rises without an adjustment', () => {
    const tape = read({ reportingPeriodActualEndBalanceAmount: '1000.01' });
    expect(found(tape.findings, 'closing-rises')).toEqual([
      expect.objectContaining({ value: '1000.01', message: expect.stringContaining('rose by 0.01 ') }),
    ]);
  });

  it('a returned payment, as negative principal or as an adjustment, but not a boarding', () => {
    const tape = read(
      {
        actualPrincipalCollectedAmount: '-50.00',
        reportingPeriodActualEndBalanceAmount: '1050.00',
        totalActualAmountPaid: '-45.00',
      },
      { otherPrincipalAdjustmentAmount: '-100.00', reportingPeriodActualEndBalanceAmount: '1000.00' },
      {
        reportingPeriodBeginningLoanBalanceAmount: '0',
        otherPrincipalAdjustmentAmount: '-2000.00',
        reportingPeriodActualEndBalanceAmount: '1900.00',
      },
    );
    expect(ofRows(tape.findings)).toEqual([
      expect.objectContaining({
        row: 2,
        rule: 'reversal-row',
        value: '-50.00',
        column: 'actualPrincipalCollectedAmount',
      }),
      expect.objectContaining({
        row: 3,
        rule: 'reversal-row',
        value: '-100.00',
        column: 'otherPrincipalAdjustmentAmount',
      }),
    ]);
    expect(ofRows(tape.findings)[0]?.message).toContain('reversed interest is shown in no column');
  });

  it('a charge-off rolls the balance to zero without a finding', () => {
    const cells = {
      chargedoffPrincipalAmount: '900.00',
      reportingPeriodActualEndBalanceAmount: '0',
      zeroBalanceCode: '4',
    };
    expect(ofRows(read(cells).findings)).toEqual([]);
  });
});
