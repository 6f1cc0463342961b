import { describe, expect, it } from '@jest/globals';
import { readTapeFile } from '../read-tape.js';
import { LOAN_VOCABULARY } from '../model/asset-classes.js';
import { openTape } from './open-tape.js';
import type { SourceRecord } from './source.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const open = (text: string, limits = {}) => openTape(utf8(text), { vocabulary: LOAN_VOCABULARY, limits });
async function all(text: string, limits = {}): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const batch of (await open(text, limits)).records()) records.push(...batch);
  return records;
}

/** A quiet loan as an asset of exhibit 102. */
const ASSET = `<reportingPeriodBeginningDate>07-01-2020</reportingPeriodBeginningDate>
    <reportingPeriodEndingDate>07-31-2020</reportingPeriodEndingDate>
    <reportingPeriodBeginningLoanBalanceAmount>1000.00000000</reportingPeriodBeginningLoanBalanceAmount>
    <reportingPeriodActualEndBalanceAmount>900.00000000</reportingPeriodActualEndBalanceAmount>
    <actualInterestCollectedAmount>5.00</actualInterestCollectedAmount>
    <actualPrincipalCollectedAmount>100.00</actualPrincipalCollectedAmount>
    <otherPrincipalAdjustmentAmount>0</otherPrincipalAdjustmentAmount>
    <totalActualAmountPaid>105.00</totalActualAmountPaid>
    <originalInterestRatePercentage>0.06</originalInterestRatePercentage><loanMaturityDate>08/2024</loanMaturityDate>
    <currentDelinquencyStatus>0</currentDelinquencyStatus><obligorCreditScore>700</obligorCreditScore>`;

describe('asset data files', () => {
  it('are read whatever the prefix, repeated elements joined', async () => {
    const text = `<?xml version="1.0"?><a:assetData xmlns:a="x">
  <a:assets>
    <a:assetNumber>7</a:assetNumber><a:subvented>1</a:subvented><a:subvented>2</a:subvented>
  </a:assets>
  <a:assets><a:assetNumber>8 &amp; 9</a:assetNumber></a:assets></a:assetData>`;
    const source = await open(text);
    const [number, subvented] = ['assetNumber', 'subvented'].map((name) => source.columns.indexOf(name));
    const records = await all(text);
    expect(source.format).toBe('abs-ee-xml');
    expect(records.map(({ row, line }) => [row, line])).toEqual([
      [1, 2],
      [2, 5],
    ]);
    expect(records[0]?.cells[subvented ?? -1]).toBe('1;2');
    expect(records.map(({ cells }) => cells[number ?? -1])).toEqual(['7', '8 & 9']);
  });

  it('become loans, the row being the number of the asset', async () => {
    const assets = ['11', '12'].map((id) => `<assets><assetNumber>${id}</assetNumber>${ASSET}</assets>`).join('\n');
    const tape = await readTapeFile(utf8(`<assetData>${assets}</assetData>`), { loanKey: ['assetNumber'] });
    expect(tape.loans.map(({ key, row, opening }) => [key, row, opening])).toEqual([
      ['11', 1, 100_000n],
      ['12', 2, 100_000n],
    ]);
    expect(tape.findings).toEqual([]);
  });

  it('of ESMA are known by their field codes, however deep these stand', async () => {
    const text =
      '<Doc><Hdr><Id>x</Id></Hdr><Pool><Xpsr><AUTL3>L1</AUTL3><Bal><AUTL30>10.00</AUTL30></Bal><AUTL40>4.5</AUTL40></Xpsr></Pool></Doc>';
    const source = await open(text);
    const [record] = await all(text);
    expect(source.format).toBe('esma-xml');
    const cell = (code: string) => record?.cells[source.columns.indexOf(code)];
    expect([cell('AUTL3'), cell('AUTL30'), cell('AUTL40')]).toEqual(['L1', '10.00', '4.5']);
  });

  it.each<[string, string, object, string]>([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a><assetNumber>&b;</assetNumber></a>', {}, 'limit'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///x"><a/>', {}, 'limit'],
    ['an entity of its own', '<a><assetNumber>&b;</assetNumber></a>', {}, 'xml'],
    ['deep nesting', '<a>'.repeat(40), {}, 'limit'],
    [
      'a giant cell',
      `<a><b><assetNumber>${'x'.repeat(300_000)}</assetNumber></b></a>`,
      { recordCharacters: 100_000 },
      'limit',
    ],
    ['a giant attribute', `<a><b c="${'x'.repeat(300_000)}"/></a>`, { recordCharacters: 100_000 }, 'limit'],
    ['a file that was cut off', '<assetData><assets><assetNumber>1</assetNumber>', {}, 'xml'],
    ['tags that do not close', '<assetData><assets></assetData>', {}, 'xml'],
    ['XML of something else', '<html><body><p>x</p></body></html>', {}, 'header'],
    ['too many assets', `<d>${'<a><assetNumber>1</assetNumber></a>'.repeat(4)}</d>`, { records: 3 }, 'limit'],
  ])('refuses %s', async (_, text, limits, reason) => {
    await expect(all(text, limits)).rejects.toEqual(expect.objectContaining({ name: 'TapeUnreadable', reason }));
  });
});
