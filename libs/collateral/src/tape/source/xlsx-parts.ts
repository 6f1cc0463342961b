import { TapeUnreadable } from '../errors.js';
import type { TapeLimits } from './limits.js';
import { TapeText } from './text-decoder.js';
import { XmlReader, type XmlEvents } from './xml-reader.js';
import type { Archive } from './zip.js';

/** A sheet of a workbook as its list states it. */
export interface SheetEntry {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
}

/** What a number is shown as: a date, a percentage (0.0687 as 6.87 %), or the number itself. */
export type CellStyle = 'date' | 'percent' | 'number';

/** What the cells of a workbook's sheets refer to. */
export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  /** Days count from 1904 instead of 1900. */
  readonly from1904: boolean;
  readonly texts: readonly string[];
  /** What a cell style shows of a number, by the style's own. */
  readonly styles: readonly CellStyle[];
}

const NOTHING: XmlEvents = { open: () => undefined, text: () => undefined, close: () => undefined };

/** Reads a part as XML, handing over after each piece so that a caller may stop. */
export async function* readXmlPart(
  archive: Archive,
  part: string,
  events: Partial<XmlEvents>,
  limits: TapeLimits,
): AsyncGenerator<void> {
  const text = new TapeText();
  const xml = new XmlReader({ ...NOTHING, ...events }, limits);
  for await (const bytes of archive.read(part)) {
    xml.push(text.decode(bytes));
    yield;
  }
  xml.push(text.end());
  xml.end();
  yield;
}

async function readWhole(
  archive: Archive,
  part: string,
  events: Partial<XmlEvents>,
  limits: TapeLimits,
): Promise<void> {
  if (!archive.has(part)) return;
  for await (const _ of readXmlPart(archive, part, events, limits));
}

async function readTargets(archive: Archive, limits: TapeLimits): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const open: XmlEvents['open'] = (name, { Id = '', Target = '' }) => {
    if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
  };
  await readWhole(archive, 'xl/_rels/workbook.xml.rels', { open }, limits);
  return targets;
}

/** Number formats that show a date though the file does not spell them out. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

/** Number formats that show a percentage though the file does not spell them out. */
const BUILT_IN_PERCENTS = new Set([9, 10]);

/** What a format does to a number that is not below zero: without quotes, escapes and brackets. */
const bareFormat = (format: string): string => format.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, '').split(';')[0] ?? '';

/** Whether a number format shows a hundred times the number with a percent sign. */
export const isPercentFormat = (format: string): boolean => bareFormat(format).includes('%');

/** Whether a number format shows a day, a month or a year: its letters outside quotes, escapes and brackets. */
export function isDateFormat(format: string): boolean {
  const bare = bareFormat(format);
  return /[dyY]|m{3}|M{3}/.test(bare) || /^[hms:.0 AP/]*[hs][hms:.0 AP/]*$/i.test(bare);
}

function styleOf(id: number, format: string | undefined): CellStyle {
  if (format === undefined ? BUILT_IN_DATES.has(id) : isDateFormat(format)) return 'date';
  return (format === undefined ? BUILT_IN_PERCENTS.has(id) : isPercentFormat(format)) ? 'percent' : 'number';
}

async function readStyles(archive: Archive, limits: TapeLimits): Promise<CellStyle[]> {
  const formats = new Map<number, string>();
  const styles: CellStyle[] = [];
  let inCells = false;
  const open: XmlEvents['open'] = (name, attributes) => {
    const id = Number(attributes.numFmtId ?? 0);
    if (name === 'numFmt') formats.set(id, attributes.formatCode ?? '');
    else if (name === 'cellXfs') inCells = true;
    else if (name === 'xf' && inCells) styles.push(styleOf(id, formats.get(id)));
  };
  const close = (name: string): void => {
    if (name === 'cellXfs') inCells = false;
  };
  await readWhole(archive, 'xl/styles.xml', { open, close }, limits);
  return styles;
}

async function readTexts(archive: Archive, limits: TapeLimits): Promise<string[]> {
  const texts: string[] = [];
  let [piece, held, inText, phonetic] = ['', 0, false, false];
  const open: XmlEvents['open'] = (name) => {
    if (name === 'si') piece = '';
    if (name === 'rPh') phonetic = true;
    inText = name === 't' && !phonetic;
  };
  const text = (more: string): void => {
    if (!inText) return;
    piece += more;
    held += more.length;
    if (held > limits.sharedCharacters) {
      throw new TapeUnreadable(
        'limit',
        null,
        'the workbook holds more text than a tape has',
        'export the sheet as CSV',
      );
    }
  };
  const close = (name: string): void => {
    inText = false;
    if (name === 'rPh') phonetic = false;
    if (name === 'si') texts.push(piece);
  };
  await readWhole(archive, 'xl/sharedStrings.xml', { open, text, close }, limits);
  return texts;
}

/** Reads what stands around the sheets. @throws TapeUnreadable when the archive is no workbook */
export async function readWorkbook(archive: Archive, limits: TapeLimits): Promise<Workbook> {
  if (!archive.has('xl/workbook.xml')) {
    const remedy = 'unpack it and hand in the tape itself';
    throw new TapeUnreadable('archive', null, 'the file is an archive and no workbook', remedy);
  }
  const targets = await readTargets(archive, limits);
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  const open: XmlEvents['open'] = (name, attributes) => {
    if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
    if (name !== 'sheet') return;
    const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1] ?? '';
    const hidden = /hidden/i.test(attributes.state ?? '');
    sheets.push({ name: attributes.name ?? id, hidden, part: targets.get(id) ?? '' });
  };
  await readWhole(archive, 'xl/workbook.xml', { open }, limits);
  const [styles, texts] = [await readStyles(archive, limits), await readTexts(archive, limits)];
  return { sheets, from1904, texts, styles };
}
