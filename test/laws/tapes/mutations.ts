import { assetClassNamed } from '@weir/collateral';
import type { Random } from '../random.js';
import { AMOUNT_MUTATIONS } from './amount-mutations.js';
import {
  archived,
  assetData,
  type Cells,
  csvLine,
  encoded,
  FORMATS,
  hundredfold,
  PLAIN,
  rowOf,
  SHEET,
  soundExposures,
  soundTape,
  workbookParts,
  written,
  type Writing,
} from './base.js';
import type { Expected, Mutant, Mutation } from './mutant.js';

const OPENING = 'reportingPeriodBeginningLoanBalanceAmount';
const CLOSING = 'reportingPeriodActualEndBalanceAmount';
const AMOUNTS = [
  OPENING,
  CLOSING,
  'actualInterestCollectedAmount',
  'actualPrincipalCollectedAmount',
  'totalActualAmountPaid',
];

/** Changes of one cell: the columns it may befall, what is written there and what must be found. */
const CELL_ERRORS: readonly { columns: readonly string[]; values: readonly string[]; rules: readonly string[] }[] = [
  {
    columns: AMOUNTS,
    values: ['1,234.5O', 'twelve', '12..5', '--5', '1.2.3', '12,50', '0x1F', '∞'],
    rules: ['not-a-number'],
  },
  {
    columns: AMOUNTS,
    values: ['=1+1', '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", '@SUM(A1)', '+A1'],
    rules: ['not-a-number'],
  },
  { columns: AMOUNTS, values: ['99999999999999999999', '1e400', '-1e9'], rules: ['not-a-number'] },
  { columns: AMOUNTS, values: ['999999999999999'], rules: ['out-of-range'] },
  { columns: [OPENING, CLOSING], values: ['-0.01', '-999999.99'], rules: ['negative-balance'] },
  { columns: AMOUNTS, values: ['NA', ''], rules: ['missing-cell'] },
  {
    columns: ['reportingPeriodBeginningDate', 'reportingPeriodEndingDate'],
    values: ['02-30-2020', '13-01-2020', '00-00-0000', '08-31-0020', '08-31-9999', '31.08.2020', 'yesterday', '1/2/3'],
    rules: ['not-a-date'],
  },
  { columns: ['originationDate'], values: ['13/2019', '00/2019', '08/19', '08/0019', '2019'], rules: ['not-a-date'] },
  { columns: ['originationDate'], values: ['08/1919', '08/2150'], rules: ['out-of-range', 'dates-out-of-order'] },
  {
    columns: ['originalLoanTerm', 'currentDelinquencyStatus'],
    values: ['six', '1.5', '99999999999'],
    rules: ['not-a-number'],
  },
  { columns: ['originalInterestRatePercentage'], values: ['5 %', 'prime', '0,05'], rules: ['not-a-number'] },
  { columns: ['originalInterestRatePercentage'], values: ['687', '-0.2'], rules: ['suspicious-rate'] },
  { columns: ['obligorCreditScore'], values: ['1', '9999'], rules: ['suspicious-credit-score'] },
  { columns: ['zeroBalanceCode'], values: ['Q', '17'], rules: ['unknown-code'] },
  { columns: ['assetNumber'], values: ['', 'NA'], rules: ['missing-cell'] },
  { columns: ['obligorGeographicLocation'], values: ['ZZ', 'Texas', 'tx'], rules: ['unknown-code'] },
  {
    columns: ['interestCalculationTypeCode', 'originalInterestRateTypeCode'],
    values: ['7', 'fixed'],
    rules: ['unknown-code'],
  },
];

const FORMULAS = ['=1+1', '=A1', '@SUM(A1)', "+cmd|' /C calc'!A0", '-A1+B2', '=HYPERLINK("http://x")'];

/** The same of a tape under the codes of ESMA's annex 5. */
const EXPOSURE_ERRORS: typeof CELL_ERRORS = [
  { columns: ['AUTL68', 'AUTL69', 'AUTL70', 'AUTL28'], values: ['ND1', 'ND5'], rules: ['no-data-not-admitted'] },
  { columns: ['AUTL12', 'AUTL24', 'AUTL56'], values: ['ND5'], rules: ['no-data-not-admitted'] },
  { columns: ['AUTL13', 'AUTL40'], values: ['ND1', 'ND4-2021-01-31'], rules: ['no-data-not-admitted'] },
  { columns: ['AUTL30'], values: ['ND1', 'ND5', ''], rules: ['missing-cell'] },
  { columns: ['AUTL12', 'AUTL27', 'AUTL56', 'AUTL70'], values: ['XXXX', 'perf', 'BRAN'], rules: ['unknown-code'] },
  { columns: ['AUTL28'], values: ['USD', 'PLN'], rules: ['currency-differs'] },
  { columns: ['AUTL28'], values: ['EURO', 'ZZZ'], rules: ['unknown-code'] },
  { columns: ['AUTL13'], values: ['maybe', '2'], rules: ['not-a-flag'] },
  { columns: ['AUTL6', 'AUTL24'], values: ['31.08.2020', '2020-02-30'], rules: ['not-a-date'] },
];

/** A loan of the tape that has both balances, by its number from 1. */
function someLoan(cells: Cells, draw: Random): number {
  return 1 + draw.below(cells.length - 1);
}

const inCell: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const { columns, values, rules } = draw.pick(CELL_ERRORS);
  const [column, value, format, record] = [
    draw.pick(columns),
    draw.pick(values),
    draw.pick(FORMATS),
    someLoan(cells, draw),
  ];
  (cells[record] ?? [])[cells[0]?.indexOf(column) ?? -1] = value;
  const expected = { kind: 'found', row: rowOf(format, record), column, rules } as const;
  return { bytes: await written(cells, format), expected, cells };
};

const inExposure: Mutation = async (draw) => {
  const cells = soundExposures(draw.below(8));
  const { columns, values, rules } = draw.pick(EXPOSURE_ERRORS);
  const [column, value, record] = [draw.pick(columns), draw.pick(values), someLoan(cells, draw)];
  const format = draw.pick(['csv', 'abs-ee-xml'] as const);
  (cells[record] ?? [])[cells[0]?.indexOf(column) ?? -1] = value;
  const expected = { kind: 'found', row: rowOf(format, record), column, rules } as const;
  return { bytes: await written(cells, format), expected, cells, assetClass: 'auto-exposure' };
};

const formulaInText: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const column = draw.pick(['originatorName', 'vehicleManufacturerName', 'obligorCreditScoreType', 'assetNumber']);
  const [format, record] = [draw.pick(FORMATS), someLoan(cells, draw)];
  (cells[record] ?? [])[cells[0]?.indexOf(column) ?? -1] = draw.pick(FORMULAS);
  const rules = [column === 'assetNumber' ? 'formula-in-key' : 'formula-in-text'];
  const expected = { kind: 'found', row: rowOf(format, record), column, rules } as const;
  return { bytes: await written(cells, format), expected, cells };
};

const AUTO_LOAN = assetClassNamed('auto-loan')?.fields ?? [];

/** Columns of one kind, or some of them, a hundred times what they were: the first row shows it. */
async function inOtherUnit(draw: Random, column: string, change: (name: string) => boolean): Promise<Mutant> {
  const cells = soundTape(draw.below(8));
  const [format, decimals] = [draw.pick(FORMATS), draw.pick(['', '.00'])];
  const columns = (cells[0] ?? []).map(change);
  for (const row of cells.slice(1)) {
    columns.forEach((changes, at) => {
      const cell = row[at] ?? '';
      if (!changes || !/^-?\d/.test(cell)) return;
      const more = hundredfold(cell);
      row[at] = more.includes('.') ? more : `${more}${decimals}`;
    });
  }
  const expected = { kind: 'found', row: rowOf(format, 1), column, rules: ['unit-in-doubt'] } as const;
  return { bytes: await written(cells, format), expected, cells };
}

const wholeInCents: Mutation = (draw) =>
  inOtherUnit(draw, 'originalLoanAmount', (name) => AUTO_LOAN.some((one) => one.name === name && one.kind === 'money'));

const percentForFraction: Mutation = (draw) =>
  inOtherUnit(draw, 'originalInterestRatePercentage', (name) => name.endsWith('InterestRatePercentage'));

const formulaWithoutValue: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const [column, record] = [draw.pick(AMOUNTS), someLoan(cells, draw)];
  (cells[record] ?? [])[cells[0]?.indexOf(column) ?? -1] = '<c><f>SUM(A1:A9)</f></c>';
  const expected = { kind: 'found', row: record + 1, column, rules: ['formula-without-value'] } as const;
  return { bytes: await written(cells, 'xlsx'), expected, cells };
};

const duplicated: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const [record, format] = [someLoan(cells, draw), draw.pick(FORMATS)];
  cells.push([...(cells[record] ?? [])]);
  const expected = {
    kind: 'found',
    row: rowOf(format, record),
    column: 'assetNumber',
    rules: ['duplicate-key'],
  } as const;
  return { bytes: await written(cells, format), expected, cells };
};

const SUBTOTALS = [
  'Subtotal NY',
  'Total NY',
  'Zwischensumme Nord',
  'Summe Nord',
  'Sous-total NY',
  'NY Ergebnis',
  'Suma NY',
];

const centsIn = (cell: string): bigint =>
  /^-?\d+(\.\d\d?)?$/.test(cell) ? BigInt(Math.round(Number(cell) * 100)) : 0n;

/** A row with the sums of those above it, or of some of them; it may be off by a cent. */
const namedSubtotal: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const [header = [], ...loans] = cells;
  const [format, column, empty] = [
    draw.pick(FORMATS),
    draw.pick(['assetNumber', 'obligorGeographicLocation', 'originatorName']),
    draw.pick(['', 'NA']),
  ];
  const last = 1 + draw.below(loans.length);
  const [group, off] = [loans.slice(draw.below(last), last), draw.below(2)];
  const row = header.map((name, at) => {
    if (name === column) return draw.pick(SUBTOTALS);
    if (!AUTO_LOAN.some((one) => one.name === name && one.kind === 'money')) return empty;
    const sum = group.reduce((total, loan) => total + centsIn(loan[at] ?? ''), BigInt(off));
    return `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
  });
  const spoilt = [header, ...loans.slice(0, last), row, ...loans.slice(last)];
  const expected = { kind: 'found', row: rowOf(format, last + 1), column, rules: ['totals-row'], sums: true } as const;
  return { bytes: await written(spoilt, format), expected, cells };
};

const otherPeriod: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const [record, format] = [someLoan(cells, draw), draw.pick(FORMATS)];
  const column = 'reportingPeriodEndingDate';
  (cells[record] ?? [])[cells[0]?.indexOf(column) ?? -1] = '08-30-2020';
  const expected = { kind: 'found', row: rowOf(format, record), column, rules: ['period-differs'] } as const;
  return { bytes: await written(cells, format), expected, cells };
};

const misshapen: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const record = someLoan(cells, draw);
  const row = cells[record] ?? [];
  if (draw.below(2) === 0) row.push('one more');
  else row.splice(draw.below(row.length), 1 + draw.below(3));
  const expected = { kind: 'found', row: record + 1, column: null, rules: ['row-shape'] } as const;
  return { bytes: await written(cells, 'csv'), expected, cells };
};

const swappedColumns: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const header = cells[0] ?? [];
  const [one, other] = ['originationDate', draw.pick(['originalLoanAmount', 'originatorName', 'obligorCreditScore'])];
  const [a, b] = [header.indexOf(one), header.indexOf(other)];
  [header[a], header[b]] = [other, one];
  const format = draw.pick(FORMATS);
  const expected = { kind: 'found', row: rowOf(format, 1), column: one, rules: ['not-a-date'] } as const;
  return { bytes: await written(cells, format), expected, cells };
};

const otherForm: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const writing: Writing = {
    delimiter: draw.pick([',', ';', '\t', '|']),
    lineBreak: draw.pick(['\n', '\r\n', '\r']),
    encoding: draw.pick(['utf8', 'utf8-mark', 'utf16le', 'latin1'] as const),
  };
  const make = cells[0]?.indexOf('vehicleManufacturerName') ?? -1;
  for (const row of cells.slice(1)) row[make] = draw.pick(['CITROËN', 'ŠKODA'.replace('Š', 'S'), 'a "b", c;d|e']);
  return { bytes: await written(cells, 'csv', writing), expected: { kind: 'same' }, cells };
};

/** Lines of a CSV with one of them changed; `kept` is the header's line too. */
async function withLine(
  draw: Random,
  change: (line: string) => string,
  expected: (line: number) => Expected,
): Promise<Mutant> {
  const cells = soundTape(draw.below(8));
  const record = someLoan(cells, draw);
  const lines = cells.map((row) => csvLine(row, PLAIN));
  lines[record] = change(lines[record] ?? '');
  return { bytes: encoded(`${lines.join('\n')}\n`, 'utf8'), expected: expected(record + 1), cells };
}

const refused =
  (...reasons: string[]) =>
  (line: number): Expected => ({ kind: 'refused', reasons, line });

const strayQuote: Mutation = (draw) => withLine(draw, (line) => line.replace(',', ',"'), refused('quotes'));
const zeroByte: Mutation = (draw) =>
  withLine(draw, (line) => `${line.slice(0, 9)}\0${line.slice(9)}`, refused('binary'));
const mixedDelimiter: Mutation = (draw) =>
  withLine(
    draw,
    (line) => line.replace(/"[^"]*"/g, 'x').replaceAll(',', ';'),
    (row) => ({ kind: 'found', row, column: null, rules: ['row-shape'] }),
  );

const brokenByte: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const record = someLoan(cells, draw);
  const lines = cells.map((row) => csvLine(row, PLAIN));
  const head = encoded(`${lines.slice(0, record).join('\n').replace('assetTypeNumber', 'é')}\n`, 'utf8');
  const tail = encoded(`${lines.slice(record).join('\n')}\n`, 'utf8');
  const bytes = Buffer.concat([head, Buffer.from([draw.pick([0xff, 0xc3, 0x80])]), tail]);
  return { bytes, expected: { kind: 'refused', reasons: ['encoding'], line: record + 1 }, cells };
};

const truncated: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const format = draw.pick(FORMATS);
  const bytes = await written(cells, format);
  const cut = bytes.subarray(0, 1 + draw.below(bytes.length - 20));
  const reasons = { csv: [], xlsx: ['archive', 'header', 'empty'], 'abs-ee-xml': ['xml', 'header'] }[format];
  return { bytes: cut, expected: reasons.length === 0 ? { kind: 'any' } : { kind: 'refused', reasons }, cells };
};

const flippedBytes: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const bytes = Uint8Array.from(await written(cells, draw.pick(FORMATS)));
  for (let left = 1 + draw.below(20); left > 0; left--) bytes[draw.below(bytes.length)] = draw.below(256);
  return { bytes, expected: { kind: 'any' }, cells };
};

const shuffledPieces: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const bytes = await written(cells, draw.pick(FORMATS));
  const [from, to] = [draw.below(bytes.length), draw.below(bytes.length)];
  const piece = bytes.subarray(Math.min(from, to), Math.max(from, to));
  return { bytes: Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(to)]), expected: { kind: 'any' }, cells };
};

const XML_BOMBS: readonly ((xml: string) => string)[] = [
  (xml) => `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>${xml}`,
  (xml) => `<!DOCTYPE a SYSTEM "file:///etc/passwd">${xml}`,
  (xml) => xml.replace('<assets>', `<assets>${'<x>'.repeat(60)}${'</x>'.repeat(60)}`),
  (xml) => xml.replace('<assets>', `<assets><note>${'x'.repeat(1_300_000)}</note>`),
];

const bomb: Mutation = async (draw) => {
  const cells = soundTape(draw.below(8));
  const expected = { kind: 'refused', reasons: ['limit', 'quotes', 'header'] } as const;
  if (draw.below(3) === 0) return { bytes: encoded(draw.pick(XML_BOMBS)(assetData(cells)), 'utf8'), expected, cells };
  if (draw.below(2) === 0) {
    const lines = cells.map((row) => csvLine(row, PLAIN));
    const giant = draw.pick(['x'.repeat(1_300_000), `"${'y\n'.repeat(700_000)}`, ','.repeat(1_200_000)]);
    return { bytes: encoded(`${lines.join('\n')}\n${giant}`, 'utf8'), expected, cells };
  }
  const parts = workbookParts(cells);
  const swollen = parts[SHEET]?.replace('</sheetData>', `${'<row r="99"></row>'.repeat(120_000)}</sheetData>`) ?? '';
  return { bytes: await archived({ ...parts, [SHEET]: swollen }), expected, cells };
};

/** Every way in which a tape is spoilt, by name. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  inCell,
  inExposure,
  formulaInText,
  wholeInCents,
  percentForFraction,
  formulaWithoutValue,
  duplicated,
  namedSubtotal,
  otherPeriod,
  misshapen,
  swappedColumns,
  otherForm,
  strayQuote,
  zeroByte,
  mixedDelimiter,
  brokenByte,
  truncated,
  flippedBytes,
  shuffledPieces,
  bomb,
  ...AMOUNT_MUTATIONS,
};
