import { formatMoney } from '@weir/money';

/** COPY's escapes; a zero character, which Postgres does not store, becomes the replacement character. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\ufffd',
};

const escaped = (text: string): string => text.replace(/[\\\t\n\r\0]/g, (c) => ESCAPES[c] ?? c);

const [ZERO, POINT, MINUS, QUOTE, BACKSLASH, SPACE, DELETE] = [0x30, 0x2e, 0x2d, 0x22, 0x5c, 0x20, 0x7f];
/** What a number below 2^53 takes with its sign and point. */
const NUMBER_BYTES = 20;
const PART = 1e9;

/**
 * Bytes of COPY's text format. Texts are written character by character where they are plain, as nearly all are: a large
 * tape has tens of millions of them, and each as a string of its own would cost more than the rest of its way.
 */
export class CopyText {
  private bytes = Buffer.allocUnsafe(0);
  private end = 0;

  /** @param size bytes that are set aside at once */
  constructor(private readonly size: number) {}

  get length(): number {
    return this.end;
  }

  /** Takes what was written so far; what comes is written anew. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.end);
    this.bytes = Buffer.allocUnsafe(0);
    this.end = 0;
    return taken;
  }

  /** Bytes as they are, few of them. */
  raw(few: Uint8Array): void {
    const { length } = few;
    this.room(length);
    const { bytes, end } = this;
    for (let at = 0; at < length; at++) bytes[end + at] = few[at] ?? 0;
    this.end = end + length;
  }

  byte(code: number): void {
    this.room(1);
    this.bytes[this.end++] = code;
  }

  text(text: string): void {
    if (!this.plain(text)) this.encoded(escaped(text));
  }

  /** An element of an array, in quotes. */
  quoted(text: string): void {
    this.byte(QUOTE);
    if (!this.plain(text)) this.encoded(escaped(text.replace(/["\\]/g, (c) => `\\${c}`)));
    this.byte(QUOTE);
  }

  whole(number: bigint | number): void {
    const small = Number(number);
    if (!Number.isSafeInteger(small)) return this.encoded(String(number));
    this.room(NUMBER_BYTES);
    this.digits(this.unsigned(small), 1);
  }

  /** Cents as an amount with two decimals. */
  money(cents: bigint): void {
    const small = Number(cents);
    if (!Number.isSafeInteger(small)) return this.encoded(formatMoney(cents));
    this.room(NUMBER_BYTES);
    const size = this.unsigned(small);
    const units = Math.floor(size / 100);
    this.digits(units, 1);
    this.bytes[this.end++] = POINT;
    this.digits(size - units * 100, 2);
  }

  /** Writes the sign and gives what is left. */
  private unsigned(number: number): number {
    if (number < 0) this.bytes[this.end++] = MINUS;
    return Math.abs(number);
  }

  /** Digits of a number, at least so many. */
  private digits(number: number, least: number): void {
    if (number >= PART) {
      const above = Math.floor(number / PART);
      this.digits(above, least);
      this.digits(number - above * PART, 9);
      return;
    }
    let count = least;
    for (let power = 10 ** least; power <= number; power *= 10) count++;
    let rest = number;
    for (let at = this.end + count - 1; at >= this.end; at--) {
      const above = (rest / 10) | 0;
      this.bytes[at] = ZERO + rest - above * 10;
      rest = above;
    }
    this.end += count;
  }

  /** Writes a text of ASCII that needs no escape and tells whether it was one. */
  private plain(text: string): boolean {
    const { length } = text;
    this.room(length);
    const { bytes, end } = this;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code < SPACE || code >= DELETE || code === BACKSLASH || code === QUOTE) return false;
      bytes[end + at] = code;
    }
    this.end = end + length;
    return true;
  }

  private encoded(text: string): void {
    // A character is three bytes at most in UTF-8 as UTF-16 counts it.
    this.room(text.length * 3);
    this.end += this.bytes.write(text, this.end, 'utf8');
  }

  private room(more: number): void {
    if (this.end + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.size, this.bytes.length * 2, this.end + more));
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
  }
}
