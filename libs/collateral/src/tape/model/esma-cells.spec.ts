import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../finding.js';
import { assetClassNamed, LOAN_VOCABULARY } from './asset-classes.js';
import { admitsNoData } from './esma-codes.js';
import type { AssetClass } from './field.js';
import { openTape } from '../source/open-tape.js';
import { streamTape } from '../stream-tape.js';
import { ofRows } from '../../testing/of-rows.js';

/** Cells of a quiet mortgage under the codes of annex II; each row as it differs. */
const MORTGAGE: Readonly<Record<string, string>> = {
  ...{ RREL3: 'M1', RREL6: '2024-03-31', RREL10: 'Y', RREL13: 'EMRS', RREL23: '2015-06-01', RREL26: 'BROK' },
  ...{ RREL28: 'EUR', RREL29: '250000.00', RREL30: '180000.00', RREL35: 'FRXX', RREL37: 'MNTH', RREL43: '1.85' },
  ...{ RREL44: 'ESTR', RREL67: '0', RREL68: '0', RREL69: 'PERF', RREL81: 'DE', RREC9: 'RHOS' },
};
const AUTO: Readonly<Record<string, string>> = {
  ...{
    AUTL3: 'A1',
    AUTL6: '2024-03-31',
    AUTL27: 'ADLR',
    AUTL28: 'EUR',
    AUTL30: '9000.00',
    AUTL56: 'USED',
    AUTL70: 'PERF',
  },
};

/** What is found in rows that differ from a quiet one. */
async function found(
  className: string,
  quiet: Readonly<Record<string, string>>,
  ...rows: Readonly<Record<string, string>>[]
): Promise<{ findings: readonly Finding[]; blocked: number[] }> {
  const assetClass = assetClassNamed(className) as AssetClass;
  const key = className === 'auto-exposure' ? 'AUTL3' : 'RREL3';
  const lines = rows.map((row, index) => Object.values({ ...quiet, [key]: `M${index}`, ...row }).join(','));
  const text = [Object.keys(quiet).join(','), ...lines, ''].join('\n');
  const source = await openTape(Buffer.from(text), { vocabulary: LOAN_VOCABULARY });
  const stream = streamTape(source, {
    ...{ assetClass, loanKey: ['newUnderlyingExposureIdentifier'], mapping: null, periodNeeded: false },
  });
  for await (const batch of stream.rows()) void batch;
  const { findings, blocked } = stream.result();
  return { findings: ofRows(findings), blocked: blocked.map(({ row }) => row) };
}

const mortgages = (...rows: Readonly<Record<string, string>>[]) => found('residential-mortgage', MORTGAGE, ...rows);
const places = (findings: readonly Finding[]) =>
  findings.map(({ row, column, value, rule }) => [row, column, value, rule]);

// Code lists and no-data options: Delegated Regulation (EU) 2020/1224, annexes II (RRE) and V (automobile).
describe('cells of an ESMA template', () => {
  it('of identifiers and regions are checked by their form', async () => {
    const named = { ...MORTGAGE, RREL11: 'DE212', RREL83: '5493001KJTIIGC8Y1R12' };
    const mortgage = async (cells: Readonly<Record<string, string>>) =>
      places((await found('residential-mortgage', named, cells)).findings);
    // The identifier of ISO 17442's own example; as a number it leaves 1 when divided by 97.
    expect(await mortgage({})).toEqual([]);
    // One digit more is another remainder; a part of one is none at all.
    for (const RREL83 of ['5493001KJTIIGC8Y1R13', '5493001KJTIIGC8Y1R', '5493001kjtiigc8y1r12'])
      expect(await mortgage({ RREL83 })).toEqual([[2, 'RREL83', RREL83, 'wrong-identifier']]);
    for (const RREL11 of ['DE', 'UKI31', 'EL303', 'USZZZ', 'ND1']) expect(await mortgage({ RREL11 })).toEqual([]);
    for (const RREL11 of ['XX999', 'Bayern', 'DE2123', 'de212'])
      expect(await mortgage({ RREL11 })).toEqual([[2, 'RREL11', RREL11, 'unknown-code']]);
  });

  it('are quiet when they are the codes and options of the annex', async () => {
    const { findings } = await mortgages({}, { RREL13: 'ND2', RREL43: 'ND5', RREC9: 'ND5', RREL35: 'OTHR' });
    expect(findings).toEqual([]);
    expect((await found('auto-exposure', AUTO, {}, { AUTL27: 'ND5', AUTL56: 'ND4-2025-01-31' })).findings).toEqual([]);
  });

  it.each([
    ['RREL13', 'EMPL'],
    ['RREL35', 'frxx'],
    ['RREL37', 'MONTHLY'],
    ['RREL69', 'CURR'],
    ['RREL28', 'EURO'],
    ['RREL81', 'XX'],
    ['RREC9', 'HOUSE'],
    // A code of annex V is none of annex II.
    ['RREL26', 'ADLR'],
  ])('are told when a code of %s is none of the list: %s', async (code, value) => {
    const { findings } = await mortgages({}, {}, { [code]: value });
    expect(places(findings.filter(({ rule }) => rule === 'unknown-code'))).toEqual([[4, code, value, 'unknown-code']]);
  });

  it.each<[string, string, RegExp]>([
    // Neither option: the cut-off date, the status, the arrears.
    ['RREL69', 'ND1', /^state the value, for the field admits no no-data option$/],
    ['RREL67', 'ND5', /^state the value/],
    // ND1 to ND4 alone: employment, origination date.
    ['RREL13', 'ND5', /ND1 to ND4$/],
    ['RREL23', 'ND5', /ND1 to ND4$/],
    // ND5 alone: the rate, the property type.
    ['RREL43', 'ND4-2025-01-31', /ND5$/],
    ['RREC9', 'ND3', /ND5$/],
  ])('are told when %s states %s, with what it admits', async (code, value, remedy) => {
    const { findings } = await mortgages({}, { [code]: value });
    expect(places(findings)).toEqual([[3, code, value, 'no-data-not-admitted']]);
    expect(findings[0]?.remedy).toMatch(remedy);
  });

  it('leave reference rates alone, of which there are newer ones than the annex names', async () => {
    expect((await mortgages({ RREL44: 'SOFR' })).findings).toEqual([]);
  });

  it('say what would be right in the template’s own words', async () => {
    const remedies = async (cells: Readonly<Record<string, string>>) => (await mortgages(cells)).findings[0]?.remedy;
    expect(await remedies({ RREL23: '01.06.2015' })).toBe('write YYYY-MM-DD');
    expect(await remedies({ RREL43: 'fix' })).toBe(
      'write a percentage like 6.87 for 6.87 %, or ND5 if there is no value',
    );
    expect(await remedies({ RREL29: '250 000' })).toBe(
      'write digits, a point and at most two decimals, like 1234.50, or ND1 to ND5 if there is no value',
    );
    // Days in arrears admit no option.
    expect(await remedies({ RREL68: 'none' })).toBe('write digits only');
    expect(await remedies({ RREL10: 'yes' })).toBe('write Y or N');
  });
});

describe('a tape of two currencies', () => {
  it('has its lesser rows blocked, each by its column', async () => {
    const { findings, blocked } = await mortgages({}, { RREL28: 'GBP' }, {}, { RREL28: 'PLN' });
    expect(places(findings)).toEqual([
      [3, 'RREL28', 'GBP', 'currency-differs'],
      [5, 'RREL28', 'PLN', 'currency-differs'],
    ]);
    expect(blocked).toEqual([3, 5]);
    expect(findings[0]?.message).toContain(
      'row 3 is in GBP (of 4 rows, 2 in EUR, 1 in GBP, 1 in PLN): amounts of two currencies',
    );
  });

  it('is found by the signs beside its amounts too', async () => {
    const columns = [
      { column: 'Loan', field: 'loanNumber', unit: null },
      {
        ...{ column: 'Balance', field: 'closingBalance' },
        unit: { kind: 'number', decimal: '.', thousands: ',', scale: 'whole', negative: 'parentheses' },
      },
    ] as const;
    const mapping = { form: 1, assetClass: 'consumer-loan', columns } as const;
    const assetClass = assetClassNamed('consumer-loan') as AssetClass;
    const found = async (text: string) => {
      const source = await openTape(Buffer.from(text), { vocabulary: LOAN_VOCABULARY });
      const stream = streamTape(source, { assetClass, loanKey: ['loanNumber'], mapping, periodNeeded: false });
      for await (const batch of stream.rows()) void batch;
      return stream.result().findings.filter(({ rule }) => rule === 'currency-differs');
    };
    const findings = await found('Loan;Balance\n1;$1,000.00\n2;USD 2,000.00\n3;3,000.00 €\n4;4000.00\n5;(5.00)\n');
    expect(places(findings)).toEqual([[4, 'Balance', '3,000.00 €', 'currency-differs']]);
    expect(findings[0]?.message).toContain('(of 5 rows, 2 in USD, 1 in EUR, 2 in none that is stated)');
    // Neither of two is the other's: each is told.
    const even = await found('Loan;Balance\n1;$1,000.00\n2;3,000.00 €\n3;4000.00\n');
    expect(even.map(({ row }) => row)).toEqual([2, 3]);
  });
});

describe('no-data options', () => {
  it.each([
    ['none', []],
    ['ND1-4', ['ND1', 'ND2', 'ND3', 'ND4']],
    ['ND5', ['ND5']],
    ['ND1-5', ['ND1', 'ND2', 'ND3', 'ND4', 'ND5']],
  ] as const)('are admitted as a template says: %s', (admitted, options) => {
    const all = ['ND1', 'ND2', 'ND3', 'ND4', 'ND5'];
    expect(all.filter((option) => admitsNoData(admitted, option))).toEqual(options);
  });
});
