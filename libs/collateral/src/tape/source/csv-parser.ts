import { TapeUnreadable } from '../errors.js';
import type { TapeLimits } from './limits.js';
import type { SourceRecord } from './source.js';

/** How the records of a text are written. */
export interface CsvDialect {
  readonly delimiter: string;
  /** Carriage return for the files of old Macintosh programs, line feed (with or without it) for all others. */
  readonly lineBreak: '\n' | '\r';
}

/** A record that could be taken from the text and where it ends; null when the text ends inside it. */
type Taken = { cells: string[]; next: number; breaks: number } | null;

const [SPACE, QUOTE, RETURN] = [0x20, 0x22, 0x0d];
const QUOTE_INSIDE = 'put the whole cell in quotes and double the quotes inside it';
const QUOTE_OPEN = 'close the quote, or double it where it is part of the cell';

/**
 * Records of a delimited text, fed piece by piece: quoted cells may hold delimiters, line breaks and doubled quotes; cells
 * are trimmed; blank lines are skipped. Each record knows the line on which it begins.
 */
export class CsvParser {
  private rest = '';
  private line = 1;

  constructor(
    private readonly dialect: CsvDialect,
    private readonly limits: Pick<TapeLimits, 'recordCharacters'>,
  ) {}

  /** The records that the text so far completes. @throws TapeUnreadable on a misplaced quote or an endless record */
  push(text: string): SourceRecord[] {
    return this.take(this.rest + text, false);
  }

  /** The record that the end of the file completes. @throws TapeUnreadable */
  end(): SourceRecord[] {
    return this.take(this.rest, true);
  }

  private take(text: string, last: boolean): SourceRecord[] {
    const records: SourceRecord[] = [];
    const { delimiter, lineBreak } = this.dialect;
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      let end = text.indexOf(lineBreak, at);
      if (end === -1 && !last) break;
      if (end === -1) end = text.length;
      if (quote === -1 || quote >= end) {
        const line = text.slice(at, end);
        if (line.trim() !== '')
          records.push({ row: this.line, cells: line.split(delimiter).map((cell) => cell.trim()) });
        this.line++;
        at = end + 1;
        continue;
      }
      const taken = this.quoted(text, at, last);
      if (taken === null) break;
      records.push({ row: this.line, cells: taken.cells });
      this.line += taken.breaks;
      at = taken.next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > this.limits.recordCharacters) throw this.tooLong();
    return records;
  }

  /** Takes one record that holds a quote. */
  private quoted(text: string, begin: number, last: boolean): Taken {
    const { delimiter, lineBreak } = this.dialect;
    // Characters by their codes: this is where a large file spends its time.
    const [parting, breaking] = [delimiter.charCodeAt(0), lineBreak.charCodeAt(0)];
    const cells: string[] = [];
    let breaks = 1;
    for (let at = begin; ;) {
      while (text.charCodeAt(at) === SPACE) at++;
      let end = at;
      if (text.charCodeAt(at) === QUOTE) {
        let cell = '';
        for (at++; ; at = end + 2) {
          end = text.indexOf('"', at);
          if (end === -1 || (end + 1 === text.length && !last)) return this.unfinished(text, begin, last);
          cell += text.slice(at, end);
          if (text.charCodeAt(end + 1) !== QUOTE) break;
          cell += '"';
        }
        for (let place = cell.indexOf(lineBreak); place !== -1; place = cell.indexOf(lineBreak, place + 1)) breaks++;
        cells.push(cell.trim());
        end++;
        while (text.charCodeAt(end) === SPACE || (text.charCodeAt(end) === RETURN && lineBreak === '\n')) end++;
        if (end === text.length && !last) return null;
      } else {
        for (; end < text.length; end++) {
          const code = text.charCodeAt(end);
          if (code === parting || code === breaking || code === QUOTE) break;
        }
        if (end === text.length && !last) return null;
        if (text.charCodeAt(end) !== QUOTE) cells.push(text.slice(at, end).trim());
      }
      const code = text.charCodeAt(end);
      if (code === parting) at = end + 1;
      else if (end >= text.length || code === breaking) return { cells, next: end + 1, breaks };
      else throw new TapeUnreadable('quotes', this.line, 'a quote stands inside a cell', QUOTE_INSIDE);
    }
  }

  private unfinished(text: string, begin: number, last: boolean): null {
    if (!last && text.length - begin <= this.limits.recordCharacters) return null;
    throw new TapeUnreadable('quotes', this.line, 'a quoted cell is never closed', QUOTE_OPEN);
  }

  private tooLong(): TapeUnreadable {
    const detail = `a line is longer than ${this.limits.recordCharacters} characters`;
    return new TapeUnreadable('limit', this.line, detail, 'check the export: a row of a tape ends with its line');
  }
}
