import { describe, expect, it } from '@jest/globals';
import { assetClassNamed, LOAN_VOCABULARY } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { openTape } from '../source/open-tape.js';
import { streamTape } from '../stream-tape.js';
import { ofRows } from '../../testing/of-rows.js';

const COLUMNS = {
  opening: 'reportPeriodBeginningScheduleLoanBalanceAmount',
  principal: 'scheduledPrincipalAmount',
  unscheduled: 'unscheduledPrincipalCollectedAmount',
  other: 'otherPrincipalAdjustmentAmount',
  loss: 'realizedLossToTrustAmount',
  closing: 'reportPeriodEndScheduledLoanBalanceAmount',
  actual: 'reportPeriodEndActualBalanceAmount',
  status: 'paymentStatusLoanCode',
  advanced: 'totalPrincipalInterestAdvancedOutstandingAmount',
  code: 'liquidationPrepaymentCode',
};
type Row = Partial<Record<keyof typeof COLUMNS, string>>;

/** A loan of 1,000,000.01 that pays 1,000.00. */
const PAYS: Row = { opening: '1000000.01', principal: '1000.00', unscheduled: '0.00', closing: '999000.01' };

async function judge(row: Row) {
  const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const head = ['assetNumber', 'reportingPeriodEndDate', ...Object.values(COLUMNS)].join(',');
  const text = `${head}\n1,2020-01-13,${names.map((name) => row[name] ?? '').join(',')}\n`;
  const source = await openTape(new TextEncoder().encode(text), { vocabulary: LOAN_VOCABULARY });
  const assetClass = assetClassNamed('commercial-mortgage') as AssetClass;
  const stream = streamTape(source, { assetClass, loanKey: ['assetNumber'], mapping: null, periodNeeded: true });
  for await (const batch of stream.batches()) expect(batch).toHaveLength(1);
  const { findings, blocked } = stream.result();
  expect(blocked).toEqual([]);
  return ofRows(findings).map(({ rule, column, value }) => [rule, column, value]);
}

const differs = (value: string) => [['actual-differs', COLUMNS.actual, value]];
const notRolling = (value: string) => [['does-not-roll', COLUMNS.closing, value]];

describe('balances of a commercial mortgage', () => {
  it.each<[string, Row, unknown[]]>([
    [
      'roll by the schedule, and by the note while the borrower pays',
      { ...PAYS, actual: '999000.01', status: '0' },
      [],
    ],
    // 1,000,000.01 − 1,000.00 = 999,000.01
    ['that do not roll are told', { ...PAYS, closing: '999000.11', actual: '999000.11' }, notRolling('999000.11')],
    // 1,000,000.01 − 1,000.00 − 98,000.00 − 0.01 = 901,000.00
    [
      'fall by unscheduled and other principal',
      { ...PAYS, unscheduled: '98000.00', other: '0.01', closing: '901000.00', actual: '901000.00' },
      [],
    ],
    // 1,000,000.01 = 400,000.00 + 600,000.01
    [
      'fall by a realised loss',
      {
        opening: '1000000.01',
        principal: '0',
        unscheduled: '400000.00',
        loss: '600000.01',
        closing: '0.00',
        actual: '0.00',
        code: '3',
      },
      [],
    ],
    [
      'do not by a loss that is too small',
      {
        opening: '1000000.01',
        principal: '0',
        unscheduled: '400000.00',
        loss: '600000.00',
        closing: '0.00',
        actual: '0.00',
        code: '3',
      },
      notRolling('0.00'),
    ],
    [
      'stand at zero ever after, whatever is repeated',
      { opening: '0.00', loss: '600000.01', closing: '0.00', code: '3' },
      [],
    ],
    ['without a reason at zero are told', { opening: '0.00', closing: '0.00' }, differs('')],
    ['without the one by the note are told', PAYS, differs('')],
    // 45,488,796 − 58,861.30 = 45,429,934.70; single precision reads 45429932
    [
      'written in single precision are not',
      { opening: '45488796.0', principal: '58861.30', closing: '45429932.0', actual: '45429932.0', status: '0' },
      [],
    ],
    [
      'by the note above the schedule are told of a loan that is current',
      { ...PAYS, actual: '1000000.01', status: '0' },
      differs('1000000.01'),
    ],
    [
      'by the note above the schedule are right of a payment that is late',
      { ...PAYS, actual: '1000000.01', status: 'B' },
      [],
    ],
    [
      'by the note above the schedule are right by what was advanced',
      { ...PAYS, actual: '1003000.01', status: '3', advanced: '15000.00' },
      [],
    ],
    [
      'by the note further above than was advanced are told',
      { ...PAYS, actual: '1020000.01', status: '3', advanced: '15000.00' },
      differs('1020000.01'),
    ],
    ['by the note below the schedule are told', { ...PAYS, actual: '998000.01', status: '0' }, differs('998000.01')],
  ])('%s', async (_, row, found) => expect(await judge(row)).toEqual(found));
});
