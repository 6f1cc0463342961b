import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { TapeUnreadable } from '../errors.js';
import type { TapeLimits } from './limits.js';

const SAVE_AGAIN = 'open the workbook and save it again as .xlsx, or export it as CSV';

const broken = (error: unknown): TapeUnreadable => {
  const said = error instanceof Error ? error.message : String(error);
  return new TapeUnreadable('archive', null, `the archive is broken (${said.slice(0, 120)})`, SAVE_AGAIN);
};

/** Parts that a workbook has at most; a real one has tens. */
const MAX_PARTS = 5_000;

/** The parts of an archive in memory, unpacked one at a time and never beyond the limits. */
export class Archive {
  private constructor(
    private readonly file: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: TapeLimits,
  ) {}

  /** @throws TapeUnreadable when the bytes are no archive */
  static async open(bytes: Uint8Array, limits: TapeLimits): Promise<Archive> {
    const entries = new Map<string, Entry>();
    try {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const file = await fromBufferPromise(buffer, { lazyEntries: true });
      for await (const entry of file.eachEntry()) {
        if (entries.size >= MAX_PARTS)
          throw new TapeUnreadable('limit', null, 'the archive has too many parts', SAVE_AGAIN);
        entries.set(entry.fileName, entry);
      }
      return new Archive(file, entries, limits);
    } catch (error) {
      throw error instanceof TapeUnreadable ? error : broken(error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * Unpacks a part piece by piece; a reader that stops early stops the unpacking.
   * @throws TapeUnreadable when it is missing, broken, encrypted, or unpacks beyond the limits
   */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new TapeUnreadable('archive', null, `the archive has no part ${name}`, SAVE_AGAIN);
    let unpacked = 0;
    try {
      const stream = await this.file.openReadStreamPromise(entry);
      for await (const chunk of stream) {
        const bytes = chunk as Uint8Array;
        unpacked += bytes.length;
        this.assertWithin(name, entry, unpacked);
        yield bytes;
      }
    } catch (error) {
      throw error instanceof TapeUnreadable ? error : broken(error);
    }
  }

  private assertWithin(name: string, entry: Entry, unpacked: number): void {
    const { unpackedBytes, unpackedFreeBytes, unpackedRatio } = this.limits;
    const swollen = unpacked > unpackedFreeBytes && unpacked > entry.compressedSize * unpackedRatio;
    if (unpacked <= unpackedBytes && !swollen) return;
    const detail = `${name} unpacks to far more than a tape has (${unpacked} bytes and more of ${entry.compressedSize})`;
    throw new TapeUnreadable('limit', null, detail, 'export the sheet as CSV and hand that in');
  }
}
