import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';
import { TapeUnreadable } from './errors.js';

/** Cells of a record and the line of the file on which it begins. */
export type OnRecord = (cells: string[], line: number) => void;

/** No row of a tape comes near this; a quote that is never closed would otherwise swallow the file. */
const MAX_RECORD_CHARACTERS = 1_000_000;

const SAVE_AS = 'export the tape as comma-separated text in UTF-8 and hand that in';

function refuseBinary(bytes: Uint8Array): void {
  if (bytes.length === 0) {
    throw new TapeUnreadable('empty', null, 'the file is empty', 'check the export and hand the file in again');
  }
  if (bytes.subarray(0, 65_536).includes(0) || (bytes[0] === 0x50 && bytes[1] === 0x4b)) {
    throw new TapeUnreadable('binary', null, 'the file is not text (a spreadsheet or an archive?)', SAVE_AS);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const step = 1 << 20;
  try {
    for (let at = 0; at < bytes.length; at += step) {
      decoder.decode(bytes.subarray(at, at + step), { stream: at + step < bytes.length });
    }
  } catch {
    throw new TapeUnreadable('encoding', null, 'the file is not text in UTF-8', SAVE_AS);
  }
}

/** Lines of the file on which records begin and end; csv-parse counts CR and LF of a quoted line break each as a line. */
class LineCounter {
  private surplus = 0;
  /** Line on which the last record ended. */
  end = 0;

  /** Counts a record and gives the line on which it begins. */
  begin(cells: string[], info: InfoRecord): number {
    let breaks = 0;
    for (const cell of cells) {
      if (!cell.includes('\n')) continue;
      this.surplus += cell.split('\r\n').length - 1;
      breaks += cell.split('\n').length - 1;
    }
    this.end = info.lines - this.surplus;
    return this.end - breaks;
  }
}

/** @param line where the record that cannot be read begins */
function unreadable(error: CsvError, line: number): TapeUnreadable {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') {
    const remedy = 'close the quote, or double it where it is part of the cell';
    return new TapeUnreadable('quotes', line, 'a quoted cell is never closed', remedy);
  }
  const remedy = 'put the whole cell in quotes and double the quotes inside it';
  return new TapeUnreadable('quotes', line, 'a quote stands inside a cell', remedy);
}

/**
 * Streams the records of a CSV text (byte-order mark, LF or CRLF, quoted cells), cells trimmed, blank lines skipped.
 * @throws TapeUnreadable on bytes that are not UTF-8 text and on unbalanced quotes
 */
export function readRecords(source: Uint8Array | string, onRecord: OnRecord): void {
  const bytes = typeof source === 'string' ? Buffer.from(source, 'utf8') : source;
  refuseBinary(bytes);
  const lines = new LineCounter();
  try {
    parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD_CHARACTERS,
      // Returning null keeps csv-parse from holding the records: a tape may have 90,000 rows.
      on_record: (cells: string[], info: InfoRecord) => {
        const line = lines.begin(cells, info);
        onRecord(
          cells.map((cell) => cell.trim()),
          line,
        );
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(error, lines.end + 1);
    throw error;
  }
}
