import { TapeUnreadable } from '../errors.js';

/** Encodings that are read. */
export type TapeEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const SAVE_AS = 'export the tape as text in UTF-8 and hand that in';

/** Length of the UTF-8 sequence that a byte begins; 0 when none begins with it. */
function sequenceLength(byte: number): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/** Whether a UTF-8 sequence stands at a place; what is cut off by the end of the file does not. */
function isSequence(bytes: Uint8Array, at: number): boolean {
  const length = sequenceLength(bytes[at] ?? 0);
  if (length === 0 || at + length > bytes.length) return false;
  return bytes.subarray(at + 1, at + length).every((byte) => byte >= 0x80 && byte <= 0xbf);
}

/**
 * Bytes to text, piece by piece. A byte-order mark decides; without one the first bytes beyond ASCII do: they are UTF-8,
 * or the whole file is Windows-1252. What does not fit after that is refused with its line, not guessed again.
 */
export class TapeText {
  /** Known once decided: at the first byte-order mark or the first byte beyond ASCII; UTF-8 for plain ASCII. */
  encoding: TapeEncoding = 'utf-8';
  /** Why the encoding was taken. */
  because = 'plain ASCII';
  private decoder: InstanceType<typeof TextDecoder> | null = null;
  private decided = false;
  private started = false;
  private waiting = new Uint8Array(0);
  private lines = 1;

  /** @throws TapeUnreadable on bytes that are no text */
  decode(chunk: Uint8Array): string {
    return this.take(this.waiting.length === 0 ? chunk : Buffer.concat([this.waiting, chunk]), false);
  }

  /** What is left at the end of the file. @throws TapeUnreadable */
  end(): string {
    return this.take(this.waiting, true);
  }

  private take(bytes: Uint8Array, last: boolean): string {
    this.waiting = new Uint8Array(0);
    if (!this.started && bytes.length < 4 && !last) return this.wait(bytes);
    if (!this.started) this.start(bytes);
    if (this.decided) return this.checked(this.decodeDecided(bytes, last));
    const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const at = plain.search(/[\x80-\xff]/);
    if (at === -1) return this.checked(plain);
    if (!last && at + sequenceLength(bytes[at] ?? 0) > bytes.length) return this.wait(bytes);
    if (isSequence(bytes, at)) this.decide('utf-8', 'the bytes beyond ASCII are UTF-8');
    else this.decide('windows-1252', `byte 0x${(bytes[at] ?? 0).toString(16)} is not UTF-8`);
    return this.checked(this.decodeDecided(bytes, last));
  }

  private wait(bytes: Uint8Array): string {
    this.waiting = new Uint8Array(bytes);
    return '';
  }

  private start(bytes: Uint8Array): void {
    this.started = true;
    const [a, b, c] = bytes;
    if (a === 0xff && b === 0xfe) this.decide('utf-16le', 'byte-order mark');
    else if (a === 0xfe && b === 0xff) this.decide('utf-16be', 'byte-order mark');
    else if (a === 0xef && b === 0xbb && c === 0xbf) this.decide('utf-8', 'byte-order mark');
  }

  private decide(encoding: TapeEncoding, because: string): void {
    this.decided = true;
    this.encoding = encoding;
    this.because = because;
    this.decoder = new TextDecoder(encoding, { fatal: true });
  }

  private decodeDecided(bytes: Uint8Array, last: boolean): string {
    try {
      return this.decoder?.decode(bytes, { stream: !last }) ?? '';
    } catch {
      const line = this.lines + this.linesBefore(bytes);
      throw new TapeUnreadable('encoding', line, `bytes that are not text in ${this.encoding.toUpperCase()}`, SAVE_AS);
    }
  }

  /** Line breaks before the first bytes that do not decode, found by halving. */
  private linesBefore(bytes: Uint8Array): number {
    let [good, bad] = [0, bytes.length];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      try {
        new TextDecoder(this.encoding, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
        good = middle;
      } catch {
        bad = middle;
      }
    }
    return bytes.subarray(0, good).reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
  }

  private checked(text: string): string {
    const zero = text.indexOf('\0');
    let breaks = 0;
    const stop = zero === -1 ? text.length : zero;
    for (let at = text.indexOf('\n'); at !== -1 && at < stop; at = text.indexOf('\n', at + 1)) breaks++;
    if (zero !== -1) {
      throw new TapeUnreadable('binary', this.lines + breaks, 'a zero byte, which no text has', SAVE_AS);
    }
    this.lines += breaks;
    return text;
  }
}
