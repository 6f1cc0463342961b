import { TapeUnreadable } from '../errors.js';
import type { TapeRemark } from '../finding.js';
import type { TapeLimits } from './limits.js';
import { HEAD_RECORDS, type SourceRecord, type TapeSource } from './source.js';
import { TapeText } from './text-decoder.js';
import { isEsmaCode, type Vocabulary } from './vocabulary.js';
import { XmlAssets, type XmlAsset } from './xml-assets.js';

/** Assets as records under fixed columns; an element that repeats is joined by ";". */
class AssetColumns {
  readonly remarks: TapeRemark[] = [];
  private readonly places: Map<string, number>;
  private readonly unknown = new Set<string>();

  constructor(readonly names: readonly string[]) {
    this.places = new Map(names.map((name, index) => [name, index]));
  }

  record = ({ row, line, leaves }: XmlAsset): SourceRecord => {
    const cells = new Array<string | null>(this.names.length).fill(null);
    for (const [name, value] of leaves) {
      const place = this.places.get(name);
      if (place === undefined) this.leftAside(name, row);
      else cells[place] = cells[place] ? `${cells[place]};${value}` : value;
    }
    return { row, line, cells };
  };

  private leftAside(name: string, row: number): void {
    if (this.unknown.has(name) || this.unknown.size >= MAX_UNKNOWN) return;
    this.unknown.add(name);
    const message = `asset ${row} has an element ${name} that no earlier asset had and Weir does not know`;
    const remedy = 'nothing, if it is not needed; its values are left aside';
    this.remarks.push({ row, column: name, value: null, rule: 'unknown-element', message, remedy });
  }
}

const MAX_UNKNOWN = 100;

/** An asset data file as a source. @throws TapeUnreadable */
export async function xmlSource(
  chunks: AsyncIterator<Uint8Array>,
  limits: TapeLimits,
  words: Vocabulary,
): Promise<TapeSource> {
  const text = new TapeText();
  const assets = new XmlAssets(words.knows, limits);
  let ended = false;
  const next = async (): Promise<XmlAsset[]> => {
    const { done, value } = await chunks.next();
    ended = done === true;
    if (!ended) return assets.push(text.decode(value as Uint8Array));
    return [...assets.push(text.end()), ...assets.end()];
  };
  const first: XmlAsset[] = [];
  while (!ended && first.length < HEAD_RECORDS) first.push(...(await next()));
  if (first.length === 0) {
    const remedy = 'hand in the asset data file (SEC ABS-EE exhibit 102, or ESMA underlying exposures)';
    throw new TapeUnreadable('header', null, 'no element of the file is one that Weir knows', remedy);
  }
  const names = [...new Set(first.flatMap(({ leaves }) => leaves.map(([name]) => name)))];
  const columns = new AssetColumns([...new Set([...names, ...words.completed(names)])]);
  const format = names.some(isEsmaCode) ? 'esma-xml' : 'abs-ee-xml';
  const below = first.map(columns.record);
  return {
    format,
    columns: columns.names,
    headerRow: 0,
    evidence: [
      { what: 'format', value: format, because: `XML whose elements are ${names.slice(0, 3).join(', ')} …` },
      { what: 'encoding', value: text.encoding, because: text.because },
    ],
    head: below.slice(0, HEAD_RECORDS),
    remarks: () => columns.remarks,
    async *records() {
      yield below;
      while (!ended) {
        const batch = (await next()).map(columns.record);
        if (batch.length > 0) yield batch;
      }
    },
  };
}
