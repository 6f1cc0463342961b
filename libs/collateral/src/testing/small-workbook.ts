import { ZipFile } from 'yazl';

/** Cells of a sheet for specs: a text, a number, or the XML of a cell as it stands. */
export type SheetValue = string | number | { readonly xml: string };

export interface SmallSheet {
  readonly name: string;
  readonly rows: readonly (readonly SheetValue[])[];
  readonly state?: 'visible' | 'hidden';
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function cellXml(value: SheetValue, reference: string): string {
  if (typeof value === 'object') return value.xml.replace('<c', `<c r="${reference}"`);
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
}

function sheetXml(rows: SmallSheet['rows']): string {
  const lines = rows.map((cells, row) => {
    const inside = cells
      .map((value, column) => cellXml(value, `${String.fromCharCode(65 + column)}${row + 1}`))
      .join('');
    return `<row r="${row + 1}">${inside}</row>`;
  });
  return `<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** An archive of parts. */
export async function archiveOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** A workbook; cell style 1 is a date, style 2 a format that spells a date out. */
export function smallWorkbook(
  sheets: readonly SmallSheet[],
  more: { from1904?: boolean; texts?: readonly string[]; parts?: Record<string, string | Buffer> } = {},
): Promise<Uint8Array> {
  const list = sheets.map(
    ({ name, state = 'visible' }, index) => `<sheet name="${escaped(name)}" state="${state}" r:id="r${index}"/>`,
  );
  const targets = sheets.map((_, index) => `<Relationship Id="r${index}" Target="worksheets/sheet${index}.xml"/>`);
  const pages = sheets.map(({ rows }, index) => [`xl/worksheets/sheet${index}.xml`, sheetXml(rows)] as const);
  const texts = (more.texts ?? []).map((text) => `<si><t>${escaped(text)}</t></si>`).join('');
  return archiveOf({
    'xl/workbook.xml': `<workbook><workbookPr date1904="${more.from1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${targets.join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\-mmm\\-yyyy"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
    ...Object.fromEntries(pages),
    ...more.parts,
  });
}
