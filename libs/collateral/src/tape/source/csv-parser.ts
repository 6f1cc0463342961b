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

const [SPACE, QUOTE, RETURN, ASCII] = [0x20, 0x22, 0x0d, 0x80];
/** Characters from which on a piece of a text is no copy but holds on to the text. */
const HOLDS_ON = 13;
const QUOTE_INSIDE = 'put the whole cell in quotes and double the quotes inside it';
const QUOTE_OPEN =
  'close the quote, or double it where it is part of the cell; where the file ends in this row, export it again, whole';

const isPlain = (code: number): boolean => code > SPACE && code < ASCII;

/**
 * A cell of a text, trimmed. What says the same as the cell above it is that very text: it costs no memory, and whoever
 * remembers what the one above read as need not read it again.
 */
function cellOf(text: string, begin: number, end: number, above: string | undefined): string {
  const length = end - begin;
  if (length === 0) return '';
  if (above !== undefined && above.length === length && length < HOLDS_ON) {
    let same = 0;
    while (same < length && text.charCodeAt(begin + same) === above.charCodeAt(same)) same++;
    if (same === length) return above;
  }
  const cell = text.slice(begin, end);
  return isPlain(text.charCodeAt(begin)) && isPlain(text.charCodeAt(end - 1)) ? cell : cell.trim();
}

/**
 * Records of a delimited text, fed piece by piece: quoted cells may hold delimiters, line breaks and doubled quotes; cells
 * are trimmed; blank lines are skipped. Each record knows the line on which it begins.
 */
export class CsvParser {
  private rest = '';
  private line = 1;
  private open = false;
  /** Cells of the record before. */
  private above: readonly string[] = [];

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
    this.open = this.rest.trim() !== '';
    return this.take(this.rest, true);
  }

  /** Whether the text ended without a line break. */
  get endsOpen(): boolean {
    return this.open;
  }

  private take(text: string, last: boolean): SourceRecord[] {
    const records: SourceRecord[] = [];
    const { lineBreak } = this.dialect;
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      let end = text.indexOf(lineBreak, at);
      if (end === -1 && !last) break;
      if (end === -1) end = text.length;
      const taken = quote === -1 || quote >= end ? this.unquoted(text, at, end) : this.quoted(text, at, last);
      if (taken === null) break;
      if (taken.cells.length > 0) records.push({ row: this.line, cells: (this.above = taken.cells) });
      this.line += taken.breaks;
      at = taken.next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > this.limits.recordCharacters) throw this.tooLong();
    return records;
  }

  /** Takes one record that holds no quote; a blank line has no cells. */
  private unquoted(text: string, begin: number, end: number): NonNullable<Taken> {
    const parting = this.dialect.delimiter.charCodeAt(0);
    const cells: string[] = [];
    let from = begin;
    for (let at = begin; at <= end; at++) {
      if (at < end && text.charCodeAt(at) !== parting) continue;
      cells.push(cellOf(text, from, at, this.above[cells.length]));
      from = at + 1;
    }
    const blank = cells.every((cell) => cell === '') && text.slice(begin, end).trim() === '';
    return { cells: blank ? [] : cells, next: end + 1, breaks: 1 };
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
        if (text.charCodeAt(end) !== QUOTE) cells.push(cellOf(text, at, end, this.above[cells.length]));
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
