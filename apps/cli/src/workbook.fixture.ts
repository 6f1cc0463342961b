import { ZipFile } from 'yazl';

const sheetXml = (csv: string): string => {
  const rows = csv.trimEnd().split('\n');
  const cells = rows.map((row) => row.split(',').map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`));
  return `<worksheet><sheetData>${cells.map((row) => `<row>${row.join('')}</row>`).join('')}</sheetData></worksheet>`;
};

/** A workbook with a sheet a name, each of delimited text without quotes. */
export async function workbook(sheets: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const names = Object.keys(sheets);
  const zip = new ZipFile();
  const add = (path: string, xml: string): void => zip.addBuffer(Buffer.from(xml), path);
  const list = names.map((name, index) => `<sheet name="${name}" r:id="r${index}"/>`).join('');
  add('xl/workbook.xml', `<workbook><sheets>${list}</sheets></workbook>`);
  const targets = names.map((_, index) => `<Relationship Id="r${index}" Target="worksheets/sheet${index}.xml"/>`);
  add('xl/_rels/workbook.xml.rels', `<Relationships>${targets.join('')}</Relationships>`);
  names.forEach((name, index) => add(`xl/worksheets/sheet${index}.xml`, sheetXml(sheets[name] ?? '')));
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
