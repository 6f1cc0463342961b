import { generateTape } from '@weir/collateral';
import { ZipFile } from 'yazl';

/** A sound tape as cells: the first row is the header. */
export type Cells = string[][];

export const FORMATS = ['csv', 'xlsx', 'abs-ee-xml'] as const;
export type Format = (typeof FORMATS)[number];

const tapes = new Map<string, Cells>();

/** Cells of a generated tape's CSV; its only quoted cells hold a comma. */
function cellsOf(csv: string): Cells {
  return csv
    .trimEnd()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
    );
}

/** A sound tape of 30 loans by its number and month, as a copy that may be changed. */
export function soundTape(number: number, month = 2): Cells {
  const name = `${number} ${month}`;
  const known = tapes.get(name) ?? cellsOf(generateTape({ seed: number + 1, month, loans: 30 }));
  tapes.set(name, known);
  return known.map((row) => [...row]);
}

/** Codes of ESMA's annex 5, each with what stands under it for a loan of a generated tape. */
const ANNEX_5: Readonly<Record<string, (of: (column: string) => string) => string>> = {
  AUTL3: (of) => of('assetNumber'),
  AUTL6: () => '2020-08-31',
  AUTL12: () => 'EMRS',
  AUTL13: () => 'N',
  AUTL24: (of) => of('originationDate').replace(/^(\d\d)\/(\d{4})$/, '$2-$1-01'),
  AUTL27: () => 'ADLR',
  AUTL28: () => 'EUR',
  AUTL29: (of) => of('originalLoanAmount'),
  AUTL30: (of) => of('reportingPeriodActualEndBalanceAmount'),
  AUTL40: (of) => hundredfold(of('originalInterestRatePercentage')),
  AUTL56: () => 'USED',
  AUTL68: () => '0.00',
  AUTL69: () => '0',
  AUTL70: () => 'PERF',
};

/** A decimal times a hundred, as it is written: 0.06870 is 6.870, 12.34 is 1234. */
export function hundredfold(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const digits = fraction.padEnd(2, '0');
  const shifted = `${whole}${digits.slice(0, 2)}`.replace(/^(-?)0+(?=\d)/, '$1');
  return digits.length > 2 ? `${shifted}.${digits.slice(2)}` : shifted;
}

/** A sound tape under the codes of ESMA's annex 5. */
export function soundExposures(number: number): Cells {
  const [names = [], ...rows] = soundTape(number);
  const codes = Object.entries(ANNEX_5);
  const exposures = rows.map((row) => codes.map(([, cell]) => cell((column) => row[names.indexOf(column)] ?? '')));
  return [codes.map(([code]) => code), ...exposures];
}

/** How a CSV is written. */
export interface Writing {
  readonly delimiter: string;
  readonly lineBreak: string;
  readonly encoding: 'utf8' | 'utf8-mark' | 'utf16le' | 'latin1';
}

export const PLAIN: Writing = { delimiter: ',', lineBreak: '\n', encoding: 'utf8' };

/** The line of a CSV. */
export function csvLine(cells: readonly string[], { delimiter }: Pick<Writing, 'delimiter'>): string {
  const written = (cell: string): string =>
    cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return cells.map(written).join(delimiter);
}

/** Text as bytes. */
export function encoded(text: string, encoding: Writing['encoding']): Uint8Array {
  if (encoding === 'utf8-mark') return Buffer.from(`\ufeff${text}`, 'utf8');
  if (encoding === 'utf16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  return Buffer.from(text, encoding);
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** An archive of parts. */
export async function archived(parts: Readonly<Record<string, string | Buffer>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** XML of a cell: as it stands when it begins with "<". */
function sheetCell(cell: string): string {
  return cell.startsWith('<c') ? cell : `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
}

export const SHEET = 'xl/worksheets/sheet1.xml';

/** The parts of a workbook of one sheet. */
export function workbookParts(cells: Cells): Record<string, string> {
  const rows = cells.map((row, index) => `<row r="${index + 1}">${row.map(sheetCell).join('')}</row>`);
  return {
    'xl/workbook.xml': '<workbook><sheets><sheet name="Tape" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    [SHEET]: `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
  };
}

/** An asset data file; what is NA is left out. */
export function assetData(cells: Cells): string {
  const [names = [], ...rows] = cells;
  const assets = rows.map((row) => {
    const elements = names.flatMap((name, index) =>
      row[index] === 'NA' ? [] : [`    <${name}>${escaped(row[index] ?? '')}</${name}>`],
    );
    return `  <assets>\n${elements.join('\n')}\n  </assets>`;
  });
  return `<assetData>\n${assets.join('\n')}\n</assetData>\n`;
}

/** The tape as a file. */
export async function written(cells: Cells, format: Format, writing: Writing = PLAIN): Promise<Uint8Array> {
  if (format === 'xlsx') return archived(workbookParts(cells));
  if (format === 'abs-ee-xml') return encoded(assetData(cells), 'utf8');
  const lines = cells.map((row) => csvLine(row, writing));
  return encoded(`${lines.join(writing.lineBreak)}${writing.lineBreak}`, writing.encoding);
}

/** The row under which a format tells of a record (from 1): lines and sheet rows count the header, assets do not. */
export const rowOf = (format: Format, record: number): number => (format === 'abs-ee-xml' ? record : record + 1);
