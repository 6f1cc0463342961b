import { TapeUnreadable } from '../errors.js';
import { csvSource } from './csv-source.js';
import { TAPE_LIMITS, type TapeLimits } from './limits.js';
import type { TapeSource } from './source.js';
import type { Vocabulary } from './vocabulary.js';
import { xlsxSource } from './xlsx-source.js';
import { xmlSource } from './xml-source.js';

/** A file in pieces, or whole in memory. */
export type TapeInput = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | Uint8Array;

export interface OpenOptions {
  readonly vocabulary: Vocabulary;
  /** Sheet of a workbook; the one that looks most like a tape when null. */
  readonly sheet?: string | null;
  readonly limits?: Partial<TapeLimits>;
}

/** Pieces of memory that a file in memory is handed on in. */
const PIECE = 1 << 20;

async function* pieces(input: TapeInput, limits: TapeLimits): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const counted = (piece: Uint8Array): Uint8Array => {
    bytes += piece.length;
    if (bytes <= limits.bytes) return piece;
    const detail = `the file is larger than ${limits.bytes} bytes`;
    throw new TapeUnreadable('limit', null, detail, 'hand in one reporting period a file');
  };
  if (input instanceof Uint8Array) {
    for (let at = 0; at < input.length; at += PIECE) yield counted(input.subarray(at, at + PIECE));
  } else for await (const piece of input) yield counted(piece);
}

/** The pieces with some of them put back in front. */
async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** The first bytes that are not white space or a byte-order mark, as ASCII; UTF-16 counts without its zero bytes. */
function beginning(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 512)).toString('latin1').replaceAll('\0', '');
  return text.replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').trimStart();
}

async function gathered(chunks: AsyncIterable<Uint8Array>, limits: TapeLimits): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes > limits.archiveBytes) {
      const detail = `the workbook is larger than ${limits.archiveBytes} bytes`;
      throw new TapeUnreadable('limit', null, detail, 'export the sheet as CSV and hand that in');
    }
  }
  return Buffer.concat(parts);
}

/**
 * Opens a tape whose format is found by its content: delimited text, workbook (.xlsx), or XML (SEC ABS-EE exhibit 102, ESMA
 * annexes). Streams: beyond the first records nothing of it is held, but a workbook, which is an archive, is.
 * @throws TapeUnreadable when it is none of these, broken, or beyond `TAPE_LIMITS`
 */
export async function openTape(input: TapeInput, options: OpenOptions): Promise<TapeSource> {
  const limits = { ...TAPE_LIMITS, ...options.limits };
  const { vocabulary: words } = options;
  const all = pieces(input, limits);
  let first = new Uint8Array(0);
  while (first.length < 512) {
    const { done, value } = await all.next();
    if (done === true) break;
    first = first.length === 0 ? Buffer.from(value) : Buffer.concat([first, value]);
  }
  if (first.length === 0) {
    throw new TapeUnreadable('empty', null, 'the file is empty', 'check the export and hand the file in again');
  }
  const chunks = resumed(first, all);
  if (first[0] === 0x50 && first[1] === 0x4b) {
    return xlsxSource(await gathered(chunks, limits), words.knows, { limits, sheet: options.sheet ?? null });
  }
  if (first[0] === 0xd0 && first[1] === 0xcf && first[2] === 0x11 && first[3] === 0xe0) {
    const remedy = 'save it as .xlsx without a password, or export it as CSV';
    throw new TapeUnreadable('binary', null, 'the file is an old or an encrypted workbook', remedy);
  }
  return beginning(first).startsWith('<') ? xmlSource(chunks, limits, words) : csvSource(chunks, limits, words);
}
