import { describe, expect, it } from '@jest/globals';
import { ASSET_CLASSES, assetClassNamed, LOAN_VOCABULARY } from './model/asset-classes.js';
import type { AssetClass } from './model/field.js';
import { openTape } from './source/open-tape.js';
import { streamSampleTape } from '../sample/stream-tape.js';
import { streamTape } from './stream-tape.js';
import type { TapeHistory } from './history/tape-history.js';
import type { LoanRecord } from './loan-record.js';
import { ofRows } from '../testing/of-rows.js';

async function read(text: string, className: string, loanKey: string[]) {
  const source = await openTape(new TextEncoder().encode(text), { vocabulary: LOAN_VOCABULARY });
  const assetClass = assetClassNamed(className) as AssetClass;
  const stream = streamTape(source, { assetClass, loanKey, mapping: null, periodNeeded: false });
  const records: LoanRecord[] = [];
  for await (const batch of stream.batches()) records.push(...batch);
  return { records, result: stream.result(), source };
}
const found = ({ result }: Awaited<ReturnType<typeof read>>) =>
  ofRows(result.findings).map(({ row, column, rule, weight }) => [row, column, rule, weight]);

describe('a tape of any asset class', () => {
  it('of ESMA reads percentages, Y and N, and keeps no-data options apart', async () => {
    const text = 'RREL3,RREL6,RREL10,RREL30,RREL43,RREC13\nL1,2020-06-30,Y,100.50,4.5,ND1\nL2,2020-06-30,N,7,ND5,ND1\n';
    const tape = await read(text, 'residential-mortgage', ['RREL3']);
    expect(tape.source.format).toBe('esma-csv');
    expect(tape.records.map(({ values }) => values)).toEqual([
      {
        ...{ newUnderlyingExposureIdentifier: 'L1', dataCutOffDate: '2020-06-30', resident: true },
        ...{ currentPrincipalBalance: 10_050n, currentInterestRate: 45_000_000_000n, currentValuationAmount: null },
      },
      expect.objectContaining({ resident: false, currentPrincipalBalance: 700n, currentInterestRate: null }),
    ]);
    expect(tape.result.noData).toEqual({ currentInterestRate: { ND5: 1 }, currentValuationAmount: { ND1: 2 } });
    expect(tape.result.reportingTo).toBe('2020-06-30');
  });

  it('of ESMA is told of its key, and of what may complete it, by field codes', async () => {
    const text = 'RREL3,RREL5,RREL6,RREL29,RREL30\nL1,D1,2020-06-30,200,100.50\nL1,D2,2020-06-30,300,7\n';
    const { result } = await read(text, 'residential-mortgage', ['newUnderlyingExposureIdentifier']);
    const lacks = result.findings.filter(({ rule }) => rule === 'missing-column');
    // Of 84 columns it has five; of the collateral's it has none, which stands in a file of its own.
    expect(lacks[0]).toMatchObject({ row: null, message: expect.stringContaining('79 columns of the template') });
    expect(lacks[0]?.column).toMatch(/^RREL1, RREL2, RREL4, RREL7, .*, RREL84$/);
    expect(lacks[1]).toMatchObject({ column: 'RREL43', message: expect.stringContaining('no loan can be projected') });
    expect(ofRows(result.findings).map(({ column, rule }) => [column, rule])).toEqual([
      ['RREL3', 'key-not-distinct'],
      ['RREL3', 'duplicate-key'],
      ['RREL3', 'duplicate-key'],
    ]);
    expect(ofRows(result.findings)[0]).toMatchObject({
      message: 'the loan key RREL3 has only 1 distinct values in 2 rows',
      remedy: 'add columns to the loan key, for example RREL5, RREL29',
    });
  });

  it('is judged cell by cell', async () => {
    const text = [
      'contractNumber,contractBalance,openingContractBalance,originalTerm,commencementDate,implicitRate,residualValue',
      '1,100.00,110.00,60,2019-01-01,0.05,1',
      ',100.00,110.00,60,2019-01-01,0.05,1',
      '3,-1.00,110.00,60,2019-01-01,0.05,1',
      '4,x,110.00,60,2019-01-01,0.05,1',
      '5,100.00,110.00,6000,2019-01-01,0.9,much',
      '6,100.00,110.00,60,1919-01-01,zero,1',
      '1,100.00,110.00,60,2019-01-01,0.05,1',
    ].join('\n');
    const tape = await read(text, 'equipment-lease', ['contractNumber']);
    expect(found(tape)).toEqual([
      [null, 'contractNumber', 'key-not-distinct', 'warns'],
      [2, 'contractNumber', 'duplicate-key', 'blocks'],
      [3, 'contractNumber', 'missing-cell', 'blocks'],
      [4, 'contractBalance', 'negative-balance', 'blocks'],
      [5, 'contractBalance', 'not-a-number', 'blocks'],
      [6, 'residualValue', 'not-a-number', 'warns'],
      [6, 'originalTerm', 'out-of-range', 'warns'],
      [6, 'implicitRate', 'out-of-range', 'warns'],
      [7, 'implicitRate', 'not-a-number', 'blocks'],
      [7, 'commencementDate', 'out-of-range', 'warns'],
      [8, 'contractNumber', 'duplicate-key', 'blocks'],
    ]);
    // The rows of the findings that block, and no others; the first row's key is that of row 8.
    expect(tape.result.blocked).toEqual([
      { row: 2, key: '1' },
      { row: 3, key: null },
      { row: 4, key: '3' },
      { row: 5, key: '4' },
      { row: 7, key: '6' },
      { row: 8, key: '1' },
    ]);
    expect(tape.result.tally.find(({ rule }) => rule === 'out-of-range')).toEqual({
      ...{ rule: 'out-of-range', weight: 'warns' },
      // Two of row 6, one of row 7.
      ...{ findings: 3, rows: 2 },
    });
  });

  it.each<[string, string, string, string[]]>([
    ['maturity before origination', '1,100.00,,,2020-01-01,2019-01-01,0.12,', 'maturityDate', ['dates-out-of-order']],
    // 1,000.00 at 12 % over 12 months: 1,000 × 0.01 ÷ (1 − 1.01^−12) = 88.85; 180.00 is twice that.
    [
      'a payment that does not fit',
      '1,900.00,1000.00,12,2020-01-01,2021-01-01,0.12,180.00',
      'scheduledPayment',
      ['payment-does-not-fit'],
    ],
    ['a payment that fits', '1,900.00,1000.00,12,2020-01-01,2021-01-01,0.12,88.85', '', []],
    ['a payment of interest only', '1,9000.00,9000.00,12,2020-01-01,2021-01-01,0.12,90.00', '', []],
  ])('is judged row by row: %s', async (_, line, column, rules) => {
    const header =
      'loanNumber,closingBalance,originalLoanAmount,originalTerm,originationDate,maturityDate,interestRate,scheduledPayment';
    const tape = await read(`${header}\n${line}\n`, 'consumer-loan', ['loanNumber']);
    expect(found(tape)).toEqual(rules.map((rule) => [2, column, rule, 'warns']));
  });

  it('is rolled, and found when it is past its maturity with a balance', async () => {
    const header =
      'loanNumber,reportingPeriodEndingDate,maturityDate,openingBalance,principalCollected,chargedOffAmount,closingBalance';
    const text = [header, '1,06-30-2020,06-15-2020,10.00,4.00,1.00,5.00', '2,06-30-2020,05-15-2020,10.00,4.00,,5.00'];
    expect(found(await read(text.join('\n'), 'consumer-loan', ['loanNumber']))).toEqual([
      [3, 'maturityDate', 'matured-with-balance', 'warns'],
      [3, 'closingBalance', 'does-not-roll', 'warns'],
    ]);
  });

  it('of commercial mortgages: interest is balance × rate × days ÷ 360', async () => {
    const header =
      'assetNumber,reportingPeriodBeginningDate,reportingPeriodEndDate,reportPeriodBeginningScheduleLoanBalanceAmount,' +
      'reportPeriodEndScheduledLoanBalanceAmount,reportPeriodInterestRatePercentage,interestAccrualMethodCode,scheduledInterestAmount,paidThroughDate';
    // 1,000,000.00 × 0.06 × 31 ÷ 360 = 5,166.67; × 30 ÷ 360 = 5,000.00
    const line = (id: string, method: number, interest: string) =>
      `${id},2017-07-01,2017-07-31,1000000.00,1000000.00,0.06,${method},${interest},2017-07-31`;
    const text = [header, line('1', 3, '5166.67'), line('2', 1, '5000.00'), line('3', 1, '5166.67'), ''].join('\n');
    expect(found(await read(text, 'commercial-mortgage', ['assetNumber']))).toEqual([
      [4, 'scheduledInterestAmount', 'interest-does-not-fit', 'warns'],
    ]);
  });

  it('refuses codes outside the code list, each of a repeated element', async () => {
    const text = 'assetNumber,reportingPeriodEndActualSecuritizationAmount,subvented\n1,5.00,1;98\n2,5.00,1;7\n';
    expect(found(await read(text, 'auto-lease', ['assetNumber']))).toEqual([[3, 'subvented', 'unknown-code', 'warns']]);
  });

  it('is compared with the tapes before it, month after month', async () => {
    const header = 'loanNumber,reportingPeriodEndingDate,openingBalance,closingBalance,interestRate,originationDate\n';
    const assetClass = assetClassNamed('consumer-loan') as AssetClass;
    const month = async (lines: string, history: TapeHistory) => {
      const source = await openTape(new TextEncoder().encode(header + lines), { vocabulary: LOAN_VOCABULARY });
      const options = { assetClass, loanKey: ['loanNumber'], mapping: null, periodNeeded: true, history };
      const stream = streamTape(source, options);
      for await (const batch of stream.batches()) expect(batch.length).toBeGreaterThan(0);
      return stream.result();
    };
    const june = await month(
      'a,06-30-2020,1000,900,0.05,01-31-2019\nb,06-30-2020,500.00,400.00,0.05,01-31-2019\n',
      new Map(),
    );
    expect(ofRows(june.findings)).toEqual([]);
    const july = await month('a,07-31-2020,950.5,800.00,0.05,02-28-2019\n', june.history as TapeHistory);
    // The cells as both files have them.
    expect(ofRows(july.findings)).toMatchObject([
      { row: null, column: null, value: 'b', rule: 'loan-vanished' },
      {
        ...{ row: 2, column: 'openingBalance', value: '950.5', rule: 'opening-not-last-closing' },
        message: 'row 2: opening 950.5 differs by 50.50 from the closing 900 of 2020-06-30',
      },
      {
        ...{ row: 2, column: 'originationDate', value: '02-28-2019', rule: 'fact-changed' },
        message: expect.stringContaining('originationDate was 01-31-2019 on 2020-06-30 and is 02-28-2019;'),
      },
    ]);
  });

  it.each(['csv', 'abs-ee-xml'] as const)('made as large as wanted is sound and the same again: %s', async (format) => {
    const make = () => Buffer.concat([...streamSampleTape({ seed: 5, loans: 1_200, format })]);
    const tape = await read(make().toString('utf8'), 'auto-loan', ['assetNumber']);
    expect([tape.source.format, tape.result.rows, tape.result.distinctKeys]).toEqual([format, 1_200, 1_200]);
    expect(tape.result.findings.filter(({ weight }) => weight === 'blocks')).toEqual([]);
    expect(make().equals(make())).toBe(true);
  });

  it('is one that the platform knows', () => expect(ASSET_CLASSES.map(({ name }) => name)).toHaveLength(8));
});
