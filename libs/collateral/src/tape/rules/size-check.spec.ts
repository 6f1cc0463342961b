import { describe, expect, it } from '@jest/globals';
import type { Mapping, NumberUnit } from '../mapping/mapping.js';
import { assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { TapeReader, type TapeResult } from '../tape-reader.js';

type Row = Readonly<Record<string, string>>;

/** Reads rows under the standard's own names, or by a mapping that says one scale of all amounts. */
function read(
  className: string,
  rows: readonly Row[],
  scale: NumberUnit['scale'] | null = null,
  stated: NumberUnit['stated'] | null = null,
): TapeResult {
  const assetClass = assetClassNamed(className) as AssetClass;
  const columns = Object.keys(rows[0] ?? {});
  const unit = (column: string): NumberUnit | null => {
    const kind = assetClass.fields.find(({ name }) => name === column)?.kind;
    if (scale === null || kind !== 'money') return null;
    const said = stated !== null && column === 'originalLoanAmount' ? { stated } : {};
    return { kind: 'number', decimal: '.', thousands: '', scale, negative: 'minus', ...said };
  };
  const mapping: Mapping | null =
    scale === null
      ? null
      : {
          form: 1,
          assetClass: className,
          columns: columns.map((column) => ({ column, field: column, unit: unit(column) })),
        };
  const key = assetClass.fields.find(({ role }) => role === 'key')?.name ?? '';
  const reader = new TapeReader(
    { columns, headerRow: 1 },
    { assetClass, loanKey: [key], mapping, periodNeeded: false },
  );
  rows.forEach((row, index) => reader.read({ row: index + 2, cells: columns.map((column) => row[column] ?? '') }));
  return reader.finish();
}

/**
 * 12,000.00 at 12 % over 12 months: 1 % a month, so the level payment is 12,000 × 0.01 ÷ (1 − 1.01^−12) = 1,066.19. After
 * the first, of which 120.00 is interest, 11,053.81 are left.
 */
const LOAN = {
  originalLoanAmount: '12000.00',
  originalTerm: '12',
  interestRate: '0.12',
  openingBalance: '12000.00',
  closingBalance: '11053.81',
  scheduledPayment: '1066.19',
  interestCollected: '120.00',
};
/** The same as an automobile loan. */
const AUTO = {
  ...{
    reportingPeriodBeginningDate: '01-01-2025',
    reportingPeriodEndingDate: '01-31-2025',
    originationDate: '12/2024',
  },
  ...{ originalLoanAmount: '12000.00', originalLoanTerm: '12', originalInterestRatePercentage: '0.12' },
  ...{
    obligorCreditScore: '700',
    zeroBalanceCode: '',
    currentDelinquencyStatus: '0',
    otherPrincipalAdjustmentAmount: '0',
  },
  ...{ reportingPeriodBeginningLoanBalanceAmount: '12000.00', reportingPeriodActualEndBalanceAmount: '11053.81' },
  ...{ actualInterestCollectedAmount: '120.00', actualPrincipalCollectedAmount: '946.19' },
  ...{ totalActualAmountPaid: '1066.19', reportingPeriodScheduledPaymentAmount: '1066.19' },
  ...{ actualOtherCollectedAmount: '0', chargedoffPrincipalAmount: '', recoveredAmount: '', repurchaseAmount: '' },
};
const cents = (amount: string): string => amount.replace('.', '');
const LOAN_IN_CENTS = {
  ...LOAN,
  originalLoanAmount: cents(LOAN.originalLoanAmount),
  openingBalance: cents(LOAN.openingBalance),
  closingBalance: cents(LOAN.closingBalance),
  scheduledPayment: cents(LOAN.scheduledPayment),
  interestCollected: cents(LOAN.interestCollected),
};

const loans = (count: number, row: Row): Row[] =>
  Array.from({ length: count }, (_, index) => ({ loanNumber: `L${index}`, ...row }));

const doubt = ({ findings }: TapeResult) => findings.find(({ rule }) => rule === 'unit-in-doubt');

const told = ({ findings }: TapeResult) =>
  findings
    .filter(({ rule }) => rule.startsWith('unit-'))
    .map(({ rule, row, column, value }) => ({ rule, row, column, value }));

describe('amounts of another size than their asset class has', () => {
  it('block the whole file, naming the column and a row', () => {
    // 1,200,000 and no amount with cents: consumer loans come to 300,000 at most.
    const result = read('consumer-loan', loans(12, LOAN_IN_CENTS));
    expect(told(result)).toEqual([{ rule: 'unit-in-doubt', row: 2, column: 'originalLoanAmount', value: '1200000' }]);
    expect(result.blocked.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(doubt(result)?.message).toBe(
      'originalLoanAmount is read as whole units, but its cells look like cents (12 of 12 cells looked at); row 2 reads 1200000',
    );
    expect(doubt(result)?.remedy).toContain('"scale" of every amount column');
  });

  it('are found though they are written with decimals', () => {
    const decimals = Object.fromEntries(
      Object.entries(LOAN_IN_CENTS).map(([name, cell]) => [name, /Term|Rate/.test(name) ? cell : `${cell}.00`]),
    );
    expect(doubt(read('consumer-loan', loans(12, decimals)))?.message).toBe(
      'originalLoanAmount comes to 1,200,000 in the middle of the rows, where consumer loans come to 0 to 300,000: ' +
        'the amounts look like cents (12 of 12 rows looked at); row 2 reads 1200000.00',
    );
  });

  it('are found of small loans by none of them having cents', () => {
    // 2,000.00 in cents is 200,000, which a consumer loan may be; 36 amounts above zero and none with cents, it is not.
    const small = { originalLoanAmount: '200000', closingBalance: '150012', scheduledPayment: '10055' };
    expect(told(read('consumer-loan', loans(12, small)))).toMatchObject([{ rule: 'unit-in-doubt', row: 2 }]);
    const whole = { originalLoanAmount: '200000', closingBalance: '150012', scheduledPayment: '10055.20' };
    expect(told(read('consumer-loan', loans(12, whole)))).toEqual([]);
  });

  it('block though a mapping says their unit, and are none where it says the right one', () => {
    const confirmed = read('consumer-loan', loans(12, LOAN_IN_CENTS), 'whole');
    expect(told(confirmed)).toEqual([
      { rule: 'unit-in-doubt', row: 2, column: 'originalLoanAmount', value: '1200000' },
    ]);
    expect(confirmed.blocked).toHaveLength(12);
    // An eighth and eight times of 1,200,000 to two digits.
    expect(doubt(confirmed)?.remedy).toBe(
      'set "scale" of every amount column in the mapping to what it is ("cents", "thousands" or "whole"); where ' +
        'originalLoanAmount really is as it is read ("whole"), a person states it beside that scale: ' +
        '"stated": [150000, 9600000], between which the middle cell lies',
    );
    expect(told(read('consumer-loan', loans(12, LOAN_IN_CENTS), 'cents'))).toEqual([]);
    expect(told(read('consumer-loan', loans(12, LOAN)))).toEqual([]);
  });

  it('are a warning where the mapping states it of cells of such a size, and of no others', () => {
    const stated = read('consumer-loan', loans(12, LOAN_IN_CENTS), 'whole', [150_000, 9_600_000]);
    expect(stated.blocked).toEqual([]);
    expect(told(stated)).toEqual([{ rule: 'unit-differs', row: 2, column: 'originalLoanAmount', value: '1200000' }]);
    expect(stated.findings.find(({ rule }) => rule === 'unit-differs')?.message).toMatch(
      /mapping states that it is so$/,
    );
    // The next file has the same loans in units: 12,000.00 is a hundredth of what was stated.
    const next = read('consumer-loan', loans(12, LOAN), 'whole', [150_000, 9_600_000]);
    expect(doubt(next)?.message).toContain('whole of 150000 to 9600000 in the middle, and 12000 is in the middle');
    expect(next.blocked).toHaveLength(12);
  });

  it('are asked about where a mapping, and no standard, says what nothing tells', () => {
    // 15,000 without cents in any of 36 amounts: whole units or 150.00 is below 200.00; 45,000 is also 450.00.
    const whole = (amount: string): Row => ({
      originalLoanAmount: amount,
      closingBalance: '11012',
      scheduledPayment: '1505',
    });
    expect(told(read('consumer-loan', loans(12, whole('15000')), 'whole'))).toEqual([]);
    const open = read('consumer-loan', loans(12, whole('45000')), 'whole');
    expect(told(open)).toMatchObject([{ rule: 'unit-in-doubt', column: 'originalLoanAmount' }]);
    expect(doubt(open)?.message).toContain('whole units, or 450 in cents, and both would be usual of consumer loans');
    expect(told(read('consumer-loan', loans(12, whole('45000'))))).toEqual([]);
    const cents = { ...whole('45000'), scheduledPayment: '1505.10' };
    expect(told(read('consumer-loan', loans(12, cents), 'whole'))).toEqual([]);
  });

  it('are whole units where payments, incomes or how they are written tell', () => {
    const whole = { originalLoanAmount: '25100', closingBalance: '21012', scheduledPayment: '1505' };
    const found = (row: Row) => told(read('consumer-loan', loans(12, row), 'whole'));
    expect(found(whole)).toMatchObject([{ rule: 'unit-in-doubt' }]);
    // Nobody collects 5.05 a month; 25,100 at 12 % over 48 months: 25,100 × 0.01 ÷ (1 − 1.01^−48) = 660.98, or 6.61 in cents.
    expect(found({ ...whole, scheduledPayment: '505' })).toEqual([]);
    expect(
      found({ ...whole, scheduledPayment: '', originalTerm: '48', interestRate: '0.12', interestCollected: '251' }),
    ).toEqual([]);
    // An income of 64,000, in cents 640, is of whole units, and so are payments below it; one of 6,400,000 is not.
    expect(found({ ...whole, annualIncome: '64000' })).toEqual([]);
    expect(found({ ...whole, annualIncome: '6400000' })).toHaveLength(1);
    // 204,000 is within 300,000, and more than 100,000.
    const large = read('consumer-loan', loans(12, { ...whole, originalLoanAmount: '204000' }), 'whole');
    expect(doubt(large)?.message).toContain(
      'in whole units few consumer loans come to more than 100,000, in cents it is 2,040, and nothing in the rows tells which it is',
    );
  });

  it('are whole units where they are parted in thousands', () => {
    const unit: NumberUnit = { kind: 'number', decimal: '.', thousands: ',', scale: 'whole', negative: 'minus' };
    const columns = ['Id', 'Lent', 'Owed', 'Paid'];
    const fields = ['loanNumber', 'originalLoanAmount', 'closingBalance', 'scheduledPayment'];
    const mapping: Mapping = {
      form: 1,
      assetClass: 'consumer-loan',
      columns: columns.map((column, at) => ({ column, field: fields[at] ?? '', unit: at === 0 ? null : unit })),
    };
    const assetClass = assetClassNamed('consumer-loan') as AssetClass;
    const reader = new TapeReader(
      { columns, headerRow: 1 },
      { assetClass, loanKey: ['loanNumber'], mapping, periodNeeded: false },
    );
    for (let at = 0; at < 12; at++) reader.read({ row: at + 2, cells: [`L${at}`, '25,100', '21,012', '1,505'] });
    expect(told(reader.finish())).toEqual([]);
  });

  it('must all be so where there are few of them, and two say nothing', () => {
    expect(told(read('consumer-loan', loans(3, LOAN_IN_CENTS)))).toMatchObject([{ rule: 'unit-in-doubt', row: 2 }]);
    expect(told(read('consumer-loan', [...loans(8, LOAN_IN_CENTS), { ...LOAN, loanNumber: 'L8' }]))).toEqual([]);
    expect(told(read('consumer-loan', loans(2, LOAN_IN_CENTS)))).toEqual([]);
  });

  it('are not judged by currencies of which a unit is worth little', () => {
    const invoice = (currency: string): Row[] =>
      loans(12, { currency, invoiceAmount: '300000000', outstandingAmount: '300000000' }).map((row, index) => ({
        ...row,
        invoiceNumber: String(index),
      }));
    expect(told(read('trade-receivable', invoice('JPY')))).toEqual([]);
    expect(told(read('trade-receivable', invoice('EUR')))).toMatchObject([{ column: 'invoiceAmount' }]);
  });

  it('are found from some row on', () => {
    const rows = [...loans(600, LOAN), ...loans(600, LOAN_IN_CENTS)].map((row, index) => ({
      ...row,
      loanNumber: String(index),
    }));
    const result = read('consumer-loan', rows);
    expect(told(result)).toMatchObject([{ rule: 'unit-in-doubt', column: 'originalLoanAmount', value: '1200000' }]);
    expect(result.blocked).toHaveLength(1_200);
  });
});

describe('columns of one row in different units', () => {
  it.each<[string, Row]>([
    // 1,105,381 ÷ 12,000 = 92.1.
    ['closingBalance', { closingBalance: LOAN_IN_CENTS.closingBalance }],
    ['openingBalance', { openingBalance: LOAN_IN_CENTS.openingBalance }],
    // 106,619 ÷ 1,066.19 = 100.
    ['scheduledPayment', { scheduledPayment: LOAN_IN_CENTS.scheduledPayment }],
    // 12,000 ÷ (12,000 × 0.12 ÷ 12) = 100.
    ['interestCollected', { interestCollected: LOAN_IN_CENTS.interestCollected }],
  ])('block the file: %s', (column, change) => {
    const result = read('consumer-loan', loans(12, { ...LOAN, ...change }));
    expect(told(result)[0]).toMatchObject({ rule: 'unit-in-doubt', row: 2, column });
    expect(result.blocked).toHaveLength(12);
  });

  it('say nothing of balances that are nearly repaid, and of payments of interest alone', () => {
    const late = { ...LOAN, openingBalance: '1055.64', closingBalance: '10.02', interestCollected: '10.56' };
    expect(told(read('consumer-loan', loans(12, late)))).toEqual([]);
    // 12,000.00 × 0.12 ÷ 12.
    expect(told(read('consumer-loan', loans(12, { ...LOAN, scheduledPayment: '120.00' })))).toEqual([]);
  });
});

describe('rates that payments tell from a hundredth of them', () => {
  it('block the file, low ones too', () => {
    // 0.9 % written as 0.9: over 12 months the level payment of 12,000.00 is 12,000 × 0.00075 ÷ (1 − 1.00075^−12) = 1,004.88.
    const low = { ...LOAN, interestRate: '0.9', scheduledPayment: '1004.88', interestCollected: '9.00' };
    expect(told(read('consumer-loan', loans(12, low)))).toEqual([
      { rule: 'unit-in-doubt', row: 2, column: 'interestRate', value: '0.9' },
    ]);
  });

  it('are told of each column by itself', () => {
    // The current rate is 12 in a column of fractions, the original one 0.12.
    const { findings, blocked } = read(
      'auto-loan',
      loans(12, { ...AUTO, reportingPeriodInterestRatePercentage: '12' }).map((row, index) => ({
        ...row,
        assetNumber: String(index),
      })),
    );
    expect(findings.filter(({ rule }) => rule === 'unit-in-doubt').map(({ column }) => column)).toEqual([
      'reportingPeriodInterestRatePercentage',
    ]);
    expect(blocked).toHaveLength(12);
  });

  it('are told by the balance and what is left of its term, where nothing says what was lent', () => {
    // 0.25 % a year is 0.000208333 a month: 10,000 × 0.000208333 ÷ (1 − 1.000208333^−24) = 417.75; at 25 % it is 533.71.
    const left = { closingBalance: '10000.00', remainingTerm: '24', interestRate: '0.25' };
    const found = (scheduledPayment: string, count = 12) =>
      told(read('consumer-loan', loans(count, { ...left, scheduledPayment })));
    const doubted = [{ rule: 'unit-in-doubt', column: 'interestRate', row: 2, value: '0.25' }];
    expect(found('533.71')).toEqual([]);
    expect(found('417.75')).toEqual(doubted);
    expect(found('417.75', 4)).toEqual(doubted);
    expect(found('533.71', 4)).toEqual([]);
  });

  it('are told by the interest of a month where nothing else tells', () => {
    // 10,000 × 0.25 % ÷ 12 = 2.08; at 25 % it is 208.33.
    const found = (interestCollected: string) =>
      told(
        read(
          'consumer-loan',
          loans(12, { closingBalance: '10000.00', interestRate: '0.25', interestCollected }),
          'whole',
        ),
      );
    expect(found('208.33')).toEqual([]);
    expect(found('2.08')).toMatchObject([{ rule: 'unit-in-doubt', column: 'interestRate', value: '0.25' }]);
  });

  it('are doubted where few of them would all be above 100 %', () => {
    const percent = { ...LOAN, interestRate: '12' };
    expect(told(read('consumer-loan', loans(3, percent)))).toMatchObject([{ column: 'interestRate', row: 2 }]);
    expect(told(read('consumer-loan', [...loans(3, percent), { ...LOAN, loanNumber: 'L3' }]))).toEqual([]);
    expect(told(read('consumer-loan', loans(2, percent)))).toEqual([]);
  });

  it('are taken as they are where the payments are those of them', () => {
    // 120 % a year is 10 % a month: 12,000 × 0.1 ÷ (1 − 1.1^−12) = 1,761.16.
    const dear = { ...LOAN, interestRate: '1.2', scheduledPayment: '1761.16', interestCollected: '1200.00' };
    expect(told(read('consumer-loan', loans(12, dear)))).toEqual([]);
  });
});
