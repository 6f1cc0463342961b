import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@weir/money';
import {
  ReportInconsistent,
  investorReportCsv,
  investorReportJson,
  renderInvestorReportPdf,
  type ReportAccount,
  type ReportTranche,
} from './index.js';
import { sampleReport } from './sample-report.fixture.js';

interface Published {
  collections: { principal: { gross: string; reversed: string }; available: string };
  tranches: { name: string; coupon: string; factor: string; closing: string }[];
  triggers: { threshold: string }[];
  reconciliation: { lines: { item: string; books: string; bank: string | null; difference: string }[] };
  delinquency: { bucket: string; share: string }[];
}

describe('the report as JSON', () => {
  it('is canonical and carries every amount as a decimal string', () => {
    const text = investorReportJson(sampleReport());
    const json = JSON.parse(text) as Published;
    expect(canonicalJson(json)).toBe(text);
    expect(json.collections.principal).toEqual({ gross: '2114650.16', reversed: '28761.44' });
    expect(json.collections.available).toBe('3707366.96');
    // 0.60 % as a ratio; 144,462,814.84 ÷ 146,911,000.00 half up at twelve decimals.
    expect(json.tranches[0]).toMatchObject({
      coupon: '0.006000000000',
      factor: '0.983335589847',
      closing: '144462814.84',
    });
    expect(json.triggers[0]?.threshold).toBe('0.015000000000');
    // 160,002,324.27 ÷ 181,553,515.71, rounded down.
    expect(json.delinquency[0]).toMatchObject({ bucket: 'Current', share: '0.881295653484' });
  });

  it('shows what differs between books, chain and bank, in the cash’s base units', () => {
    const report = sampleReport();
    report.reconciliation.lines = [
      { item: 'Cash in the vault', books: 5_543_761_000_000n, chain: 5_543_761_000_001n, bank: 5_543_760_999_990n },
    ];
    const json = JSON.parse(investorReportJson(report)) as Published;
    expect(json.reconciliation.lines[0]).toMatchObject({ books: '5543761.000000', difference: '0.000011' });
  });
});

describe('the report as CSV', () => {
  it('has a row for each figure of the JSON, under the section and the name of what it belongs to', () => {
    const lines = investorReportCsv(sampleReport()).split('\r\n');
    expect(lines[0]).toBe('section,item,value');
    expect(lines).toContain('tranches,A.interestPaid,80801.05');
    expect(lines).toContain('waterfall,14.paid,600755.69');
    expect(lines).toContain('delinquency,31–60.loans,34');
    expect(lines).toContain('accounts,reserve.closing,1836394.04');
    expect(lines.at(-1)).toBe('');
  });

  it.each([
    ['=HYPERLINK("http://x")', `parties,sponsor,"'=HYPERLINK(""http://x"")"`],
    ['+1 Finance', `parties,sponsor,'+1 Finance`],
    ['-2+3', `parties,sponsor,'-2+3`],
    ['@SUM(A1)', `parties,sponsor,'@SUM(A1)`],
    ['\tcmd', `parties,sponsor,'\tcmd`],
    ['Doe, Roe', 'parties,sponsor,"Doe, Roe"'],
  ])('takes the life out of the text %j', (name, row) => {
    const report = sampleReport();
    report.parties.sponsor = name;
    expect(investorReportCsv(report).split('\r\n')).toContain(row);
  });

  it('leaves a negative amount a number', () => {
    const report = sampleReport();
    report.pool.otherPrincipalAdjustment = -500n;
    expect(investorReportCsv(report)).toContain('pool,otherPrincipalAdjustment,-5.00\r\n');
  });
});

describe('the report as PDF', () => {
  it('gives equal bytes for equal models, dated by the model', async () => {
    const first = await renderInvestorReportPdf(sampleReport());
    const second = await renderInvestorReportPdf(sampleReport());
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    const text = Buffer.from(first).toString('latin1');
    expect(text.startsWith('%PDF-1.7')).toBe(true);
    expect(text).toContain('(D:20200817000000Z)');
    expect(text).toMatch(/\/FontFile2/);
  });

  it('changes with any figure', async () => {
    const report = sampleReport();
    report.collections.otherCollected += 1n;
    const [one, other] = [await renderInvestorReportPdf(sampleReport()), await renderInvestorReportPdf(report)];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
  });

  it('breaks long tables over pages', async () => {
    const report = sampleReport();
    report.tape.findings = Array.from({ length: 60 }, (_, i) => ({
      rule: `rule-${i}`,
      weight: 'warns' as const,
      count: i,
      message: 'a value that looks wrong',
    }));
    const pages = (bytes: Uint8Array) =>
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length ?? 0;
    const [short, long] = [await renderInvestorReportPdf(sampleReport()), await renderInvestorReportPdf(report)];
    // A row with its message takes about 26 points of the 650 a page has: 59 more rows need two or three more pages.
    expect(pages(long) - pages(short)).toBeGreaterThanOrEqual(2);
    expect(pages(long) - pages(short)).toBeLessThanOrEqual(3);
  });
});

describe('a report that contradicts itself', () => {
  it('is refused with every contradiction at once', async () => {
    const report = sampleReport();
    const a = report.tranches[0] as ReportTranche;
    const collection = report.accounts[0] as ReportAccount;

    a.closing += 1n;
    collection.out -= 1n;
    report.conservation.paymentsPlusClosing += 1n;
    expect(() => investorReportJson(report)).toThrow(ReportInconsistent);
    const problems = await renderInvestorReportPdf(report).catch((e: unknown) => (e as ReportInconsistent).problems);
    expect(problems).toEqual([
      'tranche A closing against opening less principal: 144462814.85 is not 144462814.84',
      'account collection closing against opening, in and out: 0.00 is not 0.01',
      'opening accounts and deposits against payments and closing accounts: 5543761.00 is not 5543761.01',
    ]);
    expect(() => investorReportCsv(report)).toThrow(/Rebuild it from the settled run/);
  });
});
