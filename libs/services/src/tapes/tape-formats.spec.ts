import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@weir/persistence';
import { ZipFile } from 'yazl';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { smallTape } from './small-tape.fixture.js';

const DOCUMENT = readFileSync(new URL('../../../deal/templates/auto.yaml', import.meta.url), 'utf8');

/** A cell's XML: a date as the day number that spreadsheets keep (style 1), a number as a number, all else as a text. */
function cellXml(cell: string): string {
  const [, month, day, year] = /^(\d\d)-(\d\d)-(\d{4})$/.exec(cell) ?? [];
  // Day 25,569 of a spreadsheet is 1 January 1970.
  if (year !== undefined)
    return `<c s="1"><v>${Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000 + 25_569}</v></c>`;
  if (/^\d+(\.\d+)?$/.test(cell)) return `<c><v>${Number(cell)}</v></c>`;
  return `<c t="inlineStr"><is><t>${cell}</t></is></c>`;
}

/** A workbook of one sheet with the cells of a CSV. */
async function workbookOf(csv: string): Promise<Uint8Array> {
  const rows = csv
    .trimEnd()
    .split('\n')
    .map((line) => `<row>${line.split(',').map(cellXml).join('')}</row>`);
  const parts = {
    'xl/workbook.xml': '<workbook><sheets><sheet name="Tape" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/tape.xml"/></Relationships>',
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/worksheets/tape.xml': `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
  };
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** The cells of a CSV under ESMA's codes as elements of an XML. */
function xmlOf(csv: string): string {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  const assets = lines.map((line) => {
    const elements = line.split(',').map((cell, at) => `<${names[at]}>${cell}</${names[at]}>`);
    return `<UndrlygXpsr>${elements.join('')}</UndrlygXpsr>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Doc><Pool>\n${assets.join('\n')}\n</Pool></Doc>`;
}

/** Annex 5: key, day, region, borrower's income, beginning, balances, rate, maker, days in arrears. */
const EXPOSURES = [
  'AUTL3,AUTL6,AUTL10,AUTL5,AUTL16,AUTL24,AUTL29,AUTL30,AUTL40,AUTL53,AUTL69',
  'L1,2020-06-30,DE30,B1,ND1,2019-02-15,2000.00,1500.5,4.5,VOLKSWAGEN,0',
  'L2,2020-06-30,DE21,B2,51000.00,2018-11-01,900.00,0.07,ND5,"OPEL, ""ASTRA""",31',
].join('\n');

const LOANS = smallTape('2020-07', [
  { key: '71', opening: '1000.00', closing: '900.10', principal: '99.90', originated: '03/2019' },
  {
    ...{ key: '72', opening: '12345678.99', closing: '12345678.99', originalAmount: '15000000.00' },
    ...{ region: 'NY', payment: '250000' },
  },
]);

describe('tapes of other forms than CSV, through the import', () => {
  let platform: TestPlatform;
  let issuer: Actor;
  const tapes = () => platform.services.tapes;
  /** A deal of its own, so that no other tape is before it. */
  const newDeal = async () => (await platform.services.deals.create(issuer, DOCUMENT, once())).dealId;
  const imported = async (dealId: string, file: string | Uint8Array, more: object = {}) => {
    const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
    const upload = { period: 1, bytes, loanKey: null, ...more };
    const { tapeId } = await tapes().receive(issuer, dealId, upload, once());
    await tapes().importTape(tapeId);
    return tapes().get(issuer, dealId, tapeId);
  };
  const stored = async (tapeId: string) => {
    const rows = (await platform.asSystem(
      `select to_jsonb(l) - 'tape_id' - 'deal_id' as loan, t.other_fields as names
         from weir.tape_loan l join weir.tape t using (tape_id) where tape_id = $1 order by "row"`,
      [tapeId],
    )) as { loan: Record<string, unknown>; names: string[] }[];
    return rows.map(({ loan: { others, ...loan }, names }) => ({
      ...loan,
      ...Object.fromEntries(names.map((name, at) => [name, (others as string[])[at]])),
    }));
  };
  const findingsOf = async (dealId: string, tapeId: string) =>
    (await tapes().findings(issuer, dealId, tapeId, { after: 0 })).map(({ row, column, rule }) => [row, column, rule]);

  beforeAll(async () => {
    platform = await startPlatform();
    issuer = await platform.member('sponsor', 'issuer');
  }, 60_000);
  afterAll(() => platform.stop());

  it('a workbook stores what the same rows as CSV store, cent by cent', async () => {
    const dealId = await newDeal();
    const loanKey = ['assetNumber'];
    const text = await imported(dealId, LOANS, { loanKey });
    const book = await imported(dealId, await workbookOf(LOANS), { loanKey });
    expect([text.status, text.summary?.format, book.status, book.summary?.format]).toEqual([
      ...['imported', 'csv', 'imported', 'xlsx'],
    ]);
    const rows = await stored(book.tapeId);
    expect(rows).toEqual(await stored(text.tapeId));
    expect(rows).toMatchObject([
      {
        month: '2020-07-01',
        loan_key: '71',
        row: 2,
        opening: 1000,
        closing: 900.1,
        originated: '2019-03',
        region: 'CA',
      },
      { loan_key: '72', row: 3, closing: 12_345_678.99, scheduled_payment: 250_000, original_rate: 5e10, region: 'NY' },
    ]);
    expect(book.summary?.sums).toMatchObject({ reportingPeriodActualEndBalanceAmount: '12346579.09' });
    expect([book.kind, book.version, book.current]).toEqual(['restatement', 2, false]);
  });

  it('a workbook that comes again is the same tape', async () => {
    const dealId = await newDeal();
    const book = await workbookOf(LOANS);
    const first = await imported(dealId, book, { loanKey: ['assetNumber'] });
    expect(await imported(dealId, book, { loanKey: ['assetNumber'] })).toEqual(first);
    expect(await stored(first.tapeId)).toHaveLength(2);
  });

  it('a workbook with a row that is blocked stores nothing and names row and column', async () => {
    const dealId = await newDeal();
    const spoilt = await workbookOf(LOANS.replace('12345678.99', '12345678.99 or so'));
    const { tapeId, status, failure } = await imported(dealId, spoilt, { loanKey: ['assetNumber'] });
    expect([status, failure?.code]).toEqual(['rejected', 'rows-blocked']);
    expect(await stored(tapeId)).toEqual([]);
    expect(await findingsOf(dealId, tapeId)).toContainEqual([
      ...[3, 'reportingPeriodBeginningLoanBalanceAmount', 'not-a-number'],
    ]);
  });

  it('a file that begins like a workbook and is none is refused with its reason', async () => {
    const dealId = await newDeal();
    const torn = (await workbookOf(LOANS)).subarray(0, 700);
    const { tapeId, status, failure } = await imported(dealId, torn);
    expect([status, failure?.code]).toEqual(['rejected', 'tape-unreadable']);
    expect(await stored(tapeId)).toEqual([]);
  });

  it.each([
    ['esma-csv', EXPOSURES],
    ['esma-xml', xmlOf(EXPOSURES.replace('"OPEL, ""ASTRA"""', 'OPEL ASTRA'))],
  ])(
    '%s of annex 5 is stored by its fields, percentages as rates, no-data options as not stated',
    async (format, file) => {
      const tape = await imported(await newDeal(), file);
      expect([tape.status, tape.summary?.format, tape.assetClass, tape.month]).toEqual([
        ...['imported', format, 'auto-exposure', '2020-06'],
      ]);
      const [from, maker] = format === 'esma-csv' ? [2, 'OPEL, "ASTRA"'] : [1, 'OPEL ASTRA'];
      // 4.5 % is 0.045: 45,000,000,000 at a scale of 10^12.
      expect(await stored(tape.tapeId)).toMatchObject([
        {
          ...{ month: '2020-06-01', loan_key: 'L1', row: from, closing: 1500.5, original_amount: 2000 },
          ...{ current_rate: 4.5e10, originated: '2019-02-15', region: 'DE30', obligor: 'B1', days_past_due: 0 },
          ...{ primaryIncome: null, manufacturer: 'VOLKSWAGEN', opening: null },
        },
        {
          ...{ loan_key: 'L2', row: from + 1, closing: 0.07, current_rate: null, days_past_due: 31 },
          ...{ primaryIncome: '5100000', manufacturer: maker },
        },
      ]);
      // 1,500.50 and 0.07; an XML lacks what no element states besides.
      expect(tape.summary?.sums).toMatchObject({ currentPrincipalBalance: '1500.57', primaryIncome: '51000.00' });
      expect(tape.summary?.missing).toMatchObject({ primaryIncome: 1, currentInterestRate: 1 });
    },
  );

  it.each([
    ['CSV', (csv: string) => csv, 3],
    ['XML', xmlOf, 2],
  ])(
    'annex 2 as %s with a loan without a balance stores nothing and names it by row and field code',
    async (_, form, row) => {
      const dealId = await newDeal();
      const csv = 'RREL3,RREL6,RREL30,RREL43\nM1,2020-06-30,150000.00,1.75\nM2,2020-06-30,ND1,1.75\n';
      const { tapeId, status, assetClass } = await imported(dealId, form(csv));
      expect([status, assetClass]).toEqual(['rejected', 'residential-mortgage']);
      expect(await stored(tapeId)).toEqual([]);
      // What four columns leave out is told of the columns, or of each asset.
      const found = await findingsOf(dealId, tapeId);
      expect(found.filter(([at]) => at === row)).toEqual([[row, 'RREL30', 'missing-cell']]);
    },
  );

  it('an ESMA tape of the next month, in the other form, is compared with the last', async () => {
    const dealId = await newDeal();
    await imported(dealId, EXPOSURES);
    const [header = '', first = ''] = EXPOSURES.split('\n');
    const next = [header, first.replace('2020-06-30', '2020-07-31').replace('2019-02-15', '2019-03-15')].join('\n');
    const { tapeId, status } = await imported(dealId, xmlOf(next), { period: 2 });
    expect(status).toBe('imported');
    const found = await findingsOf(dealId, tapeId);
    expect(found).toEqual(
      expect.arrayContaining([
        [null, null, 'loan-vanished'],
        [1, 'AUTL24', 'fact-changed'],
        // No element says when it matures.
        [1, 'AUTL25', 'missing-cell'],
      ]),
    );
    expect(found).toHaveLength(3);
  });
});
