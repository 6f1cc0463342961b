import { describe, expect, it } from '@jest/globals';
import { scoreTape } from '../quality/score.js';
import { MissingColumns } from '../errors.js';
import { reportsMonth } from '../loan-month.js';
import { assetClassNamed, LOAN_VOCABULARY } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { readTape } from '../read-tape.js';
import { openTape } from '../source/open-tape.js';
import { streamTape } from '../stream-tape.js';
import type { Mapping } from './mapping.js';
import { acceptProposal, proposeMapping } from './propose.js';

const AUTO = assetClassNamed('auto-loan') as AssetClass;
const KEY = { loanKey: ['assetNumber'] };

const COLLECTIONS = 'actualInterestCollectedAmount, actualPrincipalCollectedAmount, totalActualAmountPaid';

const SNAPSHOT = [
  'Loan Number,Original Date,Maturity,Original Balance,Current Balance,Rate,Term,Payment,Status,State,FICO',
  '1001,03/25/2022,03/25/2027,20000.00,12000.50,6.90 %,60,395.08,Current,CA,702',
  '1002,11/30/2021,11/30/2026,15000.00,0.00,4.50 %,60,279.65,Paid Off,TX,655',
].join('\n');

async function mapped(text: string): Promise<Mapping> {
  const source = await openTape(new TextEncoder().encode(text), { vocabulary: LOAN_VOCABULARY });
  return acceptProposal(proposeMapping(source.columns, source.head, { assetClass: AUTO }));
}

describe('a servicer’s own file of automobile loans', () => {
  it('that states no collections is a pool to pick and to project, and says what else is lost', async () => {
    const tape = readTape(SNAPSHOT, { ...KEY, mapping: await mapped(SNAPSHOT) });
    expect(tape.blocked).toEqual([]);
    expect(tape.standings).toEqual([
      expect.objectContaining({
        ...{ key: '1001', opening: null, closing: 1_200_050n, originalAmount: 2_000_000n, originalTerm: 60 },
        ...{ currentRate: 69_000_000_000n, scheduledPayment: 39_508n, creditScore: 702, daysPastDue: 0 },
        ...{ originationMonth: '2022-03', maturityMonth: '2027-03', remainingTerm: null },
      }),
      expect.objectContaining({ key: '1002', closing: 0n }),
    ]);
    expect(tape.standings.some(reportsMonth)).toBe(false);
    expect(tape.loans).toEqual([]);
    const told = tape.findings.map(({ row, column, rule, weight }) => [row, column, rule, weight]);
    expect(told).toEqual([
      [null, 'Status', 'days-reckoned', 'warns'],
      [null, 'reportingPeriodEndingDate', 'missing-column', 'warns'],
      [null, COLLECTIONS, 'missing-column', 'warns'],
    ]);
    expect(tape.findings[0]?.message).toContain('reckoned in 2 rows');
    expect(tape.findings[2]?.message).toContain('to pick a pool and to project it, not to pay by');
  });

  it('is the better the more columns it has', async () => {
    const scoreOf = async (text: string) => {
      const source = await openTape(new TextEncoder().encode(text), { vocabulary: LOAN_VOCABULARY });
      const mapping = await mapped(text);
      const stream = streamTape(source, { assetClass: AUTO, ...KEY, mapping, periodNeeded: false });
      for await (const batch of stream.batches()) void batch;
      return scoreTape(stream.result()).parts.completeness;
    };
    const whole = await scoreOf(SNAPSHOT);
    // Ten columns state all (the status too: eleven); five are lacking: 11 of 16.
    expect(whole).toMatchObject({ score: 68.8, because: '10 of 32 cells state no value, 5 columns being absent' });
    const without = await scoreOf(SNAPSHOT.replace('FICO', 'Remark'));
    expect(without.score).toBeLessThan(whole.score);
  });

  it('that states two of interest, principal and total is a month’s, the rest reckoned', async () => {
    const text = [
      'Loan ID,Opening Balance,Closing Balance,Interest Paid,Principal Paid,Interest Rate,Remaining Term,Reporting Date',
      'A,1000.00,900.00,5.00,100.00,6.00 %,9,06/30/2025',
    ].join('\n');
    const [loan] = readTape(text, { ...KEY, mapping: await mapped(text) }).loans;
    // 5.00 + 100.00; no adjustment is none; a tape with one date is of that day.
    expect(loan).toMatchObject({
      opening: 100_000n,
      totalPaid: 10_500n,
      otherPrincipalAdjustment: 0n,
      remainingTerm: 9,
    });
    const paid = text
      .replace('Principal Paid', 'Total Paid')
      .replace(',100.00,', ',105.00,')
      .replace('Opening Balance', 'x');
    const [reckoned] = readTape(paid, { ...KEY, mapping: await mapped(paid) }).loans;
    // 105.00 − 5.00 of principal; 900.00 + 100.00 at the beginning.
    expect(reckoned).toMatchObject({ principal: 10_000n, opening: 100_000n, closing: 90_000n });
  });

  it('needs a key and a balance; the standard’s own names need all that the form asks for', async () => {
    const mapping = await mapped(SNAPSHOT);
    const without = (name: string): Mapping => ({
      ...mapping,
      columns: mapping.columns.filter(({ field }) => field !== name),
    });
    const reading = (name: string) => () => readTape(SNAPSHOT, { ...KEY, mapping: without(name) });
    expect(reading('reportingPeriodActualEndBalanceAmount')).toThrow(
      /no column of the mapping is reportingPeriodActualEndBalanceAmount, and no tape of automobile loans/,
    );
    expect(reading('assetNumber')).toThrow(MissingColumns);
    expect(() => readTape('assetNumber,reportingPeriodActualEndBalanceAmount\n1,5.00\n', KEY)).toThrow(
      /no column reportingPeriodBeginningDate, .*a mapping of them/,
    );
  });
});
