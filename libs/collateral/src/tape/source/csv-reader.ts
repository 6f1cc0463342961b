import { TapeUnreadable } from '../errors.js';
import { findDialect } from './csv-dialect.js';
import { CsvParser } from './csv-parser.js';
import type { TapeLimits } from './limits.js';
import type { SourceEvidence, SourceRecord } from './source.js';
import { TapeText } from './text-decoder.js';

/** Characters from which the dialect is guessed. */
const DIALECT_CHARACTERS = 1 << 16;

/** Bytes of a delimited text to records: decodes, finds out the dialect from the beginning, then parses. */
export class CsvReader {
  readonly text = new TapeText();
  private parser: CsvParser | null = null;
  private waiting = '';
  private records = 0;
  private dialect: SourceEvidence | null = null;

  constructor(private readonly limits: TapeLimits) {}

  /** @throws TapeUnreadable */
  push(bytes: Uint8Array): SourceRecord[] {
    return this.counted(this.parse(this.text.decode(bytes), false));
  }

  /** @throws TapeUnreadable */
  end(): SourceRecord[] {
    const rest = this.parse(this.text.end(), true);
    return this.counted([...rest, ...(this.parser?.end() ?? [])]);
  }

  /** Whether the text ended without a line break. */
  get endsOpen(): boolean {
    return this.parser?.endsOpen ?? false;
  }

  /** How the text is encoded and written, as far as it was read. */
  evidence(): SourceEvidence[] {
    const { encoding, because } = this.text;
    return [{ what: 'encoding', value: encoding, because }, ...(this.dialect === null ? [] : [this.dialect])];
  }

  private parse(text: string, last: boolean): SourceRecord[] {
    if (this.parser !== null) return this.parser.push(text);
    this.waiting += text;
    const { waiting } = this;
    const whole = Math.max(waiting.lastIndexOf('\n'), waiting.lastIndexOf('\r')) + 1;
    const enough = waiting.length >= DIALECT_CHARACTERS && (whole > 0 || waiting.length > this.limits.recordCharacters);
    if (!last && !enough) return [];
    const { dialect, evidence } = findDialect(last ? waiting : waiting.slice(0, whole));
    this.dialect = evidence;
    this.parser = new CsvParser(dialect, this.limits);
    this.waiting = '';
    return this.parser.push(waiting);
  }

  private counted(records: SourceRecord[]): SourceRecord[] {
    this.records += records.length;
    if (this.records <= this.limits.records) return records;
    const detail = `the file has more than ${this.limits.records} rows`;
    throw new TapeUnreadable('limit', null, detail, 'hand in one reporting period a file');
  }
}
